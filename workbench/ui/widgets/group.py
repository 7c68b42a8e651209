"""A titled group of fields, without a frame around it."""

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from workbench.ui.look import theme
from workbench.ui.widgets.label import Label


class Group(QWidget):
    """A bold title over a layout."""

    def __init__(self, title: str, content: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        heading = Label(title, self)
        heading.setFont(theme.scaled_font(1.0, bold=True))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(heading)
        layout.addLayout(content)
        layout.addStretch(1)
