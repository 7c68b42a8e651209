"""An exchange in two lines: method, path and status; host, time and identity, and how long it took."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.core.history.row import HistoryRow
from workbench.core.visible import visible
from workbench.ui.history.history_rows import ROW
from workbench.ui.history.row_words import place_words, status_mark, status_words
from workbench.ui.look import theme
from workbench.ui.look.badges import badge_size
from workbench.ui.look.marks import mark_icon
from workbench.ui.look.words import duration_words

Index = QModelIndex | QPersistentModelIndex
_SIGN = 14
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HistoryDelegate(QStyledItemDelegate):
    """Paints what ``HistoryRows`` holds."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for two lines, for the heading of a day too: rows of one height are quick however many there are."""
        return QSize(120, 2 * option.fontMetrics.height() + theme.SPACE + 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground and focus as the style has them, then the words."""
        row = index.data(ROW)
        painter.save()
        if row is None:
            _paint_heading(painter, option, str(index.data() or ""))
        else:
            self._paint_ground(painter, option, index)
            _paint_row(painter, option, row, index.data(Qt.ItemDataRole.DecorationRole))
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text, ground.icon = "", QIcon()
        QApplication.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)


def _paint_heading(painter: QPainter, option: QStyleOptionViewItem, words: str) -> None:
    font = QFont(option.font)
    font.setBold(True)
    font.setPointSizeF(font.pointSizeF() * 0.92)
    painter.setFont(font)
    painter.setPen(option.palette.color(QPalette.ColorGroup.Active, QPalette.ColorRole.PlaceholderText))
    room = option.rect.adjusted(theme.SPACE, 0, -theme.SPACE, -theme.SPACE // 2)
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, words)


def _paint_row(painter: QPainter, option: QStyleOptionViewItem, row: HistoryRow, badge: QIcon) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    group = QPalette.ColorGroup.Active if option.state & QStyle.StateFlag.State_Active else QPalette.ColorGroup.Inactive
    plain = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    faint = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.PlaceholderText
    line = option.fontMetrics.height()
    whole = option.rect.adjusted(theme.SPACE // 2, theme.SPACE // 2, -theme.SPACE, -theme.SPACE // 2)
    upper = QRect(whole.left(), whole.top(), whole.width(), line)
    lower = QRect(whole.left(), whole.bottom() - line + 1, whole.width(), line)
    size = badge_size()
    place = QRect(upper.left(), upper.center().y() - size.height() // 2, size.width(), size.height())
    badge.paint(painter, place, mode=QIcon.Mode.Selected if selected else QIcon.Mode.Normal)
    indent = size.width() + theme.SPACE // 2 + 2

    painter.setPen(option.palette.color(group, plain))
    status = status_words(row)
    width = option.fontMetrics.horizontalAdvance(status) + 2
    _paint_sign(painter, upper, width, row)
    painter.drawText(upper, _RIGHT, status)
    room = upper.adjusted(indent, 0, -width - _SIGN - theme.SPACE, 0)
    painter.drawText(
        room, _LEFT, option.fontMetrics.elidedText(visible(row.path), Qt.TextElideMode.ElideMiddle, room.width())
    )

    painter.setPen(option.palette.color(group, faint))
    taken = duration_words(row.duration_ms)
    painter.drawText(lower, _RIGHT, taken)
    room = lower.adjusted(indent, 0, -option.fontMetrics.horizontalAdvance(taken) - theme.SPACE, 0)
    words = option.fontMetrics.elidedText(visible(place_words(row)), Qt.TextElideMode.ElideMiddle, room.width())
    painter.drawText(room, _LEFT, words)


def _paint_sign(painter: QPainter, line: QRect, status_width: int, row: HistoryRow) -> None:
    left = line.right() - status_width - _SIGN - 2
    sign = QRect(left, line.center().y() - _SIGN // 2 + 1, _SIGN, _SIGN)
    mark_icon(status_mark(row)).paint(painter, sign)
