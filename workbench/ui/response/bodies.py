"""A response body made ready to be read: pure functions, run in a job, never in the UI thread."""

from dataclasses import dataclass, field

from workbench.core.content.charset import charset_of, decode
from workbench.core.content.kinds import Kind, kind_of, media_type
from workbench.core.content.layout_json import pretty_json, why_not_json
from workbench.core.content.layout_markup import pretty_xml
from workbench.core.content.lines import hex_dump
from workbench.core.exchange import Response
from workbench.core.i18n import _
from workbench.ui.widgets.syntax import Syntax
from workbench.ui.words import size_words

TEXT_LIMIT = 2_000_000  # bytes of a body that are shown before somebody asks for more
TEXT_CEILING = 64_000_000  # bytes that can be shown at all; beyond that there is saving
HEX_LIMIT = 256_000  # bytes that are shown in hexadecimal
PRETTY_LIMIT = 8_000_000  # characters that are laid out anew
_LINE_LIMIT = 8_000  # characters; Qt lays out longer lines far too slowly
_PICTURE_LIMIT = 32_000_000


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


def prepare(response: Response, limit: int = TEXT_LIMIT) -> ShownBody:
    """Read at most ``limit`` bytes of the body and make every form of it that there is.

    A body that can no longer be read (its file is gone) is shown as nothing, with the reason.
    """
    content_type = response.header("content-type") or ""
    size = response.body.size
    is_picture = media_type(content_type).startswith("image/")
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
