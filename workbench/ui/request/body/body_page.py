"""The body to send, in one of the kinds that there are; each has an editor of its own, made when first needed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from workbench.core.draft import Body, Draft, Field, FileBody, FormBody, GraphQLBody, MultipartBody, RawBody, RawKind
from workbench.core.exchange import Failure, Spot
from workbench.core.i18n import _
from workbench.core.workspace.surroundings import Surroundings
from workbench.ui.look import theme
from workbench.ui.request.body.file_body import FileEditor
from workbench.ui.request.body.graphql_body import GraphQLEditor
from workbench.ui.request.body.multipart_body import MultipartEditor
from workbench.ui.request.body.text_body import TextBody
from workbench.ui.request.field_table import FieldTable, field_columns
from workbench.ui.request.request_page import RequestPage, Wish
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.popup_combo import PopupCombo
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.variables import Variables

# Key, words, an empty body of the kind, and the editor that it is edited with.
KINDS: tuple[tuple[str, str, Body | None, str], ...] = (
    ("none", _("None"), None, "none"),
    ("json", _("JSON"), RawBody(RawKind.JSON), "text"),
    ("xml", _("XML"), RawBody(RawKind.XML), "text"),
    ("text", _("Text"), RawBody(RawKind.TEXT), "text"),
    ("sparql", _("SPARQL"), RawBody(RawKind.SPARQL), "text"),
    ("graphql", _("GraphQL"), GraphQLBody(), "graphql"),
    ("form", _("Form, URL-encoded"), FormBody(), "form"),
    ("multipart", _("Form, multipart"), MultipartBody(), "multipart"),
    ("file", _("File"), FileBody(), "file"),
)


def kind_of(body: Body | None) -> str:
    """The key of ``KINDS`` that ``body`` is of."""
    if isinstance(body, RawBody):
        return body.kind.value
    return next(key for key, _words, empty, _editor in KINDS if type(empty) is type(body))


class FormEditor(FieldTable[Field]):
    """``body()`` and ``show_body()`` of an URL-encoded form."""

    def __init__(self, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(_("Form fields"), field_columns(invitation=_("Add a field…")), Field(), variables, parent)

    def body(self) -> FormBody:
        """What is shown."""
        return FormBody(self.rows())

    def show_body(self, body: FormBody) -> None:
        """Show ``body``."""
        self.show_rows(body.fields)


class BodyPage(RequestPage):
    """Changing the kind and back again loses nothing: each editor keeps what it held."""

    def __init__(self, variables: Variables, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._variables, self._run, self._folder = variables, run, ""
        self._body: Body | None = None
        self._showing = False
        self._editors: dict[str, Any] = {}
        self._kind = PopupCombo(self)
        for key, words, _empty, _editor in KINDS:
            self._kind.addItem(words, key)
        self._kind.setAccessibleName(_("Body type"))
        self._kind.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        label = Label(_("T&ype"), self)
        label.setBuddy(self._kind)
        self._bar = QHBoxLayout()
        self._bar.setSpacing(theme.SPACE)
        self._bar.addWidget(label)
        self._bar.addWidget(self._kind)
        self._tools = QStackedWidget(self)
        self._tools.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._tools.addWidget(QWidget(self))
        self._bar.addWidget(self._tools, 1)
        self._stack = QStackedWidget(self)
        nothing = Label(_("No body is sent."), self)
        nothing.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        nothing.setForegroundRole(nothing.palette().ColorRole.PlaceholderText)
        self._stack.addWidget(nothing)
        self.column.setSpacing(theme.SPACE // 2)
        self.column.addLayout(self._bar)
        self.column.addWidget(self._stack, 1)
        self._kind.activated.connect(self._choose)

    def body(self) -> Body | None:
        """What is shown."""
        editor = self._editors.get(_editor_of(kind_of(self._body)))
        if editor is None:
            return None
        body: Body = editor.body()
        return body

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with this body."""
        body = self.body()
        return draft if body == draft.body else replace(draft, body=body)

    def show_draft(self, draft: Draft) -> None:
        """Show the body of ``draft``."""
        if draft.body != self.body() or kind_of(draft.body) != kind_of(self._body):
            self._show_body(draft.body)

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Paths of files are relative to the collection's folder."""
        self._folder = surroundings.files
        for editor in self._editors.values():
            if isinstance(editor, FileEditor | MultipartEditor):
                editor.show_folder(self._folder)

    def show_schema(self, sdl: str, words: str) -> None:
        """What came of the wish for a GraphQL schema."""
        editor = self._editors.get("graphql")
        if isinstance(editor, GraphQLEditor):
            editor.show_schema(sdl, words)

    def tidy(self) -> None:
        """Lay out the text anew, where the body is one."""
        editor = self._stack.currentWidget()
        if isinstance(editor, TextBody | GraphQLEditor):
            editor.tidy()

    def enter(self) -> None:
        """Put the keyboard into the editor."""
        name = _editor_of(kind_of(self._body))
        self._editors.get(name, self._kind).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def point_at(self, failure: Failure, spot: Spot) -> None:
        """Go to what is wrong in the body."""
        self.enter()
        editor = self._stack.currentWidget()
        if isinstance(editor, TextBody | GraphQLEditor | FieldTable):
            editor.point_at(spot)
        elif isinstance(editor, MultipartEditor):
            editor.point_at(failure, spot)

    def _choose(self) -> None:
        key = str(self._kind.currentData())
        if key == kind_of(self._body):
            return
        empty, name = next((empty, editor) for each, _words, empty, editor in KINDS if each == key)
        known = self._editors.get(name)
        if isinstance(known, TextBody) and isinstance(empty, RawBody):
            self._show_body(RawBody(empty.kind, known.body().text))
        else:
            self._show_body(known.body() if known is not None else empty)
        if isinstance(empty, GraphQLBody):
            self.wished.emit(Wish.POST)
        self.changed.emit()
        if self._kind.picked:  # not under the hands of somebody who goes on with the arrow keys
            self.enter()

    def _show_body(self, body: Body | None) -> None:
        self._body = body
        key = kind_of(body)
        self._kind.setCurrentIndex(self._kind.findData(key))
        self._showing = True
        self._tools.setCurrentIndex(0)
        if body is None:
            self._stack.setCurrentIndex(0)
        else:
            editor = self._editor(_editor_of(key))
            editor.show_body(body)
            self._stack.setCurrentWidget(editor)
            if isinstance(editor, TextBody | FieldTable | MultipartEditor):
                self._tools.setCurrentWidget(editor.tools)
        self._showing = False

    def _editor(self, name: str) -> Any:
        if name not in self._editors:
            editor = self._editors[name] = self._make(name)
            self._stack.addWidget(editor)
            if isinstance(editor, TextBody | FieldTable | MultipartEditor):
                self._tools.addWidget(editor.tools)
            editor.changed.connect(self._tell)
            if isinstance(editor, FileEditor | MultipartEditor):
                editor.show_folder(self._folder)
            if isinstance(editor, GraphQLEditor):
                editor.schema_wanted.connect(lambda: self.wished.emit(Wish.SCHEMA))
        return self._editors[name]

    def _make(self, name: str) -> Any:
        makers: dict[str, Callable[[], QWidget]] = {
            "text": lambda: TextBody(self._variables, self._run),
            "graphql": lambda: GraphQLEditor(self._variables, self._run),
            "form": lambda: FormEditor(self._variables),
            "multipart": lambda: MultipartEditor(self._variables, self._run),
            "file": lambda: FileEditor(self._variables, self._run),
        }
        return makers[name]()

    def _tell(self) -> None:
        if not self._showing:
            self.changed.emit()


def _editor_of(key: str) -> str:
    return next(editor for each, _words, _empty, editor in KINDS if each == key)
