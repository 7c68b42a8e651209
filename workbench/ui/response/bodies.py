"""A response body made ready to be read: pure functions, run in a job, never in the UI thread."""

import enum
import re
from dataclasses import dataclass, field

from workbench.core.exchange import Response
from workbench.core.i18n import _
from workbench.ui.response.charset import charset_of, decode
from workbench.ui.response.pretty import pretty_json, pretty_xml, why_not_json
from workbench.ui.widgets.syntax import Syntax
from workbench.ui.words import size_words

TEXT_LIMIT = 2_000_000  # bytes of a body that are shown before somebody asks for more
TEXT_CEILING = 64_000_000  # bytes that can be shown at all; beyond that there is saving
HEX_LIMIT = 256_000  # bytes that are shown in hexadecimal
PRETTY_LIMIT = 8_000_000  # characters that are laid out anew
_LINE_LIMIT = 8_000  # characters; Qt lays out longer lines far too slowly
_PICTURE_LIMIT = 32_000_000


class Kind(enum.Enum):
    """What a body is."""

    EMPTY = "empty"
    JSON = "json"
    XML = "xml"
    HTML = "html"
    TEXT = "text"
    PICTURE = "picture"
    BINARY = "binary"


@dataclass(frozen=True, slots=True)
class ShownBody:
    """All forms of one body. ``notices`` are sentences about what is not as it came.

    ``pretty`` is "" where there is no prettier form than ``raw``; ``raw`` is "" for what is no text.
    ``shown`` of ``size`` bytes were read. ``picture`` are the bytes of an image.
    """

    kind: Kind
    size: int = 0
    shown: int = 0
    charset: str = ""
    pretty: str = field(default="", repr=False)
    raw: str = field(default="", repr=False)
    hexadecimal: str = field(default="", repr=False)
    picture: bytes = field(default=b"", repr=False)
    notices: tuple[str, ...] = ()

    @property
    def cut(self) -> bool:
        """Whether there is more than is shown."""
        return self.shown < self.size

    @property
    def syntax(self) -> Syntax:
        """What to colour the text by."""
        if self.kind is Kind.JSON:
            return Syntax.JSON
        return Syntax.MARKUP if self.kind in (Kind.XML, Kind.HTML, Kind.PICTURE) else Syntax.PLAIN


_MAGIC = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a")
_PICTURES = frozenset({"png", "jpeg", "jpg", "gif", "webp", "svg+xml", "bmp", "x-icon", "vnd.microsoft.icon"})
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def prepare(response: Response, limit: int = TEXT_LIMIT) -> ShownBody:
    """Read at most ``limit`` bytes of the body and make every form of it that there is.

    A body that can no longer be read (its file is gone) is shown as nothing, with the reason.
    """
    content_type = response.header("content-type") or ""
    size = response.body.size
    is_picture = (_media_type(content_type)).startswith("image/")
    try:
        data = response.body.read(min(_PICTURE_LIMIT if is_picture else limit, TEXT_CEILING))
    except OSError as error:
        notice = _("The body can no longer be read: {reason}.").format(reason=error.strerror or error)
        return ShownBody(Kind.EMPTY, size=size, notices=(notice,))
    return shown_body(data, content_type, max(size, len(data)))


def shown_body(data: bytes, content_type: str, size: int) -> ShownBody:
    """The forms of ``data``, the first bytes of a body of ``size``."""
    kind = kind_of(data, content_type)
    dump = hex_dump(data[:HEX_LIMIT])
    if kind is Kind.EMPTY:
        return ShownBody(kind, size=size)
    vector = kind is Kind.PICTURE and "svg" in content_type.lower()
    if kind is Kind.BINARY or (kind is Kind.PICTURE and not vector):
        whole = len(data) == size
        return ShownBody(
            kind,
            size=size,
            shown=len(data) if kind is Kind.PICTURE else min(len(data), HEX_LIMIT),
            hexadecimal=dump,
            picture=data if kind is Kind.PICTURE and whole else b"",
            notices=() if whole or kind is Kind.BINARY else (_("The picture is too large to show."),),
        )
    charset = charset_of(data, content_type)
    text, notices = decode(data, charset, whole=len(data) == size)
    pretty, more = _pretty(kind, text, whole=len(data) == size)
    folded = fold(pretty), fold(text)
    if folded[1] != _plain_lines(text):
        more += (
            _("Lines of more than {count} characters are folded here and when copied; Save keeps them whole.").format(
                count=f"{_LINE_LIMIT:,}"
            ),
        )
    return ShownBody(
        kind,
        size=size,
        shown=len(data),
        charset=charset,
        pretty=folded[0],
        raw=folded[1],
        hexadecimal=dump,
        picture=data if vector else b"",
        notices=notices + more,
    )


def cut_words(body: ShownBody) -> str:
    """How much of a large body is shown, or "" when all of it is."""
    if not body.cut:
        return ""
    return _("The first {shown} of {size} are shown.").format(shown=size_words(body.shown), size=size_words(body.size))


def kind_of(data: bytes, content_type: str) -> Kind:
    """What a body is, by its media type, else by how it begins."""
    if not data:
        return Kind.EMPTY
    media = _media_type(content_type)
    main, _slash, sub = media.partition("/")
    if main == "image" and sub in _PICTURES:
        return Kind.PICTURE
    if sub in ("json", "x-ndjson", "jsonl", "problem+json") or sub.endswith("+json"):
        return Kind.JSON
    if sub in ("html", "xhtml+xml"):
        return Kind.HTML
    if sub == "xml" or sub.endswith("+xml"):
        return Kind.XML
    if main == "text" or sub in ("javascript", "x-www-form-urlencoded", "yaml", "x-pem-file", "graphql"):
        return _sniffed(data) if sub == "plain" else Kind.TEXT
    return _sniffed(data)


def _sniffed(data: bytes) -> Kind:
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data.startswith(_MAGIC) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP"):
        return Kind.PICTURE
    if head.startswith((b"<!doctype html", b"<html")):
        return Kind.HTML
    if head.startswith(b"<?xml"):
        return Kind.XML
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Kind.TEXT
    if _CONTROLS.search(data[:4096]):
        return Kind.BINARY
    return Kind.JSON if head[:1] in (b"{", b"[") and head[-1:] else Kind.TEXT


def _media_type(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _pretty(kind: Kind, text: str, *, whole: bool) -> tuple[str, tuple[str, ...]]:
    if len(text) > PRETTY_LIMIT:
        return "", (_("Too large to be laid out: shown as it came."),)
    if kind is Kind.JSON:
        reason = why_not_json(text) if whole else ""
        return pretty_json(text), ((reason,) if reason else ())
    if kind in (Kind.XML, Kind.PICTURE):
        return pretty_xml(text), ()
    return "", ()


def fold(text: str) -> str:
    """``text`` with LF for line ends, NUL made visible, and no line too long for Qt to lay out."""
    text = _plain_lines(text)
    if all(len(line) <= _LINE_LIMIT for line in text.split("\n")):
        return text
    lines: list[str] = []
    for line in text.split("\n"):
        lines.extend(line[start : start + _LINE_LIMIT] for start in range(0, max(len(line), 1), _LINE_LIMIT))
    return "\n".join(lines)


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\N{SYMBOL FOR NULL}")


def hex_dump(data: bytes, start: int = 0) -> str:
    """Offset, sixteen bytes, and the printable ASCII among them, a line each."""
    lines = []
    for offset in range(0, len(data), 16):
        row = data[offset : offset + 16]
        left, right = row[:8].hex(" "), row[8:].hex(" ")
        letters = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in row)
        lines.append(f"{start + offset:08x}  {left:<23}  {right:<23}  {letters}")
    return "\n".join(lines)
