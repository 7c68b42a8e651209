"""GraphQL over HTTP: a document and its variables as one JSON object."""

import json

from workbench.core.bodies.json_text import json_problem, kind_of_json
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _


def request(query: str, variables: str) -> bytes:
    """The JSON object that a GraphQL server reads; ``operationName`` when the document has exactly one with a name.

    The variables go in letter by letter, so that numbers stay as they are written. Raises ``InvalidInput`` when
    they are no JSON object. A document that cannot be read is the server's to refuse.
    """
    members = [f'"query": {json.dumps(query, ensure_ascii=False)}']
    if (given := _checked_variables(variables)) != "":
        members.append(f'"variables": {given}')
    if (name := operation_name(query)) != "":
        members.append(f'"operationName": {json.dumps(name)}')
    return f"{{{', '.join(members)}}}".encode("utf-8", "replace")


def operation_name(query: str) -> str:
    """The name of the only operation, empty when it has none, there are several, or the document cannot be read."""
    from graphql import GraphQLSyntaxError, OperationDefinitionNode, parse  # slow to import, and seldom needed

    try:
        document = parse(query, no_location=True)
    except (GraphQLSyntaxError, RecursionError):
        return ""
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    if len(operations) != 1 or operations[0].name is None:
        return ""
    return str(operations[0].name.value)


def _checked_variables(text: str) -> str:
    text = text.strip()
    if not text:
        return ""
    problem = json_problem(text)
    if problem is not None:
        raise _refused(
            _("Line {line}, column {column}: {message}").format(
                line=problem.line, column=problem.column, message=problem.message
            )
        )
    if kind_of_json(text) == "null":
        return ""
    if kind_of_json(text) != "object":
        raise _refused(_("They are JSON, but not an object."))
    return text


def _refused(detail: str) -> InvalidInput:
    return InvalidInput(
        _("The GraphQL variables cannot be used."),
        detail=detail,
        hint=_("Write them as a JSON object, such as {example}.").format(example='{"id": 1}'),
    )
