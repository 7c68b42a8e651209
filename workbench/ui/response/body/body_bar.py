"""The line above a body: its forms, and what can be done with it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QMenu, QPushButton, QTabBar, QToolButton, QWidget

from workbench.core.i18n import _
from workbench.ui.look import plain, theme
from workbench.ui.look.icons import icon
from workbench.ui.response.body.forms import View
from workbench.ui.widgets.code import editing
from workbench.ui.widgets.label import Label

_ICON = 16  # pixels
_TEXTS = (View.PRETTY, View.RAW, View.HEX)


class BodyBar(QWidget):
    """``view_chosen`` carries the form that a person chose, ``copy_requested`` what to copy (see ``copying``)."""

    view_chosen = Signal(View)
    wrapped = Signal(bool)
    find_requested = Signal()
    copy_requested = Signal(str)
    save_requested = Signal()
    open_requested = Signal()
    line_requested = Signal()
    unfold_requested = Signal()
    example_requested = Signal()
    examples_requested = Signal()
    compare_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._views: tuple[View, ...] = ()
        self._forms = QTabBar(drawBase=False, expanding=False)
        self._forms.setAccessibleName(_("Body view"))
        self._forms.currentChanged.connect(self._chosen)
        self._kind = Label()
        self._kind.setForegroundRole(self._kind.palette().ColorRole.PlaceholderText)
        self._wrap = QCheckBox(_("Wrap"))
        self._wrap.setChecked(editing.now().wrap)
        editing.changed.connect(self._prefer)
        self._wrap.toggled.connect(self.wrapped)
        self._find = _button(_("Find"), _("Find in the body (Ctrl+F)"), self.find_requested.emit)
        self._save = _button(_("Save…"), _("Save the whole body to a file"), self.save_requested.emit)
        self._copy = QPushButton(_("Copy"))
        self._copy.setAutoDefault(False)
        self._copy.setToolTip(_("Copy the body, as displayed or in another form"))
        self._copy.setMenu(self._copy_menu())
        self._more = QToolButton(autoRaise=True)
        self._more.setText("⋯")
        self._more.setAccessibleName(_("More"))
        self._more.setToolTip(_("More actions for this response"))
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setStyleSheet("QToolButton::menu-indicator { image: none; }")
        self._more.setMenu(self._more_menu())
        self._short = ((self._find, _("Find"), "search"), (self._copy, _("Copy"), "copy"))
        for button, words, _sign in self._short:
            button.setAccessibleName(words)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._forms)
        row.addWidget(self._kind)
        row.addStretch(1)
        for widget in (self._wrap, self._find, self._copy, self._save, self._more):
            row.addWidget(widget)
        self.allow_example(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the forms the room that they need: words that can be done without make way."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def show_views(self, views: Sequence[View], current: View | None) -> None:
        """Offer these forms."""
        self._views = tuple(views)
        self._forms.blockSignals(True)
        while self._forms.count():
            self._forms.removeTab(0)
        for view in self._views:
            self._forms.addTab(_words(view))
        if current in self._views:
            self._forms.setCurrentIndex(self._views.index(current))
        self._forms.blockSignals(False)
        self._fit()

    def view(self) -> View | None:
        """The form that is chosen."""
        place = self._forms.currentIndex()
        return self._views[place] if 0 <= place < len(self._views) else None

    def set_view(self, view: View) -> None:
        """Choose a form without telling anybody."""
        if view in self._views:
            self._forms.blockSignals(True)
            self._forms.setCurrentIndex(self._views.index(view))
            self._forms.blockSignals(False)

    def _prefer(self) -> None:
        self._wrap.setChecked(editing.now().wrap)

    def is_wrapped(self) -> bool:
        """Whether long lines are to be broken."""
        return self._wrap.isChecked()

    def say(self, kind: str) -> None:
        """Say what the body is."""
        self._kind.setText(kind)
        self._fit()

    def enable(self, *, has_body: bool) -> None:
        """What can be done with a body, or with none."""
        for widget in (self._wrap, self._find, self._copy, self._save, self._more):
            widget.setEnabled(has_body)

    def adapt(self, view: View) -> None:
        """What can be done with a form."""
        self._wrap.setEnabled(view in (View.PRETTY, View.RAW))
        self._find.setEnabled(view is not View.PICTURE)
        for action in (self._go, self._unfold):
            action.setEnabled(view in _TEXTS)

    def allow_example(self, allowed: bool) -> None:
        """Whether the response can become an example, or be compared with one."""
        for entry in self._examples:
            entry.setVisible(allowed)

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        words = sum(metrics.horizontalAdvance(text) - _ICON for _button, text, _sign in self._short)
        needed = self._width_of(self._forms, self._wrap, *(each for each, _text, _sign in self._short), self._save)
        needed += self._width_of(self._more) + 2 * theme.SPACE + (words if not self._find.text() else 0)
        self._kind.setVisible(needed + self._width_of(self._kind) <= self.width())
        self._forms.setToolTip(plain.tip(self._kind.text()))
        for button, text, sign in self._short:
            there = needed <= self.width()
            button.setText(text if there else "")
            button.setIcon(QIcon() if there else icon(sign))

    def _width_of(self, *widgets: QWidget) -> int:
        return sum(widget.sizeHint().width() + theme.SPACE for widget in widgets)

    def _chosen(self, _place: int) -> None:
        view = self.view()
        if view is not None:
            self.view_chosen.emit(view)

    def _copy_menu(self) -> QMenu:
        menu = QMenu(self)
        for what, words in (
            ("shown", _("&Displayed View")),
            ("body", _("&Body as Received")),
            ("pretty", _("&Formatted")),
            ("minified", _("&Minified")),
            ("selection", _("S&election")),
            ("headers", _("&Headers")),
        ):
            menu.addAction(words, lambda wanted=what: self.copy_requested.emit(wanted))  # type: ignore[misc]
        return menu

    def _more_menu(self) -> QMenu:
        menu = QMenu(self)
        self._go = _entry(menu, _("&Go to Line…"), self.line_requested.emit)
        self._unfold = _entry(menu, _("&Unfold All"), self.unfold_requested.emit)
        menu.addSeparator()
        _entry(menu, _("&Open with Another Program…"), self.open_requested.emit)
        _entry(menu, _("&Compare…"), self.compare_requested.emit)
        self._examples = (
            _entry(menu, _("Compare &with Example…"), self.examples_requested.emit),
            _entry(menu, _("Set as &Example"), self.example_requested.emit),
        )
        return menu


def _words(view: View) -> str:
    return {
        View.PICTURE: _("Image"),
        View.PRETTY: _("Pretty"),
        View.TREE: _("Tree"),
        View.TABLE: _("Table"),
        View.EVENTS: _("Events"),
        View.RAW: _("Raw"),
        View.FILE: _("File"),
        View.HEX: _("Hex"),
    }[view]


def _entry(menu: QMenu, words: str, slot: Callable[[], object]) -> QAction:
    action = QAction(words, menu)
    action.triggered.connect(lambda _checked=False: slot())
    menu.addAction(action)
    return action


def _button(words: str, tip: str, slot: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(plain.tip(tip))
    button.setAutoDefault(False)
    button.clicked.connect(slot)
    return button
