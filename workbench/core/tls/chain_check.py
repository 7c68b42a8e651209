"""Chains verified without a connection: ours as a server would, a server's with other authorities."""

import contextlib
import warnings
from collections.abc import Iterable
from datetime import datetime

from OpenSSL import crypto

from workbench.core.tls import bindings
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import VerificationError
from workbench.core.tls.names import is_address


def verify_own(chain: tuple[Certificate, ...], roots: Iterable[Certificate], now: datetime) -> VerificationError | None:
    """The first thing that OpenSSL holds against ``chain``, leaf first, as a TLS client's; None when there is none.

    ``roots`` are the authorities to believe. Where none of them ends the chain, its last certificate is believed: what
    stands below it is checked all the same (path lengths, usages, critical extensions, signatures, dates).
    """
    try:
        error = _verify(chain, tuple(roots), now)
        if error is not None and error.code in _NO_ANCHOR and len(chain) > 1:
            error = _verify(chain, chain[-1:], now)
    except crypto.Error as failure:  # a certificate that OpenSSL does not read at all
        return VerificationError(0, _UNSPECIFIED, str(failure), chain[0])
    return None if error is not None and error.code in _NO_ANCHOR else error


def verify_server(
    chain: tuple[Certificate, ...], roots: Iterable[Certificate], host: str, now: datetime
) -> VerificationError | None:
    """The first thing that OpenSSL holds against a server's ``chain`` with ``roots``; None when it is believed."""
    try:
        return _verify(chain, tuple(roots), now, host=host)
    except crypto.Error as failure:
        return VerificationError(0, _UNSPECIFIED, str(failure), chain[0])


_UNSPECIFIED = 1  # X509_V_ERR_UNSPECIFIED
# Unable to get the issuer, self-signed, unable to verify the first certificate (openssl/x509_vfy.h).
_NO_ANCHOR = (2, 18, 19, 20, 21, 27)


def _verify(
    chain: tuple[Certificate, ...], roots: tuple[Certificate, ...], now: datetime, *, host: str | None = None
) -> VerificationError | None:
    """``host`` is None for a client's chain."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        store = crypto.X509Store()
        for root in roots:
            with contextlib.suppress(crypto.Error):  # what OpenSSL does not read vouches for nobody
                store.add_cert(bindings.certificate(root.der))
        store.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
        store.set_time(now)
        bindings.expect_peer(store, client=host is None, host=host or "", address=is_address(host or ""))
        leaf, *others = (bindings.certificate(one.der) for one in chain)
        try:
            crypto.X509StoreContext(store, leaf, others or None).verify_certificate()
        except crypto.X509StoreContextError as error:
            code, depth, message = error.errors
            at = chain[depth] if depth < len(chain) else None
            return VerificationError(depth, code, str(message), at)
    return None
