"""Enough of DER (X.690) to see what a file holds before it is given to a parser, and to write small structures."""

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, BIT_STRING, OCTET_STRING, OBJECT_IDENTIFIER, SEQUENCE = 0x02, 0x03, 0x04, 0x06, 0x30


@dataclass(frozen=True, slots=True)
class Value:
    """One encoded value: its tag byte, its contents, and both with the length between them."""

    tag: int
    content: bytes
    encoding: bytes

    def children(self) -> tuple["Value", ...]:
        """The values within. Raises ``ValueError`` where the contents are not a series of values."""
        return tuple(values(self.content))

    @property
    def number(self) -> int:
        """The contents as a two's-complement integer."""
        return int.from_bytes(self.content, "big", signed=True)

    @property
    def oid(self) -> str:
        """The contents as a dotted object identifier (X.690 8.19)."""
        arcs: list[int] = []
        arc = 0
        for byte in self.content:
            arc = arc << 7 | byte & 0x7F
            if byte < 0x80:
                arcs.append(arc)
                arc = 0
        if not arcs:
            return ""
        first = min(arcs[0] // 40, 2)
        return ".".join(str(number) for number in (first, arcs[0] - 40 * first, *arcs[1:]))


def encode(tag: int, *contents: bytes) -> bytes:
    """One value with its tag and definite length (8.1.3)."""
    content = b"".join(contents)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def values(data: bytes) -> Iterator[Value]:
    """Each value of ``data`` in turn. Raises ``ValueError`` where one is cut short."""
    start = 0
    while start < len(data):
        value = read(data[start:])
        yield value
        start += len(value.encoding)


def read(data: bytes) -> Value:
    """The first value of ``data``; what follows is left alone.

    Raises ``ValueError`` when it is cut short. Indefinite lengths (BER, as old PKCS#12 writers used)
    are taken to reach to the end.
    """
    if len(data) < 2:
        raise ValueError("cut short in the header")
    size, header = data[1], 2
    if size == 0x80:
        return Value(data[0], data[2:].removesuffix(b"\0\0"), data)
    if size > 0x80:
        header += size & 0x7F
        size = int.from_bytes(data[2:header], "big")
    if header > len(data) or header > 8:
        raise ValueError("no sensible length")
    if header + size > len(data):
        raise ValueError(f"{header + size} bytes announced, {len(data)} are there")
    return Value(data[0], data[header : header + size], data[: header + size])
