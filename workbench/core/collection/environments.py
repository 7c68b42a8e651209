"""The environments of a collection: files in ``environments``, or parts of the collection's own file."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from workbench.core.collection import files
from workbench.core.collection.names import file_name
from workbench.core.collection.problems import ChangedOutside, CollectionError
from workbench.core.collection.stamp import Stamp
from workbench.core.collection.texts import Texts, broken
from workbench.core.content.work import Work
from workbench.core.draft import Environment
from workbench.core.i18n import _

FOLDER: Final = Path("environments")


class Environments:
    """Environments by name. Every call raises ``CollectionError``. A save never writes a secret's value."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def all(self, work: Work | None = None) -> tuple[Environment, ...]:
        """Those that can be read, in the order of their names. ``work`` may be stopped between two files."""
        found: list[Environment] = []
        for path in self._paths(work):
            with contextlib.suppress(CollectionError):  # told by broken()
                found.append(self._read(path)[0])
        return tuple(sorted((*found, *self._embedded()), key=lambda one: (one.name.casefold(), one.name)))

    def broken(self, work: Work | None = None) -> tuple[CollectionError, ...]:
        """What is wrong with those that cannot be read. ``work`` may be stopped between two files."""
        return tuple(problem for path in self._paths(work) if (problem := self._problem(path)))

    def get(self, name: str) -> tuple[Environment, Stamp]:
        """One of them, and the stamp to save it with."""
        path = self._find(name)
        if path is not None:
            return self._read(path)
        for environment in self._embedded():
            if environment.name == name:
                return environment, self._texts.text(Path(self._texts.format.marker))[2]
        raise CollectionError(
            _("There is no environment “{name}”.").format(name=name),
            detail=str(self._texts.root / FOLDER),
            hint=_("It may have been renamed or removed by another program. Choose another one."),
        )

    def save(self, environment: Environment, stamp: Stamp | None) -> Stamp:
        """Write one, a new one when there is none of its name. Raises ``ChangedOutside``."""
        format_, path = self._texts.format, self._find(environment.name)
        environment = _without_secrets(environment)
        if path is not None:
            return self._texts.save(
                path,
                environment,
                stamp,
                lambda text: format_.read_environment(text, path.stem),
                format_.edited_environment,
            )
        if any(one.name == environment.name for one in self._embedded()):
            return self._save_embedded(environment, stamp)
        if stamp is not None:
            raise ChangedOutside(self._texts.root / FOLDER / environment.name, None, None)
        folder = files.inside(self._texts.root, FOLDER)
        with files.mapped(folder):
            folder.mkdir(exist_ok=True)
            taken = [entry.name for entry in folder.iterdir()]
        name = file_name(environment.name, format_.suffixes[0], taken)
        with broken(folder / name):
            text = format_.new_environment(environment)
        return self._texts.create(FOLDER / name, text)

    def rename(self, name: str, new: str) -> None:
        """Another name, for the file too, and in those that extend it."""
        if new == name:
            return
        environment, _stamp = self.get(name)
        if any(one.name == new for one in self.all()):
            raise CollectionError(
                _("There already is an environment “{name}”.").format(name=new), hint=_("Choose another name.")
            )
        path, format_ = self._find(name), self._texts.format
        renamed = replace(environment, name=new)
        if path is None:
            marker = Path(format_.marker)
            self._texts.change(marker, lambda text: format_.edited_embedded(text, name, renamed))
        else:
            taken = [other.name for other in self._paths() if other != path]
            target = path.with_name(file_name(new, path.suffix, taken))
            if target != path:
                files.move(self._texts.root / path, self._texts.root / target)
            self._texts.change(target, lambda text: format_.edited_environment(text, renamed))
        for other in self.all():
            if other.extends == name:
                self.save(replace(other, extends=new), None)

    def remove(self, name: str) -> None:
        """Remove one."""
        self.get(name)
        path = self._find(name)
        if path is None:
            marker = Path(self._texts.format.marker)
            self._texts.change(marker, lambda text: self._texts.format.edited_embedded(text, name, None))
            return
        full = files.inside(self._texts.root, path)
        with files.mapped(full):
            full.unlink()
        files.remember(full.parent.resolve() / full.name, None)

    def dotenv_text(self, environment: Environment) -> str | None:
        """The text of its ``.env`` file; None when it names none or there is none."""
        if not environment.dotenv:
            return None
        path = Path(environment.dotenv)
        return self._texts.text(path)[0] if self._texts.has(path) else None

    def _save_embedded(self, environment: Environment, stamp: Stamp | None) -> Stamp:
        marker, format_ = Path(self._texts.format.marker), self._texts.format
        full = self._texts.root / marker

        def edited(text: str) -> str:
            theirs = next((one for one in format_.embedded(text) if one.name == environment.name), None)
            if stamp is not None and theirs != environment and stamp != (current := self._texts.text(marker)[2]):
                raise ChangedOutside(full, theirs, current)
            return format_.edited_embedded(text, environment.name, environment)

        return self._texts.change(marker, edited)

    def _embedded(self) -> tuple[Environment, ...]:
        try:
            text = self._texts.text(Path(self._texts.format.marker))[0]
            with broken(self._texts.root):
                return self._texts.format.embedded(text)
        except CollectionError:
            return ()

    def _paths(self, work: Work | None = None) -> Iterator[Path]:
        for path in self._listed():
            if work is not None:
                work.check()
            yield path

    def _listed(self) -> list[Path]:
        folder = self._texts.root / FOLDER
        try:
            names = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
        except OSError:
            return []
        return [FOLDER / name for name in names if name.endswith(self._texts.format.suffixes)]

    def _read(self, path: Path) -> tuple[Environment, Stamp]:
        return self._texts.read(path, lambda text: self._texts.format.read_environment(text, path.stem))

    def _problem(self, path: Path) -> CollectionError | None:
        try:
            self._read(path)
        except CollectionError as error:
            return error
        return None

    def _find(self, name: str) -> Path | None:
        for path in self._paths():
            try:
                if self._read(path)[0].name == name:
                    return path
            except CollectionError:
                continue
        return None


def _without_secrets(environment: Environment) -> Environment:
    variables = tuple(replace(one, value="") if one.secret else one for one in environment.variables)
    return replace(environment, variables=variables)
