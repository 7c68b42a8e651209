"""Layers of variables, nearest first: request, folders, environment, collection."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from workbench.core.draft import Defaults, Draft, Environment, ValueKind, Variable
from workbench.core.i18n import _

PROCESS = "process.env."
"""What names begin with that stand for the environment of the process, as it was handed in."""
_NONE: Mapping[str, str] = MappingProxyType({})
_MASK = "•••"


@dataclass(frozen=True, slots=True, repr=False)
class Value:
    """What a variable is: its text, perhaps with further ``{{variables}}``, and the layer that says so.

    ``secret`` values are shown to nobody unasked. ``missing`` is a secret one whose value is not on this computer.
    """

    text: str
    layer: str
    secret: bool = False
    kind: ValueKind = ValueKind.STRING
    missing: bool = False

    def __repr__(self) -> str:
        text = _MASK if self.secret else self.text
        return f"Value({text!r}, {self.layer!r}, kind={self.kind.value})"


@dataclass(frozen=True, slots=True)
class Layer:
    """Variables that are defined at one place, whose ``name`` is shown to people."""

    name: str
    values: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Scope:
    """Layers, nearest first. ``process`` is what ``{{process.env.NAME}}`` reads."""

    layers: tuple[Layer, ...] = ()
    process: Mapping[str, str] = field(default_factory=dict, repr=False)

    def find(self, name: str) -> Value | None:
        """What the nearest layer that knows ``name`` says, not resolved; None when none does."""
        for layer in self.layers:
            if (value := layer.values.get(name)) is not None:
                return value
        if name.startswith(PROCESS) and (text := self.process.get(name[len(PROCESS) :])) is not None:
            return Value(text, _("process environment"), secret=True)
        return None

    def all(self, name: str) -> tuple[Value, ...]:
        """What every layer that knows ``name`` says, nearest first: the first counts, it hides the others."""
        return tuple(layer.values[name] for layer in self.layers if name in layer.values)

    def __iter__(self) -> Iterator[str]:
        """The names that are defined, nearest first, each once."""
        return iter(dict.fromkeys(name for layer in self.layers for name in layer.values))


def layers_of(
    collection_defaults: Defaults,
    folders: Sequence[Defaults],
    environment: Sequence[tuple[Environment, Mapping[str, str]]],
    draft: Draft,
    secrets: Mapping[str, str] = _NONE,
    process: Mapping[str, str] = _NONE,
) -> Scope:
    """The scope of one request.

    ``folders`` are given outermost first. ``environment`` is the chosen one, then what it extends (see
    ``inheritance``), each with what its ``.env`` file says. ``secrets`` are values of the environment's secret
    variables by name, the nearest environment's where several have one of the same name. ``process`` is what
    ``{{process.env.NAME}}`` reads besides the ``.env`` files, which go before it.
    """
    layers = [layer_of_request(draft.variables)]
    for folder in reversed(folders):
        name = _("folder {name}").format(name=folder.name)
        layers.append(Layer(name, _values(folder.variables, name)))
    for each, _dotenv in environment:
        name = _("environment {name}").format(name=each.name)
        layers.append(Layer(name, _values(each.variables, name, secrets)))
    dotenvs: dict[str, str] = dict(process)
    for each, dotenv in environment:
        name = _("{file} of environment {name}").format(file=each.dotenv or ".env", name=each.name)
        layers.append(Layer(name, {key: Value(text, name, secret=True) for key, text in dotenv.items()}))
    for _each, dotenv in reversed(environment):
        dotenvs.update(dotenv)
    name = _("collection {name}").format(name=collection_defaults.name)
    layers.append(Layer(name, _values(collection_defaults.variables, name)))
    return Scope(tuple(layer for layer in layers if layer.values), MappingProxyType(dotenvs))


def layer_of_request(variables: Iterable[Variable]) -> Layer:
    """The nearest layer: what a request itself defines."""
    return Layer(_("request"), _values(variables, _("request")))


def _values(variables: Iterable[Variable], layer: str, secrets: Mapping[str, str] = _NONE) -> Mapping[str, Value]:
    # Of two of the same name the last counts; one that is off does not.
    return {each.name: _value(each, layer, secrets) for each in variables if each.on and each.name}


def _value(variable: Variable, layer: str, secrets: Mapping[str, str]) -> Value:
    if not variable.secret:
        return Value(variable.value, layer, kind=variable.kind)
    text = secrets.get(variable.name, variable.value)
    missing = not text and variable.name not in secrets
    return Value(text, layer, secret=True, kind=variable.kind, missing=missing)
