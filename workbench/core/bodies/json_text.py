"""JSON as people write it in a request (RFC 8259), with ``{{variables}}`` where values and names stand.

It is checked by the standard library's parser, but laid out token by token: numbers, escapes, duplicate
names and variables come out as they went in. Comments (``//`` and ``/* */``) may stand in it while it is
written, as in other clients; they are not sent.
"""

import json
import re
from collections.abc import Iterator

from workbench.core.bodies.problems import Problem, problem_at, unfit
from workbench.core.i18n import _

_INDENT = "  "
_DEEPEST = 500
# What is not closed goes on to the end: it would be tried again from every quote or comment in it.
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)'
_STRING_OR_VARIABLE = re.compile(_STRING + r"|(\{\{[^{}]*+\}\})", re.DOTALL)
_CONSTANT = re.compile(_STRING + r"|(-?Infinity|NaN)", re.DOTALL)
_COMMENT = r"//[^\n]*+|/\*.*?\*/"
_STRING_OR_COMMENT = re.compile(rf"{_STRING}|({_COMMENT})|/\*.*", re.DOTALL)
_TOKEN = re.compile(rf'{_STRING}|{_COMMENT}|/\*.*|\{{\{{[^{{}}]*+\}}\}}|[{{}}\[\],:"/]|[^\s{{}}\[\],:"/]++', re.DOTALL)
_NO_BLANK = re.compile(r"[^\s]")
_BLANKS = " \t\r\n"


def json_problem(text: str) -> Problem | None:
    """The first place where ``text`` is no JSON, whatever its variables may stand for."""
    plain, spans = _without_variables(without_comments(text))
    try:
        json.loads(plain, parse_int=str, parse_float=str, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        return None if _is_a_variables_doing(plain, error.pos, spans) else _told(plain, error)
    except _NoNumber:
        at = next(match.start() for match in _CONSTANT.finditer(plain) if match[1])
        return problem_at(text, at, _("NaN and Infinity are not valid JSON numbers."))
    except RecursionError:  # it may be JSON: nobody here can tell
        return None
    return None


def without_comments(text: str) -> str:
    """``text`` with blanks in place of its comments, so that everything else stays where it is."""
    if "//" not in text and "/*" not in text:
        return text
    return _STRING_OR_COMMENT.sub(lambda match: _NO_BLANK.sub(" ", match[1]) if match[1] else match[0], text)


def kind_of_json(text: str) -> str:
    """``object``, ``array``, ``string``, ``null`` or ``other``, of a text that is JSON."""
    start = text.lstrip(_BLANKS)[:4]
    if start == "null":
        return start
    return {"{": "object", "[": "array", '"': "string"}.get(start[:1], "other")


class _NoNumber(ValueError):
    pass


def _refuse_constant(_name: str) -> None:
    raise _NoNumber


def _without_variables(text: str) -> tuple[str, dict[int, int]]:
    """``text`` with a string as long in place of each variable outside strings, and where those end and begin."""
    if "{{" not in text:
        return text, {}
    spans: dict[int, int] = {}

    def replaced(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        spans[match.end()] = match.start()
        return f'"{" " * (len(match[0]) - 2)}"'

    return _STRING_OR_VARIABLE.sub(replaced, text), spans


def _is_a_variables_doing(text: str, position: int, spans: dict[int, int]) -> bool:
    """Whether a variable at ``position`` explains the error: it may stand for several members, or for half a value."""
    if not spans:
        return False
    before = len(text[:position].rstrip(_BLANKS))
    after = len(text) - len(text[position:].lstrip(_BLANKS))
    touching = before == after
    if before in spans:
        return touching or text[after : after + 1] in ("", "}", "]", ",")
    return touching and after in spans.values()


def _told(text: str, error: json.JSONDecodeError) -> Problem:
    at = error.pos
    if error.msg.startswith(("Expecting property name", "Illegal trailing comma", "Expecting value")):
        at = len(text) - len(text[at:].lstrip(_BLANKS))
        comma = len(text[:at].rstrip(_BLANKS)) - 1
        if text[at : at + 1] in ("}", "]") and comma >= 0 and text[comma] == ",":
            return problem_at(text, comma, _("Nothing follows this comma: remove it."))
    return problem_at(text, at, _sentence(text, at, error.msg))


def _sentence(text: str, at: int, said: str) -> str:
    ended = at >= len(text)
    known = {
        "Expecting property name": _("Expected a name in double quotes."),
        "Expecting ':'": _("Expected a colon between name and value."),
        "Expecting ','": _("Expected a comma, or the end of the object or array."),
        "Expecting value": _("Expected a value."),
        "Extra data": _("Unexpected text after the end of the JSON."),
        "Unterminated string": _("Unterminated string: the closing quotation mark is missing."),
        "Invalid control character": _("A string contains a line break or a tab: write \\n or \\t."),
        "Invalid \\escape": _("Invalid escape: write \\\\ for a backslash."),
        "Invalid \\u": _("Expected four hexadecimal digits after \\u."),
        "Unexpected UTF-8 BOM": _("It begins with a byte order mark, which JSON does not allow."),
    }
    if ended and not said.startswith("Unterminated"):
        return _("Unexpected end: something is not closed.")
    return next((sentence for begin, sentence in known.items() if said.startswith(begin)), said)


def tidy_json(text: str) -> str:
    """``text``, which is JSON, with a member or element on each line."""
    return "".join(_laid_out(text)).strip()


def _laid_out(text: str) -> Iterator[str]:
    depth, before, solid, end = 0, "", "", 0  # ``solid`` is the last that is no comment
    for match in _TOKEN.finditer(text):
        token, gap = match[0], text[end : match.start()]
        if token in ("}", "]"):
            depth -= 1
        comment = _is_comment(token)
        if before and (((comment or _is_comment(before)) and "\n" in gap) or _breaks(before, solid, token)):
            yield "\n" + _INDENT * depth
        elif before and _apart(before, token, gap):
            yield " "
        yield token.rstrip("\r") if comment else token
        if token in ("{", "["):
            depth += 1
            if depth > _DEEPEST:
                raise unfit(problem_at(text, match.start(), _("It is nested too deeply.")))
        before, solid, end = token, solid if comment else token, match.end()


def _is_comment(token: str) -> bool:
    return token.startswith(("//", "/*"))


def _breaks(before: str, solid: str, token: str) -> bool:
    if before.startswith("//"):
        return True
    if _is_comment(token):  # it stays on the line on which it stood
        return False
    if token in ("}", "]"):
        return solid not in ("{", "[")
    return solid in ("{", "[", ",")


def _apart(before: str, token: str, gap: str) -> bool:
    if before == ":" or _is_comment(before) or _is_comment(token):
        return True
    return token not in (",", ":", "}", "]") and bool(gap)
