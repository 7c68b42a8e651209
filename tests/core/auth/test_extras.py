"""What is sent to an authorization server beyond the standard's parameters."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.auth import carry, extras, grants
from workbench.core.auth.consent import authorization_url
from workbench.core.auth.kinds import OAuth2
from workbench.core.draft import Draft, OAuth2Auth
from workbench.core.masking import without_secrets
from workbench.core.request import Request

REQUEST = Request(url="https://api.test/")
SETTINGS = OAuth2Auth(
    access_token_url="https://id.test/token",
    authorization_url="https://id.test/authorize?a=b",
    client_id="me",
    authorization_parameters="audience=https://api.test/&prompt=login",
    token_parameters="resource=a&resource=b%26c",
)


@given(st.lists(st.tuples(st.text(min_size=1), st.text())))
def test_what_is_written_reads_as_what_was_meant(pairs: list[tuple[str, str]]) -> None:
    pairs = [(name, value) for name, value in pairs if f"{name}={value}".strip() == f"{name}={value}"]
    assert extras.pairs_of(extras.text_of(pairs)) == tuple(pairs)


def test_they_are_written_as_people_write_them() -> None:
    assert extras.text_of([("audience", "https://a.test/?x=1#y"), ("q", "{{a}} b")]) == (
        "audience=https://a.test/?x=1#y&q={{a}} b"
    )


def test_they_go_with_the_two_calls_they_are_for() -> None:
    query = parse_qsl(urlsplit(authorization_url(SETTINGS, "http://127.0.0.1/", "s", "")).query)
    assert query[-2:] == [("audience", "https://api.test/"), ("prompt", "login")]
    for request in (
        grants.client_credentials(SETTINGS, REQUEST),
        grants.password(SETTINGS, REQUEST),
        grants.authorization_code(SETTINGS, "code", "http://127.0.0.1/", "", REQUEST),
    ):
        assert isinstance(request.body, bytes)
        assert parse_qsl(request.body.decode())[-2:] == [("resource", "a"), ("resource", "b&c")]
    refreshing = grants.refreshing(SETTINGS, "again", REQUEST)
    assert isinstance(refreshing.body, bytes)
    assert b"resource" not in refreshing.body


@pytest.mark.parametrize("value", ["plain", "a&b=c", "100% + more", "ü"])
def test_values_of_variables_stay_whole(value: str) -> None:
    auth = OAuth2Auth(access_token_url="https://id.test/token", token_parameters="audience={{v}}&x=1")
    request = carry(auth, lambda text: text.replace("{{v}}", value), REQUEST)
    assert isinstance(request.auth, OAuth2)
    assert extras.pairs_of(request.auth.settings.token_parameters) == (("audience", value), ("x", "1"))


def test_secrets_among_them_are_kept_nowhere() -> None:
    auth = OAuth2Auth(token_parameters="audience=https://a.test/&client_assertion=hush")
    stripped = without_secrets(Draft(auth=auth))
    assert stripped.draft.auth == OAuth2Auth(token_parameters="audience=https://a.test/&client_assertion=")
    assert stripped.secrets == ("hush",)
    assert "hush" not in repr(auth)
