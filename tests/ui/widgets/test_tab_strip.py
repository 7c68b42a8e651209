"""Tabs that are closed: from the keyboard in their order."""

from pytestqt.qtbot import QtBot

from workbench.ui.widgets.tab_strip import TabStrip


def test_the_keyboard_goes_from_the_tabs_to_the_buttons_that_close_them(qtbot: QtBot) -> None:
    strip = TabStrip()
    qtbot.addWidget(strip)
    for name in ("one", "two", "three"):
        strip.addTab(name)
    closers = [strip.tabButton(place, TabStrip.ButtonPosition.RightSide) for place in range(3)]
    assert strip.nextInFocusChain() is closers[0]
    assert closers[0].nextInFocusChain() is closers[1]
    with qtbot.waitSignal(strip.close_requested) as asked:
        closers[1].click()  # type: ignore[attr-defined]  # a button, as its name says
    assert asked.args == [1]
