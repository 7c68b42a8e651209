"""The line in which one asks for a part of a body."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from workbench.core.content.kinds import Kind
from workbench.core.i18n import _
from workbench.core.visible import visible_lines
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.look.plain import tip
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.sign import Sign

_PATIENCE = 450  # milliseconds after the last key


class FilterLine(QWidget):
    """``wanted`` carries the expression, "" for none. ``at_once``: while typing and not only on Return."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._at_once = True
        self._last = ""
        self._field = QLineEdit(clearButtonEnabled=True)
        self._field.setAccessibleName(_("Filter the body"))
        self._field.textChanged.connect(self._changed)
        self._field.returnPressed.connect(self._tell)
        self._sign = Sign(self)
        self._sign.show_icon(mark_icon(Mark.BAD))
        self._sign.hide()
        self._words = Label()
        self._waiting = QTimer(self, interval=_PATIENCE, singleShot=True)
        self._waiting.timeout.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE // 2)
        row.addWidget(self._field, 1)
        row.addWidget(self._sign)
        row.addWidget(self._words)
        self.say("")

    def text(self) -> str:
        """The expression."""
        return self._field.text().strip()

    def begin(self, kind: Kind, *, at_once: bool) -> None:
        """Nothing is asked for yet of a body of this kind."""
        self._waiting.stop()
        self._last, self._at_once = "", at_once
        self._field.clear()
        words = {
            Kind.JSON: _("Filter with JSONPath, such as $.orders[?@.total > 100].id"),
            Kind.XML: _("Filter with XPath, such as //order[@id='7']/total"),
            Kind.HTML: _("Filter with XPath, such as //a/@href"),
        }.get(kind, _("Show only lines that contain this text"))
        self._field.setPlaceholderText(words)
        self.say("")

    def say(self, words: str) -> None:
        """Say what was found."""
        self._tell_words(words, Mark.NOTE if words else None)

    def complain(self, words: str, place: int) -> None:
        """Say what is wrong with the expression, and mark the place."""
        self._tell_words(words, Mark.BAD)
        if 0 <= place < len(self._field.text()) and not self._field.hasFocus():
            self._field.setCursorPosition(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the filter away."""
        if event.key() == Qt.Key.Key_Escape and self._field.text():
            self._field.clear()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Go there."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def _changed(self, text: str) -> None:
        if not text.strip():
            self._tell()
        elif self._at_once:
            self._waiting.start()

    def _tell(self) -> None:
        self._waiting.stop()
        if self.text() != self._last:
            self._last = self.text()
            self.wanted.emit(self._last)

    def _tell_words(self, words: str, mark: Mark | None) -> None:
        self._words.setText(words)
        self._field.setAccessibleDescription(visible_lines(words))
        self._field.setToolTip(tip(words))
        self._sign.setVisible(mark is Mark.BAD)
        self._words.setVisible(bool(words))
