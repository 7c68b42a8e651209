"""A picture before a sentence that says the same."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QIcon, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from workbench.ui.look import theme


class Sign(QWidget):
    """As high as the letters around it, and painted in the colours of the palette in force."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = QIcon()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, picture: QIcon) -> None:
        """Show ``picture``, which has to follow the palette by itself (see ``look.icons``)."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """The size of a sign beside text of this font."""
        size = theme.sign_size(self)
        return QSize(size, size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._picture.paint(painter, self.rect())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
