"""A client identity in memory: private key, certificate, chain."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes, PublicKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from workbench.core.errors import KeyMismatch
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate, key_name

_LONGEST_CHAIN = 30
_MOST_NAMESAKES = 100
"""Of one issuer, whose signatures are tried: a hostile file has thousands of the same name."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What we prove ourselves with. ``chain`` is leaf first, each certificate followed by its issuer.

    The key lives here and nowhere else in clear; it is left out of ``repr`` and of comparison
    (the leaf certificate already names its public half).
    """

    name: str
    chain: tuple[Certificate, ...]
    key: PrivateKeyTypes = field(repr=False, compare=False)

    @property
    def certificate(self) -> Certificate:
        """The leaf: the certificate that names us."""
        return self.chain[0]


def belongs_together(key: PrivateKeyTypes, certificate: Certificate) -> bool:
    """Whether ``certificate`` certifies the public half of ``key``."""
    return public_bytes(key.public_key()) == public_bytes(certificate.public_key)


def public_bytes(key: PublicKeyTypes | None) -> bytes:
    """A public key in the one form that tells two apart; empty for None, which no private key has."""
    return b"" if key is None else key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def check_key(key: PrivateKeyTypes, certificate: Certificate) -> None:
    """Raise ``KeyMismatch`` unless ``certificate`` certifies the public half of ``key``."""
    if not belongs_together(key, certificate):
        raise key_mismatch(key, certificate)


def key_mismatch(key: PrivateKeyTypes, certificate: Certificate) -> KeyMismatch:
    """What to say when they do not belong together."""
    return KeyMismatch(
        _("The private key does not belong to the certificate."),
        detail=_("The certificate “{subject}” is for another {certified} key than this {key} key.").format(
            subject=certificate.subject, certified=certificate.key, key=key_name(key)
        ),
        hint=_("Choose the key file that was created with this certificate's signing request."),
    )


def order_chain(certificates: tuple[Certificate, ...], leaf: Certificate) -> tuple[Certificate, ...]:
    """Leaf first, then each issuer in turn as far as ``certificates`` reach; the rest is left out.

    Files hold chains in any order, twice, or with strangers among them (RFC 8446 4.4.2 wants each
    certificate to certify the one before it). No more are followed than any chain has.
    """
    chain = [leaf]
    if leaf.is_self_issued:
        return (leaf,)
    several = tuple(dict.fromkeys(certificates))
    while not chain[-1].is_self_issued and len(chain) < _LONGEST_CHAIN:
        named = itertools.islice(_namesakes(chain[-1], several), _MOST_NAMESAKES)
        issuer = next((one for one in named if one not in chain and chain[-1].is_issued_by(one)), None)
        if issuer is None:
            break
        chain.append(issuer)
    return tuple(chain)


def _namesakes(certificate: Certificate, several: tuple[Certificate, ...]) -> Iterator[Certificate]:
    """Those of ``several`` that are called as ``certificate``'s issuer is. Few are taken apart to find them."""
    name = b"Z" + certificate.issuer_der  # a subject stands behind the end of validity, which ends so
    return (one for one in several if name in one.der and one.subject == certificate.issuer)
