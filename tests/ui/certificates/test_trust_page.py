"""Which bundles requests go by that choose none is seen and switched where the bundles are."""

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.support import authority
from workbench.core.credentials import BundleRow
from workbench.ui.certificates.trust_page import TrustPage


@pytest.fixture
def page(qtbot: QtBot) -> TrustPage:
    made = TrustPage()
    qtbot.addWidget(made)
    root = authority.root().certificate
    made.show_default(["system"])
    made.show_rows(
        (BundleRow("corp", (root,)), BundleRow("lab", (root,), in_memory=True), BundleRow("system", (root,), True))
    )
    made.default_chosen.connect(made.show_default)
    return made


def switch(page: TrustPage) -> QPushButton:
    return next(button for button in page.findChildren(QPushButton) if button.text() == "&Use by default")


def told(page: TrustPage) -> dict[str, str]:
    model = page.model
    return {model.index(row, 0).data(): model.index(row, 1).data() for row in range(model.rowCount())}


def test_a_bundle_is_switched_on_and_off(page: TrustPage, qtbot: QtBot) -> None:
    assert told(page) == {"corp": "off", "lab": "off", "system": "on"}
    page.choose("corp")
    with qtbot.waitSignal(page.default_chosen) as chosen:
        switch(page).click()
    assert chosen.args == [("system", "corp")]
    assert told(page) == {"corp": "on", "lab": "off", "system": "on"}
    assert page.chosen_name() == "corp"
    switch(page).click()
    assert told(page)["corp"] == "off"


def test_one_always_stays_on_and_what_goes_with_the_window_cannot_be(page: TrustPage) -> None:
    page.choose("system")
    assert switch(page).isChecked()
    assert not switch(page).isEnabled()
    assert "only default" in switch(page).toolTip()
    page.choose("lab")
    assert not switch(page).isEnabled()
    page.choose("corp")
    assert switch(page).isEnabled()
