"""Between a file's bytes and its text: byte order marks, UTF-16, line ends, and where a text is damaged.

A text keeps its line ends as they are; what is put into it takes those that the file uses.
"""

import codecs
from dataclasses import dataclass

from workbench.core.collection.aligning import opcodes
from workbench.core.i18n import _

LIMIT = 2 * 1024 * 1024
"""Bytes of the largest file that is read or written: the YAML parser takes up to four seconds for one."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Malformed(Exception):
    """A text that cannot be understood; ``line`` and ``column`` count from 1, 0 where they are not known."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column


class Inexpressible(Malformed):
    """What is to be written has no words in the file's format."""


class TooLarge(Inexpressible):
    """The file is or would be larger than ``LIMIT``."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How a text stands in its file. ``newline`` is what most of its lines end with."""

    name: str = "utf-8"
    mark: bytes = b""
    newline: str = "\n"


_PLAIN = Encoding()


def decode(data: bytes) -> tuple[str, Encoding]:
    """The text of a file, line ends untouched, without its byte order mark. Raises ``Malformed``."""
    name, mark = "utf-8", b""
    for known, encoding in _MARKS:
        if data.startswith(known):
            name, mark = encoding, known
    try:
        text = data[len(mark) :].decode(name)
    except UnicodeDecodeError as error:
        raise _undecodable(data, len(mark), name, error) from error
    if "\0" in text:
        line, column = position(text, text.index("\0"))
        raise Malformed(
            _("It contains a NUL character: it is not text, or it is UTF-16 without a byte order mark."), line, column
        )
    returns = text.count("\r\n")
    return text, Encoding(name, mark, "\r\n" if returns and returns * 2 > text.count("\n") else "\n")


def encode(text: str, encoding: Encoding = _PLAIN) -> bytes:
    """The bytes of a text. Raises ``TooLarge``."""
    content = encoding.mark + text.encode(encoding.name)
    check_size(len(content))
    return content


def check_size(size: int) -> None:
    """Raise ``TooLarge`` for more than ``LIMIT``, which may also be asked of a text's length."""
    if size > LIMIT:
        megabytes = 1024 * 1024
        words = _("It has {size:.1f} MB; a file of a collection has at most {limit}.")
        raise TooLarge(words.format(size=size / megabytes, limit=LIMIT // megabytes))


def position(text: str, index: int) -> tuple[int, int]:
    """Line and column, from 1, of a place in a text."""
    return text.count("\n", 0, index) + 1, index - (text.rfind("\n", 0, index) + 1) + 1


def with_line_ends(before: str, after: str) -> str:
    """``after`` with the line ends that its lines have in ``before``; new lines take the most frequent ones."""
    returns = before.count("\r\n")
    if not returns:
        return after
    if returns == before.count("\n"):
        return after.replace("\n", "\r\n")
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    common = "\r\n" if returns * 2 > before.count("\n") else "\n"
    bare = [line.replace("\r\n", "\n") for line in old]
    result: list[str] = []
    for tag, start, end, first, last in opcodes(bare, new):
        result += old[start:end] if tag == "equal" else [line.replace("\n", common) for line in new[first:last]]
    return "".join(result)


def _undecodable(data: bytes, skipped: int, name: str, error: UnicodeDecodeError) -> Malformed:
    before = data[skipped : skipped + error.start].decode(name, "replace")
    line, column = position(before, len(before))
    octet = data[skipped + error.start]
    return Malformed(
        _("It is not valid {encoding}: byte 0x{octet:02x}.").format(encoding=name, octet=octet), line, column
    )
