"""A button that looks like the field it opens."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QKeySequence, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionFrame, QStylePainter, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.look.icons import icon

_ICON = 16
_LETTERS = 36


class SearchButton(QPushButton):
    """Triggers ``action``, whose keys it names."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._name)
        self._name()

    def sizeHint(self) -> QSize:
        """As high as a field of the menu bar can be."""
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self.text()) + _ICON + 4 * theme.SPACE
        return QSize(max(words, metrics.averageCharWidth() * _LETTERS), metrics.height() + theme.SPACE)

    def minimumSizeHint(self) -> QSize:
        """The picture at least."""
        return QSize(_ICON + 2 * theme.SPACE, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The style's field with a picture and words in it."""
        painter = QStylePainter(self)
        option = QStyleOptionFrame()
        option.initFrom(self)
        option.lineWidth = self.style().pixelMetric(QStyle.PixelMetric.PM_DefaultFrameWidth, option, self)
        option.state |= QStyle.StateFlag.State_Sunken
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option)
        room = self.rect().adjusted(theme.SPACE, 0, -theme.SPACE, 0)
        place = QRect(room.left(), room.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        icon("search").paint(painter, place, Qt.AlignmentFlag.AlignCenter, QIcon.Mode.Normal)
        room.setLeft(place.right() + theme.SPACE)
        role = QPalette.ColorRole.Text if self.underMouse() else QPalette.ColorRole.PlaceholderText
        painter.setPen(self.palette().color(role))
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Another font needs other room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()

    def _name(self) -> None:
        keys = self._action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        words = _("Search anything")
        self.setText(f"{words} ({keys})" if keys else words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(keys)
        self.updateGeometry()
