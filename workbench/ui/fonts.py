"""Fonts that follow the system's choice and the interface's size."""

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication


def fixed_font() -> QFont:
    """The system's fixed-width font at the size of the interface's own."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    size = QGuiApplication.font().pointSizeF()
    if size > 0:
        font.setPointSizeF(size)
    return font


def strong_font() -> QFont:
    """The interface's font in bold."""
    font = QFont(QGuiApplication.font())
    font.setBold(True)
    return font
