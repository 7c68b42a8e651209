"""A YAML text as data: texts, lists and mappings, and what is neither as it is written.

Only nodes are composed, nothing is constructed: tags never become objects. YAML 1.2 is what the
other programs of the format speak (``no`` and ``on`` are texts, dates are too).
"""

import re
import time
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError
from ruamel.yaml.scanner import Scanner

from workbench.core.collection.encoding import Malformed, check_size, position
from workbench.core.i18n import _

_TAG: Final = "tag:yaml.org,2002:"
_MERGE: Final = _TAG + "merge"
_PLAIN: Final = frozenset(_TAG + name for name in ("int", "float", "bool", "null"))
NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
"""How YAML writes nothing."""

_DEEPEST: Final = 400
_BRACKET: Final = re.compile(r"[][{}]")
PATIENCE: Final = 5
"""Seconds of processor time that the parser gets for one file. It is asked between two tokens; what one token may take,
a text of two million characters, the size of a file limits."""

_GLANCE: Final = 64  # tokens between two looks at the clock
_LONGEST_TAG: Final = 1_000
_MOST_VALUES: Final = 50_000
"""Values in one file, aliases counted as often as they are used."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A number, a truth value or a null, as it is written; the empty text is a null too."""

    text: str


Data = str | Plain | dict[str, "Data"] | list["Data"]


@dataclass(frozen=True, slots=True)
class Source:
    """A text, its nodes, and what they say."""

    text: str
    node: Node
    data: Data


def parse(text: str) -> Source:
    """Read a text of one document. Raises ``Malformed``."""
    check_size(len(text))
    try:
        _check_brackets(text)
        node = _compose(text)
        if node is None:
            raise Malformed(_("The file is empty."), 1, 1)
        _check_size(node)
        return Source(text, node, _data(node, {}))
    except RecursionError as error:
        raise Malformed(_("It is nested too deeply.")) from error


def merged(key: Node, value: Node) -> tuple[MappingNode, ...]:
    """The mappings that ``<<`` puts into the one that it stands in, the first one counting most; else none."""
    if key.tag != _MERGE:
        return ()
    found = value.value if isinstance(value, SequenceNode) else [value]
    mappings = tuple(one for one in found if isinstance(one, MappingNode))
    return mappings if len(mappings) == len(found) else ()


class _Scanner(Scanner):
    """Stops at what takes more than linear time or, in all, too long."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tokens = 0
        self._until = time.thread_time() + PATIENCE

    def fetch_more_tokens(self) -> Any:
        self._tokens += 1
        if self._tokens % _GLANCE == 0 and time.thread_time() > self._until:
            mark = self.reader.get_mark()
            raise Malformed(
                _("It takes more than {count} seconds to read.").format(count=PATIENCE), mark.line + 1, mark.column + 1
            )
        return super().fetch_more_tokens()

    def scan_tag(self) -> Any:
        mark = self.reader.get_mark()
        tag = super().scan_tag()
        if self.reader.get_mark().index - mark.index > _LONGEST_TAG:  # they are decoded in quadratic time
            raise Malformed(_("A tag is too long."), mark.line + 1, mark.column + 1)
        return tag


class _Composer(Composer):
    """Stops at a number of values, long before a file full of them takes minutes."""

    values = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.values += 1
        if self.values > _MOST_VALUES:
            mark = self.parser.peek_event().start_mark
            raise Malformed(_("It contains too many values."), mark.line + 1, mark.column + 1)
        return super().compose_node(parent, index)


def _compose(text: str) -> Node | None:
    try:
        yaml = YAML(typ="safe", pure=True)
        yaml.Scanner = _Scanner
        yaml.Composer = _Composer
        yaml.composer.warn_double_anchors = False  # the later one counts, as YAML says
        return yaml.compose(text)  # type: ignore[no-any-return]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        reason = ": ".join(part for part in (error.context, error.problem) if part)
        raise Malformed(_sentence(reason), mark.line + 1 if mark else 0, mark.column + 1 if mark else 0) from error
    except ReaderError as error:
        line, column = position(text, error.position)
        code = error.character if isinstance(error.character, int) else ord(error.character)
        reason = _("The character U+{code:04X} is not allowed in YAML.").format(code=code)
        raise Malformed(reason, line, column) from error
    except (YAMLError, ValueError, NotImplementedError, AssertionError) as error:  # the parser asserts what files break
        raise Malformed(_sentence(str(error).splitlines()[0] if str(error) else type(error).__name__)) from error


def _check_brackets(text: str) -> None:
    """Refuse what takes the parser seconds to find too deep. Brackets in texts count too; most are closed there."""
    if text.count("[") + text.count("{") < _DEEPEST:
        return
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket.group() in "[{" else max(0, depth - 1)
        if depth >= _DEEPEST:
            line, column = position(text, bracket.start())
            raise Malformed(_("It is nested too deeply."), line, column)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] + ("" if words.endswith(".") else ".")


def _check_size(root: Node) -> None:
    """Refuse a few lines of aliases that stand for millions of values, and an alias inside of itself."""
    sizes: dict[int, int] = {}
    under_way: set[int] = set()

    def size(node: Node) -> int:
        key = id(node)
        if key in sizes:
            return sizes[key]
        if key in under_way:
            raise _at(node, _("An alias refers to something that contains it."))
        under_way.add(key)
        total = 1 + sum(size(child) for child in _children(node))
        under_way.discard(key)
        if total > _MOST_VALUES:
            raise _at(node, _("It contains too many values."))
        sizes[key] = total
        return total

    size(root)


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _data(node: Node, known: dict[int, Data]) -> Data:
    if isinstance(node, ScalarNode):
        return Plain(node.value) if node.tag in _PLAIN and node.style is None else str(node.value)
    if id(node) in known:
        return known[id(node)]
    data: Data
    if isinstance(node, SequenceNode):
        data = [_data(child, known) for child in node.value]
    else:
        data = _mapping_data(node, known)
    known[id(node)] = data
    return data


def _mapping_data(node: Node, known: dict[int, Data]) -> dict[str, Data]:
    """What a mapping says: its own keys, then what is merged into it."""
    data: dict[str, Data] = {}
    others: list[MappingNode] = []
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            raise _at(key, _("A key must be a string."))
        if key.value in data:
            raise _at(key, _("The key “{key}” occurs twice.").format(key=key.value))
        if found := merged(key, value):
            others += found
        else:
            data[str(key.value)] = _data(value, known)
    for other in others:
        there = _data(other, known)
        data |= {key: value for key, value in there.items() if key not in data} if isinstance(there, dict) else {}
    return data


def _at(node: Node, reason: str) -> Malformed:
    return Malformed(reason, node.start_mark.line + 1, node.start_mark.column + 1)
