"""One form of a body, made in pieces: bytes in, UTF-8 rows with their index out.

What is written to ``sink`` is the text, and behind it the arrays of the index; ``Prepared`` says how
much there is of each, so that a reader needs nothing but a map of the file (``lines_of``).
"""

import codecs
import enum
import io
import mmap
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from workbench.core.content import filters, tables
from workbench.core.content.charset import charset_of, decode, is_charset, undecodable
from workbench.core.content.kinds import Kind
from workbench.core.content.layout_json import JSONLayout, why_not_json
from workbench.core.content.layout_markup import lay_out_xml, markup_folds, minified_xml
from workbench.core.content.lines import Buffer, TextLines
from workbench.core.content.rows import LONGEST, rows_of
from workbench.core.content.work import Work
from workbench.core.i18n import _

CHECKED = 8_000_000
"""Characters of JSON that are parsed to say where it is wrong: parsing takes many times their memory."""
WHOLE = 64_000_000
"""Characters of what must be held whole: markup to lay out or fold, documents to filter."""
_PIECE = 1 << 20
_GROWTH = 12  # a layout that grows further is not for reading
_GROWTH_FREE = 256_000_000


class Form(enum.Enum):
    """What to make of a body."""

    RAW = "raw"
    PRETTY = "pretty"
    MINIFIED = "minified"
    FILTERED = "filtered"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Order:
    """``form`` of a body that is a ``kind``; ``wanted`` is the filter's expression, ``longest`` bytes a row takes."""

    form: Form
    kind: Kind
    content_type: str = ""
    wanted: str = ""
    longest: int = LONGEST


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was made: bytes of text, items of each array behind it, sentences on what is not as it came.

    ``count`` is how many things a filter found. ``error`` says why there is nothing, with the ``place`` in
    the expression from 0, or -1.
    """

    text: int = 0
    arrays: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
    charset: str = "utf-8"
    notices: tuple[str, ...] = ()
    count: int = 0
    error: str = ""
    place: int = -1
    delimiter: str = ""


class _TooLarge(Exception):
    """The layout takes so much more room than what came that nobody would read it."""


class _Sink:
    def __init__(self, target: IO[bytes], most: int, work: Work) -> None:
        self._target, self._most, self._work = target, most, work
        self.size = 0

    def write(self, text: str) -> None:
        self._work.check()
        data = text.encode("utf-8", "replace")
        self.size += len(data)
        if self.size > self._most:
            raise _TooLarge
        self._target.write(data)


def prepare(source: IO[bytes], sink: IO[bytes], order: Order, work: Work) -> Prepared:
    """Make ``order`` of all that ``source`` holds. ``sink`` must be readable too. Raises ``Stopped``."""
    size = source.seek(0, io.SEEK_END)
    source.seek(0)
    head = source.read(4096)
    source.seek(0)
    charset = charset_of(head, order.content_type)
    target = _Sink(sink, _GROWTH_FREE + _GROWTH * size, work)
    text = _Text(source, charset, size, work)
    folds: tuple[array[int], array[int]] = (array("Q"), array("Q"))
    notices: tuple[str, ...] = ()
    found = filters.Found()
    try:
        match order.form:
            case Form.RAW | Form.RECORDS:
                _copy(text, target.write)
            case Form.PRETTY | Form.MINIFIED:
                folds, notices = _lay_out(text, order, target)
            case Form.FILTERED:
                found, folds = _filter(text, order, target)
    except _TooLarge:
        return Prepared(error=_("The formatted text would be too large: see the body as received."))
    except filters.BadExpression as error:
        return Prepared(error=str(error), place=error.place)
    sink.flush()
    notices = (*text.notices, *notices, *found.notices)
    prepared = Prepared(charset=charset, notices=notices, count=found.count)
    return _index(sink, target.size, order, folds, prepared)


class _Text:
    """A source decoded in pieces, with LF for line ends and NUL made visible."""

    def __init__(self, source: IO[bytes], charset: str, size: int, work: Work) -> None:
        self._source, self._charset, self._size, self._work = source, charset, size, work
        self.notices: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Bytes that are to be decoded."""
        return self._size

    def whole(self, most: int) -> str | None:
        """All of it; None for more than ``most`` bytes."""
        return None if self._size > most else "".join(self)

    def __iter__(self) -> Iterator[str]:
        known = is_charset(self._charset)
        decoder = codecs.getincrementaldecoder(self._charset if known else "utf-8")("strict" if known else "replace")
        if not known:
            self.notices = decode(b"", self._charset, whole=True)[1]
        done, held, first = 0, "", True
        while True:
            piece = self._source.read(_PIECE)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeError as error:
                decoder = self._forgive(decoder, error, done)
                text = _leniently(decoder, piece)
            done += len(piece)
            self._work.check(0.9 * done / max(self._size, 1))
            text = held + text
            held = "\r" if text.endswith("\r") and piece else ""
            text = _plain(text[: len(text) - len(held)])
            yield text.removeprefix("\ufeff") if first else text
            first = first and not text
            if not piece:
                return

    def _forgive(self, decoder: codecs.IncrementalDecoder, error: UnicodeError, done: int) -> codecs.IncrementalDecoder:
        waiting, flags = decoder.getstate()
        self.notices = self.notices or (undecodable(self._charset, error, done - len(waiting)),)
        lenient = codecs.getincrementaldecoder(self._charset)("replace")
        lenient.setstate((waiting, flags))
        return lenient


def _leniently(decoder: codecs.IncrementalDecoder, piece: bytes) -> str:
    try:
        return decoder.decode(piece, final=not piece)
    except UnicodeError:  # an escape sequence that goes on for too long is all that is left to refuse
        return decoder.decode(piece, final=True)


def _plain(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\N{SYMBOL FOR NULL}") if "\0" in text else text


def _copy(text: _Text, write: Callable[[str], object]) -> None:
    for piece in text:
        write(piece)


def _lay_out(text: _Text, order: Order, target: _Sink) -> "tuple[tuple[array[int], array[int]], tuple[str, ...]]":
    nothing = (array("Q"), array("Q"))
    compact = order.form is Form.MINIFIED
    if order.kind is Kind.JSON:
        layout = JSONLayout(target.write, compact=compact, readable=not compact)
        checked: list[str] | None = [] if text.size <= CHECKED and not compact else None
        for piece in text:
            layout.feed(piece)
            if checked is not None:
                checked.append(piece)
        layout.feed("", final=True)
        reason = why_not_json("".join(checked)) if checked else ""
        return layout.folds, ((reason,) if reason else ())
    whole = text.whole(WHOLE)
    if whole is None:
        _copy(text, target.write)
        return nothing, (_("Too large to format: shown as received."),)
    if compact:
        target.write(minified_xml(whole))
    else:
        lay_out_xml(whole, target.write)
    return nothing, ()


def _filter(text: _Text, order: Order, target: _Sink) -> "tuple[filters.Found, tuple[array[int], array[int]]]":
    nothing = (array("Q"), array("Q"))
    if order.kind in (Kind.JSON, Kind.XML, Kind.HTML):
        whole = text.whole(WHOLE * 2)
        if whole is None:
            raise filters.BadExpression(_("This body is too large to filter."))
        if order.kind is Kind.JSON:
            layout = JSONLayout(target.write)
            found = filters.json_path(whole, order.wanted, layout.feed)
            layout.feed("", final=True)
            return found, layout.folds
        return filters.xpath(whole, order.wanted, target.write, html=order.kind is Kind.HTML), nothing
    return filters.lines(text, order.wanted, target.write), nothing


def _index(
    sink: IO[bytes], size: int, order: Order, folds: "tuple[array[int], array[int]]", prepared: Prepared
) -> Prepared:
    data = _map(sink, size)
    rows = rows_of(data, order.longest)
    starts, ends = folds
    markup = order.kind in (Kind.XML, Kind.HTML) and order.form is not Form.MINIFIED and size <= WHOLE
    if markup:
        starts, ends = markup_folds(bytes(data).decode("utf-8", "replace"), html=order.kind is Kind.HTML)
    records, delimiter = array("Q"), ""
    if order.form is Form.RECORDS:
        delimiter = tables.delimiter_of(bytes(data[:65536]).decode("utf-8", "replace"), order.content_type)
        records = tables.records_of(data)
    arrays = (rows.starts, rows.cuts, rows.rows_of(starts), rows.rows_of(ends), records)
    if isinstance(data, memoryview):
        data.release()
    sink.seek(0, io.SEEK_END)
    sink.write(b"\0" * (-size % 8))
    for items in arrays:
        sink.write(memoryview(items).cast("B"))
    sink.flush()
    counts = (len(rows.starts), len(rows.cuts), len(starts), len(ends), len(records))
    return Prepared(
        size, counts, prepared.charset, prepared.notices, prepared.count, prepared.error, prepared.place, delimiter
    )


def _map(file: IO[bytes], size: int) -> Buffer:
    """What ``file`` holds, without reading it where that can be."""
    if size == 0:
        return b""
    if isinstance(file, io.BytesIO):
        return file.getvalue()[:size]
    return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))[:size]


def lines_of(file: IO[bytes], prepared: Prepared) -> TextLines:
    """The rows that were written to ``file``."""
    if not prepared.arrays[0]:
        return TextLines()
    padded = prepared.text + -prepared.text % 8
    data = memoryview(_map(file, padded + 8 * sum(prepared.arrays)))
    at = padded
    arrays: list[Sequence[int]] = []
    for count in prepared.arrays:
        arrays.append(data[at : at + 8 * count].cast("Q"))
        at += 8 * count
    starts, cuts, fold_starts, fold_ends, records = arrays
    return TextLines(data[: prepared.text], starts, cuts, fold_starts, fold_ends, records)
