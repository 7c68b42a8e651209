"""Names of a schema where they may stand in a document that is being typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.bodies.graphql_names import Shape, names_at, shape_of

SDL = """
schema { query: Q mutation: M }
interface Node { id: ID! }
"A person." type User implements Node { id: ID! name(upper: Boolean, locale: String): String friends: [User!]! }
type Dog { barks: Boolean @deprecated(reason: "all do") }
union Any = User | Dog
type Q { user(id: ID!, filter: Filter): User any: Any }
type M { rename(id: ID!): User }
input Filter { a: Int }
"""
SHAPE = shape_of(SDL)


def names(before: str, shape: Shape = SHAPE) -> tuple[str, list[str]] | None:
    found = names_at(before, shape)
    return None if found is None else (found[0], [one.name for one in found[1]])


QUERY = ["user", "any", "__typename"]
USER = ["id", "name", "friends", "__typename"]


@pytest.mark.parametrize(
    ("before", "typed", "allowed"),
    [
        ("", "", ["query", "mutation", "subscription", "fragment"]),
        ("qu", "qu", ["query", "mutation", "subscription", "fragment"]),
        ("{ ", "", QUERY),
        ("{ us", "us", QUERY),
        ("query X($id: ID!) { us", "us", QUERY),
        ("mutation { ", "", ["rename", "__typename"]),
        ("subscription { ", "", QUERY),  # the schema has none: whatever a document begins with
        ("{ user { ", "", USER),
        ("{ user(id: 1, filter: {a: 2}) { id, na", "na", USER),
        ('{ user(id: "}{") { fr', "fr", USER),
        ("{ # a comment {\n user { ", "", USER),
        ("{ me: user { ", "", USER),
        ("{ user { friends { friends { ", "", USER),
        ("{ user { friends { id } ", "", USER),
        ("{ user { id } ", "", QUERY),
        ("{ user(", "", ["id", "filter"]),
        ("{ user(id: 1, fi", "fi", ["id", "filter"]),
        ("{ user { name(up", "up", ["upper", "locale"]),
        ("{ user(id: ", "", []),
        ("{ any { ... on Us", "Us", ["Node", "User", "Dog", "Any", "Q", "M"]),
        ("{ any { ... on User { ", "", USER),
        ("{ user { ... { ", "", USER),
        ("{ user @include(if: true) { ", "", USER),
        ("fragment F on User { ", "", USER),
        ("fragment F on User { id }\nquery { ", "", QUERY),
        ("{ user(id: {{id}}) { ", "", USER),
        ("{ nothing { ", "", []),
    ],
)
def test_what_may_stand_there(before: str, typed: str, allowed: list[str]) -> None:
    found = names(before)
    assert found is not None
    assert found[0] == typed
    assert sorted(found[1]) == sorted(allowed)


@pytest.mark.parametrize("before", ["{ user # a com", '{ user(id: "us', "query X($i", "{ user @in", "{ user(id: {{x"])
def test_where_the_schema_says_nothing(before: str) -> None:
    assert names(before) in (None, ("x", []))


def test_notes_tell_type_and_what_is_deprecated() -> None:
    found = names_at("{ any { ... on Dog { ", SHAPE)
    assert found is not None
    assert found[1][0].note == "Boolean · deprecated: all do"


def test_what_is_no_schema_has_no_names() -> None:
    assert shape_of("type {") == Shape()
    assert names("{ us", Shape()) == ("us", [])


@given(st.text("{}()[]@$:.\"'# abuser\n", max_size=60))
def test_no_text_is_too_strange(before: str) -> None:
    names_at(before, SHAPE)
