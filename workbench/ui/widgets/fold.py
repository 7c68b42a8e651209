"""A part of a page that is folded away until somebody wants to see it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme


class Fold(QWidget):
    """A line to click or press Space on, and below it ``content`` while it is open; ``toggled`` says which."""

    toggled = Signal(bool)

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = content
        self._open = False
        self._button = QToolButton(self)
        self._button.setAutoRaise(True)
        self._button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._button.clicked.connect(lambda: self.set_open(not self._open))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self._button)
        layout.addWidget(content, 1)
        self.show_title(title)
        self._turn(False)

    def show_title(self, title: str) -> None:
        """Say what is folded away."""
        self._button.setText(title)
        self._button.setAccessibleName(title)

    def is_open(self) -> bool:
        """Whether the content is shown."""
        return self._open

    def set_open(self, on: bool) -> None:
        """Show the content, or fold it away."""
        if on != self._open:
            self._turn(on)

    def _turn(self, on: bool) -> None:
        self._open = on
        self._button.setAccessibleDescription(_("open") if on else _("folded"))
        self._button.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self._content.setVisible(on)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.toggled.emit(on)
