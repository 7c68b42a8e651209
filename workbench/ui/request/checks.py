"""Whether a body is what it claims to be, and where it stops being so. ``{{variables}}`` are taken for values."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from workbench.core.draft import RawKind
from workbench.core.i18n import _
from workbench.core.variables import tokens


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong, in one sentence; ``line`` and ``column`` from 1, 0 where the place is not known."""

    words: str
    line: int = 0
    column: int = 0


Check = Callable[[str], Trouble | None]


def check_json(text: str) -> Trouble | None:
    """Whether ``text`` is JSON (RFC 8259) once its variables are filled in."""
    if not text.strip():
        return None
    try:
        json.loads(_filled(text), parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        words = _("Not JSON at line {line}, column {column}: {reason}").format(
            line=error.lineno, column=error.colno, reason=error.msg
        )
        return Trouble(words, error.lineno, error.colno)
    except RecursionError:
        return Trouble(_("This JSON is nested too deeply to check."))
    return None


def check_xml(text: str) -> Trouble | None:
    """Whether ``text`` is well-formed XML. Nothing that it refers to is read."""
    if not text.strip():
        return None
    from lxml import etree  # not before there is XML to check

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        etree.fromstring(_filled(text).lstrip().encode("utf-8", "surrogatepass"), parser)
    except etree.XMLSyntaxError as error:
        above = text[: len(text) - len(text.lstrip())].count("\n")
        line, column = (error.lineno or 1) + above, max(error.offset or 1, 1)
        reason = re.sub(r", line \d+, column \d+.*$", "", error.msg or "")
        words = _("Not XML at line {line}, column {column}: {reason}").format(line=line, column=column, reason=reason)
        return Trouble(words, line, column)
    except ValueError as error:  # an encoding declaration that no text can have
        return Trouble(_("This XML cannot be checked: {reason}").format(reason=error))
    return None


def check_graphql(text: str, schema: str = "") -> Trouble | None:
    """Whether ``text`` is a GraphQL document and, when the ``schema`` is known (as SDL), whether it fits."""
    if not text.strip():
        return None
    from graphql import GraphQLError, build_schema, parse, validate

    try:
        document = parse(text)
        errors = validate(build_schema(schema, assume_valid=True), document, max_errors=1) if schema else []
    except GraphQLError as error:
        errors = [error]
    except RecursionError:
        return Trouble(_("This document is nested too deeply to check."))
    if not errors:
        return None
    place = errors[0].locations[0] if errors[0].locations else None
    line, column = (place.line, place.column) if place else (0, 0)
    words = _("Not right at line {line}, column {column}: {reason}").format(
        line=line, column=column, reason=errors[0].message
    )
    return Trouble(words, line, column)


CHECKS: dict[RawKind, Check] = {RawKind.JSON: check_json, RawKind.XML: check_xml}


def _filled(text: str) -> str:
    # As long as before, so that places stay; digits are right inside strings and outside of them.
    pieces: list[str] = []
    at = 0
    for token in tokens(text):
        pieces += text[at : token.start], "1" * (token.end - token.start)
        at = token.end
    return "".join((*pieces, text[at:]))
