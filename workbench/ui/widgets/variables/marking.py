"""How variables look in a text: a colour and a kind of underline for each standing."""

from functools import cache

from PySide6.QtGui import QColor, QTextCharFormat, QTextLayout

from workbench.ui.look import theme
from workbench.ui.widgets.variables.known import Standing, Variables

_Under = QTextCharFormat.UnderlineStyle
# Colour on light and on dark ground, each 4.5 : 1 or better on the theme's base, and the underline.
_LOOKS = {
    Standing.DEFINED: ("#0b5cad", "#8cc3fa", _Under.NoUnderline),
    Standing.SECRET: ("#7a2c8f", "#d7a1e8", _Under.DotLine),
    Standing.MADE_UP: ("#176b33", "#8fd6a4", _Under.DashUnderline),
    Standing.UNDEFINED: ("#c0262d", "#f97f7a", _Under.WaveUnderline),
}


def variable_formats(variables: Variables, text: str) -> list[QTextLayout.FormatRange]:
    """How the variables of ``text`` are to be drawn, in Qt's UTF-16 places."""
    dark, ranges = theme.is_dark(), []
    for one in variables.stretches(text):
        made = QTextLayout.FormatRange()
        made.start = utf16(text, one.start)
        made.length = utf16(text, one.end) - made.start
        made.format = look(one.standing, dark)
        ranges.append(made)
    return ranges


@cache
def look(standing: Standing, dark: bool) -> QTextCharFormat:
    """The look of one standing."""
    light_ink, dark_ink, underline = _LOOKS[standing]
    ink = QColor(dark_ink if dark else light_ink)
    style = QTextCharFormat()
    style.setForeground(ink)
    style.setUnderlineStyle(underline)
    style.setUnderlineColor(ink)
    return style


def utf16(text: str, place: int) -> int:
    """Qt's place for Python's: characters beyond the first plane count twice there."""
    return place if text.isascii() else place + sum(ord(char) > 0xFFFF for char in text[:place])


def code_points(text: str, place: int) -> int:
    """Python's place for Qt's."""
    if text.isascii():
        return place
    return len(text.encode("utf-16-le", "surrogatepass")[: place * 2].decode("utf-16-le", "ignore"))
