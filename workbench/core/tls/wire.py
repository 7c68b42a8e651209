"""Reading handshake messages: just the fields whose values are shown or weighed.

Every function takes one whole message with its four-byte header (RFC 8446 4) and raises
``ValueError`` when it is cut short; OpenSSL has judged the message before we read it.
"""

from dataclasses import dataclass

from workbench.core.tls.registry import CIPHER_SUITES, GROUPS, SIGNATURE_SCHEMES, VERSIONS, name_of

HELLO_REQUEST = 0
CLIENT_HELLO = 1
SERVER_HELLO = 2
NEW_SESSION_TICKET = 4
CERTIFICATE = 11
SERVER_KEY_EXCHANGE = 12
CERTIFICATE_REQUEST = 13
CERTIFICATE_VERIFY = 15
CLIENT_KEY_EXCHANGE = 16
FINISHED = 20

_SUPPORTED_VERSIONS = 43
_CERTIFICATE_AUTHORITIES = 47
_SIGNATURE_ALGORITHMS = 13
_KEY_SHARE = 51
_NAMED_CURVE = 3
# RFC 8446 4.1.3: a ServerHello with this random asks for another ClientHello.
_HELLO_RETRY_RANDOM = bytes.fromhex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c")


class Reader:
    """A cursor over bytes with TLS's length-prefixed vectors (RFC 8446 3.4)."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __bool__(self) -> bool:
        return self._at < len(self._data)

    def take(self, count: int) -> bytes:
        """The next ``count`` bytes."""
        end = self._at + count
        if end > len(self._data):
            raise ValueError("handshake message cut short")
        piece = self._data[self._at : end]
        self._at = end
        return piece

    def number(self, width: int) -> int:
        """An unsigned integer of ``width`` bytes."""
        return int.from_bytes(self.take(width), "big")

    def vector(self, width: int) -> "Reader":
        """A vector whose length stands in ``width`` bytes before it."""
        return Reader(self.take(self.number(width)))

    def rest(self) -> bytes:
        """Everything that is left."""
        return self.take(len(self._data) - self._at)

    def numbers(self, width: int) -> tuple[int, ...]:
        """All that is left as integers of ``width`` bytes."""
        values = []
        while self:
            values.append(self.number(width))
        return tuple(values)


def _extensions(reader: Reader) -> dict[int, bytes]:
    found: dict[int, bytes] = {}
    if reader:
        block = reader.vector(2)
        while block:
            kind = block.number(2)
            found[kind] = block.vector(2).rest()
    return found


@dataclass(frozen=True, slots=True)
class ServerHello:
    """Version, cipher suite and group chosen by the server; ``retry`` marks a HelloRetryRequest."""

    version: str
    cipher: str
    group: str
    retry: bool


def server_hello(message: bytes) -> ServerHello:
    """RFC 8446 4.1.3."""
    reader = Reader(message[4:])
    version = reader.number(2)
    retry = reader.take(32) == _HELLO_RETRY_RANDOM
    reader.vector(1)
    cipher = reader.number(2)
    reader.take(1)
    extensions = _extensions(reader)
    if _SUPPORTED_VERSIONS in extensions:
        version = int.from_bytes(extensions[_SUPPORTED_VERSIONS], "big")
    share = extensions.get(_KEY_SHARE, b"")
    group = name_of(GROUPS, int.from_bytes(share[:2], "big")) if len(share) >= 2 else ""
    return ServerHello(VERSIONS.get(version, f"0x{version:04X}"), name_of(CIPHER_SUITES, cipher), group, retry)


def certificates(message: bytes, version: str) -> tuple[bytes, ...]:
    """DER encodings in a Certificate message, in the order sent (RFC 8446 4.4.2, RFC 5246 7.4.2)."""
    reader = Reader(message[4:])
    is_1_3 = version == "TLSv1.3"
    if is_1_3:
        reader.vector(1)
    entries = reader.vector(3)
    found = []
    while entries:
        found.append(entries.vector(3).rest())
        if is_1_3:
            entries.vector(2)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class CertificateRequest:
    """What the server wants of us: DER names of its authorities, names of signature schemes."""

    authorities: tuple[bytes, ...]
    signature_algorithms: tuple[str, ...]


def certificate_request(message: bytes, version: str) -> CertificateRequest:
    """RFC 8446 4.3.2, RFC 5246 7.4.4."""
    reader = Reader(message[4:])
    if version == "TLSv1.3":
        reader.vector(1)
        extensions = _extensions(reader)
        schemes = Reader(extensions.get(_SIGNATURE_ALGORITHMS, b"\0\0")).vector(2).numbers(2)
        names = Reader(extensions.get(_CERTIFICATE_AUTHORITIES, b"\0\0")).vector(2)
    else:
        reader.vector(1)
        schemes = reader.vector(2).numbers(2) if version == "TLSv1.2" else ()
        names = reader.vector(2)
    authorities = []
    while names:
        authorities.append(names.vector(2).rest())
    return CertificateRequest(tuple(authorities), tuple(name_of(SIGNATURE_SCHEMES, s) for s in schemes))


def certificate_verify_scheme(message: bytes) -> str:
    """The scheme of a TLS 1.2 or 1.3 CertificateVerify (RFC 8446 4.4.3)."""
    return name_of(SIGNATURE_SCHEMES, Reader(message[4:]).number(2))


def server_key_exchange(message: bytes, version: str) -> tuple[str, str]:
    """Group and signature scheme of a TLS 1.2 ServerKeyExchange (RFC 8422 5.4, RFC 5246 7.4.3).

    The group is ``DHE-<bits>`` for a finite field, whose group TLS 1.2 does not name.
    """
    reader = Reader(message[4:])
    if reader.take(1) == bytes([_NAMED_CURVE]):
        group = name_of(GROUPS, reader.number(2))
        reader.vector(1)
    else:
        reader = Reader(message[4:])
        prime = reader.vector(2).rest()
        reader.vector(2)
        reader.vector(2)
        group = f"DHE-{int.from_bytes(prime, 'big').bit_length()}"
    scheme = name_of(SIGNATURE_SCHEMES, reader.number(2)) if version == "TLSv1.2" and reader else ""
    return group, scheme
