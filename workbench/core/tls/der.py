"""Enough of DER (X.690) to see what a file holds before it is given to a parser, and to write small structures."""

from collections.abc import Iterator
from dataclasses import dataclass

INTEGER, BIT_STRING, OCTET_STRING, OBJECT_IDENTIFIER, SEQUENCE, SET = 0x02, 0x03, 0x04, 0x06, 0x30, 0x31
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18

_CONSTRUCTED, _LONG_TAG = 0x20, 0x1F
_DEEPEST = 30
"""Values within values, as many as OpenSSL follows."""

_MOST = 200_000
"""Values that are looked at one after another: a file of two-byte values must not take minutes."""


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
        """The contents as a dotted object identifier (X.690 8.19). Raises ``ValueError`` for one beyond all use."""
        if len(self.content) > 200:
            raise ValueError("an object identifier of more than 200 bytes")
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
    """Each value of ``data`` in turn. Raises ``ValueError`` where one is cut short, and after very many."""
    start = 0
    for _number in range(_MOST):
        if start >= len(data):
            return
        value = read(data, start)
        yield value
        start += len(value.encoding)
    raise ValueError(f"more than {_MOST} values in a row")


def read(data: bytes, start: int = 0) -> Value:
    """The value of ``data`` that begins at ``start``; what follows is left alone.

    Raises ``ValueError`` when it is cut short. Indefinite lengths (BER, as old PKCS#12 writers used)
    are taken to reach to the end; ``definite`` reads them as they are meant.
    """
    size, at = _header(data, start)
    if size is None:
        return Value(data[start], data[at:].removesuffix(b"\0\0"), data[start:])
    if at + size > len(data):
        raise ValueError(f"{at - start + size} bytes announced, {len(data) - start} are there")
    return Value(data[start], data[at : at + size], data[start : at + size])


def _header(data: bytes, start: int) -> tuple[int | None, int]:
    """The size of the contents, None for an indefinite one, and where they begin."""
    if len(data) < start + 2:
        raise ValueError("cut short in the header")
    size, at = data[start + 1], start + 2
    if size == 0x80:
        return None, at
    if size > 0x80:
        at += size & 0x7F
        size = int.from_bytes(data[start + 2 : at], "big")
    if at > len(data) or at - start > 8:
        raise ValueError("no sensible length")
    return size, at


def definite(data: bytes) -> bytes:
    """The first value of BER ``data`` with definite lengths throughout and octet strings in one piece (8.1.3.6, 8.7.3).

    Raises ``ValueError`` for what is cut short, nested too deeply or of too many values.
    """
    return _definite(data, 0, _DEEPEST, iter(range(_MOST)))[0]


def _definite(data: bytes, start: int, depth: int, budget: Iterator[int]) -> tuple[bytes, int]:
    """A value with definite lengths, and where the next one begins."""
    if depth == 0 or next(budget, None) is None:
        raise ValueError("nested too deeply, or too many values")
    size, at = _header(data, start)
    tag = data[start]
    if tag & _LONG_TAG == _LONG_TAG:
        raise ValueError("a tag of more than one byte")
    end = None if size is None else at + size
    if end is not None and end > len(data):
        raise ValueError("cut short")
    if not tag & _CONSTRUCTED:
        if end is None:
            raise ValueError("an indefinite length of what holds no values")
        return data[start:end], end
    parts = []
    while end is None or at < end:
        if end is None and data[at : at + 2] == b"\0\0":
            at += 2
            break
        part, at = _definite(data, at, depth - 1, budget)
        parts.append(part)
    if end is not None and at != end:
        raise ValueError("a value reaches beyond the one that holds it")
    if tag == OCTET_STRING | _CONSTRUCTED:
        return encode(OCTET_STRING, *(read(part).content for part in parts)), at
    return encode(tag, *parts), at
