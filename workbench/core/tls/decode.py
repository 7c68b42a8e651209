"""Handshake messages taken apart for people to read: every field that says something, as words.

Nothing here decides anything: what cannot be read is left out, and the bytes are shown besides.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from workbench.core.i18n import _, ngettext
from workbench.core.tls import wire
from workbench.core.tls.certificate import seen
from workbench.core.tls.handshake import Message
from workbench.core.tls.names import distinguished_name
from workbench.core.tls.registry import CIPHER_SUITES, GROUPS, SIGNATURE_SCHEMES, VERSIONS, name_of
from workbench.core.tls.wire import Reader

EXTENSIONS = {
    0: "server_name",
    1: "max_fragment_length",
    5: "status_request",
    10: "supported_groups",
    11: "ec_point_formats",
    13: "signature_algorithms",
    16: "application_layer_protocol_negotiation",
    18: "signed_certificate_timestamp",
    21: "padding",
    22: "encrypt_then_mac",
    23: "extended_master_secret",
    27: "compress_certificate",
    28: "record_size_limit",
    35: "session_ticket",
    41: "pre_shared_key",
    42: "early_data",
    43: "supported_versions",
    44: "cookie",
    45: "psk_key_exchange_modes",
    47: "certificate_authorities",
    48: "oid_filters",
    49: "post_handshake_auth",
    50: "signature_algorithms_cert",
    51: "key_share",
    0xFE0D: "encrypted_client_hello",
    0xFF01: "renegotiation_info",
}
"""Names of the IANA registry of TLS ExtensionType values."""

_CERTIFICATE_TYPES = {1: "rsa_sign", 2: "dss_sign", 64: "ecdsa_sign"}
_PSK_MODES = {0: "psk_ke", 1: "psk_dhe_ke"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, and its values one by one."""

    name: str
    values: tuple[str, ...]


def fields(message: Message, version: str) -> tuple[Field, ...]:
    """The fields of ``message`` of a handshake of ``version``; those up to the first that cannot be read."""
    read = _READERS.get(message.type)
    found: list[Field] = []
    if read is None or len(message.body) < 4 or len(message.body) < message.size:
        return ()
    with contextlib.suppress(ValueError):  # OpenSSL has said what it thinks of it; the bytes are there
        found.extend(read(message.body, version))
    return tuple(found)


def _client_hello(data: bytes, _version: str) -> Iterator[Field]:
    reader = Reader(data[4:])
    yield Field(_("Legacy version"), (_version_name(reader.number(2)),))
    yield Field(_("Random"), (reader.take(32).hex(),))
    yield Field(_("Session ID"), (_bytes_words(len(reader.vector(1).rest())),))
    yield Field(_("Offered cipher suites"), tuple(name_of(CIPHER_SUITES, n) for n in reader.vector(2).numbers(2)))
    reader.vector(1)  # compression: always none
    yield from _extensions(reader, _OFFERED)


def _server_hello(data: bytes, _version: str) -> Iterator[Field]:
    reader = Reader(data[4:])
    yield Field(_("Legacy version"), (_version_name(reader.number(2)),))
    yield Field(_("Random"), (reader.take(32).hex(),))
    yield Field(_("Session ID"), (_bytes_words(len(reader.vector(1).rest())),))
    yield Field(_("Chosen cipher suite"), (name_of(CIPHER_SUITES, reader.number(2)),))
    reader.take(1)
    yield from _extensions(reader, _CHOSEN)


def _encrypted_extensions(data: bytes, _version: str) -> Iterator[Field]:
    yield from _extensions(Reader(data[4:]), _CHOSEN)


def _certificate_request(data: bytes, version: str) -> Iterator[Field]:
    asked = wire.certificate_request(data, version)
    if version != "TLSv1.3":
        types = Reader(data[4:]).vector(1).numbers(1)
        yield Field(_("Certificate types"), tuple(_CERTIFICATE_TYPES.get(n, str(n)) for n in types))
    if asked.signature_algorithms:
        yield Field(_("Signature algorithms"), asked.signature_algorithms)
    names = tuple(distinguished_name(name) for name in asked.authorities)
    yield Field(_("Acceptable CAs"), names or (_("none named: any may be accepted"),))


def _certificate(data: bytes, version: str) -> Iterator[Field]:
    chain = [seen(der) for der in wire.certificates(data, version)]
    if not chain:
        yield Field(_("Certificates"), (_("none: the sender has no certificate to show"),))
    for number, certificate in enumerate(chain, 1):
        yield Field(
            _("Certificate {number}").format(number=number),
            (
                certificate.subject,
                _("issued by {issuer}").format(issuer=certificate.issuer),
                _("until {end}").format(end=_day(certificate.not_after)),
                f"SHA-256 {certificate.sha256}",
            ),
        )


def _day(moment: datetime | None) -> str:
    return _("(unreadable)") if moment is None else moment.date().isoformat()


def _certificate_verify(data: bytes, version: str) -> Iterator[Field]:
    reader = Reader(data[4:])
    if version in ("TLSv1.3", "TLSv1.2"):
        yield Field(_("Signature algorithm"), (name_of(SIGNATURE_SCHEMES, reader.number(2)),))
    yield Field(_("Signature"), (_bytes_words(len(reader.vector(2).rest())),))


def _server_key_exchange(data: bytes, version: str) -> Iterator[Field]:
    group, scheme = wire.server_key_exchange(data, version)
    yield Field(_("Group"), (group,))
    if scheme:
        yield Field(_("Signature algorithm"), (scheme,))


def _finished(data: bytes, _version: str) -> Iterator[Field]:
    yield Field(_("Verify data"), (data[4:].hex(),))


def _certificate_status(data: bytes, _version: str) -> Iterator[Field]:
    reader = Reader(data[4:])
    kind = reader.number(1)
    yield Field(_("Kind"), ("ocsp" if kind == 1 else str(kind),))
    yield Field(_("Response"), (_bytes_words(len(reader.vector(3).rest())),))


def _key_update(data: bytes, _version: str) -> Iterator[Field]:
    asked = Reader(data[4:]).number(1) == 1
    yield Field(_("Requests the other side to update too"), (_("yes") if asked else _("no"),))


_READERS: dict[str, Callable[[bytes, str], Iterator[Field]]] = {
    "ClientHello": _client_hello,
    "ServerHello": _server_hello,
    "HelloRetryRequest": _server_hello,
    "EncryptedExtensions": _encrypted_extensions,
    "CertificateRequest": _certificate_request,
    "Certificate": _certificate,
    "CertificateVerify": _certificate_verify,
    "ServerKeyExchange": _server_key_exchange,
    "Finished": _finished,
    "CertificateStatus": _certificate_status,
    "KeyUpdate": _key_update,
}


def _extensions(reader: Reader, readers: dict[int, Callable[[Reader], tuple[str, ...]]]) -> Iterator[Field]:
    block = reader.vector(2) if reader else Reader(b"")
    while block:
        kind = block.number(2)
        data = block.vector(2).rest()
        read = readers.get(kind)
        try:
            values = read(Reader(data)) if read is not None and data else ()
        except ValueError:
            values = ()
        yield Field(EXTENSIONS.get(kind, f"0x{kind:04X}"), values or (_bytes_words(len(data)),))


def _named(table: dict[int, str], width: int) -> Callable[[Reader], tuple[str, ...]]:
    return lambda reader: tuple(name_of(table, number) for number in reader.vector(width).numbers(2))


def _server_names(reader: Reader) -> tuple[str, ...]:
    names, found = reader.vector(2), []
    while names:
        names.number(1)
        found.append(names.vector(2).rest().decode("ascii"))
    return tuple(found)


def _protocols(reader: Reader) -> tuple[str, ...]:
    names, found = reader.vector(2), []
    while names:
        found.append(names.vector(1).rest().decode("ascii"))
    return tuple(found)


def _versions_offered(reader: Reader) -> tuple[str, ...]:
    return tuple(_version_name(number) for number in reader.vector(1).numbers(2))


def _shares(reader: Reader) -> tuple[str, ...]:
    shares, found = reader.vector(2), []
    while shares:
        group = name_of(GROUPS, shares.number(2))
        found.append(f"{group} ({_bytes_words(len(shares.vector(2).rest()))})")
    return tuple(found)


def _modes(reader: Reader) -> tuple[str, ...]:
    return tuple(_PSK_MODES.get(number, str(number)) for number in reader.vector(1).numbers(1))


_OFFERED: dict[int, Callable[[Reader], tuple[str, ...]]] = {
    0: _server_names,
    10: _named(GROUPS, 2),
    13: _named(SIGNATURE_SCHEMES, 2),
    16: _protocols,
    43: _versions_offered,
    45: _modes,
    50: _named(SIGNATURE_SCHEMES, 2),
    51: _shares,
}
_CHOSEN: dict[int, Callable[[Reader], tuple[str, ...]]] = {
    10: _named(GROUPS, 2),
    16: _protocols,
    43: lambda reader: (_version_name(reader.number(2)),),
    51: lambda reader: (name_of(GROUPS, reader.number(2)),),
}


def _version_name(number: int) -> str:
    return VERSIONS.get(number, f"0x{number:04X}")


def _bytes_words(count: int) -> str:
    return ngettext("{count} byte", "{count} bytes", count).format(count=count)
