"""What is known of the variables that a text may hold: how each stands, what it says, which could be meant."""

import enum
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from workbench.core.choices import is_reserved
from workbench.core.i18n import _
from workbench.core.variables import Scope, VariableError, dynamic_variables, look_up, tokens

_LONGEST = 200  # characters of a value that a tip shows
_MOST = 200  # names that are offered at a time


class Standing(enum.Enum):
    """How a variable stands: it has a value, a secret one, one made up when sending, or none that can be used."""

    DEFINED = "defined"
    SECRET = "secret"  # noqa: S105 - a word, not a password
    MADE_UP = "made up"
    UNDEFINED = "undefined"


class Stretch(NamedTuple):
    """A variable in a text, braces included."""

    start: int
    end: int
    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Offer:
    """A name that could be meant, and a few words on what it is."""

    name: str
    note: str


class Variables(QObject):
    """``show_scope`` says what there is; ``changed`` tells those who show variables to look again."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scope = Scope()
        self._standings: dict[str, Standing] = {}

    def scope(self) -> Scope:
        """The layers that names are looked up in."""
        return self._scope

    def show_scope(self, scope: Scope) -> None:
        """Look names up in ``scope`` from now on."""
        if scope != self._scope:
            self._scope = scope
            self._standings.clear()
            self.changed.emit()

    def standing(self, name: str) -> Standing:
        """How ``name`` stands."""
        if name not in self._standings:
            self._standings[name] = self._find_standing(name)
        return self._standings[name]

    def stretches(self, text: str) -> list[Stretch]:
        """The variables of ``text``, in order."""
        return [Stretch(t.start, t.end, t.name, self.standing(t.name)) for t in tokens(text)]

    def at(self, text: str, place: int) -> Stretch | None:
        """The variable of ``text`` that ``place`` lies in."""
        return next((one for one in self.stretches(text) if one.start <= place < one.end), None)

    def words(self, name: str) -> str:
        """The value of ``name`` and where it comes from, for a person; a secret value is not told."""
        try:
            value = look_up(name, self._scope)
        except VariableError as error:
            return f"{error.title}\n{error.detail}".strip()
        if value is None:
            return _("“{name}” is not defined: the request cannot be sent.").format(name=name)
        if value.missing:
            return _("{name} is secret and has no value on this computer\n{layer}").format(name=name, layer=value.layer)
        if self._scope.find(name) is None:
            meaning = {each.name: each.description for each in dynamic_variables()}.get(name, value.layer)
            return _("{name}: {meaning}\nSuch as {example}").format(name=name, meaning=meaning, example=value.text)
        text = _("•••••• (secret)") if value.secret else _shortened(value.text) or _("(empty)")
        return f"{name} = {text}\n{value.layer}"

    def offers(self, typed: str) -> tuple[Offer, ...]:
        """What could be meant by ``typed``: names that begin with it, then names that hold it."""
        wanted = typed.strip().casefold()
        own = [Offer(name, self._note(name)) for name in self._scope if not is_reserved(name)]
        made = [Offer(each.name, each.description) for each in dynamic_variables()]
        first = [offer for offer in (*own, *made) if offer.name.casefold().startswith(wanted)]
        rest = [offer for offer in (*own, *made) if wanted in offer.name.casefold() and offer not in first]
        return tuple((*first, *rest)[:_MOST])

    def _note(self, name: str) -> str:
        value = self._scope.find(name)
        if value is None:
            return ""
        return f"{_('secret') if value.secret else _shortened(value.text)} · {value.layer}"

    def _find_standing(self, name: str) -> Standing:
        try:
            value = look_up(name, self._scope)
        except VariableError:
            return Standing.UNDEFINED
        if value is None or value.missing:
            return Standing.UNDEFINED
        if value.secret:
            return Standing.SECRET
        return Standing.DEFINED if self._scope.find(name) is not None else Standing.MADE_UP


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
