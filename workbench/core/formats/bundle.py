"""From a file to the authorities it holds."""

from workbench.core.errors import IdentityUnreadable, TrustError
from workbench.core.formats.contents import read_contents
from workbench.core.formats.source import Source
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate


def read_bundle(source: Source, password: str | None = None) -> tuple[Certificate, ...]:
    """The certificates of a CA file or truststore (PEM, DER, PKCS#7, PKCS#12, JKS), each once, in its order.

    Private keys beside them are left alone. Raises ``TrustError`` when there is no certificate or the
    file cannot be read, ``PasswordNeeded`` and ``WrongPassword`` for an encrypted truststore.
    """
    try:
        contents = read_contents(source, password)
        if contents.damaged:
            raise contents.damaged[0]
    except IdentityUnreadable as error:
        raise TrustError(error.title, detail=error.detail, hint=error.hint) from error
    if contents.certificates:
        return contents.certificates
    found = [*contents.others, *([_("a private key")] if contents.keys or contents.locked else [])]
    raise TrustError(
        _("The file “{name}” contains no certificate.").format(name=source.name),
        detail=_("Found instead: {what}.").format(what=", ".join(found)) if found else "",
        hint=_("Choose the file with the CA's certificate (often ca.crt or ca.pem)."),
    )
