"""What is typed into, ticked or chosen from can be told from its ground."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from workbench.ui.look import theme

_SCHEMES = [Qt.ColorScheme.Light, Qt.ColorScheme.Dark]


@pytest.fixture
def own_colours(qapp: QApplication) -> Iterator[QApplication]:
    """Of no other test."""
    yield qapp
    theme.apply(qapp)


@pytest.mark.parametrize("scheme", _SCHEMES)
@pytest.mark.parametrize("kind", [QLineEdit, QSpinBox, QComboBox, QCheckBox])
def test_the_outline_of_a_field_is_seen(
    own_colours: QApplication, qtbot: QtBot, scheme: Qt.ColorScheme, kind: type[QWidget]
) -> None:
    theme.apply(own_colours, scheme)
    page, field = QWidget(), kind()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    column.addWidget(field)
    picture = page.grab().toImage()
    row = field.geometry().center().y()
    seen = [picture.pixelColor(x, row) for x in range(field.x(), field.x() + 4)]
    ground = own_colours.palette().color(own_colours.palette().ColorRole.Window)
    assert max(_contrast(ground, colour) for colour in seen) >= 3, [colour.name() for colour in seen]


@pytest.mark.parametrize("scheme", _SCHEMES)
def test_outlines_leave_the_ground_as_it_is(own_colours: QApplication, qtbot: QtBot, scheme: Qt.ColorScheme) -> None:
    theme.apply(own_colours, scheme)
    page = QWidget()
    qtbot.addWidget(page)
    field = QLineEdit(page)
    menu = field.createStandardContextMenu()
    qtbot.addWidget(menu)
    window = own_colours.palette().ColorRole.Window
    assert menu.palette().color(window) == page.palette().color(window) == own_colours.palette().color(window)


def _contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.1, 1.4.11."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
