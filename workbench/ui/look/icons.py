"""Our SVG icons, painted in colours of the palette: those in force at the moment that they are painted."""

from functools import lru_cache

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
    return QIcon(_Engine(name, tone))


_clones: list[QIconEngine] = []  # Qt takes the object that ``clone`` gives, but PySide would free it with its last name


def pixmap(name: str, colour: QColor, size: int, ratio: float = 1.0) -> QPixmap:
    """Icon ``name`` in one colour, ``size`` device-independent pixels square on a screen of that ratio."""
    result = QPixmap(_drawn(name, colour.rgba(), round(size * ratio)))
    result.setDevicePixelRatio(ratio)
    return result


class _Engine(QIconEngine):
    def __init__(self, name: str, tone: theme.Tone | None) -> None:
        super().__init__()
        self._name, self._tone = name, tone

    def clone(self) -> QIconEngine:
        _clones.append(_Engine(self._name, self._tone))
        return _clones[-1]

    def pixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State) -> QPixmap:
        # Qt asks in the screen's own pixels, and sets the ratio itself.
        return _drawn(self._name, self._colour(mode).rgba(), min(size.width(), size.height()))

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        ratio = painter.device().devicePixelRatio()
        painter.drawPixmap(rect, self.pixmap(rect.size() * ratio, mode, state))

    def _colour(self, mode: QIcon.Mode) -> QColor:
        palette = QGuiApplication.palette()
        match mode:
            case QIcon.Mode.Disabled:
                return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
            case QIcon.Mode.Selected:
                return palette.color(QPalette.ColorRole.HighlightedText)
        return theme.tone(self._tone) if self._tone else palette.color(QPalette.ColorRole.ButtonText)


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
