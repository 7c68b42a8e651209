"""Bruno's older format: which files there are, and how their texts are read and changed."""

# ruff: noqa: D102 - the protocol tells what each method does

import json
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from typing import Final, TypeVar

from workbench.core.collection.bru import rows
from workbench.core.collection.bru.auth import mode_of, read_auth, write_auth
from workbench.core.collection.bru.editing import Editing
from workbench.core.collection.bru.item import METHODS, ORDER, method_of, new_item, read_item, write_item
from workbench.core.collection.encoding import Inexpressible, Malformed, with_line_ends
from workbench.core.collection.example import Example
from workbench.core.collection.format import is_newer
from workbench.core.collection.head import Head
from workbench.core.collection.node import NodeKind
from workbench.core.draft import Defaults, Draft, Environment, InheritAuth, Settings, Variable
from workbench.core.i18n import _

_T = TypeVar("_T", Draft, Defaults, Environment)
_COLOR: Final = re.compile(r"^color:(.*)$", re.MULTILINE)
_MOST_NAMES: Final = 20  # each is tried in the whole file
_NAME: Final = re.compile(r'("name"\s*:\s*)"(?:\\.|[^"\\])*(?:"|\\?\Z)', re.DOTALL)


class Bru:
    """Bruno collections of ``.bru`` files (``core.collection.format.Format``)."""

    suffixes: Final = (".bru",)
    marker: Final = "bruno.json"
    root_file: Final = "collection.bru"
    folder_file: Final = "folder.bru"

    def plain_head(self, source: str, *, whole: bool) -> Head | None:
        if whole:
            return self.head(source)
        end = source.rfind("\n}")
        try:
            return self.head(source[: end + 3]) if end >= 0 else None
        except Malformed:
            return None

    def head(self, source: str) -> Head:
        file = _editing(source)
        meta = file.values("meta")
        name, seq = meta.get("name", ""), _number(meta.get("seq", ""))
        block = file.block(*METHODS, "http")
        if block is not None:
            kind = NodeKind.GRAPHQL if meta.get("type") == "graphql" else NodeKind.REQUEST
            return Head(kind, name, method_of(block, file.values(block.name)), seq)
        if other := file.block("grpc", "ws"):
            kind_name = {"grpc": "gRPC", "ws": "WebSocket"}[other.name]
            error = _("{kind} requests cannot be sent. The file is kept unchanged.").format(kind=kind_name)
            return Head(NodeKind.UNSUPPORTED, name, "", seq, error)
        if meta.get("type") in {"js", "script", "app"}:
            error = _("It contains a script, which is not run. The file is kept unchanged.")
            return Head(NodeKind.UNSUPPORTED, name, "", seq, error)
        if meta.get("type") in {"http", "graphql"}:
            raise Malformed(_("It has no block for a method, such as “get”, so it is not a request that can be sent."))
        return Head(NodeKind.FOLDER, name, "", seq)

    def hasty_head(self, source: str) -> Head | None:
        return None  # the whole file is as quick

    def newer(self, marker: str) -> str:
        version = str(_json(marker).get("version", ""))
        return version if is_newer(version, 1) else ""

    def collection_name(self, marker: str) -> str:
        return str(_json(marker).get("name") or "")

    def ignored(self, marker: str) -> tuple[str, ...]:
        ignore = _json(marker).get("ignore")
        return tuple(str(path) for path in ignore) if isinstance(ignore, list) else ()

    def new_marker(self, name: str) -> str:
        facts = {"version": "1", "name": name, "type": "collection", "ignore": ["node_modules", ".git"]}
        return json.dumps(facts, ensure_ascii=False, indent=2) + "\n"

    def renamed_marker(self, marker: str, name: str) -> str:
        facts = _json(marker)
        wanted = {**facts, "name": name}
        written = json.dumps(name, ensure_ascii=False)
        for found in islice(_NAME.finditer(marker), _MOST_NAMES):
            changed = marker[: found.start()] + found.group(1) + written + marker[found.end() :]
            if _json(changed) == wanted:
                return changed
        return with_line_ends(marker, json.dumps(wanted, ensure_ascii=False, indent=2) + "\n")

    def read_item(self, source: str) -> Draft:
        return read_item(_plain(source))

    def edited_item(self, source: str, draft: Draft) -> str:
        return _checked(source, write_item(_plain(source), draft), draft, read_item)

    def new_item(self, draft: Draft, seq: int) -> str:
        return _checked("", new_item(draft, seq), draft, read_item)

    def renamed(self, source: str, name: str) -> str:
        return self._with_meta(source, "name", name)

    def placed(self, source: str, seq: int) -> str:
        return self._with_meta(source, "seq", str(seq))

    def new_folder(self, name: str, seq: int | None) -> str:
        return f"meta {{\n  name: {name}\n" + (f"  seq: {seq}\n" if seq is not None else "") + "}\n"

    def read_defaults(self, source: str) -> Defaults:
        return _read_defaults(_plain(source))

    def edited_defaults(self, source: str, defaults: Defaults) -> str:
        was, file = self.read_defaults(source), _editing(source)
        if file.block("meta") and was.name != defaults.name:
            file.set_values("meta", {"name": defaults.name})
        file.set_rows(("headers",), defaults.headers, rows.read_field, rows.write_field)
        if was.auth != defaults.auth:
            file.set_values("auth", {"mode": mode_of(defaults.auth)})
            write_auth(file, defaults.auth)
        file.set_rows(("vars:pre-request",), defaults.variables, rows.read_variable, rows.write_variable)
        if was.docs != defaults.docs:
            if defaults.docs:
                file.set_text("docs", defaults.docs)
            else:
                file.remove("docs")
        named = defaults if file.block("meta") else replace(defaults, name="")
        return _checked(source, file.text, named, _read_defaults)

    def read_environment(self, source: str, name: str) -> Environment:
        return replace(_read_environment(_plain(source)), name=name)

    def edited_environment(self, source: str, environment: Environment) -> str:
        file = _editing(source)
        plain = [variable for variable in environment.variables if not variable.secret]
        secret = [variable for variable in environment.variables if variable.secret]
        file.set_rows(("vars",), plain, rows.read_variable, rows.write_variable)
        file.set_names("vars:secret", [("" if one.on else "~") + one.name for one in secret])
        present = _COLOR.search(file.loose())
        if _value(present) != environment.color:
            if present:
                line = f"color: {environment.color}" if environment.color else ""
                file.replace_loose(present.group(0), line)
            else:
                file.append(f"color: {environment.color}\n")
        ordered = replace(environment, name="", variables=(*plain, *secret))
        return _checked(source, file.text, ordered, _read_environment)

    def new_environment(self, environment: Environment) -> str:
        return self.edited_environment("" if environment.variables else "vars {\n}\n", environment)

    def embedded(self, marker: str) -> tuple[Environment, ...]:
        return ()

    def edited_embedded(self, marker: str, name: str, environment: Environment | None) -> str:
        return marker

    def examples(self, source: str) -> tuple[Example, ...]:
        return ()

    def with_example(self, source: str, example: Example) -> str:
        raise Inexpressible(_("Bruno's older format cannot store examples. Use an OpenCollection folder for them."))

    def _with_meta(self, source: str, key: str, value: str) -> str:
        file = _editing(source)
        file.set_values("meta", {key: value})
        return with_line_ends(source, file.text)


def _plain(source: str) -> str:
    return source.replace("\r\n", "\n")


def _editing(source: str) -> Editing:
    return Editing(_plain(source), ("vars", "vars:secret", *ORDER))


def _value(line: re.Match[str] | None) -> str:
    return line.group(1).strip(" \t") if line else ""


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _json(text: str) -> dict[str, object]:
    try:
        facts = json.loads(text)
    except json.JSONDecodeError as error:
        raise Malformed(f"{error.msg}.", error.lineno, error.colno) from error
    except RecursionError as error:
        raise Malformed(_("It is nested too deeply.")) from error
    if not isinstance(facts, dict):
        raise Malformed(_("It is not a JSON object."), 1, 1)
    return facts


def _read_defaults(text: str) -> Defaults:
    file = _editing(text)
    return Defaults(
        name=file.values("meta").get("name", ""),
        headers=tuple(rows.read_field(one) for one in file.pairs("headers")),
        auth=read_auth(file, file.values("auth").get("mode", ""), InheritAuth()),
        variables=tuple(rows.read_variable(one) for one in file.pairs("vars:pre-request")),
        settings=Settings(),
        docs=file.content("docs"),
    )


def _read_environment(text: str) -> Environment:
    file = _editing(text)
    secret = file.block("vars:secret")
    color = _COLOR.search(file.loose())
    return Environment(
        variables=(
            *(rows.read_variable(one) for one in file.pairs("vars")),
            *(
                Variable(n.removeprefix("~"), on=not n.startswith("~"), secret=True)
                for n in (secret.names if secret else [])
            ),
        ),
        color=_value(color),
    )


def _checked(source: str, changed: str, wanted: _T, read: Callable[[str], _T]) -> str:
    """The changed text with the line ends of ``source``. Raises ``Malformed`` when it does not say what it should."""
    try:
        found = read(changed)
    except Malformed as error:  # the file is sound; what was to be written is not
        reason = _("Bruno's older format cannot express this: {reason}").format(reason=error.reason)
        raise Inexpressible(reason) from error
    if found != wanted:
        names = [name for name in found.__slots__ if not _alike(getattr(found, name), getattr(wanted, name))]
        if names:
            reason = _("Bruno's older format cannot store: {parts}.").format(parts=", ".join(names))
            raise Inexpressible(reason)
    return with_line_ends(source, changed) if changed != _plain(source) else source


def _alike(found: object, wanted: object) -> bool:
    """Whether they are the same but for the order of parameters and blanks around texts, which the format drops."""
    if isinstance(found, str) and isinstance(wanted, str):
        return found.strip() == wanted.strip()
    if isinstance(found, tuple) and isinstance(wanted, tuple):
        return len(found) == len(wanted) and all(any(_alike(one, other) for other in wanted) for one in found)
    if type(found) is type(wanted) and hasattr(found, "__slots__"):
        return all(_alike(getattr(found, name), getattr(wanted, name)) for name in found.__slots__)
    return found == wanted
