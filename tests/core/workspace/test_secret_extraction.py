"""What counts as a secret that somebody typed, and what is left of it."""

from dataclasses import replace

import pytest

from workbench.core.draft import (
    ApiKeyAuth,
    Auth,
    AWSAuth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    Draft,
    Field,
    InheritAuth,
    OAuth2Auth,
    OtherAuth,
)
from workbench.core.workspace.secret_extraction import FoundSecret, extract, secrets_of, telltale_headers


@pytest.mark.parametrize(
    ("auth", "found", "extracted"),
    [
        (BasicAuth("ann", "hush"), {"password": "hush"}, BasicAuth("ann", "{{password}}")),
        (BearerAuth("hush"), {"token": "hush"}, BearerAuth("{{token}}")),
        (ApiKeyAuth("X-Key", "hush"), {"api-key": "hush"}, ApiKeyAuth("X-Key", "{{api-key}}")),
        (DigestAuth("ann", "hush"), {"password": "hush"}, DigestAuth("ann", "{{password}}")),
        (
            OAuth2Auth(client_id="me", client_secret="s1", password="s2"),
            {"client-secret": "s1", "password": "s2"},
            OAuth2Auth(client_id="me", client_secret="{{client-secret}}", password="{{password}}"),
        ),
        (
            AWSAuth("id", "s1", "s2", "s3", "r"),
            {"secret-access-key": "s1", "session-token": "s2"},
            AWSAuth("id", "{{secret-access-key}}", "{{session-token}}", "s3", "r"),
        ),
        (BasicAuth("ann", "{{mine}}"), {}, BasicAuth("ann", "{{mine}}")),
        (BasicAuth("ann", ""), {}, BasicAuth("ann", "")),
        (InheritAuth(), {}, InheritAuth()),
        (OtherAuth("ntlm"), {}, OtherAuth("ntlm")),
        (None, {}, None),
    ],
)
def test_authorization(auth: Auth | None, found: dict[str, str], extracted: Auth | None) -> None:
    draft = Draft(auth=auth)
    secrets = secrets_of(draft, None)
    assert {one.name: one.text for one in secrets} == found
    names = {one.text: one.name for one in secrets}
    assert extract(draft, names.get).auth == extracted


def test_what_the_file_holds_already_stays() -> None:
    saved = Draft(auth=BasicAuth("ann", "public"))
    assert secrets_of(replace(saved, name="new"), saved) == ()
    assert secrets_of(Draft(auth=BasicAuth("ann", "new")), saved) == (FoundSecret("password", "new"),)


def test_headers_only_when_named_and_without_their_scheme() -> None:
    fields = (
        Field("authorization", "Bearer hush"),
        Field("X-API-Key", "k"),
        Field("Cookie", "a={{x}}"),
        Field("A", "b"),
    )
    draft = Draft(headers=fields)
    assert secrets_of(draft, None) == ()
    assert telltale_headers(draft) == ("authorization", "X-API-Key")
    assert telltale_headers(draft, Draft(headers=(Field("Authorization", "hush"),))) == ("X-API-Key",)
    named = ("Authorization", "x-api-key")
    found = secrets_of(draft, None, named)
    assert found == (FoundSecret("authorization", "hush"), FoundSecret("x-api-key", "k"))
    extracted = extract(draft, {one.text: one.name for one in found}.get, named)
    assert [field.value for field in extracted.headers] == ["Bearer {{authorization}}", "{{x-api-key}}", "a={{x}}", "b"]


def test_the_same_text_is_one_secret() -> None:
    draft = Draft(auth=BearerAuth("hush"), headers=(Field("X-Token", "hush"),))
    assert secrets_of(draft, None, ["x-token"]) == (FoundSecret("token", "hush"),)
