"""A large button with a picture, a title and a sentence that says what will happen."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter, QWidget

from workbench.ui import theme
from workbench.ui.icons import icon

_ICON = 24
_MARGIN = theme.SPACE + theme.SPACE // 2


class ChoiceButton(QPushButton):
    """One of a few things to do; the sentence is its accessible description."""

    def __init__(self, picture: str, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture, self._title, self._sentence = picture, title, sentence
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(True)

    def sizeHint(self) -> QSize:
        """Room for both lines."""
        bold = theme.scaled_font(1.1, bold=True)
        height = (
            self.fontMetrics().height() + self.fontMetrics().height() * bold.pointSizeF() / self.font().pointSizeF()
        )
        width = self.fontMetrics().horizontalAdvance(self._sentence) + _ICON + 4 * _MARGIN
        return QSize(width, int(height) + 2 * _MARGIN + theme.SPACE // 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The style's button with our picture and words in it."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        mode = QIcon.Mode.Normal if self.isEnabled() else QIcon.Mode.Disabled
        place = QRect(room.left(), room.center().y() - _ICON // 2, _ICON, _ICON)
        icon(self._picture).paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)
        self._paint_words(painter, room.adjusted(_ICON + _MARGIN, 0, 0, 0))
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        group = QPalette.ColorGroup.Active if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, QPalette.ColorRole.ButtonText))
        painter.setFont(theme.scaled_font(1.1, bold=True))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop, self._title)
        painter.setPen(self.palette().color(group, QPalette.ColorRole.PlaceholderText))
        painter.setFont(self.font())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, self._sentence)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 3, 3)
