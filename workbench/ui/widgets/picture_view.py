"""A picture over a chequered ground, no larger than its room."""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from workbench.core.i18n import _

_SQUARE = 8


class PictureView(QWidget):
    """Shows an image with its size in words as description."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self.setAccessibleName(_("Image"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_image(self, image: QImage) -> None:
        """Show ``image``, or that it cannot be shown."""
        self._image = image
        words = _("{width} × {height} pixels").format(width=image.width(), height=image.height())
        self.setAccessibleDescription(_("This image cannot be shown.") if image.isNull() else words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture in the middle, its size under it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = QRectF(self.rect()).adjusted(8, 8, -8, -8 - self.fontMetrics().height())
        if not self._image.isNull():
            size = QSizeF(self._image.size())
            if size.width() > room.width() or size.height() > room.height():
                size.scale(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF(room.center().x() - size.width() / 2, room.center().y() - size.height() / 2, 0, 0)
            place.setSize(size)
            self._paint_ground(painter, place)
            painter.drawImage(place, self._image)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        below = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom
        painter.drawText(self.rect().adjusted(0, 0, 0, -4), below, self.accessibleDescription())
        painter.end()

    def _paint_ground(self, painter: QPainter, place: QRectF) -> None:
        if not self._image.hasAlphaChannel():
            return
        painter.save()
        painter.setClipRect(place)
        painter.fillRect(place, self.palette().color(QPalette.ColorRole.Base))
        for row in range(int(place.height() // _SQUARE) + 1):
            for column in range(row % 2, int(place.width() // _SQUARE) + 1, 2):
                square = QRectF(place.left() + column * _SQUARE, place.top() + row * _SQUARE, _SQUARE, _SQUARE)
                painter.fillRect(square, self.palette().color(QPalette.ColorRole.Midlight))
        painter.restore()
