"""A cell that shows a part of the whole as a bar from where it begins, its words beside it."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

_WORDS_WIDTH = 48
_THICKNESS = 8


class BarDelegate(QStyledItemDelegate):
    """Paints what the model gives under ``role``: start and length, each from 0 to 1."""

    def __init__(self, role: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._role = role

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Words at the left, the bar in the rest of the cell."""
        super().paint(painter, option, index)
        part = index.data(self._role)
        if not part or part[1] <= 0:
            return
        room = QRectF(option.rect).adjusted(_WORDS_WIDTH, 0, -4, 0)
        left = room.left() + room.width() * part[0]
        length = max(room.width() * part[1], 2.0)
        bar = QRectF(left, room.center().y() - _THICKNESS / 2, length, _THICKNESS)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(option.palette.color(QPalette.ColorRole.Accent))
        painter.drawRoundedRect(bar.intersected(room), 2, 2)
        painter.restore()
