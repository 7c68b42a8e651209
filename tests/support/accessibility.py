"""The window as assistive technology has it: over AT-SPI's own bus, with nothing of Qt or of the program.

bus = AccessibilityBus.of(environment)
bus.application("mtls-workbench").find("Send", "push button").press()
"""

import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest

_T = TypeVar("_T")
_PREFIX = "org.a11y.atspi."
_PATIENCE = 60.0  # a whole window is told object by object, on a machine that may be busy
_LABELLED_BY = 2  # AtspiRelationType
_SHOWING, _SELECTED, _FOCUSED, _ENABLED = 25, 23, 12, 8  # AtspiStateType


class Gone(Exception):
    """The object has disappeared, or says nothing of the kind that it was asked."""


@dataclass(frozen=True, slots=True)
class Accessible:
    """One object of some program."""

    bus: "AccessibilityBus" = field(repr=False)
    owner: str
    path: str

    @property
    def name(self) -> str:
        return str(self._get("Accessible", "Name"))

    @property
    def description(self) -> str:
        return str(self._get("Accessible", "Description"))

    @property
    def role(self) -> str:
        """Such as ``push button``."""
        return str(self._call("Accessible", "GetRoleName")[0])

    @property
    def children(self) -> tuple["Accessible", ...]:
        return tuple(Accessible(self.bus, *child) for child in self._call("Accessible", "GetChildren")[0])

    @property
    def text(self) -> str:
        """What is written in it."""
        return str(self._call("Text", "GetText", "ii", (0, -1))[0])

    @property
    def labels(self) -> tuple["Accessible", ...]:
        """What says its name beside it."""
        relations = self._call("Accessible", "GetRelationSet")[0]
        return tuple(Accessible(self.bus, *one) for kind, others in relations if kind == _LABELLED_BY for one in others)

    @property
    def is_showing(self) -> bool:
        return self._has(_SHOWING)

    @property
    def is_enabled(self) -> bool:
        return self._has(_ENABLED)

    @property
    def is_focused(self) -> bool:
        return self._has(_FOCUSED)

    def press(self) -> None:
        """Do the first thing that it offers."""
        self._call("Action", "DoAction", "i", (0,))

    def focus(self) -> None:
        """Give it the keyboard."""
        self._call("Component", "GrabFocus")

    def all(self) -> Iterator["Accessible"]:
        """It and everything below it; what disappears meanwhile is left out."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            try:
                waiting += reversed(one.children)
            except Gone:
                continue

    def find(self, name: str, *roles: str, showing: bool = True) -> "Accessible":
        """The first one below it with this name, or with a label of this name; waits until there is one."""
        until = time.monotonic() + _PATIENCE
        while True:
            for one in self.all():
                try:
                    if roles and one.role not in roles:
                        continue
                    if name in (one.name, *(label.name for label in one.labels)) and (not showing or one.is_showing):
                        return one
                except Gone:
                    continue
            if time.monotonic() > until:
                raise AssertionError(f"nothing called {name!r} {roles}:\n{self.picture()}")

    def says(self, words: str) -> None:
        """Wait until its text holds ``words``."""
        waited(lambda: words in self.text, f"{words!r} in {self.name!r}")

    def becomes_enabled(self) -> None:
        """Wait until it can be used."""
        waited(lambda: self.is_enabled, f"enabled {self.name!r}")

    def becomes_selected(self) -> None:
        """Wait until it is chosen."""
        waited(lambda: self._has(_SELECTED), f"chosen {self.name!r}")

    def holds(self, *words: str) -> "Accessible":
        """Wait until something below it has a name with all of ``words``, and give it."""
        return waited(lambda: next((one for one in self.all() if _has_words(one, words)), None), f"{words} below it")

    def place(self) -> tuple[int, int]:
        """The middle of it on the display, in pixels."""
        left, top, width, height = self._call("Component", "GetExtents", "u", (0,))[0]
        return left + width // 2, top + height // 2

    def picture(self) -> str:
        """Roles and names of everything that shows, for a person who reads why a test failed."""
        lines = []
        for one in self.all():
            try:
                if one.is_showing:
                    lines.append(f"{one.role}: {one.name!r}")
            except Gone:
                continue
        return "\n".join(lines)

    def _has(self, state: int) -> bool:
        low, high = self._call("Accessible", "GetState")[0]
        return bool((low | high << 32) >> state & 1)

    def _get(self, interface: str, name: str) -> Any:
        return self._ask("org.freedesktop.DBus.Properties", "Get", "ss", (_PREFIX + interface, name))[0][1]

    def _call(self, interface: str, method: str, signature: str = "", words: tuple[Any, ...] = ()) -> tuple[Any, ...]:
        return self._ask(_PREFIX + interface, method, signature, words)

    def _ask(self, interface: str, method: str, signature: str, words: tuple[Any, ...]) -> tuple[Any, ...]:
        return self.bus.ask(self.owner, self.path, interface, method, signature, words)


@dataclass(frozen=True, slots=True)
class AccessibilityBus:
    """A connection to the bus on which programs tell what is in their windows."""

    _jeepney: Any
    _connection: Any

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> "AccessibilityBus":
        """The one that belongs to the session bus of ``environment``."""
        command = ["dbus-send", "--session", "--print-reply=literal", "--dest=org.a11y.Bus", "/org/a11y/bus"]
        command.append("org.a11y.Bus.GetAddress")
        said = subprocess.run(command, env=dict(environment), capture_output=True, text=True, timeout=30, check=True)
        jeepney = pytest.importorskip("jeepney", reason="it comes with keyring on Linux only")
        blocking = pytest.importorskip("jeepney.io.blocking")
        return cls(jeepney, blocking.open_dbus_connection(said.stdout.strip()))

    def close(self) -> None:
        self._connection.close()

    def ask(
        self, owner: str, path: str, interface: str, method: str, signature: str, words: tuple[Any, ...]
    ) -> tuple[Any, ...]:
        address = self._jeepney.DBusAddress(path, owner, interface)
        message = self._jeepney.new_method_call(address, method, signature or None, words)
        reply = self._connection.send_and_get_reply(message, timeout=_PATIENCE)
        if reply.header.message_type == self._jeepney.MessageType.error:
            raise Gone(str(reply.body))
        return tuple(reply.body)

    def application(self, name: str) -> Accessible:
        """The program called ``name``, as soon as it has told of itself."""
        desktop = Accessible(self, "org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
        return waited(lambda: next((one for one in desktop.children if one.name == name), None), name)


def _has_words(one: Accessible, words: tuple[str, ...]) -> bool:
    try:
        name = one.name
    except Gone:
        return False
    return all(word in name for word in words)


def waited(find: Callable[[], _T | None], what: str) -> _T:
    """What ``find`` gives as soon as it is something."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            if found := find():
                return found
        except Gone:
            pass
        time.sleep(0.05)
    pytest.fail(f"no {what} within {_PATIENCE:.0f} s")
