"""The forms in which a body can be looked at, and how each is made: in a job, never in the UI thread."""

import contextlib
import enum
import io
import mmap
from dataclasses import dataclass

from workbench.core.content.charset import charset_of
from workbench.core.content.kinds import Kind, kind_of
from workbench.core.content.lines import HexLines, Lines, TextLines
from workbench.core.content.preparing import Form, Order, Prepared, lines_of, prepare
from workbench.core.content.process import prepare_apart
from workbench.core.content.rows import LONGEST
from workbench.core.content.work import Stopped, Work
from workbench.core.exchange import Body, Response
from workbench.core.i18n import _
from workbench.ui.widgets.code.syntax import Syntax
from workbench.ui.widgets.picture import Picture, decode_picture

HERE = 250_000
"""Bytes of a body that is prepared in this process, in some hundredths of a second in which the window may wait for
the interpreter; a larger one has a process of its own, as has each filter that is an expression."""

SMALL = 1_000_000
"""Bytes of a text that a ``QPlainTextEdit`` shows, which assistive technology reads whole."""

_QUERIED = (Kind.JSON, Kind.XML, Kind.HTML)  # by an expression that may have no end, and must be stopped then
_PICTURE_LIMIT = 32_000_000
_LONG_LINE = 8_000  # bytes; Qt lays out longer lines far too slowly
_HEAD = 4096


class View(enum.Enum):
    """How a body is looked at."""

    PICTURE = "picture"
    PRETTY = "pretty"
    TREE = "tree"
    TABLE = "table"
    EVENTS = "events"
    RAW = "raw"
    FILE = "file"
    HEX = "hex"


VIEWS = {
    Kind.EMPTY: (),
    Kind.JSON: (View.PRETTY, View.TREE, View.RAW, View.HEX),
    Kind.XML: (View.PRETTY, View.RAW, View.HEX),
    Kind.HTML: (View.RAW, View.HEX),
    Kind.CSV: (View.TABLE, View.RAW, View.HEX),
    Kind.EVENTS: (View.EVENTS, View.RAW, View.HEX),
    Kind.TEXT: (View.RAW, View.HEX),
    Kind.PICTURE: (View.PICTURE, View.HEX),
    Kind.PDF: (View.FILE, View.HEX),
    Kind.BINARY: (View.HEX, View.FILE),
}
_DRAWING = (View.PICTURE, View.PRETTY, View.RAW, View.HEX)


@dataclass(frozen=True, slots=True)
class BodyFacts:
    """What is known of a body from its first bytes. ``trouble`` says why it cannot be read any more."""

    kind: Kind = Kind.EMPTY
    size: int = 0
    charset: str = ""
    content_type: str = ""
    drawing: bool = False
    trouble: str = ""

    @property
    def views(self) -> tuple[View, ...]:
        """The forms that fit, the best first."""
        return _DRAWING if self.drawing else VIEWS[self.kind]

    @property
    def syntax(self) -> Syntax:
        """What its text is written in."""
        if self.kind is Kind.JSON:
            return Syntax.JSON
        return Syntax.MARKUP if self.kind in (Kind.XML, Kind.HTML) or self.drawing else Syntax.PLAIN

    @property
    def text_kind(self) -> Kind:
        """What its text is: a drawing's is XML."""
        return Kind.XML if self.drawing else self.kind


def facts_of(response: Response) -> BodyFacts:
    """Read the beginning of the body."""
    content_type = response.header("content-type") or ""
    size = response.body.size
    try:
        head = response.body.read(_HEAD)
    except OSError as error:
        return BodyFacts(size=size, trouble=gone(error))
    kind = kind_of(head, content_type)
    drawing = kind is Kind.PICTURE and "svg" in content_type.lower()
    charset = charset_of(head, content_type) if kind.is_text or drawing else ""
    return BodyFacts(kind, max(size, len(head)), charset, content_type, drawing)


def gone(error: OSError) -> str:
    """A sentence on a body that cannot be read."""
    return _("The body can no longer be read: {reason}.").format(reason=error.strerror or error)


def order_for(facts: BodyFacts, form: Form, wanted: str = "") -> Order:
    """What to have made."""
    longest = _LONG_LINE if facts.size <= SMALL and form is not Form.FILTERED else LONGEST
    return Order(form, facts.text_kind, facts.content_type, wanted, longest)


def make(body: Body, order: Order, work: Work) -> tuple[TextLines, Prepared] | None:
    """Have ``order`` made of ``body``; None when it was stopped."""
    _under_way.add(work)
    try:
        if body.size > HERE or (order.form is Form.FILTERED and order.kind in _QUERIED):
            return prepare_apart(body.file or body.data, order, work)
        sink = io.BytesIO()
        prepared = prepare(io.BytesIO(body.read()), sink, order, work)
        return lines_of(sink, prepared), prepared
    except Stopped:
        return None
    except OSError as error:
        return TextLines(), Prepared(error=gone(error))
    finally:
        _under_way.discard(work)


def picture_of(body: Body, work: Work) -> Picture | None:
    """Have ``body`` decoded; None when it was stopped."""
    if body.size > _PICTURE_LIMIT:
        return Picture(trouble=_("The image is too large to show."))
    _under_way.add(work)
    try:
        return decode_picture(body.file or body.data, work)
    except Stopped:
        return None
    except OSError as error:
        return Picture(trouble=gone(error))
    finally:
        _under_way.discard(work)


def stop_all() -> None:
    """Stop whatever is being made: the program ends, and must not wait for it."""
    for work in tuple(_under_way):
        work.stop()


_under_way: set[Work] = set()


def hex_lines(body: Body) -> Lines:
    """The body as a dump; what lies in a file is not read until it is looked at."""
    if body.file is None:
        return HexLines(body.data)
    with contextlib.suppress(OSError, ValueError), body.file.open("rb") as file:
        return HexLines(memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)))
    return HexLines()
