"""A sentence and its sign are of one size."""

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.widgets.sentence import Sentence


def test_the_sign_grows_with_the_letters(qapp: QApplication, qtbot: QtBot) -> None:
    sentence = Sentence()
    qtbot.addWidget(sentence)
    sentence.say(Mark.WARNING, "It expires soon.")
    sign = sentence.findChildren(QLabel)[0]
    before = sign.pixmap().deviceIndependentSize().height()
    try:
        theme.apply_fonts(qapp, theme.Fonts(scale=250))
        sentence.ensurePolished()
        qtbot.waitUntil(lambda: bool(sign.pixmap().deviceIndependentSize().height() > before))
        assert sign.pixmap().deviceIndependentSize().height() >= sentence.fontMetrics().height()
    finally:
        theme.apply_fonts(qapp, theme.Fonts())
