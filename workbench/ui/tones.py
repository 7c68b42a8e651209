"""Colours that carry a meaning, chosen by how light the palette is.

A tone never stands alone: a word or a shape beside it says the same.
"""

import enum

from PySide6.QtGui import QColor, QPalette


class Tone(enum.Enum):
    """What a colour says: (on light ground, on dark ground), each at a contrast of 4.5 or more (WCAG 1.4.3)."""

    GOOD = ("#176b33", "#6fd08c")
    NOTE = ("#0b5cad", "#7db8f5")
    WARNING = ("#8a5300", "#f0b45a")
    BAD = ("#b3201f", "#ff8f87")
    MUTED = ("#5c636a", "#a3abb3")
    NAME = ("#7a2c8f", "#d7a1e8")
    STRING = ("#176b33", "#8fd6a4")
    NUMBER = ("#0b5cad", "#8cc3fa")
    LITERAL = ("#a3410f", "#f5a97a")


def is_dark(palette: QPalette) -> bool:
    """Whether text is lighter than the ground it stands on."""
    return palette.color(QPalette.ColorRole.Base).lightness() < palette.color(QPalette.ColorRole.Text).lightness()


def colour(palette: QPalette, tone: Tone) -> QColor:
    """The colour of ``tone`` that reads well on ``palette``."""
    light, dark = tone.value
    return QColor(dark if is_dark(palette) else light)
