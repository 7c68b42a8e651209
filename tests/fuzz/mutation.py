"""Inputs made of seeds: cut, doubled, swapped, spliced, and grown where growth could hurt."""

from collections.abc import Callable, Sequence
from random import Random

_LONGEST = 64_000
"""Bytes of a mutated input, but for those that are grown on purpose."""

_GROWN = 200_000
_STEPS_AT_A_TIME = (1, 1, 1, 2, 2, 3, 5)
_ODD = (
    *(b"\0", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\x1b", b"\x7f", b"\x85"),
    *("\u2028".encode(), "\u202e".encode(), "\U0001f600".encode(), "ß".encode(), "İ".encode(), "٣".encode()),
    *(b"\r", b"\n", b"\r\n", b"\t", b" ", b"'", b'"', b"\\", b"{{", b"}}", b"{", b"}", b"[", b"]", b":", b"%", b"&"),
    *(b"-1", b"0", b"1e999", b"-0", b"9" * 40, b"0x", b"NaN", b"1.", b"2147483648", b"18446744073709551616"),
)

Step = Callable[[bytearray, Random, Sequence[bytes], Sequence[bytes]], None]


def mutated(random: Random, seeds: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """One input. ``tokens`` are words of the target's language."""
    data = bytearray(random.choice(seeds))
    for _step in range(random.choice(_STEPS_AT_A_TIME)):
        random.choice(_STEPS)(data, random, seeds, tokens)
        del data[_LONGEST:]
    if random.random() < 0.002:
        _grow(data, random)
    return bytes(data)


def _span(data: bytearray, random: Random, longest: int = 64) -> tuple[int, int]:
    start = random.randint(0, len(data))
    return start, min(len(data), start + random.randint(1, longest))


def _flip(data: bytearray, random: Random, _seeds: Sequence[bytes], _tokens: Sequence[bytes]) -> None:
    if data:
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)


def _replace(data: bytearray, random: Random, _seeds: Sequence[bytes], _tokens: Sequence[bytes]) -> None:
    if data:
        data[random.randrange(len(data))] = random.randrange(256)


def _cut(data: bytearray, random: Random, _seeds: Sequence[bytes], _tokens: Sequence[bytes]) -> None:
    start, end = _span(data, random)
    del data[start:end]


def _truncate(data: bytearray, random: Random, _seeds: Sequence[bytes], _tokens: Sequence[bytes]) -> None:
    del data[random.randint(0, len(data)) :]


def _double(data: bytearray, random: Random, _seeds: Sequence[bytes], _tokens: Sequence[bytes]) -> None:
    start, end = _span(data, random)
    data[end:end] = data[start:end] * random.choice((1, 1, 2, 7, 40))


def _put(data: bytearray, random: Random, _seeds: Sequence[bytes], tokens: Sequence[bytes]) -> None:
    at = random.randint(0, len(data))
    data[at:at] = random.choice(tokens if tokens and random.random() < 0.6 else _ODD)


def _put_over(data: bytearray, random: Random, _seeds: Sequence[bytes], tokens: Sequence[bytes]) -> None:
    start, end = _span(data, random, 8)
    data[start:end] = random.choice(tokens if tokens and random.random() < 0.6 else _ODD)


def _swap(data: bytearray, random: Random, _seeds: Sequence[bytes], _tokens: Sequence[bytes]) -> None:
    (low, middle), (start, end) = sorted((_span(data, random), _span(data, random)))
    if middle <= start:
        data[low:end] = data[start:end] + data[middle:start] + data[low:middle]


def _splice(data: bytearray, random: Random, seeds: Sequence[bytes], _tokens: Sequence[bytes]) -> None:
    other = random.choice(seeds)
    start, end = sorted((random.randint(0, len(other)), random.randint(0, len(other))))
    at = random.randint(0, len(data))
    data[at:at] = other[start:end]


def _swap_lines(data: bytearray, random: Random, _seeds: Sequence[bytes], _tokens: Sequence[bytes]) -> None:
    lines = bytes(data).split(b"\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    data[:] = b"\n".join(lines)


def _grow(data: bytearray, random: Random) -> None:
    """Repeat a short piece thousands of times: what is more than linear is felt."""
    start, end = _span(data, random, random.choice((1, 2, 8, 64)))
    piece = data[start:end] or bytearray(b"a")
    data[end:end] = piece * (_GROWN // len(piece))


_STEPS: tuple[Step, ...] = (
    *(_flip, _replace, _cut, _truncate, _double, _put, _put, _put_over, _swap, _splice, _swap_lines),
)
