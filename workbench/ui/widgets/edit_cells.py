"""The cells of a table to type in: how they look and what they are edited with."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QKeySequence, QPainter, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QCompleter,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from workbench.ui.look.plain import tip
from workbench.ui.models.editable import EditableRows
from workbench.ui.widgets.variables import Variables, variable_formats, watch_line

_Index = QModelIndex | QPersistentModelIndex
_MOST_DRAWN = 2_000  # characters of a cell that are laid out


class CellDelegate(QStyledItemDelegate):
    """Line editors that know variables and what is usual, boxes where only a few things can be chosen."""

    def __init__(self, model: EditableRows[Any], variables: Variables, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._model, self._variables, self._view = model, variables, view
        self._open: tuple[QWidget, QPersistentModelIndex] | None = None

    def commit(self) -> None:
        """Write what the open editor holds; it stays open."""
        if self._open is not None:
            editor, index = self._open
            if index.isValid():
                self.setModelData(editor, self._model, index)

    def initStyleOption(self, option: QStyleOptionViewItem, index: _Index) -> None:
        """Show an invitation in the empty row, and what is off in a quieter colour."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight
        empty = self._model.is_empty_row(index)
        if empty and self._model.columns[index.column()].invitation:
            option.text = self._model.columns[index.column()].invitation
            option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
        if empty or self._is_off(index):
            palette = option.palette
            palette.setBrush(QPalette.ColorRole.Text, palette.placeholderText())
            option.palette = palette

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw the cell, its variables in their colours."""
        text = str(index.data() or "")
        wanted = self._model.columns[index.column()].variables and "{{" in text and not self._is_off(index)
        if not wanted:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        style = self._view.style()
        room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, self._view)
        option.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._view)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, None, self._view) + 1
        layout = QTextLayout(text[:_MOST_DRAWN], option.font)
        layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
        layout.beginLayout()
        line = layout.createLine()
        line.setNumColumns(len(text))
        layout.endLayout()
        formats = [] if chosen else variable_formats(self._variables, text)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setClipRect(room)
        painter.setPen(option.palette.color(role))
        top = room.top() + (room.height() - line.height()) / 2
        layout.draw(painter, QPointF(room.left() + margin, top), formats)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A box for choices, else a line edit."""
        column = self._model.columns[index.column()]
        if column.choices:
            editor: QWidget = _box(column.choices, parent)
        else:
            made = super().createEditor(parent, option, index)
            line = made if isinstance(made, QLineEdit) else QLineEdit(parent)
            line.setPlaceholderText(column.invitation)
            self._help(line, column.suggestions(self._model.row(index)), variables=column.variables)
            editor = line
        editor.setAccessibleName(column.title)
        self._open = (editor, QPersistentModelIndex(index))
        number = id(editor)
        editor.destroyed.connect(lambda: self._forget(number))
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the cell's value in the editor, once: what is typed is not overwritten."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findData(text), 0))
        elif isinstance(editor, QLineEdit) and editor.text().strip() != text.strip():
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Write what was typed or chosen."""
        if isinstance(editor, QComboBox):
            if editor.property("touched") or not self._model.is_empty_row(index):
                model.setData(index, editor.currentData(), Qt.ItemDataRole.EditRole)
        elif isinstance(editor, QLineEdit):
            model.setData(index, editor.text(), Qt.ItemDataRole.EditRole)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A cell in which nothing was typed leaves undo to whoever can undo more."""
        if (
            isinstance(watched, QLineEdit)
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
        ):
            keys = QKeySequence.StandardKey
            idle = (keys.Undo, watched.isUndoAvailable()), (keys.Redo, watched.isRedoAvailable())
            if any(event.matches(key) and not able for key, able in idle):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Tell the variables of the cell under the mouse."""
        text = str(index.data() or "")
        found = self._variables.stretches(text) if self._model.columns[index.column()].variables else []
        if event.type() == QEvent.Type.ToolTip and found:
            words = dict.fromkeys(self._variables.words(one.name) for one in found)
            QToolTip.showText(event.globalPos(), tip("\n\n".join(words)), view)
            return True
        return super().helpEvent(event, view, option, index)

    def _help(self, line: QLineEdit, offered: Sequence[str], *, variables: bool) -> None:
        if offered:
            completer = QCompleter(offered, line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
            popup = completer.popup()
            if popup is not None:
                _TabThrough(line, popup)
        if variables:
            watch_line(line, self._variables)

    def _is_off(self, index: _Index) -> bool:
        state = (
            index.siblingAtColumn(0).data(Qt.ItemDataRole.CheckStateRole) if isinstance(index, QModelIndex) else None
        )
        return state == Qt.CheckState.Unchecked

    def _forget(self, number: int) -> None:
        if self._open is not None and id(self._open[0]) == number:
            self._open = None


class _TabThrough(QObject):
    """Tab in the list of completions takes the chosen one and is then the editor's; Qt would leave the table."""

    def __init__(self, editor: QLineEdit, popup: QAbstractItemView) -> None:
        super().__init__(editor)
        self._editor, self._popup = editor, popup
        popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        tabs = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in tabs:
            chosen = self._popup.currentIndex()
            if chosen.isValid():
                self._editor.setText(str(chosen.data()))
            self._popup.hide()
            QApplication.sendEvent(self._editor, event)
            return True
        return super().eventFilter(watched, event)


def _box(choices: Sequence[tuple[str, str]], parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    for value, words in choices:
        box.addItem(words, value)
    box.activated.connect(lambda _place: box.setProperty("touched", True))
    return box
