"""Icons in colours of the palette: those in force at the moment that they are painted."""

from collections.abc import Callable
from functools import lru_cache, partial

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap

from workbench.core.resources import folder
from workbench.ui.look import theme


@lru_cache(maxsize=256)
def icon(name: str, tone: theme.Tone | None = None) -> QIcon:
    """Icon ``resources/icons/<name>.svg`` in the text colour, or in that of ``tone``.

    It follows the palette by itself: whoever shows it as an icon, and not as a pixmap, has nothing to do when colours
    change. Nothing is drawn before it is shown.
    """
    return painted(partial(_svg, name, tone))


def painted(draw: Callable[[int, QIcon.Mode], QPixmap]) -> QIcon:
    """An icon that asks ``draw`` for a square picture whenever it is painted, its side given in the screen's pixels.

    What ``draw`` gives depends on the palette, and is best cached by the colours that go into it.
    """
    return QIcon(_Engine(draw))


_clones: list[QIconEngine] = []  # Qt takes the object that ``clone`` gives, but PySide would free it with its last name


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon ``name`` in one colour, ``size`` device-independent pixels square on a screen of that ratio."""
    result = QPixmap(_drawn(name, colour.rgba(), round(size * ratio)))
    result.setDevicePixelRatio(ratio)
    return result


def _svg(name: str, tone: theme.Tone | None, size: int, mode: QIcon.Mode) -> QPixmap:
    palette = QGuiApplication.palette()
    match mode:
        case QIcon.Mode.Disabled:
            colour = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
        case QIcon.Mode.Selected:
            colour = palette.color(QPalette.ColorRole.HighlightedText)
        case _:
            colour = theme.tone(tone) if tone else palette.color(QPalette.ColorRole.ButtonText)
    return _drawn(name, colour.rgba(), size)


class _Engine(QIconEngine):
    def __init__(self, draw: Callable[[int, QIcon.Mode], QPixmap]) -> None:
        super().__init__()
        self._draw = draw

    def clone(self) -> QIconEngine:
        _clones.append(_Engine(self._draw))
        return _clones[-1]

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        # Qt asks in the screen's own pixels, and sets the ratio itself.
        return self._draw(min(size.width(), size.height()), mode)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.pixmap(rect.size() * ratio, mode, state))


@lru_cache(maxsize=512)
def _drawn(name: str, rgba: int, size: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # loaded with the first icon that is shown

    colour = QColor.fromRgba(rgba).name()
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    result = QPixmap(size, size)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result


@lru_cache(maxsize=64)
def _source(name: str) -> str:
    return (folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
