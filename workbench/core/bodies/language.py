"""What an editor can say of a text in a language, and do with it."""

import enum
import re
from urllib.parse import quote_plus

from workbench.core.bodies import json_text, xml_text
from workbench.core.bodies.problems import Problem, problem_at, unfit
from workbench.core.i18n import _

_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


class Language(enum.Enum):
    """Languages of bodies, as ``draft.RawKind`` names them, and those of the other kinds of body."""

    JSON = "json"
    XML = "xml"
    TEXT = "text"
    SPARQL = "sparql"
    GRAPHQL = "graphql"
    FORM = "form"


def problem(language: Language, text: str, *, schema: str = "") -> Problem | None:
    """The first place where ``text`` breaks the rules of ``language``; None where it does not or nobody knows.

    Of an empty text nothing is said. ``schema`` is what a GraphQL document must fit, as SDL, where it is known.
    Takes time in proportion to the text: 1 MB of JSON about 40 ms.
    """
    if not text.strip():
        return None
    match language:
        case Language.JSON:
            return json_text.json_problem(text)
        case Language.XML:
            return xml_text.xml_problem(text)
        case Language.GRAPHQL:
            from workbench.core.bodies import graphql_text

            return graphql_text.graphql_problem(text, schema)
        case Language.FORM:
            return _form_problem(text)
    return None


def tidy(language: Language, text: str) -> str:
    """``text`` laid out, all that it says kept. Raises ``InvalidInput`` with the place where it cannot be read."""
    found = problem(language, text)
    if found is not None:
        raise unfit(found)
    if not text.strip():
        return text
    match language:
        case Language.JSON:
            return json_text.tidy_json(text)
        case Language.XML:
            return xml_text.tidy_xml(text)
        case Language.GRAPHQL:
            from workbench.core.bodies import graphql_text

            return graphql_text.tidy_graphql(text)
    return text


def _form_problem(text: str) -> Problem | None:
    if (bad := _BAD_PERCENT.search(text)) is not None:
        return problem_at(text, bad.start(), _("Expected two hexadecimal digits after “%”; “%” itself is %25."))
    for at, char in enumerate(text):
        if not char.isprintable() and char not in "\r\n":
            return problem_at(
                text, at, _("Write this character as {code}.").format(code=quote_plus(char, errors="replace"))
            )
    return None
