"""Light and dark: Fusion, two palettes, one spacing, two fonts. Widgets take colours from palette roles only."""

import enum
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QWidget

SPACE = 8
"""Pixels between neighbours; twice that between groups, half within one."""

_OWN_FONT = Qt.WidgetAttribute.WA_SetFont
_Role = QPalette.ColorRole

_LIGHT = {
    _Role.Window: "#f4f5f6",
    _Role.WindowText: "#1b1d20",
    _Role.Base: "#ffffff",
    _Role.AlternateBase: "#f8f9fa",
    _Role.Text: "#1b1d20",
    _Role.Button: "#fbfbfc",
    _Role.ButtonText: "#1b1d20",
    _Role.BrightText: "#ffffff",
    _Role.Light: "#ffffff",
    _Role.Midlight: "#eceef0",
    _Role.Mid: "#c6cacf",
    _Role.Dark: "#9aa0a6",
    _Role.Shadow: "#6b7178",
    _Role.Highlight: "#1f6feb",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#1f6feb",
    _Role.Link: "#0b5cd5",
    _Role.LinkVisited: "#6e44b8",
    _Role.ToolTipBase: "#ffffff",
    _Role.ToolTipText: "#1b1d20",
    _Role.PlaceholderText: "#70767d",
}
_DARK = {
    _Role.Window: "#202327",
    _Role.WindowText: "#e4e6e8",
    _Role.Base: "#2a2e33",
    _Role.AlternateBase: "#2e3237",
    _Role.Text: "#e4e6e8",
    _Role.Button: "#373c42",
    _Role.ButtonText: "#e4e6e8",
    _Role.BrightText: "#ffffff",
    _Role.Light: "#464c53",
    _Role.Midlight: "#3d4248",
    _Role.Mid: "#565d65",
    _Role.Dark: "#121416",
    _Role.Shadow: "#000000",
    _Role.Highlight: "#2f6fd0",
    _Role.HighlightedText: "#ffffff",
    _Role.Accent: "#4c8df0",
    _Role.Link: "#79aef8",
    _Role.LinkVisited: "#b79bea",
    _Role.ToolTipBase: "#373c42",
    _Role.ToolTipText: "#e4e6e8",
    _Role.PlaceholderText: "#a3aab1",
}
_FADED = {False: "#9aa0a6", True: "#7c838a"}

# Fusion outlines with a darker shade of the window's colour, which in the dark is none: what is typed into, ticked or
# pressed has a palette of its own, whose window colour is so light that its darker shade can be seen (3 : 1).
_OUTLINED = ("QLineEdit", "QAbstractSpinBox", "QComboBox", "QCheckBox", "QRadioButton", "QPushButton")
_OUTLINE = {False: "#b0b5bb", True: "#b0b7c0"}
_FADED_OUTLINE = {False: "#f4f5f6", True: "#646b73"}


class Tone(enum.Enum):
    """What a coloured mark means; a word always stands beside it."""

    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    QUIET = "quiet"


_TONES = {
    False: {Tone.GOOD: "#1a7f37", Tone.WARNING: "#9a6700", Tone.BAD: "#c0262d", Tone.QUIET: "#5f666d"},
    True: {Tone.GOOD: "#4ac26b", Tone.WARNING: "#d9a520", Tone.BAD: "#f97f7a", Tone.QUIET: "#a8afb6"},
}


@dataclass(frozen=True, slots=True)
class Fonts:
    """Families, empty for the system's, and sizes in per cent: of the system's size, and of that of other text."""

    family: str = ""
    scale: int = 100
    fixed_family: str = ""
    fixed_scale: int = 100


_fonts = Fonts()
_system_font: QFont | None = None


def apply_fonts(application: QApplication, fonts: Fonts) -> None:
    """Write in these fonts from now on, also what is on the screen already."""
    global _fonts, _system_font
    if _system_font is None:
        _system_font = QFont(application.font())
    if fonts == _fonts:
        return
    wanted = QFont(_system_font)
    if fonts.family:
        wanted.setFamily(fonts.family)
    wanted.setPointSizeF(_points(_system_font) * fonts.scale / 100)
    growth = wanted.pointSizeF() / _points(application.font())
    own = [(widget, QFont(widget.font())) for widget in application.allWidgets() if widget.testAttribute(_OWN_FONT)]
    fixed, _fonts = fixed_font().family(), fonts
    application.setFont(wanted)
    for widget, font in own:
        if font.family() == fixed:
            widget.setFont(fixed_font())
        else:
            font.setFamily(wanted.family())
            font.setPointSizeF(_points(font) * growth)
            widget.setFont(font)


def _points(font: QFont) -> float:
    return QFontInfo(font).pointSizeF()  # also where the font itself is measured in pixels


def apply(application: QApplication, scheme: Qt.ColorScheme = Qt.ColorScheme.Unknown) -> None:
    """Set style and palette. ``Unknown`` follows the system, also when that changes later."""
    application.setStyle("Fusion")
    hints = application.styleHints()
    hints.setColorScheme(scheme)
    # Platforms without a theme of their own keep reporting Unknown, so a choice made here is remembered.
    wanted = scheme if scheme != Qt.ColorScheme.Unknown else hints.colorScheme()
    _paint(application, dark=wanted == Qt.ColorScheme.Dark)


def follow_system(application: QApplication) -> None:
    """Repaint when the system changes between light and dark."""
    application.styleHints().colorSchemeChanged.connect(
        lambda scheme: _paint(application, dark=scheme == Qt.ColorScheme.Dark)
    )


def _paint(application: QApplication, *, dark: bool) -> None:
    whole = palette(dark=dark)
    application.setPalette(whole)
    whole.setColor(_Role.Window, QColor(_OUTLINE[dark]))
    whole.setColor(QPalette.ColorGroup.Disabled, _Role.Window, QColor(_FADED_OUTLINE[dark]))
    for name in _OUTLINED:
        application.setPalette(whole, name)  # type: ignore[arg-type]  # a str is what it takes


def palette(*, dark: bool) -> QPalette:
    """The whole palette of one scheme."""
    result = QPalette()
    for role, colour in (_DARK if dark else _LIGHT).items():
        result.setColor(role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        result.setColor(QPalette.ColorGroup.Disabled, role, QColor(_FADED[dark]))
    result.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(_DARK[_Role.Mid] if dark else "#c6cacf"))
    return result


def is_dark() -> bool:
    """Whether the palette in force is a dark one."""
    return QGuiApplication.palette().color(_Role.Window).lightness() < 128


def tone(meaning: Tone) -> QColor:
    """The colour of ``meaning``, readable (4.5 : 1) on the palette in force."""
    return QColor(_TONES[is_dark()][meaning])


def fixed_font() -> QFont:
    """The fixed-width font, in the size of the ordinary one unless another was chosen."""
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    if _fonts.fixed_family:
        font.setFamily(_fonts.fixed_family)
    elif not QFontInfo(font).fixedPitch():
        font.setFamily("monospace")
        font.setStyleHint(QFont.StyleHint.Monospace)
    font.setPointSizeF(QGuiApplication.font().pointSizeF() * _fonts.fixed_scale / 100)
    return font


def sign_size(widget: QWidget) -> int:
    """Pixels of a sign beside the text of ``widget``: 16, and as high as its letters where those are larger."""
    return max(16, widget.fontMetrics().height())


def scaled_font(factor: float, *, bold: bool = False) -> QFont:
    """The ordinary font, larger or smaller by ``factor``."""
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(font.pointSizeF() * factor)
    font.setBold(bold)
    return font
