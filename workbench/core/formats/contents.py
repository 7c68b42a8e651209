"""What a file holds, whatever its format: certificates, private keys, and things that are neither."""

import base64
import binascii
import itertools
import re
from dataclasses import dataclass

from cryptography import x509

from workbench.core.errors import IdentityError, IdentityUnreadable
from workbench.core.formats import keys, legacy_pem, pem
from workbench.core.formats.costs import Budget
from workbench.core.formats.keys import FoundKey
from workbench.core.formats.source import Source
from workbench.core.i18n import _
from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate

_INDEFINITE, _CERTIFICATES = b"\x80", 0xA0
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_MOST_BLOCKS, _MOST_DAMAGED, _MOST_KEYS = 50_000, 100, 1000
_TELLING = 9  # parts that tell what a sequence is: the numbers of an RSA key
_IGNORED_LABELS = {"EC PARAMETERS", "X9.62 EC PARAMETERS", "DH PARAMETERS", "X9.42 DH PARAMETERS", "DSA PARAMETERS"}
_KEYSTORES = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")  # how JKS and JCEKS begin


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found, in the order of the file.

    ``locked`` are the errors of keys that did not open, ``damaged`` those of PEM blocks that nobody could
    read, ``others`` says in words what else was there,
    ``format`` names the container and the keys' form for a person, ``name`` is what the file calls its identity.
    """

    certificates: tuple[Certificate, ...] = ()
    keys: tuple[FoundKey, ...] = ()
    locked: tuple[IdentityError, ...] = ()
    damaged: tuple[IdentityUnreadable, ...] = ()
    others: tuple[str, ...] = ()
    format: str = ""
    name: str = ""


def read_contents(source: Source, password: str | None) -> Contents:
    """Find out what ``source`` is and read all of it.

    Raises ``IdentityUnreadable`` for what is empty, cut short or of no known format. A key that does not
    open and a PEM block that is broken in itself are kept in ``locked`` and ``damaged``: what is beside
    them may be all that is wanted. ``PasswordNeeded`` and ``WrongPassword`` when the whole file is encrypted.
    Also ``IdentityUnreadable`` when opening what is encrypted in it, all together, would take too long.
    """
    budget = Budget(source.name)
    try:
        contents = _read(source, password, budget)
    except IdentityError as error:
        raise budget.refusal or error from error
    if budget.refusal:
        raise budget.refusal
    return contents


def _read(source: Source, password: str | None, budget: Budget) -> Contents:
    data = source.data
    if not data.strip(b"\0 \t\r\n"):
        raise IdentityUnreadable(
            _("The file “{name}” is empty.").format(name=source.name),
            detail=_("It has {size} bytes, but no content.").format(size=len(data)),
            hint=_("Choose the file again, or get a new copy of it."),
        )
    if data[:4] in _KEYSTORES:
        from workbench.core.formats import jks

        store = jks.read(data, password, source.name, budget)
        return Contents(store.certificates, store.keys, store.locked, format=store.format, name=store.name)
    text = pem.text_of(data)
    if pem.has_blocks(text):
        return _read_pem(source, text, password, budget)
    if data[0] == der.SEQUENCE:
        return _read_der(data, password, source.name, "DER", budget)
    bare = _bare_base64(text)
    if bare:
        return _read_der(bare, password, source.name, _("Base64"), budget)
    raise _unknown(source, text)


def _read_pem(source: Source, text: str, password: str | None, budget: Budget) -> Contents:
    try:
        found = [block for block in pem.blocks(text) if block.label not in _IGNORED_LABELS]
    except pem.UnfinishedBlock as error:
        detail = _("The block “{label}” that begins in line {line} is not closed.")
        raise _damaged(source, detail.format(label=error.label, line=error.line)) from error
    if len(found) > _MOST_BLOCKS:
        raise _damaged(source, _("It contains more than {most} PEM blocks.").format(most=_MOST_BLOCKS))
    parts: list[Contents] = []
    damaged = opened = 0
    for block in found:
        parts.append(_read_block_or_damage(source, block, password, budget))
        damaged += len(parts[-1].damaged)
        opened += len(parts[-1].keys) + len(parts[-1].locked)
        if damaged > _MOST_DAMAGED:
            raise next(part.damaged[0] for part in parts if part.damaged)
        if opened > _MOST_KEYS:
            raise _damaged(source, _("It contains more than {most} private keys.").format(most=_MOST_KEYS))
    return join(parts)


def _read_block_or_damage(source: Source, block: pem.Block, password: str | None, budget: Budget) -> Contents:
    if block.data is None:
        detail = _("The block “{label}” in line {line} is empty or not valid Base64.")
        return Contents(damaged=(_damaged(source, detail.format(label=block.label, line=block.line)),))
    try:
        return _read_block(block, block.data, password, source.name, budget)
    except IdentityUnreadable as error:
        return Contents(damaged=(error,))


def _read_block(block: pem.Block, data: bytes, password: str | None, name: str, budget: Budget) -> Contents:
    if block.label == "OPENSSH PRIVATE KEY":
        body = base64.encodebytes(data)
        whole = b"-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + b"-----END OPENSSH PRIVATE KEY-----\n"
        return Contents(keys=(keys.open_ssh(whole, password, name),), format=_("OpenSSH key"))
    if legacy_pem.is_encrypted(block.headers):
        form = _("PEM key with traditional encryption")
        try:
            return Contents(keys=(keys.open_traditional(data, block.headers, password, name, budget),), format=form)
        except IdentityError as error:
            return Contents(locked=(error,), format=form)
    if block.label == "TRUSTED CERTIFICATE":  # OpenSSL's own: trust settings follow the certificate
        data = _first_value(data)
    where = _("{name}, line {line}").format(name=name, line=block.line) if block.line > 1 else name
    if block.label.endswith("CERTIFICATE") and data[:1] == bytes([der.SEQUENCE]):
        try:
            return Contents(certificates=(Certificate.from_der(data),), format="PEM")
        except ValueError:
            pass  # some programs put PKCS#7 under this label: look closer
    return _read_der(data, password, where, "PEM", budget, label=block.label)


def _read_der(
    data: bytes, password: str | None, name: str, container: str, budget: Budget, *, label: str = ""
) -> Contents:
    kind = _kind(data)
    if kind == "encrypted-key":
        form = _("{container}, encrypted PKCS#8 key").format(container=container)
        try:
            return Contents(keys=(keys.open_encrypted(data, password, name, budget),), format=form)
        except IdentityError as error:
            return Contents(locked=(error,), format=form)
    if kind in ("PKCS#8", "PKCS#1", "SEC1", "DSA"):
        form = _("{container}, {kind} key").format(container=container, kind=kind)
        return Contents(keys=(keys.open_plain(data, name, budget),), format=form)
    if kind == "PKCS#12":
        from workbench.core.formats import pkcs12

        store = pkcs12.read(data, password, name, budget)
        return Contents(store.certificates, store.keys, store.locked, format="PKCS#12", name=store.friendly_name)
    if kind == "PKCS#7":
        return Contents(certificates=_read_pkcs7(data, name), format="PKCS#7")
    if kind == "public-key":
        return Contents(others=(_("a public key"),), format=container)
    return _read_signed(data, name, container, label)


def _read_signed(data: bytes, name: str, container: str, label: str) -> Contents:
    """Certificates, one or several in a row; else what other signed thing it is."""
    try:
        found = tuple(Certificate.from_der(value.encoding) for value in der.values(data))
    except ValueError as error:
        other = _other_signed(data)
        if other:
            return Contents(others=(other,), format=container)
        what = label or "DER"
        raise IdentityUnreadable(
            _("The {what} in “{name}” cannot be read.").format(what=what, name=name),
            detail=str(error),
            hint=_("Get a new copy of the file; it may be damaged or cut short."),
        ) from error
    return Contents(certificates=found, format=container)


def _read_pkcs7(data: bytes, name: str) -> tuple[Certificate, ...]:
    """The certificates of a SignedData (RFC 5652 5.1), whatever else is in it."""
    try:
        whole = der.read(data if data[1:2] != _INDEFINITE else der.definite(data))
        parts = whole.children()[1].children()[0].children()
        sets = [part for part in parts if part.tag == _CERTIFICATES]
        found = tuple(Certificate.from_der(one.encoding) for one in sets[0].children()) if sets else ()
        if not found:
            raise ValueError(_("It contains none."))  # noqa: TRY301 - one way to say so
        return found
    except (ValueError, IndexError) as error:
        raise IdentityUnreadable(
            _("The PKCS#7 file “{name}” contains no readable certificates.").format(name=name),
            detail=str(error),
            hint=_("Ask for the certificates in PEM."),
        ) from error


def _kind(data: bytes) -> str:
    """What a DER SEQUENCE is by its shape; empty when it may be a certificate or is nothing we know."""
    try:
        whole = der.read(data)
        parts = tuple(itertools.islice(der.values(whole.content), _TELLING))
    except ValueError:
        return ""
    if whole.tag != der.SEQUENCE or not parts:
        return ""
    tags = tuple(part.tag for part in parts)
    if tags in _PAIRS:
        return _PAIRS[tags]
    if tags[0] == der.OBJECT_IDENTIFIER:
        return "PKCS#7" if parts[0].oid == _SIGNED_DATA else ""
    if tags[0] == der.INTEGER:
        return _numbered_kind(tags, parts[0].number)
    return ""


_PAIRS = {
    (der.SEQUENCE, der.OCTET_STRING): "encrypted-key",
    (der.SEQUENCE, der.BIT_STRING): "public-key",
    (der.INTEGER, der.INTEGER): "public-key",
}


def _numbered_kind(tags: tuple[int, ...], version: int) -> str:
    """What begins with a version number: all forms of keys, and PKCS#12."""
    if tags[1:3] == (der.SEQUENCE, der.OCTET_STRING):
        return "PKCS#8"
    if tags[1:2] == (der.SEQUENCE,) and version == 3:
        return "PKCS#12"
    if tags[1:2] == (der.OCTET_STRING,):
        return "SEC1"
    if set(tags) == {der.INTEGER}:
        return "DSA" if len(tags) == 6 else "PKCS#1"
    return ""


def _other_signed(data: bytes) -> str:
    for load, words in (
        (x509.load_der_x509_csr, _("a certificate signing request")),
        (x509.load_der_x509_crl, _("a certificate revocation list")),
    ):
        try:
            load(data)
        except keys.UNREADABLE:
            continue
        return words
    return ""


def _first_value(data: bytes) -> bytes:
    try:
        return der.read(data).encoding
    except ValueError:
        return data


def _bare_base64(text: str) -> bytes:
    """DER in base64 without the PEM boundaries, as environment variables and JSON carry it; else nothing."""
    joined = "".join(text.split())
    if not _BASE64_OF_DER.match(joined):
        return b""
    try:
        return base64.b64decode(joined, validate=True)
    except binascii.Error:
        return b""


def _damaged(source: Source, detail: str) -> IdentityUnreadable:
    return IdentityUnreadable(
        _("The file “{name}” is damaged.").format(name=source.name),
        detail=detail,
        hint=_("It was probably only partly written or copied: copy it again, from “-----BEGIN” to the last “-----”."),
    )


_BASE64_OF_DER = re.compile(r"MI[A-Za-z0-9+/]+=*$")
_LOOKS_LIKE = (
    (re.compile(r"PuTTY-User-Key-File"), _("a PuTTY key"), _("Export it in PuTTYgen as an OpenSSH or PEM key.")),
    (re.compile(r"\A(ssh|ecdsa|sk)-[a-z0-9@.-]+ AAAA"), _("an SSH public key"), ""),
    (re.compile(r"\A\s*<(!doctype html|html)", re.IGNORECASE), _("a web page"), _("Download the file itself.")),
    (re.compile(r"\A\s*<"), _("an XML or HTML file"), ""),
    (re.compile(r"\A\s*[{\[]"), _("a JSON file"), ""),
    (re.compile(r"PK\x03\x04"), _("a ZIP archive"), _("Unpack it and choose a file from it.")),
    (re.compile(r"\x1f\x8b"), _("a gzip archive"), _("Unpack it and choose a file from it.")),
)


def _unknown(source: Source, text: str) -> IdentityUnreadable:
    known = next(((words, advice) for pattern, words, advice in _LOOKS_LIKE if pattern.match(text)), None)
    if known:
        detail = _("It looks like {what}.").format(what=known[0])
    else:
        detail = _("It begins with the bytes {start}.").format(start=source.data[:8].hex(" "))
    return IdentityUnreadable(
        _("The file “{name}” is neither a certificate nor a private key.").format(name=source.name),
        detail=detail,
        hint=(known[1] if known else "")
        or _("Supported formats are PEM, DER, PKCS#8, PKCS#12, PKCS#7 and Java keystores."),
    )


def join(parts: list[Contents]) -> Contents:
    """The contents of several blocks or files as one, each certificate once."""
    formats = [part.format for part in parts if part.format]
    if any(form.startswith("PEM,") for form in formats):
        formats = [form for form in formats if form != "PEM"]  # the certificates beside a key need no mention
    return Contents(
        certificates=tuple(dict.fromkeys(found for part in parts for found in part.certificates)),
        keys=tuple(found for part in parts for found in part.keys),
        locked=tuple(error for part in parts for error in part.locked),
        damaged=tuple(error for part in parts for error in part.damaged),
        others=tuple(dict.fromkeys(other for part in parts for other in part.others)),
        format=" + ".join(dict.fromkeys(formats)),
        name=next((part.name for part in parts if part.name), ""),
    )
