"""Every door of the window leads somewhere: no public method that nobody calls, no signal that nobody hears.

Something that can be done only by a test exists for nobody.
"""

import ast
from functools import cache
from pathlib import Path

import pytest

import workbench
from tests.support.doors import Source

_PROGRAM = Path(workbench.__file__).parent


@cache
def program() -> Source:
    return Source(sorted(_PROGRAM.rglob("*.py")))


@cache
def parts_of_the_window() -> frozenset[str]:
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted((_PROGRAM / "ui").rglob("*.py"))]
    return frozenset(node.name for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def in_the_window(doors: list[str]) -> list[str]:
    return [door for door in doors if door.partition(".")[0] in parts_of_the_window()]


_AWAITED = ["Runner.converse"]
"""For protocols whose messages go both ways, which ``Draft.protocol`` names and nothing sends yet."""


def test_every_public_method_is_called() -> None:
    assert in_the_window(list(program().unused_methods())) == _AWAITED


def test_every_signal_is_heard() -> None:
    assert in_the_window(list(program().unheard_signals())) == []


_SAMPLE = """
class Inner:
    told = Signal()
    lost = Signal()
    passed = Signal()
    named = Signal()
    quiet = Signal()

    def allow(self, on): ...
    def show(self): self.quiet.emit()

class Outer:
    moved = Signal()

    def __init__(self, inner: Inner | None = None):
        self._one, self._other = Inner(), inner
        self._one.told.connect(self.moved)
        self._one.allow(False)
        self._connect(self._one.passed, getattr(self._one, "named"))

    def allow(self, on): self._one.allow(on)
    def use(self): self._other.show()

def main(outer: Outer):
    outer.use()
"""


@pytest.fixture
def sample(tmp_path: Path) -> Source:
    (tmp_path / "sample.py").write_text(_SAMPLE)
    return Source([tmp_path / "sample.py"])


def test_a_namesake_that_is_called_is_not_taken_for_it(sample: Source) -> None:
    assert list(sample.unused_methods()) == ["Outer.allow"]


def test_a_signal_that_is_only_emitted_or_fed_is_unheard(sample: Source) -> None:
    assert list(sample.unheard_signals()) == ["Inner.lost", "Inner.quiet", "Outer.moved"]
