"""A ``.bru`` text as blocks and pairs that, put together again, are the same text.

A block is a name, a brace or bracket at the end of the line, and lines until one that begins with the
closing one. Dictionary blocks hold pairs, ``~`` before one that is off, annotations (``@description``)
on the lines before; the other blocks hold text, indented by two spaces.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from workbench.core.collection.encoding import Malformed, position
from workbench.core.i18n import _

_OPEN: Final = re.compile(r"^([A-Za-z][\w:.-]*)[ \t]*([{\[])[ \t]*$", re.MULTILINE)
_LOOSE: Final = re.compile(r"\s*(?:#.*|//.*|[A-Za-z][\w-]*[ \t]*:.*)?")
_TEXTS: Final = re.compile(r"body(?::(?:json|text|xml|sparql|graphql|graphql:vars))?|script:[\w-]+|tests|docs|example")
_PAIR: Final = re.compile(r"[ \t]*+(~?)(\"(?:\\.|[^\"\\\n])*+\"(?=[ \t]*:)|[^:\n]*+)[ \t]*:(.*)")
_LINES: Final = re.compile(r"[^\n]*\n|[^\n]+")  # not splitlines: it knows more ends of lines
_ODD_KEY: Final = re.compile(r'[:"{} ]')
_ESCAPE: Final = re.compile(r"\\(.)")
_ANNOTATION: Final = re.compile(r"[ \t]*@([A-Za-z]+)(?:[ \t]*\((.*)|[ \t]*$)", re.DOTALL)
_QUOTES: Final = "'''"


@dataclass(slots=True)
class Pair:
    """A key and its value as they are meant, and the lines (annotations first) that say so."""

    raw: str
    key: str
    value: str
    on: bool = True
    notes: dict[str, str] = field(default_factory=dict)
    items: tuple[str, ...] | None = None


@dataclass(slots=True)
class Block:
    """A block; ``opening`` and ``closing`` are its first and last line."""

    name: str
    opening: str
    body: str
    closing: str

    @property
    def raw(self) -> str:
        """All its lines."""
        return self.opening + self.body + self.closing

    @property
    def is_text(self) -> bool:
        """Whether it holds a text and not pairs."""
        return bool(_TEXTS.fullmatch(self.name))

    @property
    def content(self) -> str:
        """The text of a text block."""
        lines = self.body.removesuffix("\n").split("\n")
        return "\n".join(line.removeprefix("  ") for line in lines)

    @property
    def names(self) -> list[str]:
        """What a list block holds."""
        return [name for part in self.body.replace("\n", ",").split(",") if (name := part.strip())]


def blocks(text: str) -> list[str | Block]:
    """The blocks, and what stands between them. ``text`` has plain newlines. Raises ``Malformed``."""
    parts: list[str | Block] = []
    at = 0
    while opening := _OPEN.search(text, at):
        parts.append(_loose(text, at, opening.start()))
        body = opening.end() + 1
        end = _closing(text, opening.group(1), opening.end(), "}" if opening.group(2) == "{" else "]")
        if end < 0:
            line, column = position(text, opening.start())
            raise Malformed(_("The block “{name}” is not closed.").format(name=opening.group(1)), line, column)
        newline = text.find("\n", end)
        at = len(text) if newline < 0 else newline + 1
        parts.append(Block(opening.group(1), text[opening.start() : body], text[body:end], text[end:at]))
    parts.append(_loose(text, at, len(text)))
    return parts


def pairs(body: str) -> list[str | Pair]:
    """The pairs of a dictionary block; lines that are none are texts."""
    result: list[str | Pair] = []
    lines = _LINES.findall(body)
    at, notes, begun = 0, dict[str, str](), 0
    while at < len(lines):
        note = _ANNOTATION.match(lines[at].rstrip("\n"))
        if note:
            at, content = _note(lines, at, note.group(2))
            notes[note.group(1)] = content
            continue
        pair = _PAIR.match(lines[at].rstrip("\n"))
        if pair is None:
            at += 1
            result.append("".join(lines[begun:at]))
        else:
            at, value, items = _value(lines, at, pair.group(3).strip(" \t"))
            key = pair.group(2).strip()
            if key.startswith('"') and key.endswith('"') and len(key) > 1:
                key = key[1:-1].replace('\\"', '"')
            result.append(Pair("".join(lines[begun:at]), key, value, not pair.group(1), notes, items))
        begun, notes = at, {}
    if begun < at:
        result.append("".join(lines[begun:at]))
    return result


def indented(text: str, spaces: int = 2) -> str:
    """A text as it stands in a block."""
    return "\n".join(" " * spaces + line for line in text.split("\n"))


def pair(key: str, value: str, *, on: bool = True, notes: dict[str, str] | None = None, suffix: str = "") -> str:
    """The lines of a pair in a block."""
    before = "".join(f"  {_written_note(name, content)}\n" for name, content in (notes or {}).items())
    if _ODD_KEY.search(key) or key.startswith(("~", "@")):
        key = '"' + key.replace('"', '\\"') + '"'
    if "\n" in value:
        value = f"{_QUOTES}\n{indented(value, 4)}\n  {_QUOTES}"
    written = f"  {'' if on else '~'}{key}: {value}{suffix}"
    return before + written.rstrip(" ") + "\n"


def _closing(text: str, name: str, at: int, brace: str) -> int:
    """Where the line of the closing brace begins; braces in texts between triple quotes do not count."""
    end = text.find("\n" + brace, at)
    if _TEXTS.fullmatch(name) or brace == "]":
        return end + 1 if end >= 0 else -1
    quotes, counted = 0, at
    while end >= 0:
        quotes += text.count(_QUOTES, counted, end)
        if quotes % 2 == 0:
            break
        counted, end = end, text.find("\n" + brace, end + 1)
    return end + 1 if end >= 0 else -1


def _loose(text: str, start: int, end: int) -> str:
    between = text[start:end]
    for number, line in enumerate(between.split("\n")):
        if not _LOOSE.fullmatch(line):
            raise Malformed(_("This line is outside of any block."), text.count("\n", 0, start) + 1 + number, 1)
    return between


def _note(lines: list[str], at: int, content: str | None) -> tuple[int, str]:
    """An annotation that begins at a line: the line after it, and what is between its parentheses."""
    if content is None:
        return at + 1, ""
    if not content.startswith(_QUOTES):
        content = content.rstrip().removesuffix(")")
        if len(content) > 1 and content[0] == content[-1] and content[0] in "'\"":
            content = _unescaped(content[1:-1])
        return at + 1, content
    at, content = _to_quotes(lines, at, content.removeprefix(_QUOTES))
    return at + 1, _outdented(content.partition(_QUOTES)[0])


def _to_quotes(lines: list[str], at: int, first: str) -> tuple[int, str]:
    """What begins with ``first`` in a line, to the line with the closing quotes, and the number of that line."""
    found = [first]
    while _QUOTES not in found[-1] and at + 1 < len(lines):
        at += 1
        found.append(lines[at].rstrip("\n"))
    return at, "\n".join(found)


def _value(lines: list[str], at: int, value: str) -> tuple[int, str, tuple[str, ...] | None]:
    if value == "[":
        items: list[str] = []
        while at + 1 < len(lines):
            at += 1
            if lines[at].strip() == "]":
                break
            items.append(lines[at].strip())
        return at + 1, "", tuple(item for item in items if item)
    if not value.startswith(_QUOTES):
        return at + 1, value, None
    at, rest = _to_quotes(lines, at, value.removeprefix(_QUOTES))
    inner, _quotes, after = rest.partition(_QUOTES)
    return at + 1, _outdented(inner) + (f" {after.strip()}" if after.strip() else ""), None


def _outdented(text: str) -> str:
    if "\n" not in text:
        return text
    lines = text.split("\n")
    lines = lines[1:] if not lines[0].strip() else lines
    lines = lines[:-1] if lines and not lines[-1].strip() else lines
    depth = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return "\n".join(line[min(depth, 4) :] if line.strip() else "" for line in lines)


def _unescaped(text: str) -> str:
    escapes = {"n": "\n", "r": "\r", "t": "\t"}
    return _ESCAPE.sub(lambda match: escapes.get(match.group(1), match.group(1)), text)


def _written_note(name: str, content: str) -> str:
    if not content:
        return f"@{name}"
    if "\n" in content and _QUOTES not in content:
        return f"@{name}({_QUOTES}\n{indented(content, 4)}\n  {_QUOTES})"
    if _QUOTES in content or content.endswith("'") or "\\" in content:
        for plain, escaped in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t")):
            content = content.replace(plain, escaped)
        return f'@{name}("{content}")'
    return f"@{name}({_QUOTES}{content}{_QUOTES})"
