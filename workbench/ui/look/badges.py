"""The method of a request as a small word in a colour of its own; the word is what tells it apart."""

from functools import lru_cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QIcon, QPainter, QPalette, QPixmap

from workbench.ui.look import theme

_SHORT = {"DELETE": "DEL", "OPTIONS": "OPT", "CONNECT": "CONN"}
_LETTERS = 5  # of a method that is nobody's abbreviation
_HEIGHT = 16
_RATIO = 3  # drawn larger than shown, so that it stays sharp on any screen
_TONES = {
    "GET": theme.Tone.GOOD,
    "PUT": theme.Tone.WARNING,
    "PATCH": theme.Tone.WARNING,
    "DELETE": theme.Tone.BAD,
}


def badge_size() -> QSize:
    """Room for every badge, so that the names after them stand in line."""
    return QSize(int(QFontMetricsF(_font()).horizontalAdvance("PATCH")) + 4, _HEIGHT)


def badge_icon(method: str) -> QIcon:
    """``method``, shortened where it is long, in colours of the palette in force."""
    palette = QGuiApplication.palette()
    ink = theme.tone(_TONES.get(method, theme.Tone.QUIET))
    if method == "POST":
        ink = palette.color(QPalette.ColorRole.Link)
    elif method == "GQL":
        ink = palette.color(QPalette.ColorRole.LinkVisited)
    selected = palette.color(QPalette.ColorRole.HighlightedText)
    size = badge_size()
    return _drawn(short_method(method), ink.rgb(), selected.rgb(), size.width(), _font().toString())


def short_method(method: str) -> str:
    """What stands on the badge."""
    short = _SHORT.get(method, method)
    return short if len(short) <= _LETTERS else short[: _LETTERS - 1] + "…"


def _font() -> QFont:
    return theme.scaled_font(0.78, bold=True)


@lru_cache(maxsize=128)
def _drawn(word: str, ink_rgb: int, selected_rgb: int, width: int, font: str) -> QIcon:
    result = QIcon()
    for mode, colour in ((QIcon.Mode.Normal, ink_rgb), (QIcon.Mode.Selected, selected_rgb)):
        result.addPixmap(_pixmap(word, QColor(colour), width, font), mode)
    return result


def _pixmap(word: str, colour: QColor, width: int, description: str) -> QPixmap:
    pixmap = QPixmap(QSize(width, _HEIGHT) * _RATIO)
    pixmap.setDevicePixelRatio(_RATIO)
    pixmap.fill(Qt.GlobalColor.transparent)
    font = QFont()
    font.fromString(description)
    painter = QPainter(pixmap)
    painter.setFont(font)
    painter.setPen(colour)
    place = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(0, 0, width - 1, _HEIGHT), place, word)
    painter.end()
    return pixmap
