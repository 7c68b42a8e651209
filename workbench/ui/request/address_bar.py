"""Method, URL and the two buttons."""

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator, QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QPushButton, QWidget

from workbench.core.exchange import Spot
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.request.faults import fault
from workbench.ui.request.url_line import UrlLine
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.variables import Variables

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_LEAST_URL = 34  # average characters
_TOKEN = QRegularExpression(r"([!#$%&'*+.^_`|~0-9A-Za-z-]|\{\{[^{}]*\}?\}?)+")  # RFC 9110 5.6.2, or a variable


class AddressBar(QWidget):
    """``edited`` when method or URL change by hand or by ``show_address``; ``sent`` and ``cancelled`` are clicks."""

    edited = Signal()
    url_edited = Signal()
    sent = Signal()
    cancelled = Signal()

    def __init__(self, variables: Variables, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label_width, self._below = label_width, False
        self._method = QComboBox(self, editable=True)
        self._method.addItems(METHODS)
        self._method.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._method.setValidator(QRegularExpressionValidator(_TOKEN, self._method))
        self.line = UrlLine(variables, self)
        self._send = QPushButton(_("Send"), self)
        self._cancel = QPushButton(_("Cancel"), self)
        self._message = Message(self)
        self._name_everything()
        self._lay_out()
        self._send.clicked.connect(self.sent)
        self.line.returnPressed.connect(self.sent)
        self._cancel.clicked.connect(self.cancelled)
        self.line.textChanged.connect(self._follow_url)
        self._method.currentTextChanged.connect(self.edited)
        self.show_busy(busy=False)

    def method(self) -> str:
        """The method; GET where none was typed."""
        return self._method.currentText().strip() or "GET"

    def url(self) -> str:
        """The URL as typed."""
        return self.line.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The URL goes below where there is no room for it beside the buttons."""
        super().resizeEvent(event)
        others = (self._method, self._send, self._cancel)
        taken = sum(widget.sizeHint().width() + theme.SPACE for widget in others) + self._label_width + theme.SPACE
        below = event.size().width() - taken < _LEAST_URL * self.fontMetrics().averageCharWidth()
        if below != self._below:
            self._below = below
            self._place_url()

    def show_address(self, method: str, url: str) -> None:
        """Show both."""
        if method != self._method.currentText():
            self._method.setCurrentText(method)
        self.show_url(url)

    def show_url(self, url: str) -> None:
        """Show the URL; the cursor stays where it is."""
        if url != self.line.text():
            place = self.line.cursorPosition()
            self.line.setText(url)
            self.line.setCursorPosition(min(place, len(url)))

    def show_busy(self, *, busy: bool) -> None:
        """Whether a request is under way."""
        self._send.setEnabled(not busy)
        self._cancel.setEnabled(busy)

    def show_trouble(self, words: str) -> None:
        """Say below the URL what keeps it from being sent."""
        self._message.show_words(words, theme.Tone.BAD)

    def trouble(self) -> str:
        """What is said there."""
        return self._message.words()

    def can_send(self) -> bool:
        """Whether nothing is under way."""
        return self._send.isEnabled()

    def take_focus(self) -> None:
        """Put the keyboard where it is needed next: in an empty URL, else on Send."""
        (self._send if self.line.text() else self.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_url(self) -> None:
        """Put the cursor into the URL."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def show_fault(self, words: str, spot: Spot) -> None:
        """Say what keeps method or URL from being sent, and go there."""
        self.show_trouble(words)
        if spot.part == "method":
            self._method.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.edit_url()
            place = fault(self.line.text(), spot)
            if place is not None:
                self.line.setSelection(place[0], place[1] - place[0])

    def _follow_url(self) -> None:
        self._message.show_words("")
        self.url_edited.emit()
        self.edited.emit()

    def _name_everything(self) -> None:
        for widget, name in (
            (self._method, _("Method")),
            (self.line, _("URL")),
            (self._send, _("Send")),
            (self._cancel, _("Cancel")),
        ):
            widget.setAccessibleName(name)
        if (typed := self._method.lineEdit()) is not None:
            typed.setAccessibleName(_("Method"))
        self._send.setIcon(icon("send"))
        self._send.setDefault(True)
        self._send.setToolTip(_("Send (Ctrl+Return)"))
        self._cancel.setToolTip(_("Cancel (Esc)"))
        self._method.setToolTip(_("Method: GET, POST or any other that the server supports"))
        self._method.setFixedWidth(self._method.fontMetrics().horizontalAdvance("OPTIONS") + 56)

    def _lay_out(self) -> None:
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.SPACE)
        for widget in (self._method, self._send, self._cancel):
            self._row.addWidget(widget)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.SPACE)
        self._grid.setVerticalSpacing(theme.SPACE // 2)
        self._grid.setColumnMinimumWidth(0, self._label_width)
        self._grid.addWidget(labelled(_("&Method"), self._method), 0, 0)
        self._grid.addLayout(self._row, 0, 1)
        self._grid.addWidget(self._message, 2, 1)
        self._place_url()

    def _place_url(self) -> None:
        if self._below:
            self._row.removeWidget(self.line)
            self._row.insertStretch(1)
            self._grid.addWidget(self.line, 1, 0, 1, 2)
        else:
            self._grid.removeWidget(self.line)
            if self._row.count() > len((self._method, self._send, self._cancel)):
                self._row.takeAt(1)
            self._row.insertWidget(1, self.line, 1)


def labelled(text: str, buddy: QWidget) -> Label:
    """A label that carries the name of ``buddy``."""
    label = Label(text)
    label.setBuddy(buddy)
    return label
