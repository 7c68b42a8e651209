"""The line under a text in which one types what to find in it."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from workbench.core.i18n import _, ngettext, number
from workbench.ui.look import theme
from workbench.ui.look.plain import tip
from workbench.ui.widgets.label import Label

_LONGEST = 200  # characters of a selection that one may want to look for


class Searched(Protocol):
    """A text that can be searched. ``counted`` tells how many matches there are, at once or when that is known."""

    counted: Any  # Signal(int)
    filled: Any  # Signal()

    def find_all(self, wanted: str) -> object:
        """Look for ``wanted``, or with "" for nothing any more."""

    def step_match(self, step: int) -> int:
        """Go some matches on; the number of the match."""

    def match_number(self) -> int:
        """Number of the match that is selected."""

    def selected_text(self) -> str:
        """What is selected."""

    def isVisible(self) -> bool:  # noqa: N802 - Qt's
        """Whether it can be seen."""

    def setFocus(self, reason: Qt.FocusReason, /) -> None:  # noqa: N802 - Qt's
        """Take the keyboard."""


class FindBar(QWidget):
    """Finds in ``view``. Ctrl+F in ``owner`` opens it, Escape closes it, Return and F3 go on, with Shift back."""

    def __init__(self, view: Searched, owner: QWidget) -> None:
        super().__init__(owner)
        self._view = view
        self._field = QLineEdit(clearButtonEnabled=True, placeholderText=_("Find in the body"))
        self._field.setAccessibleName(_("Find in the body"))
        self._field.textChanged.connect(self._find)
        self._field.installEventFilter(self)
        self._count = Label()
        back = _button("↑", _("Previous match"), lambda: self._step(-1))
        forth = _button("↓", _("Next match"), lambda: self._step(1))
        close = _button("✕", _("Close the find bar"), self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        for widget in (self._field, back, forth, self._count, close):
            row.addWidget(widget, 1 if widget is self._field else 0)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, slot in (
            (QKeySequence.StandardKey.Find, self.enter),
            (QKeySequence.StandardKey.FindNext, lambda: self._step(1)),
            (QKeySequence.StandardKey.FindPrevious, lambda: self._step(-1)),
        ):
            shortcut = QShortcut(QKeySequence(key), owner)
            shortcut.setContext(within)
            shortcut.activated.connect(slot)
        view.filled.connect(self._refresh)
        view.counted.connect(self._tell)
        self.hide()

    def enter(self) -> None:
        """Open with what is selected in the text."""
        if not self._view.isVisible():
            return
        selected = self._view.selected_text()
        if selected and "\n" not in selected and len(selected) < _LONGEST:
            with QSignalBlocker(self._field):
                self._field.setText(selected)
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        self._find()

    def leave(self) -> None:
        """Close and go back to the text."""
        self._view.find_all("")
        self.hide()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape, Return and Shift+Return in the field."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.leave()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return super().eventFilter(watched, event)

    def _find(self) -> None:
        if self._field.text():
            self._count.setText(_("searching…"))
        self._view.find_all(self._field.text())

    def _refresh(self) -> None:
        if self.isVisible() and self._field.text():
            self._find()

    def _step(self, step: int) -> None:
        if not self.isVisible():
            self.enter()
            return
        self._view.step_match(step)
        self._tell(self._total)

    def _tell(self, total: int) -> None:
        self._total = total
        if not self._field.text():
            words = ""
        elif total == 0:
            words = _("not found")
        else:
            words = ngettext("{number} of {total}", "{number} of {total}", total).format(
                number=number(self._view.match_number()), total=number(total)
            )
        self._count.setText(words)
        self._field.setAccessibleDescription(words)


def _button(sign: str, words: str, slot: Callable[[], object]) -> QToolButton:
    button = QToolButton(autoRaise=True)
    button.setText(sign)
    button.setToolTip(tip(words))
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(slot)
    return button
