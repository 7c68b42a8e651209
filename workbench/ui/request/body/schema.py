"""The schema of a GraphQL service: how it is asked for, and what its answer says."""

import json
from dataclasses import replace

from workbench.core.draft import Draft, GraphQLBody
from workbench.core.exchange import Response
from workbench.core.i18n import _, ngettext

_LARGEST = 64 * 1024 * 1024


def introspection(draft: Draft) -> Draft:
    """``draft``, asking for the schema in place of what it asks for."""
    from graphql import get_introspection_query

    return replace(draft, method="POST", body=GraphQLBody(get_introspection_query(descriptions=True)), assertions=())


def schema_of(response: Response) -> tuple[str, str]:
    """The schema as SDL and words on it; without one, "" and why. Reads the body: not for the UI thread."""
    from graphql import GraphQLError, build_client_schema, print_schema

    try:
        answer = json.loads(response.body.read(_LARGEST))
        schema = build_client_schema(answer["data"])
        sdl = print_schema(schema)
    except (ValueError, KeyError, TypeError, RecursionError, GraphQLError):
        return "", _("The response ({status}) is not a schema.").format(status=response.status)
    count = sum(not name.startswith("__") for name in schema.type_map)
    return sdl, ngettext("Schema: {count} type", "Schema: {count} types", count).format(count=count)
