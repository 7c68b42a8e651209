"""The lab's GraphQL service: a few orders, and who asks."""

import json
from typing import Any

from workbench.lab.messages import Query, Reply, refuse, whole

_SDL = '''
"""What the lab knows."""
type Query {
  "All orders, or those in one state."
  orders(state: State, first: Int = 10): [Order!]!
  order(id: ID!): Order
  "Whoever the server recognised by a certificate."
  caller: Caller
}
type Mutation {
  "Say what an order would be like in another state; nothing is kept."
  update(id: ID!, state: State!): Order
}
type Order { id: ID!  customer: String!  state: State!  lines: [Line!]! }
type Line { article: String!  quantity: Int! }
type Caller { subject: String!  issuer: String!  sha256: String! }
enum State { OPEN SHIPPED @deprecated(reason: "Orders arrive.") DELIVERED }
'''
_ORDERS = (
    {"id": "4711", "customer": "Ada", "state": "SHIPPED", "lines": [{"article": "rotor", "quantity": 3}]},
    {"id": "4712", "customer": "Grace", "state": "OPEN", "lines": [{"article": "relay", "quantity": 1}]},
)


def answer(query: Query) -> Reply:
    """Execute the document in the body, or in the query string of a GET (GraphQL over HTTP)."""
    from graphql import build_schema, graphql_sync  # slow to import, and seldom asked for

    asked = _asked(query)
    if asked is None:
        return refuse(400, 'Send a JSON object such as {"query": "{ orders { id } }"}.')
    result = graphql_sync(
        build_schema(_SDL),
        asked["query"],
        root_value=_root(query),
        variable_values=asked.get("variables"),
        operation_name=asked.get("operationName"),
    )
    return whole(200, "application/json", json.dumps(result.formatted, ensure_ascii=False).encode())


def _asked(query: Query) -> dict[str, Any] | None:
    try:
        asked = json.loads(query.content.data or b"")
    except ValueError:
        return None
    right = isinstance(asked, dict) and isinstance(asked.get("query"), str)
    return asked if right and isinstance(asked.get("variables", {}), dict | None) else None


def _root(query: Query) -> dict[str, Any]:
    client = query.facts.client
    return {
        "orders": lambda _info, state=None, first=10: [one for one in _ORDERS if state in (None, one["state"])][:first],
        "order": lambda _info, id: _order(id),  # noqa: A006 - the argument's name in the schema
        "update": lambda _info, id, state: _order(id, state=state),  # noqa: A006
        "caller": client and {"subject": client.subject, "issuer": client.issuer, "sha256": client.sha256},
    }


def _order(number: str, **changed: str) -> dict[str, Any] | None:
    found = next((one for one in _ORDERS if one["id"] == number), None)
    return None if found is None else {**found, **changed}
