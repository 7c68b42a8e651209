"""The environments of a collection while they are edited, and what has to be done when they are saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.core.draft import Environment
from workbench.core.i18n import _
from workbench.core.workspace.environment_edit import EnvironmentEdit, SecretEdit


@dataclass(slots=True)
class _Editing:
    """One environment. ``former`` is its name in the files, empty for a new one; ``kept`` its secrets with a value.

    ``base`` is what it extends, whatever that is called meanwhile.
    ``typed`` are new values, None to forget one; ``renamed`` are former names by present ones.
    """

    environment: Environment
    former: str = ""
    base: "_Editing | None" = None
    kept: set[str] = field(default_factory=set)
    typed: dict[str, str | None] = field(default_factory=dict, repr=False)
    renamed: dict[str, str] = field(default_factory=dict)

    def shown(self) -> Environment:
        """The environment with the present name of what it extends."""
        base = self.base.environment.name if self.base is not None else self.environment.extends
        return replace(self.environment, extends=base)


class EnvironmentEdits:
    """Environments by their place in the list. Values of secrets are here only when a person has just typed them."""

    def __init__(
        self, collection: Path, environments: Sequence[Environment], kept: Mapping[str, Sequence[str]]
    ) -> None:
        self._collection = collection
        self._before = tuple(environments)
        self._all = [_Editing(each, each.name, kept=set(kept.get(each.name, ()))) for each in environments]
        for editing in self._all:
            editing.base = self._find(editing.environment.extends)

    def environments(self) -> tuple[Environment, ...]:
        """As they are to be."""
        return tuple(each.shown() for each in self._all)

    def place(self, name: str) -> int:
        """Where the environment called ``name`` is, -1 when there is none."""
        return next((place for place, each in enumerate(self._all) if each.environment.name == name), -1)

    def former(self, place: int) -> str:
        """What it is called in the files, empty for a new one."""
        return self._all[place].former if 0 <= place < len(self._all) else ""

    def put(self, place: int, environment: Environment) -> None:
        """Put ``environment`` in place of the one there; those that extend it follow its name."""
        editing = self._all[place]
        if environment.extends != editing.shown().extends:
            editing.base = self._find(environment.extends)
        editing.environment = environment

    def add(self, environment: Environment) -> None:
        """Add a new one, under a name that is free."""
        taken = {each.name.casefold() for each in self.environments()}
        name, number = environment.name, 2
        while name.casefold() in taken:
            name, number = f"{environment.name} {number}", number + 1
        self._all.append(_Editing(replace(environment, name=name), base=self._find(environment.extends)))

    def remove(self, place: int) -> None:
        """Take one away."""
        del self._all[place]

    def kept(self, place: int) -> tuple[str, ...]:
        """The secret variables that have a value, or will have."""
        return tuple(sorted(self._all[place].kept))

    def typed(self, place: int) -> Mapping[str, str | None]:
        """Values that were typed and are not saved yet."""
        return self._all[place].typed

    def set_secret(self, place: int, name: str, value: str | None) -> None:
        """Keep ``value`` when this is saved; None forgets the one that is kept."""
        editing = self._all[place]
        editing.typed[name] = value
        if value is None:
            editing.kept.discard(name)
        else:
            editing.kept.add(name)

    def rename_secret(self, place: int, before: str, after: str) -> None:
        """The value of ``before`` belongs to ``after`` from now on."""
        editing = self._all[place]
        if before in editing.typed:
            editing.typed[after] = editing.typed.pop(before)
        if before in editing.kept:
            editing.kept.discard(before)
            editing.kept.add(after)
            editing.renamed[after] = editing.renamed.pop(before, before)

    def former_secret(self, place: int, name: str) -> str:
        """What the secret ``name`` is called in the keyring."""
        return self._all[place].renamed.get(name, name)

    def trouble(self) -> str:
        """What keeps this from being saved, in one sentence, or the empty string."""
        names = [each.name for each in self.environments()]
        if not all(names):
            return _("An environment needs a name.")
        folded = [name.casefold() for name in names]
        twice = next((name for name in names if folded.count(name.casefold()) > 1), "")
        return _("Two environments are named “{name}”.").format(name=twice) if twice else ""

    def edit(self) -> EnvironmentEdit:
        """What has to be done; environments that are as they were are not part of it."""
        present = {each.former for each in self._all}
        removed = tuple(each.name for each in self._before if each.name not in present)
        unchanged = {each.name: each for each in self._before}
        changed = tuple((each.former, each.shown()) for each in self._all if unchanged.get(each.former) != each.shown())
        return EnvironmentEdit(self._collection, changed, removed, tuple(self._secrets()), self._before)

    def _find(self, name: str) -> _Editing | None:
        return next((each for each in self._all if name and each.environment.name == name), None)

    def _secrets(self) -> Sequence[SecretEdit]:
        found = []
        for each in self._all:
            wanted = {variable.name for variable in each.environment.variables if variable.secret}
            for name in sorted(wanted & {*each.typed, *each.renamed}):
                value = each.typed.get(name)
                former = each.renamed.get(name, "") if name not in each.typed else ""
                found.append(SecretEdit(each.environment.name, name, value, former))
            before = next((one for one in self._before if one.name == each.former), Environment())
            gone = {one.name for one in before.variables if one.secret} - wanted - set(each.renamed.values())
            found += [SecretEdit(each.environment.name, name, None) for name in sorted(gone)]
        return found
