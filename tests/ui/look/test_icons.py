"""Icons that follow the palette by themselves."""

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QPushButton
from pytestqt.qtbot import QtBot

from workbench.ui.library.dots import dot
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.widgets.sign import Sign

Scheme = Qt.ColorScheme


@pytest.fixture(autouse=True)
def _light(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, Scheme.Light)
    yield
    theme.apply(qapp)


def inks(image: QImage) -> set[str]:
    """The colours of what covers a pixel whole."""
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(x, y).name() for x, y in places if image.pixelColor(x, y).alpha() == 255}


def ink(mode: QIcon.Mode = QIcon.Mode.Normal, tone: theme.Tone | None = None) -> set[str]:
    return inks(icon("trust", tone).pixmap(QSize(48, 48), mode).toImage())


def test_what_is_shown_already_takes_the_new_colours(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton(icon("trust"), "")
    button.setIconSize(QSize(48, 48))
    button.setFlat(True)
    rows = QListWidget()
    rows.setIconSize(QSize(48, 48))
    rows.addItem(QListWidgetItem(icon("trust"), ""))
    for shown in (button, rows):
        qtbot.addWidget(shown)
        shown.resize(80, 80)
        shown.show()
        dark_ink, light_ink = "#1b1d20", "#e4e6e8"
        theme.apply(qapp, Scheme.Light)
        assert dark_ink in inks(shown.grab().toImage())
        theme.apply(qapp, Scheme.Dark)
        colours = inks(shown.grab().toImage())
        assert light_ink in colours
        assert dark_ink not in colours


def test_each_state_has_its_colour() -> None:
    assert ink() == {"#1b1d20"}
    assert ink(QIcon.Mode.Selected) == {"#ffffff"}
    assert ink(QIcon.Mode.Disabled) == {"#9aa0a6"}
    assert ink(tone=theme.Tone.GOOD) == {theme.tone(theme.Tone.GOOD).name()}


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0, 3.0])
def test_it_is_drawn_in_the_pixels_of_the_screen(ratio: float, qapp: QApplication) -> None:
    drawn = icon("send").pixmap(QSize(20, 20), ratio)
    assert drawn.size() == QSize(20, 20) * ratio
    assert drawn.devicePixelRatio() == ratio


def test_a_copy_that_goes_its_own_way_lives_on(qapp: QApplication) -> None:
    copy = QIcon(icon("send"))
    copy.setIsMask(True)  # makes Qt ask for an engine of the copy's own
    gc.collect()
    assert inks(copy.pixmap(48, 48).toImage()) == inks(icon("send").pixmap(48, 48).toImage())
    assert isinstance(copy.pixmap(16, 16), QPixmap)


@pytest.mark.parametrize("tone", [theme.Tone.GOOD, theme.Tone.WARNING, theme.Tone.BAD])
def test_signs_and_marks_take_the_new_colours(tone: theme.Tone, qapp: QApplication, qtbot: QtBot) -> None:
    sign = Sign()
    qtbot.addWidget(sign)
    sign.show_icon(mark_icon(Mark(tone.value)))
    sign.setFixedSize(48, 48)
    sign.show()
    for scheme in (Scheme.Light, Scheme.Dark):
        theme.apply(qapp, scheme)
        assert theme.tone(tone).name() in inks(sign.grab().toImage())


def test_the_dot_of_no_environment_takes_the_new_colours(qapp: QApplication, qtbot: QtBot) -> None:
    empty = dot("")
    seen = []
    for scheme in (Scheme.Light, Scheme.Dark):
        theme.apply(qapp, scheme)
        seen.append(empty.pixmap(48, 48).toImage())
    assert seen[0] != seen[1]
