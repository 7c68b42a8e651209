"""Where variables stand in a text: ``{{name}}``, white space around the name of no account.

A name is anything without braces. A single brace means nothing, so that JSON is left alone:
``{"a": {"b": 1}}`` holds no variable, ``{"a": {{b}}}`` holds one.
"""

import re
from dataclasses import dataclass

from workbench.core.i18n import _
from workbench.core.variables.errors import VariableError

OPENING = "{{"
_TOKEN = re.compile(r"\{\{([^{}]*)\}\}")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Token:
    """A variable in a text, from ``start`` to before ``end``, braces included."""

    start: int
    end: int
    name: str


def template(name: str) -> str:
    """The text that stands for the value of ``name``."""
    return f"{{{{{name}}}}}"


def tokens(text: str) -> tuple[Token, ...]:
    """The variables of ``text`` in order. What is wrong with the rest of it is not looked at."""
    if OPENING not in text:
        return ()
    found = (Token(match.start(), match.end(), match[1].strip()) for match in _TOKEN.finditer(text))
    return tuple(token for token in found if token.name)


def unclosed(text: str) -> VariableError | None:
    """What is wrong with the braces of ``text``: opening ones that never close, or ones that hold no name."""
    if OPENING not in text:
        return None
    at = 0
    for match in _TOKEN.finditer(text):
        if (opening := text.find(OPENING, at, match.start())) >= 0:
            return _never_closed(text, opening)
        if not match[1].strip():
            return _nameless(text, match.start(), match.end())
        at = match.end()
    opening = text.find(OPENING, at)
    return _never_closed(text, opening) if opening >= 0 else None


def _never_closed(text: str, at: int) -> VariableError:
    return VariableError(
        _("Unbalanced braces: a variable is not closed."),
        detail=_("“{text}” {where}: “{{{{” is not closed with “}}}}”.").format(
            text=_excerpt(text, at), where=place(text, at)
        ),
        hint=_("Write a variable as {{name}}, or {{$openBraces}} for the two braces themselves."),
        start=at,
        end=at + len(OPENING),
    )


def _nameless(text: str, start: int, end: int) -> VariableError:
    return VariableError(
        _("A variable has no name."),
        detail=_("“{text}” {where} contains no name.").format(text=text[start:end], where=place(text, start)),
        hint=_("Write the variable's name between the braces, as in {{name}}."),
        start=start,
        end=end,
    )


def place(text: str, at: int) -> str:
    """In words, where position ``at`` of ``text`` is."""
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    if "\n" not in text:
        return _("at position {n}").format(n=column)
    return _("in line {line}, column {column}").format(line=line, column=column)


def _excerpt(text: str, at: int) -> str:
    excerpt = text[at : at + _SHOWN].partition("\n")[0]
    return excerpt + "…" if at + len(excerpt) < len(text) else excerpt
