"""The Handshake tab: the picture of it, the same as a table, and the message that is selected taken apart."""

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QScrollArea,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.core.content.lines import hex_dump
from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.tls.decode import Field, fields
from workbench.core.tls.handshake import Handshake
from workbench.ui.look import theme
from workbench.ui.models.facts import Fact, fact_columns
from workbench.ui.models.handshake_rows import HandshakeRow, message_columns, message_lines, name_words
from workbench.ui.models.table import TableModel
from workbench.ui.response.tls.handshake_picture import HandshakePicture, write_picture
from workbench.ui.response.tls.message_words import about
from workbench.ui.response.view import ResponseView
from workbench.ui.widgets.code.code_view import CodeView
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.running import Run, run_now
from workbench.ui.widgets.views import RowTable

_NARROW = 70  # line heights of width
_STACKED = 46
_STACKED_HEIGHT = 44  # line heights that both need one above the other; the tab scrolls
_DRAWN = (0, 2)  # the columns of step and direction
_SHORT = 50  # characters of a value that shares its line with others
_SHOWN_BYTES = 65_536  # a handshake message is rarely longer; its length field allows 16 MB


class HandshakeView(ResponseView):
    """Shows one handshake message by message; picture and table are in step."""

    def __init__(self, run: Run = run_now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._version = ""
        self._lines: TableModel[HandshakeRow] = TableModel(message_columns(), self)
        self._table = RowTable(_("Handshake messages"), self._lines)
        self._table.stretch_column(3)
        self._picture = HandshakePicture()
        self._room = QScrollArea(widgetResizable=True)
        self._room.setWidget(self._picture)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the picture has the keyboard
        self._fields: TableModel[Fact] = TableModel(fact_columns(), self)
        self._about = Label(wordWrap=True)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._bytes = CodeView()
        self._bytes.setAccessibleName(_("Message bytes"))
        self._bytes.setPlaceholderText(_("The bytes of this message were not kept."))
        self._halves = QSplitter(Qt.Orientation.Horizontal)
        self._told = Label(wordWrap=True)
        self._lay_out()
        self._table.selectionModel().currentRowChanged.connect(self._choose)
        self._picture.chosen.connect(self._table.selectRow)

    def _lay_out(self) -> None:
        facts = RowTable(_("Message fields"), self._fields)
        facts.setSortingEnabled(False)
        facts.setWordWrap(True)
        facts.stretch_column(1)
        facts.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        facts.horizontalHeader().resizeSection(0, 9 * self.fontMetrics().height())
        facts.verticalHeader().setSectionResizeMode(facts.verticalHeader().ResizeMode.ResizeToContents)
        parts = QTabWidget(documentMode=True)
        parts.setAccessibleName(_("Message"))
        parts.addTab(facts, _("Fields"))
        parts.addTab(self._bytes, _("Bytes"))
        below = QWidget()
        inside = QVBoxLayout(below)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._about)
        inside.addWidget(parts, 1)
        right = QSplitter(Qt.Orientation.Vertical)
        right.setChildrenCollapsible(False)
        right.addWidget(self._table)
        right.addWidget(below)
        right.setSizes([220, 220])
        save = QPushButton(_("Save Picture…"))
        save.setAutoDefault(False)
        save.clicked.connect(self._ask_where)
        foot = QHBoxLayout()
        foot.addWidget(self._told, 1)
        foot.addWidget(save)
        left = QWidget()
        drawn = QVBoxLayout(left)
        drawn.setContentsMargins(0, 0, 0, 0)
        drawn.addWidget(self._room, 1)
        drawn.addLayout(foot)
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(left)
        self._halves.addWidget(right)
        self._halves.setSizes([620, 380])
        whole = QScrollArea(widgetResizable=True)
        whole.setFrameShape(QFrame.Shape.NoFrame)
        whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole.setWidget(self._halves)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.SPACE, 0, 0)
        column.addWidget(whole)

    def show_exchange(self, exchange: Exchange) -> None:
        """Show the messages of its handshake."""
        self.show_handshake(exchange.handshake)

    def show_handshake(self, handshake: Handshake | None) -> None:
        """Show its messages; none when there was no TLS."""
        lines = message_lines(handshake) if handshake else ()
        self._version = handshake.version if handshake else ""
        self._picture.show_lines(lines, handshake.host if handshake else "")
        self._told.clear()
        self._lines.show_rows(lines)
        self._show_line(None)
        broken = next((n for n, line in enumerate(lines) if line.alert is not None or line.message is None), 0)
        if lines:
            self._table.selectRow(broken)
            QTimer.singleShot(0, self, self._bring_up)  # once the diagnosis above has taken its room

    def resizeEvent(self, event: QResizeEvent) -> None:
        """With little room the table leaves out what the picture shows, with less it stands below."""
        super().resizeEvent(event)
        line, width = self.fontMetrics().height(), event.size().width()
        stacked = width < _STACKED * line
        for column in _DRAWN:
            self._table.setColumnHidden(column, width < _NARROW * line)
        self._halves.setOrientation(Qt.Orientation.Vertical if stacked else Qt.Orientation.Horizontal)
        self._halves.setMinimumHeight(_STACKED_HEIGHT * line if stacked else 0)

    def _choose(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = self._lines.row(current)
        self._show_line(line)
        self._picture.select(self._drawn_row(line))
        self._bring_up()

    def _bring_up(self) -> None:
        current = self._table.currentIndex()
        line = self._lines.row(current)
        if line is not None:
            place = self._picture.place(self._drawn_row(line) or 0)
            here = self._room.horizontalScrollBar().value()
            self._room.ensureVisible(here, place.center().y(), 0, place.height())
            self._table.scrollTo(current)

    def _drawn_row(self, line: HandshakeRow | None) -> int | None:
        """The line's row in the picture, which is in order of time however the table is sorted."""
        ordered = sorted(self._lines.rows(), key=lambda other: other.at_ms)
        return next((row for row, other in enumerate(ordered) if other is line), None)

    def _show_line(self, line: HandshakeRow | None) -> None:
        self._about.setText(f"{name_words(line)}: {about(line)}" if line else "")
        message = line.message if line else None
        self._bytes.show_text(hex_dump(message.body[:_SHOWN_BYTES]) if message else "")
        found = fields(message, self._version) if message else ()
        facts = [Fact(field.name, _together(field)) for field in found]
        if line is not None and line.alert is not None:
            alert = line.alert
            facts = [
                Fact(_("Level"), alert.level),
                Fact(_("Description"), alert.description),
                Fact(_("Code"), str(alert.code)),
            ]
        self._fields.show_rows(facts)

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, _("Save the picture"), "handshake.svg")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([_("SVG (*.svg)"), _("PNG (*.png)")])
        dialog.setDefaultSuffix("svg")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the picture, SVG or PNG by the name, and say how that went."""
        data = self._picture.picture(path.suffix)
        self._run(lambda: write_picture(data, path), self._told.setText)


def _together(field: Field) -> str:
    """Names side by side, sentences one below the other."""
    return ("\n" if max(map(len, field.values), default=0) > _SHORT else ", ").join(field.values)
