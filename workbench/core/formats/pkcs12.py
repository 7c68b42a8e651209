"""PKCS#12 files (RFC 7292), old ciphers included."""

import warnings
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import pkcs12

from workbench.core.errors import IdentityUnreadable, PasswordNeeded
from workbench.core.formats import keys
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate


@dataclass(frozen=True, slots=True)
class Store:
    """What a PKCS#12 file held. ``friendly_name`` is what its maker called the key, else empty."""

    key: PrivateKeyTypes | None = field(repr=False)
    certificates: tuple[Certificate, ...]
    friendly_name: str
    encrypted: bool


def read(data: bytes, password: str | None, origin: str) -> Store:
    """Open a file that is known to be PKCS#12.

    A file without a password opens with whatever is given, and says so (``encrypted``). "No password"
    comes in two forms that writers mix up, an empty one and none at all; both are tried.
    Raises ``PasswordNeeded``, ``WrongPassword``, ``IdentityUnreadable``.
    """
    last: Exception | None = None
    given = keys.encodings(password, origin) if password else ()
    for candidate in (None, *given, b""):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # BER and odd certificates: read, not judged
                loaded = pkcs12.load_pkcs12(data, candidate)
        except keys.UNREADABLE as error:
            if "nvalid password" not in str(error):
                raise _unreadable(origin, error) from error
            last = error
        else:
            return _store(loaded, encrypted=bool(candidate))
    if not password:
        raise PasswordNeeded(
            _("“{name}” is protected with a password.").format(name=origin),
            detail=_("It opens neither without a password nor with an empty one."),
            hint=_("Give the password that was chosen when the file was exported."),
        ) from last
    raise keys.wrong_password(origin) from last


def _store(loaded: pkcs12.PKCS12KeyAndCertificates, *, encrypted: bool) -> Store:
    own = [loaded.cert] if loaded.cert else []
    found = [*own, *loaded.additional_certs]
    named = next((entry.friendly_name for entry in found if entry.friendly_name), b"")
    return Store(
        key=loaded.key,
        certificates=tuple(Certificate.from_x509(entry.certificate) for entry in found),
        friendly_name=named.decode("utf-8", "replace"),
        encrypted=encrypted,
    )


def _unreadable(origin: str, error: Exception) -> IdentityUnreadable:
    return IdentityUnreadable(
        _("The PKCS#12 file “{name}” cannot be read.").format(name=origin),
        detail=str(error),
        hint=_("Export it again from where it was made, with AES-256 encryption where there is a choice."),
    )
