"""A large button with a picture, a title and a sentence that says what will happen."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from workbench.ui.look import theme
from workbench.ui.look.icons import icon

_ICON = 24
_MARGIN = theme.SPACE + theme.SPACE // 2
_BESIDE = _ICON + 3 * _MARGIN  # pixels of the width that the sentence does not get
_QUIET = 215  # of 255: quieter than the title, and readable (4.5 : 1) on a button in the dark
_LEAST_LETTERS = 30
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ChoiceButton(QPushButton):
    """One of a few things to do; the sentence is its accessible description."""

    def __init__(self, picture: str, title: str, sentence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture, self._title, self._sentence = picture, title, sentence
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Room for both lines."""
        width = self.fontMetrics().horizontalAdvance(self._sentence) + _BESIDE + theme.SPACE
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Room for a sentence of several lines."""
        width = self.fontMetrics().averageCharWidth() * _LEAST_LETTERS + _BESIDE
        return QSize(width, self.heightForWidth(width))

    def heightForWidth(self, width: int) -> int:
        """Pixels that title and sentence need in that width."""
        title = QFontMetrics(theme.scaled_font(1.1, bold=True)).height()
        room = QRect(0, 0, max(width - _BESIDE, 1), 10_000)
        sentence = self.fontMetrics().boundingRect(room, _WRAPPED, self._sentence).height()
        return title + sentence + 2 * _MARGIN + theme.SPACE // 2

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
        quiet = self.palette().color(group, QPalette.ColorRole.ButtonText)
        quiet.setAlpha(_QUIET)
        painter.setPen(quiet)
        painter.setFont(self.font())
        room.setTop(room.top() + QFontMetrics(theme.scaled_font(1.1, bold=True)).height() + theme.SPACE // 2)
        painter.drawText(room, _WRAPPED, self._sentence)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 3, 3)
