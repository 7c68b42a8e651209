"""The window on the folder of a collection, from the command line to a response, by the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.accessibility import Accessible, Gone
from tests.support.desktop import Desktop, Program, desktop
from workbench.core.collection import Collection
from workbench.core.draft import Assertion, Draft, Environment, Variable
from workbench.lab import Lab

__all__ = ["desktop"]

pytestmark = [pytest.mark.endtoend, pytest.mark.timeout(300)]
CONTROLS = {
    "push button",
    "button menu",
    "check box",
    "combo box",
    "text",
    "spin button",
    "radio button",
    "table",
    "tree",
}
CONTROLS |= {"list", "page tab", "toggle button", "slider"}


@pytest.fixture
def lab() -> Iterator[Lab]:
    made = Lab.start()
    yield made
    made.stop()


@pytest.fixture
def folder(tmp_path: Path, lab: Lab) -> Path:
    made = Collection.create(tmp_path / "payments", "Payments")
    unverified = Variable("mtls.verify", "false")
    asserted = Assertion("res.status", "eq", "200")
    made.add(Path(), Draft(name="Health", url="{{host}}health", variables=(unverified,), assertions=(asserted,)))
    made.save_environment(Environment("Local", (Variable("host", lab.urls["one-way"]),)), None)
    return tmp_path / "payments"


def has_arrived(window: Accessible) -> None:
    """The collection is there, and chosen: then the keyboard is there too."""
    tree = window.find("Collections", "tree")
    tree.find("GET Health", "tree item")
    tree.find("collection Payments, restricted", "tree item").becomes_selected()


def test_a_request_of_it_is_found_opened_and_sent(desktop: Desktop, folder: Path) -> None:
    with desktop.start(str(folder)) as program:
        with desktop.accessible() as window:
            has_arrived(window)
            program.press("Down", "Return")
            window.find("Send", "push button")
            assert window.find("URL", "text").text == "{{host}}health"
            choose_environment(program, window)
            program.press("ctrl+Return")
            agree(program, window)
            program.press("ctrl+4")
            window.find("History", "list").holds("GET", "/health", "200")
        program.quit()


def choose_environment(program: Program, window: Accessible) -> None:
    """The first one there is."""
    window.find("no environment", "combo box").becomes_enabled()
    program.press("ctrl+shift+e")
    window.find("Local", "list item")
    program.press("Down", "Return")
    window.find("Local", "combo box")


def agree(program: Program, window: Accessible) -> None:
    """To what the collection, which was not made in this window, wants: a server that need not prove who it is."""
    window.find("What the collection wants", "table")
    program.press("alt+a")
    window.find("Response status", "text").says("200 OK")
    program.focus()


def response_tabs(window: Accessible) -> Accessible:
    """The bar of tabs that has one called Handshake; Qt calls the bar itself as its current tab."""
    bars = (one for one in window.all() if one.role == "page tab list")
    return next(bar for bar in bars if "Handshake" in {tab.name for tab in bar.children})


def test_every_fixed_name_is_told(desktop: Desktop, folder: Path) -> None:
    with desktop.start(str(folder)) as program:
        with desktop.accessible() as window:
            has_arrived(window)
            window.find("Environment", "combo box")
            program.press("Down", "Return")
            window.find("Send", "push button")
            choose_environment(program, window)
            program.press("ctrl+Return")
            agree(program, window)
            for name, role in (
                ("Method", "combo box"),
                ("URL", "text"),
                ("Cancel", "push button"),
                ("Identity", "combo box"),
                ("Trust", "button menu"),
                *((tab, "page tab") for tab in ("Params", "Headers", "Authorization", "Body", "TLS", "Assertions")),
                *((tab, "page tab") for tab in ("Handshake", "Timeline", "Results")),
                ("Response body", "text"),
                ("Findings", "list"),
            ):
                window.find(name, role)
            for tab, name, role in (
                ("TLS", "Peer chain", "tree"),
                ("TLS", "TLS facts", "table"),
                ("Handshake", "Handshake messages", "table"),
            ):
                response_tabs(window).find(tab, "page tab").press()
                window.find(name, role)
            for keys, name, role in (
                ("ctrl+2", "Identities", "table"),
                ("ctrl+3", "Trust bundles", "table"),
                ("ctrl+4", "History", "list"),
            ):
                program.press(keys)
                window.find(name, role)
        program.quit()


def test_everything_that_can_be_used_has_a_name(desktop: Desktop, folder: Path) -> None:
    with desktop.start(str(folder)) as program:
        with desktop.accessible() as window:
            has_arrived(window)
            program.press("Down", "Return")
            window.find("Send", "push button")
            for page in range(1, 9):
                program.press(f"alt+{page}")
                assert nameless(window) == [], f"page {page}"
            for page in range(2, 6):
                program.press(f"ctrl+{page}")
                assert nameless(window) == [], f"page {page}"
        program.quit()


def nameless(window: Accessible) -> list[str]:
    """The controls that show and of which nobody is told what they are for."""
    found = []
    for one in window.all():
        try:
            if one.role in CONTROLS and one.is_showing and not (one.name or one.labels):
                found.append(f"{one.role} {one.description}")
        except Gone:
            continue
    return found
