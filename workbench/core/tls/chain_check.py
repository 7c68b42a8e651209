"""Chains verified without a connection: ours as a server would, a server's with other authorities."""

import contextlib
import warnings
from collections.abc import Iterable
from datetime import datetime

from OpenSSL import crypto

from workbench.core.tls import bindings
from workbench.core.tls.certificate import Certificate, seen
from workbench.core.tls.handshake import VerificationError
from workbench.core.tls.names import is_address
from workbench.core.tls.trust import TrustStore


def verify_own(chain: tuple[Certificate, ...], roots: Iterable[Certificate], now: datetime) -> VerificationError | None:
    """The first thing that OpenSSL holds against ``chain``, leaf first, as a TLS client's; None when there is none.

    ``roots`` are the authorities to believe. Where none of them ends the chain, its last certificate is believed:
    everything but its signature is checked all the same (path lengths, usages, critical extensions, dates).
    """
    try:
        error = _verify(chain, tuple(roots), now, partial=True)
        if error is not None and error.code in _NO_ANCHOR:
            error = _verify(chain, chain[-1:], now, partial=True)
    except crypto.Error as failure:  # a certificate that OpenSSL does not read at all
        return VerificationError(0, _UNSPECIFIED, str(failure), chain[0])
    return None if error is not None and error.code in _NO_ANCHOR else error


def verify_server(
    chain: tuple[Certificate, ...], trust: TrustStore, host: str, now: datetime
) -> VerificationError | None:
    """The first thing that OpenSSL holds against a server's ``chain``, as a connection with ``trust`` would find it."""
    try:
        return _verify(chain, trust.certificates, now, partial=trust.holds_more_than_roots, host=host)
    except crypto.Error as failure:
        return VerificationError(0, _UNSPECIFIED, str(failure), chain[0])


_UNSPECIFIED = 1  # X509_V_ERR_UNSPECIFIED
# Unable to get the issuer, self-signed, unable to verify the first certificate (openssl/x509_vfy.h).
_NO_ANCHOR = (2, 18, 19, 20, 21, 27)


def _verify(
    chain: tuple[Certificate, ...],
    roots: tuple[Certificate, ...],
    now: datetime,
    *,
    partial: bool,
    host: str | None = None,
) -> VerificationError | None:
    """``host`` is None for a client's chain. ``partial``: it may end in any of ``roots``, self-signed or not."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        store = crypto.X509Store()
        for root in roots:
            with contextlib.suppress(crypto.Error):  # what OpenSSL does not read vouches for nobody
                store.add_cert(bindings.certificate(root.der))
        if partial:
            store.set_flags(crypto.X509StoreFlags.PARTIAL_CHAIN)
        store.set_time(now)
        bindings.expect_peer(store, client=host is None, host=host or "", address=is_address(host or ""))
        leaf, *others = (bindings.certificate(one.der) for one in chain)
        try:
            crypto.X509StoreContext(store, leaf, others or None).verify_certificate()
        except crypto.X509StoreContextError as error:
            code, depth, message = error.errors
            at = crypto.dump_certificate(crypto.FILETYPE_ASN1, error.certificate)
            return VerificationError(depth, code, str(message), seen(at))
    return None
