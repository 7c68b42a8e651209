"""From files to a client identity: find key and certificate, check that they belong together, order the chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.core.doctor.client_certificate import client_findings, is_for_clients
from workbench.core.errors import IdentityError, IdentityUnreadable
from workbench.core.exchange import Finding, Severity
from workbench.core.formats.contents import Contents, join, read_contents
from workbench.core.formats.keys import FoundKey
from workbench.core.formats.source import Source
from workbench.core.i18n import _, ngettext
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import Identity, key_mismatch, order_chain, public_bytes

_MAXIMUM_NAME = 100


@dataclass(frozen=True, slots=True)
class ImportedIdentity:
    """An identity out of files.

    ``format`` says in words what they were; ``was_encrypted``: the key had a password, which may stay
    its password where it is asked for every time. ``leftovers`` are certificates that do not belong to the chain.
    """

    identity: Identity
    format: str
    was_encrypted: bool
    findings: tuple[Finding, ...]
    leftovers: tuple[Certificate, ...]

    @property
    def left_out(self) -> tuple[str, ...]:
        """In words, what of the files was not taken."""
        count = len(self.leftovers)
        words = ngettext(
            "{count} certificate that is not part of the chain",
            "{count} certificates that are not part of the chain",
            count,
        )
        return (words.format(count=count),) if count else ()


def read_identity(sources: Sequence[Source], password: str | None = None, name: str | None = None) -> ImportedIdentity:
    """Read the one identity that ``sources`` hold together. ``password`` is tried on all that is encrypted.

    Where several keys have certificates, one for clients that is valid now wins. The identity is called
    ``name``, else what its file calls it, else its certificate's common name.

    Raises ``PasswordNeeded``, ``WrongPassword``, ``KeyMismatch``, ``IdentityUnreadable``.
    """
    contents = join([read_contents(source, password) for source in sources])
    files = ", ".join(f"“{source.name}”" for source in sources)
    pair = _best_pair(contents)
    if pair is None:
        raise _why_no_pair(contents, files)
    key, leaf = pair
    chain = order_chain(contents.certificates, leaf)
    identity = Identity(_name(name or contents.name or leaf.common_name), chain, key.key)
    return ImportedIdentity(
        identity=identity,
        format=contents.format,
        was_encrypted=key.encrypted,
        findings=(*client_findings(identity), *_damage(contents)),
        leftovers=tuple(found for found in contents.certificates if found not in chain),
    )


def _best_pair(contents: Contents) -> tuple[FoundKey, Certificate] | None:
    now = datetime.now(UTC)

    def rank(pair: tuple[FoundKey, Certificate]) -> tuple[bool, bool, bool, datetime]:
        leaf = pair[1]
        valid = not leaf.is_expired(now) and not leaf.is_not_yet_valid(now)
        return (not leaf.is_ca, valid, is_for_clients(leaf), leaf.not_after or now)

    pairs = _pairs(contents, by_bytes=True) or _pairs(contents, by_bytes=False)
    return max(pairs, key=rank, default=None)


def _pairs(contents: Contents, *, by_bytes: bool) -> list[tuple[FoundKey, Certificate]]:
    """Keys with their certificates.

    ``by_bytes`` asks only certificates in which the public key stands letter by letter, as it nearly always does:
    of thousands that takes a moment, while to take each apart takes seconds.
    """
    publics = [(key, public_bytes(key.key.public_key())) for key in contents.keys]
    return [
        (key, certificate)
        for key, public in publics
        for certificate in contents.certificates
        if (not by_bytes or public in certificate.der) and public_bytes(certificate.public_key) == public
    ]


def _damage(contents: Contents) -> tuple[Finding, ...]:
    return tuple(
        Finding(error.code, Severity.WARNING, error.title, error.detail, _("The rest of the file was read."))
        for error in contents.damaged
    )


def _why_no_pair(contents: Contents, files: str) -> IdentityError:
    if not contents.certificates:
        return contents.damaged[0] if contents.damaged else _no_certificate(contents, files)
    if contents.locked:
        return contents.locked[0]
    if contents.damaged:
        return contents.damaged[0]
    if not contents.keys:
        return _no_key(contents, files)
    return key_mismatch(contents.keys[0].key, _likeliest(contents.certificates))


def _likeliest(certificates: tuple[Certificate, ...]) -> Certificate:
    """The certificate that was meant to be the leaf: the first that is no authority."""
    return next((found for found in certificates if not found.is_ca), certificates[0])


def _name(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_MAXIMUM_NAME].strip()


def _no_certificate(contents: Contents, files: str) -> IdentityUnreadable:
    if contents.keys or contents.locked:
        request = _("a certificate signing request") in contents.others
        return IdentityUnreadable(
            _("There is a private key, but no certificate for it."),
            detail=_("{files} contained no certificate.").format(files=files)
            + (" " + _("A signing request is not a certificate yet.") if request else ""),
            hint=_("Add the file with the certificate that was issued for this key (often .crt, .cer or .pem)."),
        )
    if contents.others:
        what = ", ".join(contents.others)
        return IdentityUnreadable(
            _("{files} contained {what}, but no certificate.").format(files=files, what=what),
            detail=_("An identity is a certificate together with its private key."),
            hint=_("Choose the certificate that the CA issued, and the private key that belongs to it."),
        )
    return IdentityUnreadable(
        _("No certificate and no private key were found."),
        detail=_("{files} contained neither.").format(files=files) if files else _("No file was given."),
        hint=_("Choose the file with the certificate and the one with its private key, or a PKCS#12 file with both."),
    )


def _no_key(contents: Contents, files: str) -> IdentityUnreadable:
    leaf = _likeliest(contents.certificates)
    detail = _("{files} contained the certificate “{subject}” without its key.").format(
        files=files, subject=leaf.common_name
    )
    if contents.others:
        detail += " " + _("Also found: {what}.").format(what=", ".join(contents.others))
    return IdentityUnreadable(
        _("There is a certificate, but no private key for it."),
        detail=detail,
        hint=_(
            "Add the file with the private key of this certificate (often .key or .pem), or choose "
            "a PKCS#12 file (.p12, .pfx), which contains both."
        ),
    )
