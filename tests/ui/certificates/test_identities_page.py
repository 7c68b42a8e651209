"""The table of identities: how long each lasts is told in words and drawn."""

import pytest
from PySide6.QtWidgets import QStyle, QTableView
from pytestqt.qtbot import QtBot

from tests.support import authority
from workbench.core.credentials import IdentityRow, Kept
from workbench.ui.certificates.identities_page import IdentitiesPage
from workbench.ui.look import theme
from workbench.ui.models.credential_tables import EXPIRES


@pytest.mark.parametrize(
    ("left", "tone"), [(300, theme.Tone.GOOD), (5, theme.Tone.WARNING), (-1, theme.Tone.BAD)], ids=str
)
def test_how_long_it_lasts_is_drawn_under_the_words(qtbot: QtBot, left: int, tone: theme.Tone) -> None:
    leaf = authority.client(None, "alice", not_before=authority.days(left - 400), not_after=authority.days(left))
    page = IdentitiesPage()
    qtbot.addWidget(page)
    page.resize(900, 500)
    page.show_rows((IdentityRow("alice", (leaf.certificate,), Kept.ASK),))
    page.show()
    table = page.findChild(QTableView)
    assert isinstance(table, QTableView)
    table.clearSelection()
    cell = table.visualRect(table.model().index(0, EXPIRES))
    picture = table.viewport().grab(cell).toImage()
    height = picture.height() - 2 - table.style().pixelMetric(QStyle.PixelMetric.PM_DefaultFrameWidth)
    wanted = theme.tone(tone)
    passed = [x for x in range(picture.width()) if _near(picture.pixelColor(x, height).getRgb(), wanted.getRgb())]
    share = len(passed) / (picture.width() - 3 - theme.SPACE)
    assert share == pytest.approx(min((400 - left) / 400, 1), abs=0.1)


def _near(one: object, other: object) -> bool:
    assert isinstance(one, tuple)
    assert isinstance(other, tuple)
    return all(abs(a - b) < 30 for a, b in zip(one, other, strict=True))
