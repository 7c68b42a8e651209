"""The head of an OpenCollection file, by a scanner of lines where the file is plain, by the parser where not.

The scanner knows a part of YAML: mappings and lists in block style, scalars of one line, block scalars.
It answers only for a text that is wholly in that part, as far as it was read; so it never takes broken
YAML for whole, and it costs a hundredth of parsing.
"""

import re
from dataclasses import replace
from functools import cache
from typing import Final

from workbench.core.collection.head import Head
from workbench.core.collection.node import NodeKind
from workbench.core.collection.yml.data import mapping, number, rows, text
from workbench.core.collection.yml.item import KINDS, kind_of
from workbench.core.collection.yml.source import Data, Plain, parse
from workbench.core.i18n import _

_SCALAR: Final = (
    r"'(?:[^'\n]|'')*'|\"(?:[^\"\\\n]|\\[\"\\/nrtbf])*\"|[|>][+-]?(?=\s)|\{\}|\[(?:[\w.-]+(?:, ?[\w.-]+)*)?\]|"
    r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[^\s\-]))(?:[^\n:#\s]|:(?=\S)|(?<=\S)#|[ ]+(?=[^\s#]))*"
)
_LINE: Final = re.compile(
    r"(?:[ ]*(?:#[^\n]*)?\r?\n)*"
    rf"( *+)((?:- ++)*+)(?:([A-Za-z_][\w.-]*):(?:[ ]++({_SCALAR}))?|({_SCALAR}))?[ ]*(?:(?<=[ ])#[^\n]*)?\r?(?:\n|\Z)"
)
_BLANK: Final = re.compile(r"(?:[ ]*\r?\n)*")
_INFO: Final = re.compile(r"^info:[ ]*\r?\n((?:[ ][^\n]*\n)+)", re.MULTILINE)
_ENTRY: Final = re.compile(rf"^[ ]+(name|type|seq):[ ]+({_SCALAR})[ ]*\r?$", re.MULTILINE)
_METHOD: Final = re.compile(
    r"^(http|graphql):[ ]*\r?\n(?:[ ][^\n]*\n)*?[ ]+method:[ ]+([A-Za-z]+)[ ]*\r?$", re.MULTILINE
)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_INDENT: Final = re.compile(r"[ ]*")
_DASH: Final = re.compile(r"- +")


def head_of(source: str, *, whole: bool = True) -> Head:
    """The head of a file, or of the beginning of a long one. Raises ``Malformed``."""
    found = _scan(source, whole)
    return _parsed(parse(source).data) if found is None else found


def plain_head(source: str, *, whole: bool) -> Head | None:
    """The head where the scanner can tell it."""
    return _scan(source, whole)


def hasty_head(source: str) -> Head | None:
    """The head where name and method stand plainly, whatever else is in the file."""
    info, details = _INFO.search(source), _METHOD.search(source)
    if info is None:
        return None
    found = {f"info.{key}": value for key, value in _ENTRY.findall(info.group(1))} | {"info": ""}
    if details:
        found |= {details.group(1): "", f"{details.group(1)}.method": details.group(2)}
    return _told(found)


def _parsed(data: Data) -> Head:
    kind = kind_of(data)
    item = mapping(data)
    info = mapping(item.get("info"))
    name = text(info.get("name"))
    head = _head(kind, name, text(mapping(item.get(kind)).get("method")), number(info.get("seq")))
    return _bundled(head) if rows(item.get("items")) else head


def _head(kind: str, name: str, method: str, seq: float | None) -> Head:
    match kind:
        case "folder":
            return Head(NodeKind.FOLDER, name, "", seq)
        case "http":
            return Head(NodeKind.REQUEST, name, method or "GET", seq)
        case "graphql":
            return Head(NodeKind.GRAPHQL, name, method or "POST", seq)
    return Head(NodeKind.UNSUPPORTED, name, "", seq, unsupported(kind))


def _bundled(head: Head) -> Head:
    """The head of a file that holds requests of its own."""
    if head.kind is not NodeKind.FOLDER:
        return head
    words = _("It contains requests itself, under “items”, as bundled collections do. They are kept, but not shown.")
    return replace(head, error=words)


def unsupported(kind: str) -> str:
    """What is said of an item that this program cannot send."""
    names = {"grpc": "gRPC", "websocket": "WebSocket", "ws": "WebSocket"}
    if kind in {"script", "app", "js"}:
        return _("It contains a script, which is not run. The file is kept unchanged.")
    return _("{kind} requests cannot be sent. The file is kept unchanged.").format(kind=names.get(kind, kind))


@cache
def _at_least(indent: int) -> re.Pattern[str]:
    """Lines indented so far, and blank ones."""
    return re.compile(rf"(?:[ ]{{{indent}}}[^\n]*(?:\n|\Z)|[ ]*\r?\n)*")


def _scan(source: str, whole: bool) -> Head | None:
    if _CONTROL.search(source):
        return None
    at, end = 0, len(source) if whole else source.rfind("\n") + 1
    levels = _Levels()
    enter, columns, next_line = levels.enter, levels.columns, _LINE.match
    found: dict[str, str] = {}
    section = ""
    while at < end:
        line = next_line(source, at)
        if line is None or line.end() == at:
            return None
        indent, dashes, key, value, item = line.groups()
        scalar = value if key is not None else item
        at = line.end()
        if key is None and not dashes:
            if scalar is None and at >= end:
                break  # blank lines at the end
            return None
        if not enter(len(indent), dashes, key, scalar is None):
            return None
        if scalar is not None and scalar[0] in "|>":
            column = len(indent) + len(dashes)
            at = _after_block(source, at, column if key is not None else column - 2)
        if key is not None and not dashes and len(columns) < 3:
            section = key if len(columns) == 1 else section
            found[key if len(columns) == 1 else f"{section}.{key}"] = scalar or ""
    return _told(found)


def _after_block(source: str, at: int, above: int) -> int:
    """The end of a block scalar's lines, all indented more than ``above``."""
    content = _skipped(_BLANK.match(source, at), at)
    first = _skipped(_INDENT.match(source, content), content) - content
    return _skipped(_at_least(first).match(source, at), at) if first > above else at


def _skipped(match: re.Match[str] | None, at: int) -> int:
    return match.end() if match else at


class _Levels:
    """The collections in block style that a line stands in: their columns, and the keys of mappings."""

    def __init__(self) -> None:
        self.columns: list[int] = []
        self._keys: list[set[str] | None] = []
        self._opened = True

    def enter(self, indent: int, dashes: str, key: str | None, opens: bool) -> bool:
        """Go on with a line; False where it cannot stand, or might not."""
        columns, keys = self.columns, self._keys
        is_map = not dashes
        while columns and (columns[-1] > indent or (is_map and columns[-1] == indent and keys[-1] is None)):
            columns.pop()
            keys.pop()
            self._opened = False
        if not (columns and columns[-1] == indent and (keys[-1] is not None) is is_map):
            if not self._opened:
                return False
            columns.append(indent)
            keys.append(set() if is_map else None)
        self._opened = opens
        if dashes:
            self._enter_items(indent, dashes, key)
        there = keys[-1]
        if key is None or there is None:
            return True
        if key in there:
            return False
        there.add(key)
        return True

    def _enter_items(self, column: int, dashes: str, key: str | None) -> None:
        for place, dash in enumerate(_DASH.findall(dashes)):
            if place:
                self.columns.append(column)
                self._keys.append(None)
            column += len(dash)
        if key is not None:
            self.columns.append(column)
            self._keys.append(set())


def _told(found: dict[str, str]) -> Head | None:
    said = _unquoted(found.get("info.type", ""))
    for kind in KINDS:
        if said == kind or (not said and kind in found):
            break
    else:
        kind = said or "folder"
    if kind in {"script", "app"} or "info" not in found:
        return None
    seq = found.get("info.seq", "")
    values = [found.get(name, "") for name in ("info.name", f"{kind}.method", "info.seq")]
    if any(value[:1] in {"|", ">", "[", "{"} or "\\" in value for value in values):
        return None
    name, method = _unquoted(values[0]), _unquoted(values[1])
    head = _head(kind, name, method, number(Plain(seq)) if seq else None)
    return _bundled(head) if found.get("items", "[]") != "[]" else head


def _unquoted(scalar: str) -> str:
    if scalar[:1] == "'":
        return scalar[1:-1].replace("''", "'")
    return scalar[1:-1] if scalar[:1] == '"' else text(Plain(scalar))
