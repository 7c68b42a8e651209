"""The model of the history: by day, page after page, new ones on top."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.ui.history.rows import row
from workbench.core.history.row import HistoryRow
from workbench.ui.history.history_rows import ROW, HistoryRows

pytestmark = pytest.mark.usefixtures("qapp")
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def made(rows: Sequence[HistoryRow], *, more: bool = False) -> HistoryRows:
    model = HistoryRows()
    model.tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)  # type: ignore[attr-defined]
    model.show_rows(rows, more=more)
    return model


def lines(model: HistoryRows) -> list[str]:
    return [str(model.index(place).data()) for place in range(model.rowCount())]


def test_each_day_has_a_heading() -> None:
    model = made([row(9), row(8), row(7, days=1), row(6, days=5)])
    assert lines(model)[:4] == ["Today", "GET /9", "GET /8", "Yesterday"]
    assert len(lines(model)) == 7
    heading = model.index(0)
    assert model.flags(heading) == Qt.ItemFlag.NoItemFlags
    assert heading.data(SPOKEN) == "Day: Today"
    assert heading.data(ROW) is None


def test_every_exchange_is_spoken_whole() -> None:
    model = made([row(9, status=None)])
    spoken = model.index(1).data(SPOKEN)
    for part in ("GET /9", "api.example.org", "failed", "alice", "12:00:09"):
        assert part in spoken
    assert "https://api.example.org/9" in model.index(1).data(Qt.ItemDataRole.ToolTipRole)


def test_older_ones_are_asked_for_once_and_come_after() -> None:
    model = HistoryRows()  # without the tester, which would ask for more itself
    model.show_rows([row(9), row(8, days=1)], more=True)
    wanted: list[HistoryRow] = []
    model.more_wanted.connect(wanted.append)
    assert model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert wanted == [row(8, days=1)]
    model.add_rows([row(7, days=1), row(6, days=3)], more=False)
    assert [one.id for one in model.rows()] == [9, 8, 7, 6]
    assert lines(model).count("Yesterday") == 1
    assert not model.canFetchMore(QModelIndex())


def test_new_ones_come_on_top_and_nothing_else_moves() -> None:
    model = made([row(2), row(1)], more=True)
    resets: list[bool] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.add_rows([row(0, days=1)], more=False)
    model.show_rows([row(4), row(3), row(2), row(1)], more=True)
    assert [one.id for one in model.rows()] == [4, 3, 2, 1, 0]
    model.show_rows([row(4), row(3), row(2), row(1)], more=True)
    assert resets == []


@pytest.mark.parametrize(
    "rows",
    [[row(5, days=-1), row(2)], [row(9), row(8)], [], [row(3), row(2), row(0)]],
    ids=["day", "other", "none", "gap"],
)
def test_what_does_not_continue_is_shown_anew(rows: list[HistoryRow]) -> None:
    model = made([row(2), row(1)])
    model.show_rows(rows, more=False)
    assert list(model.rows()) == rows


def test_what_is_removed_takes_an_empty_day_with_it() -> None:
    model = made([row(9), row(8, days=1), row(7, days=2)])
    model.remove({8})
    assert lines(model)[:2] == ["Today", "GET /9"]
    assert model.rowCount() == 4
    model.remove({9, 7})
    assert model.rowCount() == 0


def test_an_exchange_is_found_by_its_id() -> None:
    model = made([row(9), row(8, days=1)])
    assert model.row(model.find(8)) == row(8, days=1)
    assert not model.find(5).isValid()
