"""Drafts there and back again, and what is said of those that cannot be read."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workbench.core import draft_codec
from workbench.core.draft import BearerAuth, Draft, Field, InheritAuth, RawBody, RawKind
from workbench.core.errors import StorageError


@given(st.from_type(Draft))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_draft_comes_back(draft: Draft) -> None:
    assert draft_codec.from_data(json.loads(json.dumps(draft_codec.to_data(draft)))) == draft


def test_an_empty_draft_takes_no_room() -> None:
    assert draft_codec.to_data(Draft()) == {"format": draft_codec.FORMAT.version}


def test_no_authorization_is_not_an_inherited_one() -> None:
    for auth in (None, InheritAuth(), BearerAuth("x")):
        assert draft_codec.from_data(draft_codec.to_data(Draft(auth=auth))).auth == auth


def test_fields_of_tomorrow_are_ignored() -> None:
    data = draft_codec.to_data(Draft(method="PUT", headers=(Field("A", "1"),)))
    data["colour"] = "red"
    data["headers"][0]["weight"] = 3
    assert draft_codec.from_data(data) == Draft(method="PUT", headers=(Field("A", "1"),))


def test_a_newer_format_is_refused() -> None:
    with pytest.raises(StorageError, match="newer version"):
        draft_codec.from_data({"format": draft_codec.FORMAT.version + 1})


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"format": "1"},
        {"format": 1, "url": 5},
        {"format": 1, "params": {}},
        {"format": 1, "headers": ["Accept"]},
        {"format": 1, "body": {"type": "telepathy"}},
        {"format": 1, "body": {"type": "raw", "kind": "klingon"}},
        {"format": 1, "settings": {"timeout_ms": "soon"}},
    ],
)
def test_what_is_no_draft_is_said_to_be_none(data: object) -> None:
    with pytest.raises(StorageError) as caught:
        draft_codec.from_data(data)
    assert caught.value.detail


def test_the_error_quotes_no_value() -> None:
    with pytest.raises(StorageError) as caught:
        draft_codec.from_data({"format": 1, "body": {"type": "raw", "kind": "hunter2"}})
    assert "hunter2" not in str(caught.value)


def test_the_tag_of_a_body_is_not_its_kind() -> None:
    data = draft_codec.to_data(Draft(body=RawBody(RawKind.XML, "<a/>")))
    assert data["body"] == {"type": "raw", "kind": "xml", "text": "<a/>"}
