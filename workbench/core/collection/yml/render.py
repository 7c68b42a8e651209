"""Data as YAML text: block style, in the indentation that the file has."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from workbench.core.collection.yml.source import Data, Plain

_PLAIN: Final = re.compile(r"[^\W_](?:[^\n:#\s]|:(?=\S)|(?<=\S)#|[ ]+(?=[^\s#]))*|[/_$](?:[^\n:#\s]|:(?=\S)|(?<=\S)#)*")
_NUMBER_LIKE: Final = re.compile(r"[-+]?\.?\d[\d_.,:eExXoOa-fA-F+-]*(?:[Tt ].*)?|[-+]?\.(?:inf|nan)", re.IGNORECASE)
_FLOW: Final = re.compile(r"[,\[\]{}]|:$")
_WORDS: Final = frozenset(
    {"true", "false", "yes", "no", "on", "off", "y", "n", "null", "~", "", "<<", "=", "infinity", "nan"}
)
_ODD: Final = re.compile(r"[^\x09\x0A\x20-\x7E\xA0-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]|[\u2028\u2029\uFEFF]")
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}


@dataclass(frozen=True, slots=True)
class Style:
    """``step`` is how much deeper a nested mapping stands, ``dash`` how much deeper than its key a list does."""

    step: int = 2
    dash: int = 2


def document(data: dict[str, Data], style: Style | None = None) -> str:
    """A whole file, its sections set apart."""
    style = style or Style()
    result, was_long = "", False
    for key, value in data.items():
        section = entry(key, value, 0, style) + "\n"
        is_long = section.count("\n") > 1
        result += ("\n" if result and (is_long or was_long) else "") + section
        was_long = is_long
    return result


def entry(key: str, value: Data, column: int, style: Style) -> str:
    """A key and its value; the first line without indentation, no newline at the end."""
    return f"{scalar(key, flow=True)}:{after_colon(value, column, style)}"


def after_colon(value: Data, column: int, style: Style) -> str:
    """What follows the colon of a key at ``column``."""
    if isinstance(value, dict) and value:
        inner = column + style.step
        return "".join(f"\n{' ' * inner}{entry(key, below, inner, style)}" for key, below in value.items())
    if isinstance(value, list) and value:
        dash = column + style.dash
        return "".join(f"\n{' ' * dash}- {item(below, dash + 2, style)}" for below in value)
    written = leaf(value, column + style.step, column)
    return f" {written}" if written else ""


def item(value: Data, column: int, style: Style) -> str:
    """What follows the dash of an item; ``column`` is where it begins."""
    if isinstance(value, dict) and value:
        return f"\n{' ' * column}".join(entry(key, below, column, style) for key, below in value.items())
    if isinstance(value, list) and value:
        return f"\n{' ' * column}".join(f"- {item(below, column + 2, style)}" for below in value)
    return leaf(value, column, column - 2)


def leaf(value: Data, indent: int, above: int) -> str:
    """A value that is no filled collection, under what stands at ``above``; ``indent`` is for a text's lines."""
    if isinstance(value, str):
        return block(value, indent, above) if is_block(value) else scalar(value)
    return flow(value)


def flow(value: Data) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key, flow=True)}: {flow(below)}" for key, below in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(below) for below in value) + "]"
    return (value.text or "null") if isinstance(value, Plain) else scalar(value, flow=True)


def scalar(value: str, quote: str | None = None, *, flow: bool = False) -> str:
    """A text on one line, in the given quotes if it can be in them."""
    if _ODD.search(value) or "\n" in value or "\t" in value:
        return double_quoted(value)
    if quote == "'":
        return single_quoted(value)
    if quote == '"':
        return double_quoted(value)
    if is_plain(value) and not (flow and _FLOW.search(value)):
        return value
    double_first = "'" in value or ("{" not in value and '"' not in value)
    return double_quoted(value) if double_first else single_quoted(value)


def is_plain(value: str) -> bool:
    """Whether a text needs no quotes in block style, for readers of YAML 1.1 too."""
    return bool(
        _PLAIN.fullmatch(value)
        and not value.endswith((":", " "))
        and value.lower() not in _WORDS
        and not _NUMBER_LIKE.fullmatch(value)
    )


def single_quoted(value: str) -> str:
    """A text of one line in single quotes."""
    return "'" + value.replace("'", "''") + "'"


def double_quoted(value: str) -> str:
    """Any text in double quotes."""
    return '"' + "".join(_escaped(value)) + '"'


def is_block(value: str) -> bool:
    """Whether a text is written over several lines. Not one that ends in empty lines: blank lines may follow it."""
    return "\n" in value and not value.endswith("\n\n") and can_be_block(value)


def can_be_block(value: str) -> bool:
    """Whether a text can be written as literal block."""
    return bool(value.strip("\n \t")) and "\r" not in value and not _ODD.search(value)


def block(value: str, indent: int, above: int, rest: str = "") -> str:
    """A text as literal block under what stands at ``above``, ``rest`` after its header; no newline at the end."""
    ends = len(value) - len(value.rstrip("\n"))
    body = value if not ends else value[:-1]
    digit = str(indent - above) if body.lstrip("\n")[:1] in {" ", "\t"} else ""
    chomp = "-" if not ends else "" if ends == 1 else "+"
    lines = "\n".join(f"{' ' * indent}{line}" if line else "" for line in body.split("\n"))
    return f"|{digit}{chomp}{rest}\n{lines}"


def _escaped(value: str) -> Iterator[str]:
    for character in value:
        if character in _ESCAPES:
            yield _ESCAPES[character]
        elif _ODD.match(character):
            code = ord(character)
            yield f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
        else:
            yield character
