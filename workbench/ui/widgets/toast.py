"""What was just done, told at the bottom of a window with one thing to do about it; it goes by itself."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QIcon, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QToolButton, QWidget
from shiboken6 import isValid

from workbench.core.i18n import _
from workbench.core.visible import visible_lines
from workbench.ui.look import theme
from workbench.ui.look.icons import pixmap
from workbench.ui.widgets.label import Label

PATIENCE = 8_000
"""Milliseconds that it stays; longer while the pointer or the keyboard is in it."""

_WIDEST = 520  # pixels of the words
_RADIUS = 8
_ICON = 16


class Toast(QFrame):
    """``offer()`` shows it in ``window``, in place of what it said before. ``gone`` when nobody took the offer.

    It is dark in both schemes, so that it stands out from the page below, and never lies over what has the keyboard.
    """

    gone = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._do: Callable[[], object] | None = None
        self._came_from: QWidget | None = None  # who had the keyboard before it
        self._words = Label("", self, wordWrap=True)
        self._action = QPushButton(self, flat=True, autoDefault=False)
        self._close = QToolButton(self, autoRaise=True)
        self._close.setAccessibleName(_("Close message"))
        self._close.setToolTip(_("Close message"))
        self._close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._dark: bool | None = None
        self._rest = QTimer(self, singleShot=True, interval=PATIENCE)
        self._rest.timeout.connect(self._leave)
        self._action.clicked.connect(self._accept)
        self._close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 3 // 2, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        window.installEventFilter(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)
        self._tint()
        self.hide()

    def offer(self, words: str, action: str = "", do: Callable[[], object] | None = None) -> None:
        """Say ``words``; ``do`` is called when a person presses the button ``action``."""
        words = visible_lines(words)
        self._do = do
        self._words.setText(words)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.setAccessibleName(words)
        self._place()
        self.show()
        self.raise_()
        self._rest.start()
        said = f"{words} {action.replace('&', '')}".strip()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def words(self) -> str:
        """What it says, empty while it is not there."""
        return "" if self.isHidden() else self._words.text()

    def withdraw(self) -> None:
        """Take the offer back: it has become pointless."""
        self._do = None
        self._rest.stop()
        focused, before = self._holds(QApplication.focusWidget()), self._came_from
        self.hide()
        if focused and before is not None and isValid(before):
            before.setFocus()

    def dismiss(self) -> None:
        """Nobody wants it."""
        if not self.isHidden():
            self.withdraw()
            self.gone.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new palette, and room for another font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()
        elif event.type() == QEvent.Type.FontChange:
            self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the bottom of the window."""
        if event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A rounded ground with a thin outline."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)

    def _accept(self) -> None:
        do = self._do
        self.withdraw()
        if do is not None:
            do()

    def _leave(self) -> None:
        if self.underMouse() or self._holds(QApplication.focusWidget()):
            self._rest.start()
        else:
            self.dismiss()

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and self.isAncestorOf(widget)

    def _follow_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._holds(now) and not self._holds(before):
            self._came_from = before
        elif not self.isHidden() and not self._holds(now):
            self._place()

    def _place(self) -> None:
        metrics, window = self._words.fontMetrics(), self._window
        room = window.rect().adjusted(theme.SPACE * 2, theme.SPACE * 2, -theme.SPACE * 2, -theme.SPACE * 2)
        wanted = min(metrics.horizontalAdvance(self._words.text()) + theme.SPACE, _WIDEST)
        self._words.setMinimumWidth(min(wanted, room.width() // 2))
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.resize(self.sizeHint().boundedTo(room.size()))
        self.move(self._corner(room))

    def _corner(self, room: QRect) -> QPoint:
        """Bottom left, or where it does not lie over what has the keyboard."""
        left, right = room.left(), room.right() + 1 - self.width()
        low, high = room.bottom() + 1 - self.height(), room.top()
        corners = [QPoint(left, low), QPoint(right, low), QPoint(right, high)]
        focused, window = QApplication.focusWidget(), self._window
        if focused is None or not window.isAncestorOf(focused) or self.isAncestorOf(focused):
            return corners[0]
        taken = QRect(focused.mapTo(window, QPoint()), focused.size())
        free = (corner for corner in corners if not QRect(corner, self.size()).intersects(taken))
        return next(free, corners[0])

    def _tint(self) -> None:
        if self._dark == theme.is_dark():
            return
        self._dark = theme.is_dark()
        palette = theme.palette(dark=True)
        roles = QPalette.ColorRole
        if self._dark:  # a step up from the page
            palette.setColor(roles.Window, palette.color(roles.Button))
        link = QPalette(palette)
        link.setColor(roles.ButtonText, palette.color(roles.Link))
        self.setPalette(palette)
        self._action.setPalette(link)
        ink = palette.color(roles.ButtonText)
        self._close.setIcon(QIcon(pixmap("close", ink, _ICON, self.devicePixelRatioF())))
