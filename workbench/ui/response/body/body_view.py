"""The Body tab: the forms that fit, a filter, find, wrap, copy, save, open elsewhere."""

from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from workbench.core.content.filters import found_words
from workbench.core.content.kinds import Kind
from workbench.core.content.lines import HexLines, Lines, TextLines
from workbench.core.content.preparing import Form, Prepared
from workbench.core.exchange import Body, Exchange, Response
from workbench.core.i18n import _
from workbench.core.messages import Messages
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.response.body.body_bar import BodyBar
from workbench.ui.response.body.body_text import BodyText
from workbench.ui.response.body.copying import Copier
from workbench.ui.response.body.file_page import FilePage
from workbench.ui.response.body.filter_line import FilterLine
from workbench.ui.response.body.forms import (
    SMALL,
    BodyFacts,
    View,
    facts_of,
    hex_lines,
    make,
    order_for,
    picture_of,
)
from workbench.ui.response.body.handing_out import HandingOut
from workbench.ui.response.body.structure import JSONView, TableView
from workbench.ui.response.body.wait_page import WaitPage
from workbench.ui.response.body.waiting import Waiting
from workbench.ui.response.events_view import EventsView
from workbench.ui.response.view import ResponseView
from workbench.ui.widgets.code.find_bar import FindBar
from workbench.ui.widgets.code.syntax import Syntax
from workbench.ui.widgets.picture import Picture
from workbench.ui.widgets.picture_view import PictureView
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.sentence import Sentence

_FORMS = {
    View.PRETTY: Form.PRETTY,
    View.TREE: Form.PRETTY,
    View.TABLE: Form.RECORDS,
    View.RAW: Form.RAW,
}
Made = tuple[Lines, Prepared]


class BodyView(ResponseView):
    """Shows one response's body. All reading, laying out and writing goes through ``run``.

    ``example_requested``, ``examples_requested``, ``compare_requested``: somebody wants that done with what is shown.
    """

    example_requested = Signal()
    examples_requested = Signal()
    compare_requested = Signal()

    _chosen: ClassVar[dict[Kind, View]] = {}  # the form that was last chosen for a kind, for the session

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._response: Response | None = None
        self._exchange: Exchange | None = None
        self._facts = BodyFacts()
        self._made: dict[Form | View, Made] = {}
        self._filtered: Made | None = None
        self._picture_of: Picture | None = None
        self._told = ""
        self._bar = BodyBar()
        self._filter = FilterLine()
        self._notice = Sentence(_("About this body"))
        self._text = BodyText(run)
        self._tree, self._table = JSONView(), TableView()
        self._events = EventsView(run)
        self._picture, self._file, self._wait = PictureView(), FilePage(), WaitPage()
        self._pages = QStackedWidget()
        for page in (self._text, self._tree, self._table, self._events, self._picture, self._file, self._wait):
            self._pages.addWidget(page)
        self._find = FindBar(self._text, self)
        self._copier = Copier(run, self._tell)
        self._out = HandingOut(run, self)
        self._waiting = Waiting(self._wait, lambda: self._pages.setCurrentWidget(self._wait), self)
        self._connect()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE // 2, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        for widget in (self._bar, self._filter, self._notice):
            column.addWidget(widget)
        column.addWidget(self._pages, 1)
        column.addWidget(self._find)
        self.show_exchange(None)

    def _connect(self) -> None:
        bar = self._bar
        bar.view_chosen.connect(self._choose)
        bar.wrapped.connect(self._text.set_wrapped)
        bar.find_requested.connect(self._enter_find)
        bar.copy_requested.connect(self._copy)
        bar.save_requested.connect(self._out.ask_where)
        bar.open_requested.connect(self._out.open_elsewhere)
        bar.line_requested.connect(self._text.ask_for_line)
        bar.unfold_requested.connect(self._text.unfold_all)
        bar.example_requested.connect(self.example_requested)
        bar.examples_requested.connect(self.examples_requested)
        bar.compare_requested.connect(self.compare_requested)
        self._filter.wanted.connect(self._filter_by)
        self._file.open_requested.connect(self._out.open_elsewhere)
        self._file.save_requested.connect(self._out.ask_where)
        self._out.told.connect(self._tell)
        self._wait.stop_requested.connect(self._stop)
        self._text.refused.connect(self._tell)
        self._tree.text_requested.connect(self._show_in_text)

    def allow_example(self, allowed: bool) -> None:
        """Whether there is a saved request that the response can become an example of."""
        self._bar.allow_example(allowed)

    def show_exchange(self, exchange: Exchange | None) -> None:
        """Show the body of its response; it is prepared in a job and appears when ready."""
        self._exchange = exchange
        response = exchange.response if exchange else None
        follows = self._events.is_following() and response is not None and self._facts.kind is Kind.EVENTS
        self._begin(response, keep_events=follows)
        if response is None:
            self._show_facts(BodyFacts())
            return

        def done(facts: BodyFacts) -> None:
            if self._response is response:  # another one may have come since
                self._show_facts(facts)

        self._run(lambda: facts_of(response), done)

    def show_messages(self, head: Response, messages: Messages) -> None:
        """Show the messages of a stream that is under way."""
        if self._response is not head:
            self._exchange = None
            self._begin(head)
            self._facts = BodyFacts(Kind.EVENTS, content_type=head.header("content-type") or "")
            self._bar.show_views((View.EVENTS,), View.EVENTS)
            self._bar.say("")
            self._bar.enable(has_body=False)  # nothing can be done with it before it is whole
            self._filter.hide()
            self._notice.hide()
            self._pages.setCurrentWidget(self._events)
        self._events.follow(messages)

    def _begin(self, response: Response | None, *, keep_events: bool = False) -> None:
        self._response = response
        self._out.show(response, self._exchange)
        self._waiting.stop()
        self._made.clear()
        self._filtered, self._picture_of, self._told = None, None, ""
        if not keep_events:
            self._events.clear()
        self._find.hide()

    # -- which form

    def _show_facts(self, facts: BodyFacts) -> None:
        self._facts = facts
        views = facts.views
        wanted = self._chosen.get(facts.kind)
        first = wanted if wanted in views else (views[0] if views else None)
        self._bar.show_views(views, first)
        self._bar.enable(has_body=bool(views))
        self._file.show_facts(facts)
        self._filter.begin(facts.text_kind, at_once=facts.size <= SMALL)
        self._filter.setVisible(facts.kind.is_text or facts.drawing)
        self._bar.say(_kind_words(facts))
        self._say_notices(())
        self._show_view()

    def _choose(self, view: View) -> None:
        self._chosen[self._facts.kind] = view
        self._show_view()

    def _show_view(self) -> None:
        view, response = self._bar.view(), self._response
        self._waiting.stop()
        if view is None or response is None:
            self._show_nothing()
            return
        self._bar.adapt(view)
        self._text.set_wrapped(self._bar.is_wrapped() and view is not View.HEX)
        if self._filtered is not None and view in (View.PRETTY, View.RAW, View.TREE, View.TABLE):
            self._show_made(View.PRETTY if view is View.TABLE else view, self._filtered)
        elif view is View.FILE:
            self._pages.setCurrentWidget(self._file)
        elif view is View.EVENTS:
            self._events.show_body(response.body)
            self._pages.setCurrentWidget(self._events)
        elif view is View.PICTURE:
            self._show_picture(response.body)
        else:
            self._prepare(view, response)

    def _show_nothing(self) -> None:
        self._text.show_lines(TextLines())
        placeholder = "" if self._exchange is None else _("The response has no body.")
        self._text.small.setPlaceholderText(placeholder)
        self._pages.setCurrentWidget(self._text)

    def _prepare(self, view: View, response: Response) -> None:
        key = _FORMS.get(view, view)
        known = self._made.get(key)
        if known is not None:
            self._show_made(view, known)
            return
        body, facts, work = response.body, self._facts, self._waiting.start(_("Preparing…"))

        def make_it() -> Made | None:
            if isinstance(key, View):
                return hex_lines(body), Prepared()
            return make(body, order_for(facts, key), work)

        def done(made: Made | None) -> None:
            if not self._waiting.waits_for(work):
                return
            self._waiting.end()
            if made is not None:
                self._made[key] = made
                self._show_made(view, made)

        self._run(make_it, done)

    def _show_made(self, view: View, made: Made) -> None:
        lines, prepared = made
        trouble = (prepared.error,) if prepared.error else ()
        self._say_notices((*trouble, *prepared.notices, *self._cut_words(lines, prepared)))
        if view is View.TREE and isinstance(lines, TextLines):
            self._tree.show_lines(lines)
            self._pages.setCurrentWidget(self._tree)
        elif view is View.TABLE and isinstance(lines, TextLines):
            self._table.show_records(lines, prepared.delimiter)
            self._pages.setCurrentWidget(self._table)
        else:
            syntax = Syntax.PLAIN if view is View.HEX else self._facts.syntax
            if self._text.lines() is not lines:
                self._text.show_lines(lines, syntax)
            self._pages.setCurrentWidget(self._text)

    def _cut_words(self, lines: Lines, prepared: Prepared) -> tuple[str, ...]:
        if isinstance(lines, HexLines) or not prepared.arrays[1] or lines.size > SMALL:
            return ()
        return (_("Lines longer than 8,000 bytes are folded here; Copy and Save include them in full."),)

    def _show_picture(self, body: Body) -> None:
        if self._picture_of is not None:
            self._pages.setCurrentWidget(self._picture)
            self._say_notices((self._picture_of.trouble,) if self._picture_of.trouble else ())
            return
        work = self._waiting.start(_("Decoding…"))

        def done(made: Picture | None) -> None:
            if not self._waiting.waits_for(work):
                return
            self._waiting.end()
            if made is not None:
                self._picture_of = made
                self._picture.show_image(made.image)
                self._show_picture(body)

        self._run(lambda: picture_of(body, work), done)

    def _show_in_text(self, row: int) -> None:
        """From the tree to the same place in the text."""
        self._bar.set_view(View.PRETTY)
        self._choose(View.PRETTY)
        lines = self._text.lines()
        self._text.go_to_line(lines.number(row) or 1)

    # -- the filter

    def _filter_by(self, wanted: str) -> None:
        self._waiting.stop()
        self._filtered = None
        response = self._response
        if not wanted or response is None:
            self._filter.say("")
            self._say_notices(())
            self._show_view()
            return
        facts, work = self._facts, self._waiting.start(_("Filtering…"))
        body = response.body

        def done(made: Made | None) -> None:
            if not self._waiting.waits_for(work):
                return
            self._waiting.end()
            if made is None:
                return
            prepared = made[1]
            if prepared.error:
                self._filter.complain(prepared.error, prepared.place)
                self._show_view()
                return
            by_lines = facts.text_kind not in (Kind.JSON, Kind.XML, Kind.HTML)
            self._filter.say(found_words(prepared.count, lines=by_lines))
            self._filtered = made
            if self._bar.view() not in (View.PRETTY, View.RAW, View.TREE, View.TABLE):
                self._bar.set_view(View.PRETTY if View.PRETTY in facts.views else View.RAW)
            self._show_view()

        self._run(lambda: make(body, order_for(facts, Form.FILTERED, wanted), work), done)

    # -- work under way

    def _stop(self) -> None:
        """The person does not want to wait: what is quick to make is shown instead."""
        self._waiting.stop()
        quick = View.RAW if self._bar.view() is not View.RAW and View.RAW in self._facts.views else View.HEX
        if self._filter.text():
            self._filter.say(_("stopped"))
        self._bar.set_view(quick)
        self._show_view()

    # -- what can be done with it

    def _enter_find(self) -> None:
        if self._pages.currentWidget() is not self._text:
            texts = (view for view in (View.PRETTY, View.RAW, View.HEX) if view in self._facts.views)
            self._bar.set_view(next(texts, View.RAW))
            self._show_view()
        self._find.enter()

    def _copy(self, what: str) -> None:
        if what == "selection":
            self._text.copy_selection()
        elif self._pages.currentWidget() is self._picture and what == "shown" and self._picture_of is not None:
            self._copier.copy_image(self._picture_of.image)
        elif self._response is not None:
            self._copier.copy(what, self._response, self._facts, self._text.lines())

    def ask_where(self) -> None:
        """Ask where to save the body, and save it there; without a body, nothing."""
        self._out.ask_where()

    def _tell(self, words: str) -> None:
        self._notice.say(Mark.NOTE, words)
        self._notice.setVisible(bool(words))

    def _say_notices(self, notices: tuple[str, ...]) -> None:
        words = " ".join((*((self._facts.trouble,) if self._facts.trouble else ()), *notices))
        self._notice.say(Mark.WARNING, words)
        self._notice.setVisible(bool(words))


def _kind_words(facts: BodyFacts) -> str:
    name = {
        Kind.JSON: "JSON",
        Kind.XML: "XML",
        Kind.HTML: "HTML",
        Kind.CSV: _("Table"),
        Kind.EVENTS: _("Events"),
        Kind.TEXT: _("Text"),
        Kind.PDF: "PDF",
        Kind.BINARY: _("Binary"),
    }.get(facts.kind, "")
    return f"{name} · {facts.charset}" if name and facts.charset else name
