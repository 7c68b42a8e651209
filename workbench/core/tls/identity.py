"""A client identity in memory: private key, certificate, chain."""

from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from workbench.core.errors import KeyMismatch
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate, key_name


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
    own, certified = key.public_key(), certificate.public_key
    if certified is None:
        return False
    one, other = (public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) for public in (own, certified))
    return one == other


def check_key(key: PrivateKeyTypes, certificate: Certificate) -> None:
    """Raise ``KeyMismatch`` unless ``certificate`` certifies the public half of ``key``."""
    if not belongs_together(key, certificate):
        raise key_mismatch(key, certificate)


def key_mismatch(key: PrivateKeyTypes, certificate: Certificate) -> KeyMismatch:
    """What to say when they do not belong together."""
    return KeyMismatch(
        _("The private key does not belong to the certificate."),
        detail=_("The certificate “{subject}” certifies another {certified} key than this {key} key.").format(
            subject=certificate.subject, certified=certificate.key, key=key_name(key)
        ),
        hint=_("Choose the key file that was made together with this certificate's signing request."),
    )


def order_chain(certificates: tuple[Certificate, ...], leaf: Certificate) -> tuple[Certificate, ...]:
    """Leaf first, then each issuer in turn as far as ``certificates`` reach; the rest is left out.

    Files hold chains in any order, twice, or with strangers among them (RFC 8446 4.4.2 wants each
    certificate to certify the one before it).
    """
    chain = [leaf]
    remaining = [certificate for certificate in dict.fromkeys(certificates) if certificate != leaf]
    while not chain[-1].is_self_issued:
        issuer = next((candidate for candidate in remaining if chain[-1].is_issued_by(candidate)), None)
        if issuer is None:
            break
        chain.append(issuer)
        remaining.remove(issuer)
    return tuple(chain)
