"""Drafts made into requests, and what a real server gets of them."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.core.conftest import TIMEOUTS, Stock
from workbench.core.draft import (
    ApiKeyAuth,
    BasicAuth,
    BearerAuth,
    Defaults,
    Draft,
    Field,
    FileBody,
    FileChoice,
    FormBody,
    MultipartBody,
    Param,
    ParamKind,
    Part,
    Placement,
    RawBody,
    RawKind,
    Settings,
    Variable,
)
from workbench.core.errors import InvalidInput
from workbench.core.preparation import (
    DraftError,
    Place,
    generated_headers,
    inherited_auth,
    inherited_headers,
    prepare,
    preview,
)
from workbench.core.request import Headers, Request, Stream
from workbench.core.session import Session
from workbench.core.variables import VariableError, layers_of

HERE = Path("/nowhere")
BELOW = Request(trust=("lab",), timeouts=TIMEOUTS, proxy="")


def made(draft: Draft, inherited: Sequence[Defaults] = (), *, folder: Path = HERE, **values: str) -> Request:
    own = tuple(Variable(name, value) for name, value in values.items())
    collection = replace(inherited[0] if inherited else Defaults(), variables=own)
    scope = layers_of(collection, inherited[1:], (), draft)
    return prepare(draft, scope, folder=folder, inherited=inherited, fallback=BELOW)


def refused(draft: Draft, inherited: Sequence[Defaults] = (), *, folder: Path = HERE, **values: str) -> DraftError:
    with pytest.raises(DraftError) as caught:
        made(draft, inherited, folder=folder, **values)
    assert caught.value.title
    assert caught.value.hint
    return caught.value


def headers(*pairs: tuple[str, str], off: bool = False) -> tuple[Field, ...]:
    return tuple(Field(name, value, on=not off) for name, value in pairs)


# URL and parameters


@pytest.mark.parametrize(
    ("url", "sent", "raw"),
    [
        ("https://{{host}}/a b?q=ä|{x}&r=[1]#f", None, None),
        ("https://h/p?a=1%20+%zz%", "https://h/p?a=1%20+%25zz%25", "https://h/p?a=1%20+%zz%"),
        ("https://h/a b", "https://h/a%20b", "https://h/a b"),
        ("https://h/?f={\"a\":[1]}", "https://h/?f=%7B%22a%22:%5B1%5D%7D", 'https://h/?f={"a":[1]}'),
        ("h:8443/é^`", "h:8443/%C3%A9%5E%60", "h:8443/é^`"),
        ("http://[::1]:80/a;b=c,d/(e)'!*@:$&+?x=/?:@!$&'()*+,;=-._~", None, None),
        ("  https://h/ ", "https://h/", "https://h/"),
    ],
)  # fmt: skip
def test_urls_become_legal_unless_told_not_to(url: str, sent: str | None, raw: str | None) -> None:
    legal = made(Draft(url=url), host="h").url
    typed = made(Draft(url=url, settings=Settings(encode_url=False)), host="h").url
    assert legal.isascii()
    assert not set(legal.partition("://")[2].partition("/")[2]) & set(' "<>\\^`{|}')
    if sent is not None:
        assert (legal, typed) == (sent, raw)
    assert made(Draft(url=legal)).url == legal


def test_path_variables_are_one_segment_each() -> None:
    params = (Param("id", "a/b?{{x}} %2F%", ParamKind.PATH), Param("off", "1", ParamKind.PATH, on=False))
    draft = Draft(url="{{base}}/:id/:off/:unknown?q=:id", params=params)
    assert made(draft, base="https://h:1", x="é").url == (
        "https://h:1/a%2Fb%3F%C3%A9%20%2F%25/:off/:unknown?q=:id"
    )  # fmt: skip
    typed = replace(draft, settings=Settings(encode_url=False))
    assert made(typed, base="https://h:1", x="y").url == "https://h:1/a/b?y %2F%/:off/:unknown?q=:id"


def test_a_path_variable_without_a_value_is_refused() -> None:
    error = refused(Draft("x", "DELETE", "https://h/users/:id", (Param("id", "", ParamKind.PATH),)))
    assert (error.place, error.name) == (Place.PARAMS, "id")
    assert "“id”" in error.title


def test_a_query_that_is_in_the_list_only_is_sent() -> None:
    params = (Param("a", "1"), Param("b", "2", on=False), Param("c", "{{x}}"))
    assert made(Draft(url="https://h/#f", params=params), x="3").url == "https://h/?a=1&c=3#f"
    assert made(Draft(url="https://h/?z", params=params), x="3").url == "https://h/?z"


def test_a_preview_keeps_what_is_not_known() -> None:
    params = (Param("id", "{{id}}", ParamKind.PATH), Param("o", "", ParamKind.PATH))
    draft = Draft(url="{{base}}/:id/:o?t={{token}}&g={{$guid}}&u={{undefined", params=params)
    scope = layers_of(Defaults(variables=(Variable("base", "https://h"), Variable("id", "7"))), (), (), draft)
    assert preview(draft, scope) == "https://h/7/:o?t={{token}}&g={{$guid}}&u={{undefined"


# Headers, authorization, settings: what comes from above

COLLECTION = Defaults(
    "C",
    (*headers(("X-A", "c"), ("X-B", "c"), ("X-C", "c {{v}}")), Field("X-Off", "c", on=False)),
    BearerAuth("{{v}}"),
)
OUTER = Defaults(
    "Outer", headers(("x-b", "outer"), ("X-B", "outer2")), settings=Settings(timeout_ms=1500, max_redirects=3)
)
INNER = Defaults("Inner", headers(("X-C", "inner"), ("X-Gone", "{{undefined}}")), settings=Settings(timeout_ms=0))
CHAIN = (COLLECTION, OUTER, INNER)


def test_the_nearest_header_of_a_name_counts() -> None:
    draft = Draft(url="h", headers=headers(("x-gone", "own"), ("X-Two", "1"), ("X-Two", "2"), ("", "")), auth=None)
    draft = replace(draft, headers=(*draft.headers, Field("X-A", "off", on=False)))
    assert made(draft, CHAIN).headers == (
        ("X-A", "c"),
        ("x-b", "outer"),
        ("X-B", "outer2"),
        ("X-C", "inner"),
        ("x-gone", "own"),
        ("X-Two", "1"),
        ("X-Two", "2"),
    )
    shown = [(each.field.name, each.where) for each in inherited_headers(CHAIN)]
    assert shown == [
        ("X-A", "collection C"), ("x-b", "folder Outer"), ("X-B", "folder Outer"), ("X-C", "folder Inner"),
        ("X-Gone", "folder Inner"),
    ]  # fmt: skip


def test_which_headers_hold_a_secret_that_their_names_do_not_tell() -> None:
    secret = Variable("session", "hush", secret=True)
    draft = Draft(
        url="https://localhost/",
        headers=headers(
            ("X-Session", "{{session}}"),
            ("X-Way", "v1 {{outer}}"),
            ("X-By-Name", "{{api_token}}"),
            ("X-Trace", "{{trace}}"),
            ("X-Plain", "1"),
        ),
        variables=(secret, Variable("outer", "{{session}}"), Variable("api_token", "1"), Variable("trace", "2")),
    )
    assert made(draft).private_headers == ("x-by-name", "x-session", "x-way")


def test_authorization_is_inherited_from_the_nearest_that_says_something() -> None:
    draft = Draft(url="h", headers=headers(("X-Gone", "")))
    assert inherited_auth(CHAIN) == (BearerAuth("{{v}}"), "collection C")
    assert ("Authorization", "Bearer t0ken") in made(draft, CHAIN, v="t0ken").headers
    silent = (CHAIN[0], replace(CHAIN[1], auth=None), CHAIN[2])
    assert inherited_auth(silent) == (None, "folder Outer")
    assert "Authorization" not in dict(made(draft, silent).headers)
    assert inherited_auth((Defaults(),)) == (None, "")
    assert "Authorization" not in dict(made(replace(draft, auth=None), CHAIN).headers)
    own = replace(draft, auth=BasicAuth("me", "{{v}}"))
    assert dict(made(own, CHAIN, v="pw").headers)["Authorization"] == "Basic bWU6cHc="


def test_settings_are_inherited_one_by_one() -> None:
    draft = Draft(url="h", headers=headers(("X-Gone", "")), settings=Settings(follow_redirects=True))
    request = made(draft, CHAIN, v="")
    assert request.timeouts == replace(TIMEOUTS, total=None)
    assert (request.follow_redirects, request.max_redirects) == (True, 3)
    assert made(Draft(url="h", settings=Settings(timeout_ms=250))).timeouts.total == 0.25
    assert made(Draft(url="h")).timeouts == TIMEOUTS


def test_tls_choices_are_variables() -> None:
    draft = Draft(url="h", variables=(Variable("mtls.identity", "{{who}}"), Variable("mtls.tls-min", "1.3")))
    far = (Variable("mtls.tls-min", "1.2"), Variable("mtls.http", "1.1"), Variable("mtls.trust", "lab, corp"))
    request = made(draft, (Defaults(), Defaults("f", variables=far)), who="alice")
    assert (request.identity, request.http_version, request.trust) == ("alice", "1.1", ("lab", "corp"))
    assert request.policy.minimum is not None
    assert request.policy.minimum.name.endswith("3")
    error = refused(replace(draft, variables=(Variable("mtls.tls-min", "9"),)))
    assert error.place is Place.TLS
    assert "mtls.tls-min" in error.title
    error = refused(draft)
    assert (error.place, error.name) == (Place.TLS, "mtls.identity")


# What is wrong, and where


@pytest.mark.parametrize(
    ("draft", "place", "words"),
    [
        (Draft(url=""), Place.URL, "empty"),
        (Draft(url="ftp://h/"), Place.URL, "ftp"),
        (Draft(url="https://{{host/"), Place.URL, "position 9"),
        (Draft(url="https://{{nowhere}}/"), Place.URL, "position 9"),
        (Draft(url="https://h/\n{{base}}"), Place.URL, "position 11"),
        (Draft(url="h", method="G ET"), Place.METHOD, "G ET"),
        (Draft(url="h", method="{{verb}}"), Place.METHOD, "{{verb}}"),
        (Draft(url="h/:x", params=(Param("x", "{{nowhere}}", ParamKind.PATH),)), Place.PARAMS, "Path variable “x”"),
        (Draft(url="h", headers=headers(("X-A", "{{nl}}"))), Place.HEADERS, "Header “X-A”"),
        (Draft(url="h", headers=headers(("X {{ok}}", "v"))), Place.HEADERS, "X ok"),
        (Draft(url="h", headers=headers(("", "v"))), Place.HEADERS, "“”"),
        (Draft(url="h", headers=headers(("X-A", "{{nowhere}}"))), Place.HEADERS, "{{nowhere}}"),
        (Draft(url="h", body=RawBody(RawKind.TEXT, "a\n {{nowhere}}")), Place.BODY, "line 2, column 2"),
        (Draft(url="h", body=FileBody((FileChoice("gone.bin"),))), Place.BODY, "gone.bin"),
        (Draft(url="h", auth=BearerAuth("{{nowhere}}")), Place.AUTH, "{{nowhere}}"),
        (Draft(url="h", auth=BearerAuth("a{{nl}}b")), Place.AUTH, "U+000A"),
        (Draft(url="h", auth=ApiKeyAuth("X-Key", "a{{nl}}b")), Place.AUTH, "U+000A"),
        (Draft(url="h", auth=ApiKeyAuth("X Key", "a")), Place.AUTH, "X Key"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(draft: Draft, place: Place, words: str) -> None:
    error = refused(draft, nl="x\r\nX-Injected: 1".replace("\r", ""), ok="ok", base="x")
    assert error.place is place
    assert words in error.detail
    assert isinstance(error.cause, InvalidInput)


def test_an_error_in_what_is_inherited_says_whose_it_is() -> None:
    error = refused(Draft(url="h", headers=headers(("X-Gone", ""))), CHAIN)
    assert error.place is Place.AUTH
    assert "collection C" in error.detail
    assert isinstance(error.cause, VariableError)
    assert error.cause.name == "v"


def test_no_error_quotes_a_secret() -> None:
    for draft in (
        Draft(url="https://h/\x01{{secret}}"),
        Draft(url="{{secret}}://h/"),
        Draft(url="h", headers=headers(("X-A", "{{secret}}\n"))),
        Draft(url="h", body=RawBody(RawKind.TEXT, "{{secret}} {{nowhere}}")),
        Draft(url="h", auth=BearerAuth("{{secret}}\n")),
    ):
        assert "hunter2" not in str(refused(draft, secret="http:hunter2"))


# Content-Type


def content_type(request: Request) -> list[str]:
    return [value for name, value in request.headers if name.lower() == "content-type"]


def test_content_type_comes_from_the_body_unless_somebody_gives_it() -> None:
    body = RawBody(RawKind.JSON, "{}")
    assert content_type(made(Draft(url="h", body=body))) == ["application/json"]
    own = headers(("content-type", "application/vnd.api+json"))
    assert content_type(made(Draft(url="h", body=body, headers=own))) == ["application/vnd.api+json"]
    above = (Defaults("c", headers(("Content-Type", "text/x"))),)
    assert content_type(made(Draft(url="h", body=body), above)) == ["text/x"]
    assert content_type(made(Draft(url="h"))) == []


def test_a_multipart_type_that_somebody_gives_gets_its_boundary() -> None:
    body = MultipartBody((Part("a", "1"),))
    request = made(Draft(url="h", body=body, headers=headers(("Content-Type", "multipart/form-data;"))))
    (said,) = content_type(request)
    assert said.startswith("multipart/form-data; boundary=")
    assert isinstance(request.body, bytes)
    assert request.body.startswith(b"--" + said.partition("=")[2].encode())
    given = 'multipart/related; boundary="my own"; type=x'
    request = made(Draft(url="h", body=body, headers=headers(("Content-Type", given))))
    assert content_type(request) == [given]
    assert isinstance(request.body, bytes)
    assert request.body.startswith(b"--my own\r\n")


# What a server gets


def sent(stock: Stock, *requests: Request) -> list[dict[str, Any]]:
    async def all_of_them() -> Iterator[Any]:
        session = Session(stock.identities, stock.trust)
        try:
            return iter([await session.send(request) for request in requests])
        finally:
            await session.aclose()

    said = []
    for exchange in asyncio.run(all_of_them()):
        assert exchange.response is not None, exchange.failure
        said.append(json.loads(exchange.response.body.read()))
    return said


@pytest.mark.parametrize("version", ["1.1", "2"])
@pytest.mark.parametrize(
    "draft",
    [
        Draft(),
        Draft(method="POST"),
        Draft(method="POST", body=RawBody(RawKind.XML, "<é/>")),
        Draft(method="PUT", body=FormBody(headers(("a", "b c")))),
        Draft(headers=headers(("user-agent", "mine"), ("Accept", "text/x"), ("X-A", "1"))),
        Draft(method="DELETE", headers=headers(("accept-encoding", "identity")), auth=BasicAuth("me", "pw")),
    ],
)
def test_headers_shown_before_sending_are_those_a_server_gets(draft: Draft, version: str, stock: Stock) -> None:
    draft = replace(draft, url=stock.lab.urls["one-way"] + "x")
    request = replace(made(draft), http_version=version)
    shown: Headers = (*generated_headers(request), *request.headers)
    (said,) = sent(stock, request)
    expected = [(name.lower(), value) for name, value in shown]
    got = [(name.lower().replace(":authority", "host"), value) for name, value in said["headers"]]
    got = [(name, value) for name, value in got if not name.startswith(":")]
    assert sorted(got) == sorted(expected)
    assert not {name for name, _value in generated_headers(request)} & {name for name, _value in request.headers}


def test_generated_headers_know_user_and_file(tmp_path: Path) -> None:
    (tmp_path / "f.bin").write_bytes(bytes(321))
    draft = Draft(url="https://me:pw@h:1/", method="POST", body=FileBody((FileChoice("f.bin"),)))
    shown = dict(generated_headers(made(draft, folder=tmp_path)))
    assert shown["Host"] == "h:1"
    assert shown["Content-Length"] == "321"
    assert shown["Authorization"].startswith("Basic ")


def test_a_whole_draft_arrives_as_it_was_meant(stock: Stock) -> None:
    draft = Draft(
        method="{{verb}}",
        url="{{base}}things/:id?q={{q}}&empty=&flag",
        params=(Param("id", "7/8", ParamKind.PATH), Param("q", "{{q}}"), Param("empty"), Param("flag")),
        headers=headers(("X-{{kind}}", "{{q}}")),
        body=RawBody(RawKind.JSON, '{"n": {{n}}, "s": "{{q}}"}'),
        auth=ApiKeyAuth("key", "{{q}}", Placement.QUERY),
        variables=(Variable("n", "1.0"), Variable("mtls.identity", "alice")),
    )
    (said,) = sent(stock, made(draft, verb="PATCH", base=stock.lab.urls["mutual"], q="ä b", kind="Kind"))
    assert said["method"] == "PATCH"
    assert said["path"] == "/things/7%2F8"
    assert said["query"] == "q=%C3%A4%20b&empty=&flag&key=%C3%A4%20b"
    assert said["body"] == '{"n": 1.0, "s": "ä b"}'
    assert said["client"]["subject"]
    got = {name.lower(): value for name, value in said["headers"]}
    assert got["content-type"] == "application/json"
    assert got["x-kind"] in ("ä b", "ä b".encode().decode("latin-1"))


def test_a_form_with_files_is_a_stream(tmp_path: Path) -> None:
    (tmp_path / "f.txt").write_text("x")
    request = made(Draft(url="h", body=MultipartBody((Part("f", files=("f.txt",)),))), folder=tmp_path)
    assert isinstance(request.body, Stream)
    assert request.body_size > 1


def test_no_other_protocol_is_sent_as_http(tmp_path: Path) -> None:
    draft = Draft(protocol="websocket", url="https://h/")
    with pytest.raises(DraftError, match="websocket requests cannot be sent here"):
        prepare(draft, layers_of(Defaults(), (), (), draft), folder=tmp_path, inherited=(), fallback=Request())
