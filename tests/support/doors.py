"""Which public methods of the window's parts nobody calls, and which of their signals nobody listens to.

Read from the source, with as much of types as constructors, annotations and parameters tell. What a receiver is that
cannot be told counts for every part with a door of that name: what is found is unused, what is not found may be too.
"""

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Part:
    """A class: its bases, what its attributes are, its public methods and its signals.

    ``shared``: another class has the same name, so that nobody can tell which is meant.
    """

    name: str
    bases: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    methods: set[str] = field(default_factory=set)
    signals: set[str] = field(default_factory=set)
    shared: bool = False


@dataclass(frozen=True)
class Use:
    """``receiver.name`` in the body of ``inside``; ``receiver`` is a class, empty when that cannot be told.

    ``way`` is ``connect``, ``emit``, ``target`` (given to ``connect``), ``named`` (in a string) or empty.
    """

    inside: str
    receiver: str
    name: str
    way: str = ""


class Source:
    """All classes and uses in some files."""

    def __init__(self, files: Iterable[Path]) -> None:
        trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files]
        self.parts: dict[str, Part] = {}
        for tree in trees:
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    self.parts[node.name] = _part(node, self.parts.get(node.name))
        self.uses: list[Use] = []
        for tree in trees:
            self.uses += _Uses(self.parts).of(tree)

    def family(self, name: str) -> frozenset[str]:
        """A class with what it inherits from and what inherits from it."""
        above = {name}
        while more := {base for one in above if one in self.parts for base in self.parts[one].bases} - above:
            above |= more
        below = {name}
        while more := {part.name for part in self.parts.values() if below & set(part.bases)} - below:
            below |= more
        return frozenset((above | below) & set(self.parts))

    def unused_methods(self) -> Iterator[str]:
        """``Class.method`` for each that nothing uses."""
        for part, _family, uses in self._doors("methods"):
            for name in sorted(part.methods):
                if all(use.way == "named" for use in uses[name]):
                    yield f"{part.name}.{name}"

    def unheard_signals(self) -> Iterator[str]:
        """``Class.signal`` for each that nobody connects, or passes on as something to connect to."""
        for part, family, uses in self._doors("signals"):
            for name in sorted(part.signals):
                if not any(_is_heard(use, family) for use in uses[name]):
                    yield f"{part.name}.{name}"

    def _doors(self, kind: str) -> Iterator[tuple[Part, frozenset[str], dict[str, list[Use]]]]:
        for part in self.parts.values():
            if not getattr(part, kind):
                continue
            family = self.family(part.name)
            uses = defaultdict(list)
            for use in self.uses:
                if use.receiver in family or not use.receiver:
                    uses[use.name].append(use)
            yield part, family, uses


def _is_heard(use: Use, family: frozenset[str]) -> bool:
    return use.way in ("connect", "named") or (use.way in ("", "target") and use.inside not in family)


def _part(node: ast.ClassDef, namesake: Part | None) -> Part:
    part = Part(node.name, tuple(_name(base) for base in node.bases), shared=namesake is not None)
    for statement in node.body:
        if isinstance(statement, ast.Assign) and _name(statement.value) == "Signal":
            part.signals |= {target.id for target in statement.targets if isinstance(target, ast.Name)}
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            if _is_door(statement):
                part.methods.add(statement.name)
            part.attributes |= _attributes(statement)
    return part


def _is_door(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    name = function.name
    return name == name.lower() and not name.startswith("_") and not function.decorator_list


def _attributes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, str]:
    """What ``self.x`` is after ``self.x = X(…)``, ``self.x: X`` or ``self.x = x`` with a parameter ``x: X``."""
    given = _parameters(function)
    found: dict[str, str] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.AnnAssign) and _of_self(node.target):
            found[_of_self(node.target)] = _annotated(node.annotation)
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=False))
                for one, value in pairs:
                    if name := _of_self(one):
                        found.setdefault(name, _made(value, given))
    return {name: kind for name, kind in found.items() if kind}


def _parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, str]:
    arguments = (*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs)
    return {one.arg: _annotated(one.annotation) for one in arguments if one.annotation is not None}


def _made(value: ast.expr, given: dict[str, str]) -> str:
    if isinstance(value, ast.Call):
        return _name(value.func)
    return given.get(value.id, "") if isinstance(value, ast.Name) else ""


def _of_self(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        return node.attr
    return ""


def _annotated(node: ast.expr | None) -> str:
    match node:
        case ast.Constant(value=str(words)):
            return _annotated(ast.parse(words, mode="eval").body)
        case ast.BinOp(left=left):  # X | None
            return _annotated(left)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _name(node: ast.expr) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=func):
            return _name(func)
        case ast.Subscript(value=value):
            return _name(value)
    return ""


class _Uses(ast.NodeVisitor):
    def __init__(self, parts: dict[str, Part]) -> None:
        self._parts = parts
        self._inside: list[str] = []
        self._known: list[dict[str, str]] = [{}]
        self._found: list[Use] = []

    def of(self, tree: ast.AST) -> list[Use]:
        self.visit(tree)
        return self._found

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside.append(node.name)
        self.generic_visit(node)
        self._inside.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._visit_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._visit_function(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if isinstance(node.targets[0], ast.Name) and (kind := self._kind(node.value)):
            self._known[-1][node.targets[0].id] = kind
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        way = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if isinstance(node.func, ast.Attribute) and way in ("connect", "emit", "disconnect"):
            if isinstance(node.func.value, ast.Attribute):
                self._note(node.func.value, "emit" if way == "emit" else "connect")
            else:
                self.visit(node.func)
        else:
            self.visit(node.func)
        for argument in (*node.args, *(one.value for one in node.keywords)):
            if way == "connect" and isinstance(argument, ast.Attribute):
                self._note(argument, "target")
            else:
                self.visit(argument)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and node.value.isidentifier():  # as ``getattr`` takes it
            self._found.append(Use("", "", node.value, "named"))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr == "emit" and isinstance(node.value, ast.Attribute):
            self._note(node.value, "emit")
        else:
            self._note(node, "")

    def _visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._known.append({**self._known[-1], **_parameters(node)})
        self.generic_visit(node)
        self._known.pop()

    def _note(self, node: ast.Attribute, way: str) -> None:
        inside = self._inside[-1] if self._inside else ""
        self._found.append(Use(inside, self._kind(node.value), node.attr, way))
        self.visit(node.value)

    def _kind(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id="self") if self._inside:
                return self._inside[-1]
            case ast.Name(id=name):
                return self._one_of_ours(self._known[-1].get(name, ""))
            case ast.Call(func=ast.Name(id=name)):
                return self._one_of_ours(name)
            case ast.Attribute(value=value, attr=attribute):
                above = self._parts.get(self._kind(value))
                return self._one_of_ours(above.attributes.get(attribute, "")) if above is not None else ""
        return ""

    def _one_of_ours(self, name: str) -> str:
        part = self._parts.get(name)
        told = part is not None and not part.shared and "Protocol" not in part.bases  # a protocol is any of them
        return name if told else ""
