"""What will be added to a request is told before it is sent, and no secret with it."""

from dataclasses import replace

import pytest

from tests.core.workspace.conftest import Computer
from workbench.core.cookies import Cookie
from workbench.core.draft import (
    ApiKeyAuth,
    Auth,
    AWSAuth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    Draft,
    Field,
    OAuth2Auth,
    RawBody,
    RawKind,
    Variable,
)
from workbench.core.request import Request
from workbench.core.workspace import Workspace
from workbench.core.workspace.previews import added_fields

PLAIN = Draft(method="POST", url="https://shop.test/a", body=RawBody(RawKind.JSON, "{}"))


@pytest.fixture
def workspace(computer: Computer) -> Workspace:
    return computer.open()


def added(workspace: Workspace, draft: Draft) -> dict[str, str]:
    fields, why = added_fields(workspace, draft, None, None, Request())
    assert not why
    assert "hush" not in str([(each.name, each.value, each.why) for each in fields])
    return {each.name: f"{each.value} · {each.why}" for each in fields}


def test_http_and_the_body_add_theirs(workspace: Workspace) -> None:
    fields = added(workspace, PLAIN)
    assert fields["Host"] == "shop.test · added when sending"
    assert fields["Content-Length"] == "2 · added when sending"
    assert fields["Content-Type"] == "application/json · from the body"
    own = replace(PLAIN, headers=(Field("content-type", "text/x"), Field("Host", "other.test")))
    assert {"Content-Type", "content-type", "Host"}.isdisjoint(added(workspace, own))


@pytest.mark.parametrize(
    ("auth", "name", "words"),
    [
        (BasicAuth("ada", "hush"), "Authorization", "Basic ••••••"),
        (BearerAuth("{{key}}"), "Authorization", "Bearer ••••••"),
        (ApiKeyAuth("X-Key", "hush"), "X-Key", "••••••"),
        (DigestAuth("ada", "hush"), "Authorization", "challenge"),
        (OAuth2Auth(client_secret="hush"), "Authorization", "access token"),
        (AWSAuth("id", "hush", session_token="hush"), "X-Amz-Security-Token", "••••••"),
        (AWSAuth("id", "hush"), "Authorization", "signature"),
    ],
)
def test_authorization_says_what_it_will_add(workspace: Workspace, auth: Auth, name: str, words: str) -> None:
    fields = added(workspace, replace(PLAIN, auth=auth, variables=(Variable("key", "hush"),)))
    assert words in fields[name]
    assert fields[name].endswith("from the authorization")


def test_cookies_are_named_unless_the_request_keeps_out_of_them(workspace: Workspace) -> None:
    workspace.cookies.put(Cookie(name="session", value="hush", domain="shop.test"))
    assert added(workspace, PLAIN)["Cookie"] == "1 cookie: session · from the workspace"
    assert "Cookie" not in added(workspace, replace(PLAIN, variables=(Variable("mtls.cookies", "false"),)))


def test_what_cannot_be_sent_says_why(workspace: Workspace) -> None:
    fields, why = added_fields(workspace, replace(PLAIN, url="https://{{nowhere}}/"), None, None, Request())
    assert fields == ()
    assert "nowhere" in why


def test_cookies_join_those_that_were_written(workspace: Workspace) -> None:
    workspace.cookies.store("https://shop.test/", ["a=1; Path=/", "b=2; Path=/"])
    written = replace(PLAIN, headers=(Field("Cookie", "a=mine; c=3"),))
    assert added(workspace, written)["Cookie"] == "1 cookie: b · from the workspace"


def test_the_password_in_the_url_is_not_shown_in_another_form(workspace: Workspace) -> None:
    fields = added(workspace, replace(PLAIN, url="https://ada:hush@shop.test/"))
    assert fields["Authorization"] == "Basic •••••• · from the URL"
