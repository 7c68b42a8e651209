"""The header fields to send: a table to type in, with each line on or off."""

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPalette
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QApplication,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from workbench.core.i18n import _
from workbench.core.request import Headers
from workbench.ui import theme
from workbench.ui.models.header_lines import HeaderLine, HeaderLines

NAMES = (
    "Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Cache-Control", "Content-Type", "Cookie", "Date",
    "ETag", "Expect", "Forwarded", "From", "Host", "Idempotency-Key", "If-Match", "If-Modified-Since", "If-None-Match",
    "Origin", "Prefer", "Range", "Referer", "SOAPAction", "TE", "Traceparent", "User-Agent", "X-API-Key",
    "X-Correlation-ID", "X-Forwarded-For", "X-Request-ID",
)  # fmt: skip
VALUES = (
    "application/json", "application/xml", "application/x-www-form-urlencoded", "text/plain", "text/html",
    "application/problem+json", "application/soap+xml", "*/*", "gzip, deflate, br, zstd", "identity", "no-cache",
    "Bearer ", "Basic ", "close", "100-continue",
)  # fmt: skip


class HeadersPanel(QWidget):
    """``headers()`` and ``show_headers()``; ``model`` tells of changes by its own signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = HeaderLines(self)
        self._table = _Table(self)
        self._table.setModel(self.model)
        self._table.setAccessibleName(_("Request headers"))
        self._table.setItemDelegate(_Completing(self._table))
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.AllEditTriggers)
        self._table.setTabKeyNavigation(False)
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(self._table.fontMetrics().height() + theme.SPACE)
        columns = self._table.horizontalHeader()
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)
        columns.resizeSection(0, 260)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)
        self.setFocusProxy(self._table)
        remove = QAction(_("Remove header"), self._table)
        remove.setShortcut(QKeySequence.StandardKey.Delete)
        remove.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        remove.triggered.connect(self._remove_selected)
        self._table.addAction(remove)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)

    def headers(self) -> Headers:
        """The fields that are on, in order."""
        self._finish_typing()
        return tuple((line.name.strip(), line.value) for line in self.model.lines() if line.on and line.name.strip())

    def show_headers(self, headers: Headers) -> None:
        """Show these fields, all on."""
        self.model.show_lines([HeaderLine(name, value) for name, value in headers])

    def _remove_selected(self) -> None:
        self.model.remove({index.row() for index in self._table.selectedIndexes()})

    def _finish_typing(self) -> None:
        # What is still in an open editor counts: a person who presses Ctrl+Return means it.
        editor = self._table.findChild(QLineEdit)
        if editor is not None and editor.isVisible():
            self.model.setData(self._table.currentIndex(), editor.text(), Qt.ItemDataRole.EditRole)


class _TabThrough(QObject):
    """Tab in the list of completions takes the chosen one and is then the editor's; Qt would leave the table."""

    def __init__(self, editor: QLineEdit, popup: QAbstractItemView) -> None:
        super().__init__(editor)
        self._editor, self._popup = editor, popup
        popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass Tab and Backtab on."""
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in tabs:
            chosen = self._popup.currentIndex()
            if chosen.isValid():
                self._editor.setText(str(chosen.data()))
            self._popup.hide()
            QApplication.sendEvent(self._editor, event)
            return True
        return super().eventFilter(watched, event)


class _Table(QTableView):
    """Tab goes on to the next cell while there is something to fill in, and out of the table after that."""

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802  # Qt calls it
        """Leave at either end, where Qt would begin anew."""
        index, hints = self.currentIndex(), QAbstractItemDelegate.EndEditHint
        forward = hint == hints.EditNextItem and index.row() == self.model().rowCount() - 1
        backward = hint == hints.EditPreviousItem and (index.row(), index.column()) == (0, 0)
        super().closeEditor(editor, hints.NoHint if forward or backward else hint)
        if forward or backward:
            self.focusNextPrevChild(forward)


class _Completing(QStyledItemDelegate):
    """Line editors that know the usual names and values; the empty line says what it is for."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        """Show an invitation in the empty line."""
        super().initStyleOption(option, index)
        if index.column() == 0 and index.row() == index.model().rowCount() - 1:
            option.text = _("Add a header…")
            palette = option.palette
            palette.setBrush(QPalette.ColorRole.Text, palette.placeholderText())
            option.palette = palette
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QWidget:
        """A line edit with completion."""
        editor = super().createEditor(parent, option, index)
        if isinstance(editor, QLineEdit):
            completer = QCompleter(NAMES if index.column() == 0 else VALUES, editor)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            editor.setCompleter(completer)
            if (popup := completer.popup()) is not None:
                _TabThrough(editor, popup)
            editor.setAccessibleName(_("Header name") if index.column() == 0 else _("Header value"))
        return editor
