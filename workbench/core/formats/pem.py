"""PEM (RFC 7468, and RFC 1421 headers where old keys carry them), as people's files have it.

Text around the blocks, Windows line ends, byte order marks, UTF-16, indentation and missing
last line ends are all common and do no harm. A block that begins and does not end is an error:
half a file was written or copied.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_BOUNDARY = re.compile(r"-----(BEGIN|END) ([^-\r\n]{1,64})-----")
_HEADER = re.compile(r"([A-Za-z0-9-]+):[ \t]*+(.*)")


class UnfinishedBlock(ValueError):
    """A block that begins and does not end; ``label`` and ``line`` say which."""

    def __init__(self, label: str, line: int) -> None:
        super().__init__(f"{label} at line {line}")
        self.label = label
        self.line = line


@dataclass(frozen=True, slots=True)
class Block:
    """One block. ``line`` is where it begins, counted from 1; ``headers`` are those of RFC 1421.

    ``data`` is None where the contents are not Base64.
    """

    label: str
    line: int
    data: bytes | None = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)


def text_of(data: bytes) -> str:
    """The characters of a file that may be UTF-8, UTF-16 or anything else with ASCII in it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return data.decode("latin-1").removeprefix("\xef\xbb\xbf")


def has_blocks(text: str) -> bool:
    """Whether the text has the beginning of a block."""
    return any(match[1] == "BEGIN" for match in _BOUNDARY.finditer(text))


def blocks(text: str) -> Iterator[Block]:
    """Each block in turn. Raises ``UnfinishedBlock`` at one that has no end."""
    begin: re.Match[str] | None = None
    line, counted = 1, 0
    for boundary in _BOUNDARY.finditer(text):
        if boundary[1] == "BEGIN":
            if begin is not None:
                break
            begin = boundary
            line += text.count("\n", counted, begin.start())  # from one to the next, not from the top for each
            counted = begin.start()
        elif begin is not None:
            if boundary[2] != begin[2]:
                break
            yield _block(begin[2].strip(), line, text[begin.end() : boundary.start()])
            begin = None
    if begin is not None:
        raise UnfinishedBlock(begin[2].strip(), line)


def _block(label: str, number: int, inside: str) -> Block:
    headers: dict[str, str] = {}
    encoded: list[str] = []
    for line in inside.replace("\\n", "\n").splitlines():  # a key pasted out of JSON has \n written out
        content = line.strip()
        header = _HEADER.match(content) if not encoded else None
        if header:
            headers[header[1]] = header[2]
        elif content:
            encoded.append(content)
    try:
        data = base64.b64decode("".join("".join(encoded).split()), validate=True)
    except ValueError:  # not Base64, or not even ASCII
        return Block(label, number, None, headers)
    return Block(label, number, data or None, headers)
