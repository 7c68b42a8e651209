"""A sentence in the middle of an empty page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from workbench.ui.widgets.label import Label


def quiet_label(words: str, parent: QWidget) -> Label:
    """``words`` in grey, wrapped, centred."""
    label = Label(words, parent, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label
