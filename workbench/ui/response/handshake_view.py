"""The Handshake tab: every message and alert, and the bytes of the one that is selected."""

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from workbench.core.content.lines import hex_dump
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake
from workbench.ui import theme
from workbench.ui.models.messages import Line, message_columns, message_lines, name_words
from workbench.ui.models.table import TableModel
from workbench.ui.response.message_words import about
from workbench.ui.widgets.code_view import CodeView
from workbench.ui.widgets.views import RowTable

_SHOWN_BYTES = 65_536  # a handshake message is rarely longer; its length field allows 16 MB


class HandshakeView(QWidget):
    """Shows one handshake message by message."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: TableModel[Line] = TableModel(message_columns(), self)
        self._table = RowTable(_("Handshake messages"), self._lines)
        self._table.stretch_column(3)
        self._about = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._bytes = CodeView()
        self._bytes.setAccessibleName(_("Message bytes"))
        self._bytes.setPlaceholderText(_("The bytes of this message are not kept."))
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._about)
        inside.addWidget(self._bytes, 1)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._table)
        halves.addWidget(below)
        halves.setSizes([300, 160])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.addWidget(halves)
        self._table.selectionModel().currentRowChanged.connect(self._choose)

    def show_handshake(self, handshake: Handshake | None) -> None:
        """Show its messages; none when there was no TLS."""
        lines = message_lines(handshake) if handshake else ()
        self._lines.show_rows(lines)
        self._show_line(None)
        broken = next((n for n, line in enumerate(lines) if line.alert is not None or line.message is None), 0)
        if lines:
            self._table.selectRow(broken)

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_line(self._lines.row(current))

    def _show_line(self, line: Line | None) -> None:
        self._about.setText(f"{name_words(line)}: {about(line)}" if line else "")
        body = line.message.body if line and line.message else b""
        self._bytes.setVisible(line is not None and line.message is not None)
        self._bytes.show_text(hex_dump(body[:_SHOWN_BYTES]))
