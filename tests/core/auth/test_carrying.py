"""What a draft's authorization becomes."""

import base64

import pytest

from workbench.core.auth import AWSSignature, Digest, HeaderKey, OAuth2, carry
from workbench.core.auth.carrying import with_query
from workbench.core.draft import (
    ApiKeyAuth,
    Auth,
    AWSAuth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    InheritAuth,
    OAuth2Auth,
    OtherAuth,
    Placement,
)
from workbench.core.errors import InvalidInput
from workbench.core.request import Request

PLAIN = Request(url="https://host/path")


def filled(text: str) -> str:
    return text.replace("{{user}}", "ann").replace("{{secret}}", "hüsh")


@pytest.mark.parametrize("auth", [None, InheritAuth()])
def test_nothing(auth: Auth | None) -> None:
    assert carry(auth, filled, PLAIN) == PLAIN


def test_basic_is_utf8() -> None:
    request = carry(BasicAuth("{{user}}", "{{secret}}"), filled, PLAIN)
    assert request.headers == (("Authorization", "Basic " + base64.b64encode("ann:hüsh".encode()).decode()),)


def test_basic_without_a_colon_in_the_name() -> None:
    with pytest.raises(InvalidInput, match="basic"):
        carry(BasicAuth("a:b", "x"), filled, PLAIN)


def test_bearer() -> None:
    assert carry(BearerAuth("{{secret}}"), filled, PLAIN).headers == (("Authorization", "Bearer hüsh"),)


def test_a_header_that_the_person_wrote_counts() -> None:
    request = Request(url="https://host/", headers=(("authorization", "Mine"), ("x-key", "mine")))
    assert carry(BasicAuth("a", "b"), filled, request) == request
    assert carry(ApiKeyAuth("X-Key", "other"), filled, request) == request


def test_api_key_in_a_header_stays_with_the_origin() -> None:
    request = carry(ApiKeyAuth("X-Key", "{{secret}}"), filled, PLAIN)
    assert request.auth == HeaderKey("X-Key", "hüsh")
    assert request.headers == ()
    assert "hüsh" not in repr(request.auth)


@pytest.mark.parametrize(
    ("url", "becomes"),
    [
        ("https://host/path", "https://host/path?k%20ey=h%C3%BCsh%26"),
        ("https://host/path?a=1", "https://host/path?a=1&k%20ey=h%C3%BCsh%26"),
        ("https://host/path?", "https://host/path?k%20ey=h%C3%BCsh%26"),
        ("https://host/path#here?", "https://host/path?k%20ey=h%C3%BCsh%26#here?"),
    ],
)
def test_api_key_in_the_query(url: str, becomes: str) -> None:
    assert with_query(url, "k ey", "hüsh&") == becomes
    auth = ApiKeyAuth("k ey", "{{secret}}&", Placement.QUERY)
    assert carry(auth, filled, Request(url=url)).url == becomes


def test_api_key_without_a_name() -> None:
    with pytest.raises(InvalidInput):
        carry(ApiKeyAuth("", "x"), filled, PLAIN)


def test_what_is_done_hop_by_hop() -> None:
    assert carry(DigestAuth("{{user}}", "{{secret}}"), filled, PLAIN).auth == Digest("ann", "hüsh")
    aws = AWSAuth("{{user}}", "{{secret}}", "t", " s3 ", " eu-central-1 ", " dev ")
    assert carry(aws, filled, PLAIN).auth == AWSSignature("ann", "hüsh", "t", "s3", "eu-central-1", "dev")
    oauth = carry(OAuth2Auth(client_id="{{user}}", client_secret="{{secret}}"), filled, PLAIN).auth
    assert oauth == OAuth2(OAuth2Auth(client_id="ann", client_secret="hüsh"))
    assert "hüsh" not in repr(oauth)


def test_other_ways_are_kept_and_not_done() -> None:
    with pytest.raises(InvalidInput, match="wsse") as caught:
        carry(OtherAuth("wsse"), filled, PLAIN)
    assert "file keeps it" in caught.value.detail
    assert caught.value.hint
