"""What was done is told at the bottom of the window, within reach of the keyboard, and goes by itself."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.windows.test_window import _contrast
from workbench.ui.look import theme
from workbench.ui.widgets import toast as toasts
from workbench.ui.widgets.toast import Toast


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(800, 500)
    field = QLineEdit(made)
    field.setGeometry(0, 0, 100, 30)
    with qtbot.waitExposed(made):
        made.show()
    field.setFocus()
    yield made
    made.close()


@pytest.fixture
def toast(window: QWidget) -> Toast:
    return Toast(window)


def test_it_stands_at_the_bottom_left_whatever_the_size(window: QWidget, toast: Toast) -> None:
    toast.offer("Deleted “Orders”.", "&Undo", list)
    for size in (800, 500), (500, 300):
        window.resize(*size)
        QApplication.processEvents()
        assert window.rect().contains(toast.geometry())
        assert (toast.x(), toast.geometry().bottom()) == (16, size[1] - 17)


def test_it_never_lies_over_what_has_the_keyboard(window: QWidget, toast: Toast) -> None:
    toast.offer("Deleted.", "&Undo", list)
    low = QLineEdit(window)
    low.setGeometry(0, 440, 200, 30)
    low.show()
    low.setFocus()
    assert not toast.geometry().intersects(low.geometry())
    assert window.rect().contains(toast.geometry())


def test_the_keyboard_reaches_it_and_goes_back(qtbot: QtBot, window: QWidget, toast: Toast) -> None:
    done: list[bool] = []
    toast.offer("Deleted.", "&Undo", lambda: done.append(True))
    field = QApplication.focusWidget()
    QTest.keyClick(field, Qt.Key.Key_Tab)  # type: ignore[arg-type]  # a window has one
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    assert toast.isAncestorOf(button)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert done == [True]
    assert toast.isHidden()
    assert QApplication.focusWidget() is field


def test_escape_and_its_cross_close_it(qtbot: QtBot, toast: Toast) -> None:
    toast.offer("Deleted.", "&Undo", lambda: pytest.fail("nobody wanted that"))
    with qtbot.waitSignal(toast.gone):
        QTest.keyClick(toast, Qt.Key.Key_Escape)
    toast.offer("Deleted.", "&Undo", lambda: pytest.fail("nobody wanted that"))
    with qtbot.waitSignal(toast.gone):
        toast.findChildren(QToolButton)[0].click()
    assert toast.words() == ""


def test_it_goes_by_itself_but_not_under_the_keyboard(qtbot: QtBot, window: QWidget, toast: Toast) -> None:
    assert toast._rest.interval() == toasts.PATIENCE == 8_000
    toast._rest.setInterval(0)
    gone: list[bool] = []
    toast.gone.connect(lambda: gone.append(True))
    field = QApplication.focusWidget()
    assert field is not None
    toast.offer("Deleted.", "&Undo", list)
    toast.findChildren(QPushButton)[0].setFocus()
    with qtbot.waitSignals([toast._rest.timeout] * 3):
        pass
    assert not gone
    field.setFocus()
    qtbot.waitUntil(lambda: bool(gone))
    assert toast.isHidden()


def test_it_is_announced_and_named(toast: Toast, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: said.append(event.message()))
    toast.offer("Deleted “a<b>”.", "&Undo", list)
    assert said == ["Deleted “a<b>”. Undo"]
    assert toast.accessibleName() == "Deleted “a<b>”."
    assert toast._words.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("dark", [False, True])
def test_its_words_stand_out_in_both_schemes(qapp: QApplication, toast: Toast, *, dark: bool) -> None:
    theme.apply(qapp, Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    try:
        toast.offer("Deleted.", "&Undo", list)
        roles = QPalette.ColorRole
        ground = toast.palette().color(roles.Window)
        assert _contrast(toast._words.palette().color(roles.WindowText), ground) >= 4.5
        assert _contrast(toast._action.palette().color(roles.ButtonText), ground) >= 4.5
        page = qapp.palette().color(roles.Base)
        assert ground != page
    finally:
        theme.apply(qapp, Qt.ColorScheme.Light)
