"""What of a body somebody asks for: JSONPath (RFC 9535), XPath 1.0, or lines with a text in them."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Self

from workbench.core.i18n import _, ngettext, number

Write = Callable[[str], object]


class BadExpression(Exception):
    """The expression, or the body, is not what it would have to be; ``place`` is where, from 0, or -1."""

    def __init__(self, words: str, place: int = -1) -> None:
        super().__init__(words)
        self.place = place


_DIGITS = 4000
"""Of a whole number: Python refuses to read a little more."""


@dataclass(frozen=True, slots=True)
class Found:
    """How many things were found, and sentences about them."""

    count: int = 0
    notices: tuple[str, ...] = ()


class _Number(float):
    """A number that remembers how it was written."""

    written: str

    def __new__(cls, written: str) -> Self:
        made = super().__new__(cls, written)
        made.written = written
        return made


def _integer(written: str) -> int | _Number:
    return int(written) if len(written) <= _DIGITS else _Number(written)


def json_path(text: str, path: str, write: Write) -> Found:
    """Write each value that ``path`` selects, a JSON text each. Raises ``BadExpression``."""
    from jsonpath import JSONPathEnvironment, JSONPathError

    try:
        query = JSONPathEnvironment(strict=True).compile(path)
    except JSONPathError as error:
        raise _bad_path(error, path) from error
    count = 0
    try:
        for document in _documents(text):
            for node in query.finditer(document):
                write("".join(_written(node.value)) + "\n")
                count += 1
    except JSONPathError as error:
        raise _bad_path(error, path) from error
    except RecursionError as error:
        raise BadExpression(_("This body is nested too deeply to filter.")) from error
    return Found(count)


def _bad_path(error: Any, path: str) -> BadExpression:
    reason = str(error.args[0] if error.args else error).strip().splitlines()[0]
    place = error.token.index if getattr(error, "token", None) is not None else -1
    place = len(path) if place < 0 else place
    words = _("Not a valid JSONPath at character {place}: {reason}.").format(place=place + 1, reason=reason)
    return BadExpression(words, place)


def _read(text: str) -> Any:
    return json.loads(text, parse_float=_Number, parse_int=_integer)


def _documents(text: str) -> Iterator[Any]:
    try:
        yield _read(text)
    except json.JSONDecodeError as error:
        try:
            documents = [_read(line) for line in text.split("\n") if line.strip()]
        except json.JSONDecodeError:
            documents = []
        if len(documents) < 2:
            raise BadExpression(
                _("This body cannot be filtered: it is not valid JSON from line {line}.").format(line=error.lineno)
            ) from error
        yield from documents


def _written(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield "{"
        for number, (key, inner) in enumerate(value.items()):
            yield ("," if number else "") + json.dumps(key, ensure_ascii=False) + ":"
            yield from _written(inner)
        yield "}"
    elif isinstance(value, list):
        yield "["
        for number, inner in enumerate(value):
            if number:
                yield ","
            yield from _written(inner)
        yield "]"
    else:
        yield value.written if isinstance(value, _Number) else json.dumps(value, ensure_ascii=False)


def xpath(text: str, path: str, write: Write, *, html: bool) -> Found:
    """Write each node, attribute or value that ``path`` selects, a line each. Raises ``BadExpression``.

    Nothing outside of the document is read, and no entity expanded. Prefixes are those of the document;
    ``d`` stands for its default namespace.
    """
    from lxml import etree

    try:
        query = etree.XPath("true()")
        root = _tree(text, html=html)
        if root is None:
            raise BadExpression(_("This body has no element to filter."))
        names, default = _namespaces(root)
        query = etree.XPath(path, namespaces=names, smart_strings=False, regexp=False)
        result = query(root)
    except etree.XMLSyntaxError as error:
        raise BadExpression(
            _("This body cannot be filtered: it is not well-formed XML: {reason}.").format(reason=error.msg)
        ) from error
    except (etree.XPathError, TypeError, ValueError) as error:
        raise BadExpression(_("Not a valid XPath: {reason}.").format(reason=error)) from error
    count = 0
    for item in result if isinstance(result, list) else [result]:
        write(_markup(item, etree.tostring, html=html) + "\n")
        count += 1
    hint = _("Use the prefix “d” for elements of the default namespace, as in //d:name.")
    return Found(count, (hint,) if not count and default and "d:" not in path else ())


def _tree(text: str, *, html: bool) -> Any:
    from lxml import etree

    data = text.encode("utf-8", "replace")
    if html:
        return etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True))
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=False
    )
    return etree.fromstring(data, parser)


def _namespaces(root: Any) -> tuple[dict[str, str], bool]:
    names: dict[str, str] = {}
    default = False
    for element in root.iter():
        for prefix, uri in element.nsmap.items() if isinstance(element.tag, str) else ():
            default = default or prefix is None
            names.setdefault(prefix or "d", uri)
    return names, default


def _markup(item: Any, write: Callable[..., str], *, html: bool) -> str:
    if hasattr(item, "tag"):
        text = write(item, encoding="unicode", with_tail=False, method="html" if html else "xml")
        return text.strip("\n")
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, float) and item.is_integer():
        return str(int(item))
    return " = ".join(map(str, item)) if isinstance(item, tuple) else str(item)


def lines(pieces: Iterable[str], wanted: str, write: Write) -> Found:
    """Write each line that has ``wanted`` in it, whatever its case."""
    needle, count = wanted.casefold(), 0
    rest: list[str] = []  # of a line that goes on; put together once, however long it is
    for piece in pieces:
        first, *others = piece.split("\n")
        rest.append(first)
        if not others:
            continue
        rows = ["".join(rest), *others]
        rest = [rows.pop()]
        found = [row for row in rows if needle in row.casefold()]
        count += len(found)
        if found:
            write("\n".join(found) + "\n")
    last = "".join(rest)
    if last and needle in last.casefold():
        write(last)
        count += 1
    return Found(count)


def found_words(count: int, *, lines: bool) -> str:
    """How many there are."""
    if lines:
        return ngettext("{count} line", "{count} lines", count).format(count=number(count))
    return ngettext("{count} match", "{count} matches", count).format(count=number(count))
