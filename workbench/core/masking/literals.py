"""Secrets in JSON and in GraphQL: the texts and numbers under a secret name, however deep in its lists and objects.

Both are read by one scanner, in a single pass and whatever they lack to be well-formed: drafts hold ``{{variables}}``.
"""

import json
import re
from collections.abc import Iterator

from workbench.core.masking.names import Note, is_literal, is_secret_name

_TEXT = r'"(?:[^"\\]++|\\.?)*+"?+'
_BLOCK = r'"""(?:[^"\\]++|\\.?|"(?!""))*+(?:""")?+'
_WORD = r"[A-Za-z_$][\w$-]*+"
_COMMENT = r"\#[^\n]*+"
# All that is no member in one step: a body may have millions of tokens.
_MEMBER = re.compile(
    rf'(?:[^"A-Za-z_$\#]++|{_BLOCK}|{_TEXT}(?!\s*+:)|{_WORD}(?!\s*+:)|{_COMMENT})*+'
    rf"(?P<name>{_TEXT}|{_WORD})\s*+:\s*+"
    r"(?:[\[\w][\w!\[\]\ \t]*+=\s*+)?",  # the type of a GraphQL variable, before its default
    re.DOTALL,
)
_TOKEN = re.compile(
    rf"(?P<block>{_BLOCK})|(?P<text>{_TEXT})|(?P<variable>\{{\{{[^{{}}]*+\}}\}})|(?P<word>{_WORD})"
    rf"|(?P<number>-?\d[\w.+-]*+)|(?P<comment>{_COMMENT})|(?P<opening>[\[{{(])|(?P<closing>[\]}})])|(?P<comma>,)",
    re.DOTALL,
)
_QUERY, _QUOTED = '"query"', re.compile(_TEXT, re.DOTALL)  # GraphQL within JSON
_COLON = re.compile(r"\s*+:")


def literals_with(text: str, hidden: str, note: Note) -> str:
    """``text`` with ``hidden`` in place of each; ``note`` hears the name and what stood there."""
    return _literals_replaced(text, json.dumps(hidden, ensure_ascii=False), note)


def _literals_replaced(text: str, hidden: str, note: Note) -> str:
    known: dict[str, str] = {}
    pieces: list[str] = []
    kept = at = 0
    while (member := _MEMBER.match(text, at)) is not None:
        at, token = member.end(), member["name"]
        name = known.get(token)
        if name is None:
            name = _read(token)
            name = known[token] = name if is_secret_name(name) else ""
        if token == _QUERY and (query := _QUOTED.match(text, at)) is not None:
            at, written = query.end(), _read(query[0])
            masked = _literals_replaced(written, hidden, note)
            if masked != written:
                pieces += text[kept : query.start()], json.dumps(masked, ensure_ascii=False)
                kept = at
        if not name:
            continue
        for start, end in _literals(text, at):
            value = _read(text[start:end])
            at = end
            if value and is_literal(value):
                note(name, value)
                pieces += text[kept:start], hidden
                kept = end
    return "".join((*pieces, text[kept:]))


def _literals(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Where the texts and numbers of the value that begins at ``at`` are."""
    depth = 0
    for token in _TOKEN.finditer(text, at):
        kind = token.lastgroup
        if kind in ("text", "block", "number"):
            if depth == 0 or not _COLON.match(text, token.end()):
                yield token.span()
        elif kind == "opening":
            depth += 1
        elif kind == "closing":
            depth -= 1
        if depth <= 0 and kind != "comment":
            return


def _read(token: str) -> str:
    """What a text in quotes says; as it is written where that is no JSON."""
    if token.startswith('"""'):
        return token.strip('"').strip()
    if "\\" in token:
        try:
            return str(json.loads(token, strict=False))
        except ValueError:
            pass
    return token.strip('"')
