"""A GraphQL document with its variables, checked against the service's schema once that was fetched."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSplitter, QTabWidget, QVBoxLayout, QWidget

from workbench.core.bodies import Language
from workbench.core.bodies.graphql_names import Shape, shape_of
from workbench.core.draft import GraphQLBody
from workbench.core.exchange import Spot
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.request.body.checked_text import CheckedText
from workbench.ui.request.body.schema_names import complete_names
from workbench.ui.request.faults import fault
from workbench.ui.widgets.code.code_edit import CodeEdit
from workbench.ui.widgets.code.syntax import Syntax
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.variables import Variables


class GraphQLEditor(QWidget):
    """``body()`` and ``show_body()``; ``schema_wanted`` asks for the schema, ``show_schema`` answers."""

    changed = Signal()
    schema_wanted = Signal()

    def __init__(self, variables: Variables, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.query = CheckedText(_("GraphQL query"), variables, run, self)
        self.variables = CheckedText(_("GraphQL variables"), variables, run, self)
        self.variables.code.setPlaceholderText(_("A JSON object, or empty"))
        self._schema = CodeEdit(_("GraphQL schema"), variables, self)
        self._schema.setReadOnly(True)
        self._schema.show_syntax(Syntax.GRAPHQL)
        self._fetch = QPushButton(_("Fetch &schema"), self)
        self._fetch.setToolTip(_("Get the service's schema, using this request's identity and headers"))
        self._said = Label(parent=self)
        self.query.bar.insertWidget(self.query.bar.count() - 1, self._said)
        self.query.bar.insertWidget(self.query.bar.count() - 1, self._fetch)
        self._side = side = QTabWidget(self, documentMode=True)
        side.addTab(self.variables, _("Variables"))
        side.addTab(self._schema, _("Schema"))
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(theme.SPACE)
        split.addWidget(self.query)
        split.addWidget(side)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(split)
        self.setFocusProxy(self.query)
        self.query.show_language(Language.GRAPHQL)
        self.variables.show_language(Language.JSON)
        self.query.changed.connect(self.changed)
        self.variables.changed.connect(self.changed)
        self._fetch.clicked.connect(self._want)
        self._shape = Shape()
        complete_names(self.query.code, lambda: self._shape)

    def body(self) -> GraphQLBody:
        """What is shown."""
        return GraphQLBody(self.query.code.text(), self.variables.code.text())

    def show_body(self, body: GraphQLBody) -> None:
        """Show ``body``."""
        self.query.code.show_text(body.query)
        self.variables.code.show_text(body.variables)

    def show_schema(self, sdl: str, words: str) -> None:
        """Check against this schema from now on; without one, ``words`` say why there is none."""
        self._fetch.setEnabled(True)
        self._said.setText(words)
        if sdl:
            self._schema.show_text(sdl)
            self.query.show_language(Language.GRAPHQL, sdl)
            self._run(lambda: shape_of(sdl), self._take_shape)

    def point_at(self, spot: Spot) -> None:
        """Select what is wrong, in the document or in its variables."""
        for text in (self.query, self.variables):
            place = fault(text.code.text(), spot)
            if place is not None:
                if text is self.variables:
                    self._side.setCurrentWidget(text)
                text.code.select(*place)
                return
        if self.variables.problem() is not None:
            self._side.setCurrentWidget(self.variables)
            self.variables.go_to_problem()

    def tidy(self) -> None:
        """Lay out whichever text has the keyboard."""
        (self.variables if self.variables.code.hasFocus() else self.query).tidy()

    def _take_shape(self, shape: Shape) -> None:
        self._shape = shape

    def _want(self) -> None:
        self._fetch.setEnabled(False)
        self._said.setText(_("Fetching…"))
        self.schema_wanted.emit()
