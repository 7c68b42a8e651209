"""What has no room is shortened for the eye only."""

from pytestqt.qtbot import QtBot

from workbench.ui.widgets.flat_sentence import FlatSentence


def test_dots_stand_for_what_has_no_room(qtbot: QtBot) -> None:
    sentence = FlatSentence()
    qtbot.addWidget(sentence)
    sentence.resize(2000, 30)
    sentence.show()
    sentence.say("Line 1, column 2: Fish & chips are no name.")
    assert sentence.text() == "Line 1, column 2: Fish && chips are no name."
    sentence.resize(160, 30)
    assert sentence.text().endswith("…")
    assert sentence.accessibleName() == "Line 1, column 2: Fish & chips are no name."
