"""``{{process.env.X}}`` of a restricted collection: each X is held back until it was agreed to."""

from collections.abc import Callable, Iterator, Mapping

from workbench.core.variables import PROCESS


class GuardedEnvironment(Mapping[str, str]):
    """The process environment as a restricted scope sees it.

    ``own`` are the values of the collection's ``.env`` files, which go first and are nobody's secret to it.
    A variable of ``process`` that is asked for and not ``allowed`` is noted in ``refused`` and stands in the text
    as ``process.env.X``, between two ``mark``: its value is resolved into nothing.
    """

    def __init__(
        self, own: Mapping[str, str], process: Mapping[str, str], allowed: Callable[[str], bool], mark: str = ""
    ) -> None:
        self._own, self._process, self._allowed, self._mark = own, process, allowed, mark
        self.refused: dict[str, None] = {}
        self.used: dict[str, None] = {}

    def __getitem__(self, name: str) -> str:
        if name in self._own:
            return self._own[name]
        value = self._process[name]
        if self._allowed(name):
            self.used[name] = None
            return value
        self.refused[name] = None
        return f"{self._mark}{PROCESS}{name}{self._mark}"

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from (name for name in self._process if name not in self._own)

    def __len__(self) -> int:
        return sum(1 for _name in self)
