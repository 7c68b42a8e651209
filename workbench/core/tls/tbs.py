"""A certificate taken apart, so that what cannot be read hides nothing else (RFC 5280 4.1).

OpenSSL takes many certificates that the ``cryptography`` library refuses as a whole: for an odd version, a time
that is none, one extension against the rules. Here the parts are told apart first; names and extensions are then
given to ``cryptography`` one at a time. Nothing here decides whether a certificate is good.
"""

import warnings
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InternalError, UnsupportedAlgorithm

from workbench.core.tls import der
from workbench.core.tls.der import Value

REFUSED = (
    ValueError,
    TypeError,  # of an address or a name constraint of the wrong size
    OverflowError,
    UnsupportedAlgorithm,
    InternalError,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What ``cryptography`` raises for what it does not read."""

_VERSION, _EXTENSIONS = 0xA0, 0xA3
_CONTEXT_0 = 0xA0
_WIDEST_VERSION = 4  # bytes
_MOST_ATTRIBUTES = 200
_MOST_EXTENSIONS = 1000
_SHOWN = 1000
"""Bytes of an unreadable value that are shown in hexadecimal."""

# A certification request (RFC 2986) with an Ed25519 key and a signature of zeros: ``cryptography`` reads extensions
# only inside something.
_KEY = bytes.fromhex("302a300506032b6570032100") + bytes(32)
_SIGNATURE = bytes.fromhex("300506032b6570034100") + bytes(64)
_EXTENSION_REQUEST = bytes.fromhex("06092a864886f70d01090e")
_VERSION_AND_NAME = bytes.fromhex("0201003000")


@dataclass(frozen=True, slots=True)
class Extension:
    """One extension as it stands: its identifier, and all of it in DER."""

    oid: str
    encoding: bytes


@dataclass(frozen=True, slots=True)
class Fields:
    """The parts of a certificate; None for each that is not where it belongs, or not of its kind.

    The algorithms are object identifiers.
    """

    version: int | None = None
    serial: int | None = None
    issuer: bytes | None = None
    not_before: datetime | None = None
    not_after: datetime | None = None
    subject: bytes | None = None
    spki: bytes | None = None
    key_algorithm: str | None = None
    signature_algorithm: str | None = None
    extensions: tuple[Extension, ...] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A distinguished name as an RFC 4514 string, and its last CN.

    An attribute value that does not decode stands in hexadecimal after ``#`` (RFC 4514 2.4), and ``readable`` is off.
    """

    text: str
    common_name: str | None
    readable: bool


def take_apart(certificate: bytes) -> Fields:
    """The fields of a certificate in DER or BER, as far as they can be told. Never raises."""
    found = _take_apart(certificate)
    if None not in (found.subject, found.spki, found.extensions):
        return found
    try:
        return _take_apart(der.definite(certificate))  # it may be BER; nearly always the first reading does
    except ValueError:
        return found


def _take_apart(certificate: bytes) -> Fields:
    try:
        whole, algorithm, *_signature = der.read(certificate).children()
        parts = list(whole.children())
    except ValueError:
        return Fields()
    version = parts.pop(0) if parts and parts[0].tag == _VERSION else None
    present: list[Value | None] = [*parts, *[None] * 6]
    serial, _algorithm, issuer, validity, subject, spki, *rest = present
    not_before, not_after = _times(validity)
    return Fields(
        version=_version(version),
        serial=serial.number if serial is not None and serial.tag == der.INTEGER else None,
        issuer=_of(der.SEQUENCE, issuer),
        not_before=not_before,
        not_after=not_after,
        subject=_of(der.SEQUENCE, subject),
        spki=_of(der.SEQUENCE, spki),
        key_algorithm=_first_oid(_first(spki)),
        signature_algorithm=_first_oid(algorithm),
        extensions=_extensions(next((part for part in rest if part is not None and part.tag == _EXTENSIONS), None)),
    )


def _of(tag: int, value: Value | None) -> bytes | None:
    return value.encoding if value is not None and value.tag == tag else None


def _first(value: Value | None) -> Value | None:
    try:
        return next(der.values(value.content), None) if value is not None else None
    except ValueError:
        return None


def _first_oid(algorithm: Value | None) -> str | None:
    """The object identifier that an AlgorithmIdentifier begins with."""
    first = _first(algorithm)
    try:
        return first.oid if first is not None and first.tag == der.OBJECT_IDENTIFIER else None
    except ValueError:
        return None


def _version(value: Value | None) -> int | None:
    if value is None:
        return 1  # the default (4.1.2.1)
    inner = _first(value)
    if inner is None or inner.tag != der.INTEGER or not 0 < len(inner.content) <= _WIDEST_VERSION:
        return None
    return inner.number + 1


def _times(validity: Value | None) -> tuple[datetime | None, datetime | None]:
    try:
        start, end = validity.children() if validity is not None else (None, None)
    except ValueError:
        return None, None
    return moment(start), moment(end)


def moment(value: Value | None) -> datetime | None:
    """A UTCTime or GeneralizedTime in the one form that RFC 5280 4.1.2.5 allows, else None."""
    if value is None or not value.content.isascii():
        return None
    text = value.content.decode("ascii")
    if value.tag == der.UTC_TIME:
        text = ("20" if text[:2] < "50" else "19") + text
    elif value.tag != der.GENERALIZED_TIME:
        return None
    if len(text) != len("YYYYMMDDHHMMSSZ") or not text[:-1].isdigit() or text[-1] != "Z":
        return None
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _extensions(wrapped: Value | None) -> tuple[Extension, ...] | None:
    if wrapped is None:
        return ()
    inner = _first(wrapped)
    found: list[Extension] = []
    try:
        for entry in der.values(inner.content) if inner is not None else ():
            oid = _first_oid(entry)
            if oid is None or len(found) == _MOST_EXTENSIONS:
                return None
            found.append(Extension(oid, entry.encoding))
    except ValueError:
        return None
    return tuple(found) if inner is not None else None


def extension_value(extension: Extension) -> x509.ExtensionType:
    """What the extension says. Raises one of ``REFUSED``."""
    content = der.encode(der.SEQUENCE, extension.encoding)
    attribute = der.encode(der.SEQUENCE, _EXTENSION_REQUEST, der.encode(der.SET, content))
    information = der.encode(der.SEQUENCE, _VERSION_AND_NAME, _KEY, der.encode(_CONTEXT_0, attribute))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # read, not judged
        (found,) = x509.load_der_x509_csr(der.encode(der.SEQUENCE, information, _SIGNATURE)).extensions
        value: x509.ExtensionType = found.value
        return value


def read_name(name: bytes) -> Name:
    """A Name in DER. Never raises."""
    try:
        return _parsed(name)
    except REFUSED:
        pass
    try:
        parts = [relative.children() for relative in der.read(name).children()]
        few = sum(map(len, parts)) <= _MOST_ATTRIBUTES
        read = [[_attribute(attribute) for attribute in several] for several in parts if few]
    except ValueError:
        few = False
    if not few:
        return Name(_hexadecimal(name), None, readable=False)
    common = [one.common_name for several in read for one in several if one.common_name is not None]
    text = ",".join("+".join(one.text for one in several) for several in reversed(read))
    return Name(text, common[-1] if common else None, readable=False)


def _parsed(name: bytes) -> Name:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # overlong attributes: shown, not judged
        read = x509.Name.from_bytes(name)
        common = read.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
        return Name(read.rfc4514_string(), _text(common[-1].value) if common else None, readable=True)


def _text(value: str | bytes) -> str:
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


def _attribute(attribute: Value) -> Name:
    """One attribute of a name that could not be read as a whole."""
    try:
        return _parsed(der.encode(der.SEQUENCE, der.encode(der.SET, attribute.encoding)))
    except REFUSED:
        kind, value = attribute.children()
        return Name(f"{_short(kind.oid)}={_hexadecimal(value.encoding)}", None, readable=False)


def _short(oid: str) -> str:
    """An attribute's name as RFC 4514 writes it, ``CN`` for one."""
    try:
        return x509.NameAttribute(x509.ObjectIdentifier(oid), "xx").rfc4514_attribute_name
    except REFUSED:
        return oid


def _hexadecimal(encoding: bytes) -> str:
    return "#" + encoding[:_SHOWN].hex() + ("…" if len(encoding) > _SHOWN else "")
