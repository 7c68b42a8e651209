"""Trust bundles: those the person imported, and the built-in ``system`` and ``mozilla``."""

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.core.errors import InvalidInput, StorageError, TrustError, WorkbenchError
from workbench.core.home import Home
from workbench.core.i18n import _
from workbench.core.storage import certificates as pem
from workbench.core.storage import folders, names, records, roots
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.trust import MOZILLA, SYSTEM, Bundle, TrustStore

_RECORD, _CERTIFICATES = "bundle.json", "certificates.pem"
_BUILT_IN = {SYSTEM: roots.system, MOZILLA: roots.mozilla}


@dataclass(frozen=True, slots=True)
class _Entry:
    folder: Path
    bundle: Bundle


@dataclass(frozen=True, slots=True)
class _Loaded:
    """``superseded`` are those that another one replaced; they wait to be removed."""

    stored: tuple[_Entry, ...]
    superseded: tuple[_Entry, ...]
    broken: tuple[WorkbenchError, ...]


class TrustLibrary:
    """The bundles under ``<home>/trust``. Everything here reads or writes the disk; built-in ones are read once."""

    def __init__(self, home: Home) -> None:
        self._folder = home.trust
        self._built_in: dict[str, Bundle] = {}

    def list(self) -> tuple[Bundle, ...]:
        """The person's bundles, sorted by name."""
        return tuple(entry.bundle for entry in self._load().stored)

    def unreadable(self) -> tuple[WorkbenchError, ...]:
        """What is wrong with each entry that ``list`` leaves out; they stay on disk as they are."""
        return self._load().broken

    def builtin(self, name: str) -> Bundle:
        """``system`` or ``mozilla``. Raises ``TrustError`` when it holds nothing, ``KeyError`` for other names."""
        wanted = names.key(name)
        if wanted not in self._built_in:
            self._built_in[wanted] = _BUILT_IN[wanted]()
        return self._built_in[wanted]

    def find(self, name: str) -> Bundle:
        """The bundle of this name, whatever the case. Raises ``TrustError``."""
        if names.key(name) in _BUILT_IN:
            return self.builtin(name)
        return self._entry(name).bundle

    def open(self, wanted: Sequence[str]) -> TrustStore:
        """The store made of these bundles, in this order. Raises ``TrustError`` for one that is missing."""
        return TrustStore(tuple(self.find(name) for name in dict.fromkeys(wanted)))

    def add(self, name: str, certificates: Sequence[Certificate], *, replace: bool = False) -> Bundle:
        """Store a bundle, whole or not at all.

        Raises ``InvalidInput`` for a name that is taken, ``TrustError`` when there are no certificates.
        """
        title = self._free_name(name, but=name if replace else None)
        bundle = Bundle(title, tuple(dict.fromkeys(certificates)))
        if not bundle.certificates:
            raise TrustError(
                _("The bundle “{name}” would be empty.").format(name=title),
                detail=_("No certificate was given for it."),
                hint=_("Choose a file that contains at least one CA certificate."),
            )
        with folders.alone(self._folder):
            self._free_name(name, but=name if replace else None)
            self._publish(bundle)
        self.tidy()
        return bundle

    def remove(self, name: str) -> None:
        """Remove a bundle of the person's. Raises ``TrustError``, ``InvalidInput`` for a built-in one."""
        folders.discard(self._own(name))

    def set_aside(self, name: str) -> str:
        """Remove it so that ``take_back`` can undo that, until ``forget``; both take the id that this answers.

        Raises ``TrustError``, ``InvalidInput`` for a built-in one.
        """
        self.tidy()
        folder = self._own(name)
        folders.set_aside(folder)
        return folder.name

    def take_back(self, identifier: str) -> Bundle:
        """Undo ``set_aside``. It gets another name when its own is taken by now. Raises ``StorageError``."""
        with folders.alone(self._folder):
            taken = {*_BUILT_IN, *(names.key(one.name) for one in self.list())}
            name = records.take_back(self._folder / identifier, _RECORD, taken)
        return self.find(name)

    def forget(self, identifier: str) -> None:
        """Remove for good what was set aside. Raises ``StorageError``."""
        aside = folders.aside(self._folder / identifier)
        if aside.exists():
            folders.discard(aside)

    def rename(self, name: str, new: str) -> Bundle:
        """Give another name. Raises ``TrustError``, ``InvalidInput``."""
        path = self._own(name) / _RECORD
        with folders.alone(self._folder):
            title = self._free_name(new, but=name)
            records.FORMAT.write(path, {**records.read(path), "name": title})
        return self.find(title)

    def _publish(self, bundle: Bundle) -> None:
        stored = self._load().stored
        old = next((one.folder for one in stored if names.key(one.bundle.name) == names.key(bundle.name)), None)
        record = {"name": bundle.name} | ({"replaces": old.name} if old else {})
        files = {_CERTIFICATES: pem.encode(bundle.certificates), _RECORD: records.FORMAT.encode(record)}
        folders.ensure(self._folder.parent)
        import uuid  # with platform and subprocess: not for who only reads

        staged = folders.stage(self._folder, uuid.uuid4().hex, files)
        try:
            folders.publish(staged)
        except BaseException:
            with contextlib.suppress(StorageError):
                folders.discard(staged)
            raise

    def _load(self) -> "_Loaded":
        stored: list[_Entry] = []
        broken: list[WorkbenchError] = []
        superseded: set[str] = set()
        for folder in folders.entries(self._folder):
            try:
                record = records.read(folder / _RECORD)
                stored.append(_Entry(folder, _bundle(folder, record)))
                superseded.add(record.get("replaces", ""))
            except WorkbenchError as error:
                if folder.exists():  # another program may have removed it just now
                    broken.append(error)
        stored.sort(key=lambda one: names.key(one.bundle.name))
        return _Loaded(
            stored=tuple(one for one in stored if one.folder.name not in superseded),
            superseded=tuple(one for one in stored if one.folder.name in superseded),
            broken=tuple(broken),
        )

    def tidy(self) -> None:
        """Remove what was replaced, and what a program that died left behind."""
        for replaced in self._load().superseded:
            with contextlib.suppress(StorageError):
                folders.discard(replaced.folder)
        folders.sweep(self._folder)

    def _entry(self, name: str) -> "_Entry":
        loaded = self._load()
        for entry in loaded.stored:
            if names.key(entry.bundle.name) == names.key(name):
                return entry
        known = ", ".join(f"“{title}”" for title in (*_BUILT_IN, *(one.bundle.name for one in loaded.stored)))
        raise TrustError(
            _("There is no trust bundle named “{name}”.").format(name=name),
            detail="\n".join(
                [_("Stored bundles: {names}.").format(names=known), *(str(error) for error in loaded.broken)]
            ),
            hint=_("Choose one of these, or import the CA's certificate first."),
        )

    def _own(self, name: str) -> Path:
        if names.key(name) in _BUILT_IN:
            raise InvalidInput(
                _("The bundle “{name}” is built in.").format(name=name),
                detail=_("It comes from the system or with the program and cannot be changed."),
                hint=_("Use other bundles for the request instead."),
            )
        return self._entry(name).folder

    def _free_name(self, name: str, *, but: str | None) -> str:
        """The name to store. ``but`` is one that may be taken."""
        title = names.checked(name)
        taken = {names.key(bundle.name) for bundle in self.list()} - ({names.key(but)} if but else set())
        if names.key(title) in _BUILT_IN or names.key(title) in taken:
            raise InvalidInput(
                _("There already is a trust bundle named “{name}”.").format(name=title),
                detail=_("Upper and lower case are not distinguished; “system” and “mozilla” are built in."),
                hint=_("Choose another name, or replace the existing one."),
            )
        return title


def _bundle(folder: Path, record: Mapping[str, str]) -> Bundle:
    try:
        return Bundle(names.checked(record["name"]), pem.read(folder / _CERTIFICATES))
    except (KeyError, InvalidInput) as error:
        raise records.damaged(folder / _RECORD, error) from error
