"""Certificates that OpenSSL takes and ``cryptography`` refuses, made of a good one; the signature no longer holds."""

from collections.abc import Callable

from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate
from workbench.lab.authority import Credential

_VERSION, _SERIAL, _ISSUER, _VALIDITY, _SUBJECT, _KEY, _EXTENSIONS = 0, 1, 3, 4, 5, 6, 7
_COMMON_NAME, _ORGANIZATION = bytes.fromhex("0603550403"), bytes.fromhex("060355040a")
_KEY_IDENTIFIER = bytes.fromhex("0603551d0e")
_KEY_USAGE, _NAME_CONSTRAINTS = bytes.fromhex("0603551d0f"), bytes.fromhex("0603551d1e")
_PRINTABLE = 0x13

Change = Callable[[Certificate], bytes]


def _with(certificate: Certificate, field: int, value: bytes) -> bytes:
    tbs, *rest = der.read(certificate.der).children()
    fields = [part.encoding for part in tbs.children()]
    fields[field] = value
    return der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, *fields), *(part.encoding for part in rest))


def _extended(certificate: Certificate, *more: bytes) -> bytes:
    field = der.read(certificate.der).children()[0].children()[_EXTENSIONS]
    present = [part.encoding for part in field.children()[0].children()]
    return _with(certificate, _EXTENSIONS, der.encode(0xA3, der.encode(der.SEQUENCE, *present, *more)))


def _extension(oid: bytes, value: bytes) -> bytes:
    return der.encode(der.SEQUENCE, oid, der.encode(der.OCTET_STRING, value))


def _key_identifier_again(certificate: Certificate) -> bytes:
    field = der.read(certificate.der).children()[0].children()[_EXTENSIONS]
    extensions = field.children()[0].children()
    return _extended(certificate, next(one.encoding for one in extensions if _KEY_IDENTIFIER in one.encoding))


def _attribute(oid: bytes, value: bytes) -> bytes:
    return der.encode(der.SET, der.encode(der.SEQUENCE, oid, value))


def _validity(start: bytes, end: bytes) -> bytes:
    return der.encode(der.SEQUENCE, der.encode(der.UTC_TIME, start), der.encode(der.UTC_TIME, end))


_NAME = der.encode(
    der.SEQUENCE,
    _attribute(_ORGANIZATION, der.encode(_PRINTABLE, b"caf\xe9")),
    _attribute(_COMMON_NAME, der.encode(_PRINTABLE, b"odd")),
)
_THREE_BYTES_OF_ADDRESS = bytes.fromhex("300ba009300787057f00000100")

CHANGES: dict[str, tuple[Change, str]] = {
    "version 8": (lambda c: _with(c, _VERSION, bytes.fromhex("a003020107")), ""),
    "version of nine bytes": (lambda c: _with(c, _VERSION, bytes.fromhex("a00b02090100000000000000ff")), "version"),
    "negative serial number": (lambda c: _with(c, _SERIAL, bytes.fromhex("020180")), ""),
    "issuer in no encoding": (lambda c: _with(c, _ISSUER, _NAME), "issuer"),
    "subject in no encoding": (lambda c: _with(c, _SUBJECT, _NAME), "subject"),
    "month 13": (lambda c: _with(c, _VALIDITY, _validity(b"250101000000Z", b"251301000000Z")), "end of validity"),
    "time with an offset": (
        lambda c: _with(c, _VALIDITY, _validity(b"250101000000+0100", b"990101000000Z")),
        "start of validity",
    ),
    "name constraint of an odd address": (
        lambda c: _extended(c, _extension(_NAME_CONSTRAINTS, _THREE_BYTES_OF_ADDRESS)),
        "nameConstraints",
    ),
    "an extension that is none": (lambda c: _extended(c, _extension(_KEY_USAGE, b"\xff\xff")), "keyUsage"),
    "an extension twice": (_key_identifier_again, "subjectKeyIdentifier"),
}
"""How each is made, and what of it ``Certificate.unreadable`` names."""


def odd(certificate: Certificate, name: str) -> Certificate:
    """``certificate`` with one of ``CHANGES``."""
    return Certificate(CHANGES[name][0](certificate))


def odd_credential(credential: Credential, name: str) -> Credential:
    """The same for a certificate with its key."""
    return Credential(odd(credential.certificate, name), credential.key, credential.intermediates)
