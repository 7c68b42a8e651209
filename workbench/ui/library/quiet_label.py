"""A sentence in the middle of an empty page."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def quiet_label(words: str, parent: QWidget) -> QLabel:
    """``words`` in grey, wrapped, centred."""
    label = QLabel(words, parent, wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label
