"""A sentence and its sign are of one size."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.widgets.sentence import Sentence
from workbench.ui.widgets.sign import Sign


def test_the_sign_grows_with_the_letters(qapp: QApplication, qtbot: QtBot) -> None:
    sentence = Sentence()
    qtbot.addWidget(sentence)
    sentence.say(Mark.WARNING, "It expires soon.")
    sentence.show()
    sign = sentence.findChildren(Sign)[0]
    before = sign.height()
    try:
        theme.apply_fonts(qapp, theme.Fonts(scale=250))
        qtbot.waitUntil(lambda: bool(sign.height() > before))
        assert sign.height() >= sentence.fontMetrics().height()
    finally:
        theme.apply_fonts(qapp, theme.Fonts())
