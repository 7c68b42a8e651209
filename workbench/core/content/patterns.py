"""Regular expressions that people wrote, tried on what servers sent: a search without an end is ended.

While Python searches, no other thread runs, the window's included. What may take long is tried in a process of
its own, which can be killed.
"""

import json
import re
import subprocess
from typing import Any

from workbench.core.content.process import program
from workbench.core.i18n import _

WORD = "--match-pattern"
"""The first argument of the program when it is meant to be this process."""
PATIENCE = 3.0  # seconds
_AT_ONCE = 10_000_000  # steps, about a tenth of a second
_CHOICES = re.compile(r"\\.|[*+?{|]", re.DOTALL)
_IN_A_PATH = re.compile(r"\b(?:match|search)\s*\(|=~")
_REPEATED_GROUP = re.compile(r"(?<!\\)\)[*+?{]")


def is_found(pattern: str, text: str) -> bool:
    """Whether ``pattern`` (as Python's ``re`` has it) matches anywhere in ``text``. May be slow.

    Raises ``ValueError`` in words for a person when that takes longer than ``PATIENCE``, ``re.error``.
    """
    compiled = re.compile(pattern)
    if _is_quick(pattern, len(text)):
        return compiled.search(text) is not None
    return bool(_apart("pattern", pattern, text))


def selected(path: str, document: Any) -> list[Any]:
    """The values that ``path`` (JSONPath) selects in ``document``, which is as ``json`` reads it. May be slow.

    Raises ``ValueError`` as ``is_found``, ``jsonpath.JSONPathError``.
    """
    import jsonpath

    query = jsonpath.compile(path)
    found = _apart("path", path, document) if _asks_for_patterns(path) else query.findall(document)
    return list(found)


def _asks_for_patterns(path: str) -> bool:
    """Whether a JSONPath may try regular expressions: ``match()``, ``search()`` (RFC 9535 2.4) or ``=~`` is in it."""
    return _IN_A_PATH.search(path) is not None


def _apart(what: str, wanted: str, subject: Any) -> Any:
    question = json.dumps([what, wanted, subject]).encode()
    try:
        tried = subprocess.run([*program(), WORD], input=question, capture_output=True, timeout=PATIENCE)  # noqa: S603 - this very program
    except subprocess.TimeoutExpired:
        raise ValueError(_("The pattern takes too long on this text: there are too many ways to match it.")) from None
    if tried.returncode != 0:
        raise ValueError(_("The pattern could not be tried: its process ended unexpectedly."))
    return json.loads(tried.stdout)


def _is_quick(pattern: str, length: int) -> bool:
    # Each choice multiplies the ways by the length at most, a repeated group by more than can be said.
    choices = sum(not found[0].startswith("\\") for found in _CHOICES.finditer(pattern))
    return not _REPEATED_GROUP.search(pattern) and (length + 1) ** (choices + 1) <= _AT_ONCE


def main(_arguments: list[str]) -> int:
    """The other end: what ``is_found`` and ``selected`` start."""
    with open(0, "rb", closefd=False) as source, open(1, "wb", closefd=False) as sink:
        what, wanted, subject = json.load(source)
        if what == "path":
            import jsonpath

            answer: Any = jsonpath.findall(wanted, subject)
        else:
            answer = re.search(wanted, subject) is not None
        sink.write(json.dumps(answer).encode())
    return 0
