"""Our SVG icons, painted in colours of the palette."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QAbstractButton, QWidget

from workbench.core.resources import folder
from workbench.ui.look import theme

_SIZES = (16, 24, 48)  # Qt scales the next larger one down
_made: dict[int, tuple[str, theme.Tone | None]] = {}  # what an icon shows, by its cache key


def icon(name: str, tone: theme.Tone | None = None) -> QIcon:
    """Icon ``resources/icons/<name>.svg`` in the text colour, or in that of ``tone``."""
    palette = QGuiApplication.palette()
    normal = theme.tone(tone) if tone else palette.color(QPalette.ColorRole.ButtonText)
    faded = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    made = _tinted(name, normal.name(), faded.name(), palette.color(QPalette.ColorRole.HighlightedText).name())
    _made[made.cacheKey()] = (name, tone)
    return made


def tint_again(owner: QWidget) -> None:
    """Paint our icons on all buttons in ``owner`` in the colours of the palette in force."""
    for button in owner.findChildren(QAbstractButton):
        known = _made.get(button.icon().cacheKey())
        if known is not None:
            button.setIcon(icon(*known))


@lru_cache(maxsize=256)
def _tinted(name: str, normal: str, faded: str, selected: str) -> QIcon:
    result = QIcon()
    source = _source(name)
    modes = ((QIcon.Mode.Normal, normal), (QIcon.Mode.Disabled, faded), (QIcon.Mode.Selected, selected))
    for mode, colour in modes:
        for size in _SIZES:
            result.addPixmap(_pixmap(source, colour, size), mode)
    return result


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon ``name`` in one colour, ``size`` device-independent pixels square on a screen of that ratio."""
    return _pixmap(_source(name), colour.name(), size, ratio)


def _pixmap(source: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # loaded with the first icon, not with the module

    renderer = QSvgRenderer(QByteArray(source.replace("currentColor", colour).encode()))
    result = QPixmap(QSize(size, size) * ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
