"""The picture of a handshake and the table beside it, in step."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView
from pytestqt.qtbot import QtBot

from tests.ui.response import exchanges
from tests.ui.response.test_pane import named, texts
from workbench.core.tls.handshake import Handshake
from workbench.ui.look import theme
from workbench.ui.response.tls.handshake_picture import HandshakePicture
from workbench.ui.response.tls.handshake_view import HandshakeView


@pytest.fixture
def view(qtbot: QtBot) -> HandshakeView:
    made = HandshakeView()
    qtbot.addWidget(made)
    made.resize(1000, 500)
    made.show()
    made.show_handshake(exchanges.mutual())
    return made


def picture(view: HandshakeView) -> HandshakePicture:
    found = view.findChild(HandshakePicture)
    assert isinstance(found, HandshakePicture)
    return found


def test_table_and_picture_are_in_step(view: HandshakeView) -> None:
    table = named(view, QTableView, "Handshake messages")
    assert picture(view).accessibleDescription().startswith("1 of 10: ClientHello, → sent, key exchange")
    QTest.mouseClick(picture(view), Qt.MouseButton.LeftButton, pos=QPoint(250, picture(view).place(4).center().y()))
    assert table.currentIndex().row() == 4
    QTest.keyClick(picture(view), Qt.Key.Key_Down)
    assert table.currentIndex().row() == 5
    QTest.keyClick(picture(view), Qt.Key.Key_End)
    assert picture(view).accessibleDescription().startswith("10 of 10: Finished, → sent")
    table.selectRow(1)
    assert picture(view).accessibleDescription().startswith("2 of 10: ServerHello, ← received")


def test_they_stay_in_step_when_the_table_is_sorted(view: HandshakeView) -> None:
    table = named(view, QTableView, "Handshake messages")
    table.model().sort(3)
    row = next(row for row, cells in enumerate(texts(table.model())) if cells[3] == "ServerHello")
    table.selectRow(row)
    assert picture(view).accessibleDescription().startswith("2 of 10: ServerHello")


def test_where_it_broke_is_gone_to(view: HandshakeView) -> None:
    view.show_handshake(exchanges.untrusted().handshake)
    assert "Alert (fatal): unknown_ca, 48, → sent, failed here" in picture(view).accessibleDescription()
    assert ["Description", "unknown_ca"] in texts(named(view, QTableView, "Message fields").model())


@pytest.mark.parametrize("ending", [".svg", ".png"])
def test_it_is_saved(view: HandshakeView, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"handshake{ending}"
    view.save_to(path)
    if ending == ".svg":
        assert QSvgRenderer(str(path)).isValid()
        assert b"TLS handshake with api.corp.example" in path.read_bytes()
    else:
        image = QImage(str(path))
        assert image.height() >= 2 * picture(view).place(9).bottom()
        assert len({image.pixel(x, image.height() // 2) for x in range(0, image.width(), 3)}) > 3
    assert "Saved to" in view._told.text()


def test_a_folder_that_is_not_there_is_said(view: HandshakeView, tmp_path: Path) -> None:
    view.save_to(tmp_path / "no" / "x.svg")
    assert "Not saved" in view._told.text()


@pytest.mark.parametrize("handshake", [None, Handshake()])
def test_nothing_is_no_trouble(view: HandshakeView, handshake: Handshake | None) -> None:
    view.show_handshake(handshake)
    assert not view.grab().isNull()
    QTest.keyClick(picture(view), Qt.Key.Key_Down)


@pytest.mark.parametrize("scale", [100, 200])
def test_the_picture_is_as_large_as_its_words(
    qapp: QApplication, view: HandshakeView, qtbot: QtBot, scale: int
) -> None:
    try:
        theme.apply_fonts(qapp, theme.Fonts(scale=scale))
        drawn = picture(view)
        line = drawn.fontMetrics().height()
        assert drawn.place(1).top() - drawn.place(0).top() >= 2 * line
        assert drawn.minimumWidth() > drawn.fontMetrics().horizontalAdvance(
            "client proves its identity EncryptedExtensions"
        )
        assert drawn.minimumHeight() >= drawn.place(9).bottom()
    finally:
        theme.apply_fonts(qapp, theme.Fonts())


def test_where_there_is_little_room_the_table_leaves_it_to_the_picture(view: HandshakeView) -> None:
    table = named(view, QTableView, "Handshake messages")
    line = view.fontMetrics().height()
    view.resize(50 * line, 500)
    assert [column for column in range(5) if table.isColumnHidden(column)] == [0, 2]
    view.resize(90 * line, 500)
    assert not any(map(table.isColumnHidden, range(5)))


def test_where_it_broke_is_seen_when_room_is_taken_meanwhile(view: HandshakeView, qtbot: QtBot) -> None:
    view.show_handshake(exchanges.untrusted().handshake)
    view.resize(1000, 180)
    drawn = picture(view)
    table = named(view, QTableView, "Handshake messages")
    row = table.currentIndex().row()
    qtbot.waitUntil(lambda: drawn.visibleRegion().contains(drawn.place(row).center()))
    qtbot.waitUntil(lambda: table.viewport().rect().contains(table.visualRect(table.currentIndex()).center()))


def test_with_little_room_the_picture_stands_above_the_table(view: HandshakeView) -> None:
    table, drawn, line = named(view, QTableView, "Handshake messages"), picture(view), view.fontMetrics().height()
    view.resize(60 * line, 30 * line)
    assert table.mapTo(view, table.rect().topLeft()).x() > drawn.mapTo(view, drawn.rect().topLeft()).x()
    view.resize(40 * line, 20 * line)
    assert table.mapTo(view, table.rect().topLeft()).y() > drawn.mapTo(view, drawn.rect().topLeft()).y() + line
    assert drawn.visibleRegion().boundingRect().width() >= drawn.minimumWidth()
