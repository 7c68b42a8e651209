"""Requests are carried about in the tree by a real mouse on a real display."""

from pathlib import Path

import pytest

from tests.support.accessibility import Accessible, waited
from tests.support.desktop import Desktop, Program, desktop
from workbench.core.collection import Collection
from workbench.core.draft import Draft

__all__ = ["desktop"]

pytestmark = [pytest.mark.endtoend, pytest.mark.timeout(300)]
_STEPS = 6


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Collection.create(tmp_path / "payments", "Payments")
    made.add_folder(Path(), "Checks")
    for name in ("Health", "Version", "Metrics"):
        made.add(Path(), Draft(name=name, url="https://localhost"))
    return tmp_path / "payments"


def place_of(tree: Accessible, name: str) -> tuple[int, int]:
    """The middle of a line, found anew when the tree has just been told anew."""
    return waited(lambda: tree.find(name, "tree item").place(), name)


def drag(program: Program, at: tuple[int, int], onto: tuple[int, int]) -> None:
    """Take what is there with the left button, and let it fall on another place."""
    program.xdotool("mousemove", *map(str, at), "mousedown", "1")
    for step in range(1, _STEPS + 1):
        place = (begin + (end - begin) * step // _STEPS for begin, end in zip(at, onto, strict=True))
        program.xdotool("mousemove", *map(str, place), "sleep", "0.05")
    program.xdotool("mousemove_relative", "1", "0", "sleep", "0.1", "mouseup", "1")


def test_into_a_folder_and_back_and_between_two_others(desktop: Desktop, folder: Path) -> None:
    with desktop.start(str(folder)) as program:
        with desktop.accessible() as window:
            tree = window.find("Collections", "tree")
            tree.find("collection Payments, restricted", "tree item").becomes_selected()
            drag(program, place_of(tree, "GET Health"), place_of(tree, "folder Checks"))
            waited(lambda: (folder / "Checks" / "Health.yml").exists(), "file in the folder")
            waited(lambda: order(folder) == ["Version", "Metrics"], "order without it")
            tree.focus()
            program.press("ctrl+z")
            waited(lambda: order(folder) == ["Health", "Version", "Metrics"], "order as before")
            between = edge(place_of(tree, "GET Health"), place_of(tree, "GET Version"))
            drag(program, place_of(tree, "GET Metrics"), between)
            waited(lambda: order(folder) == ["Health", "Metrics", "Version"], "order as dropped")
        program.quit()


def edge(upper: tuple[int, int], lower: tuple[int, int]) -> tuple[int, int]:
    """Where two lines meet."""
    return upper[0], (upper[1] + lower[1]) // 2


def order(folder: Path) -> list[str]:
    """The requests that do not lie in a folder, as their files order them."""
    return [node.name for node in Collection.open(folder).tree().children if node.method]
