"""Cookies and keys of a session, hop by hop."""

import json
import socket
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest

from tests.core.conftest import Stock
from tests.core.session.test_session import fields, get, redirect, run
from tests.support.servers import broken
from tests.support.servers.broken import playing
from workbench.core.auth import AWSSignature, HeaderKey
from workbench.core.cookies import Jar, SplitJar
from workbench.core.exchange import Exchange
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.tls.policy import TLSPolicy
from workbench.core.url import parse


def send(stock: Stock, jar: Jar | None, *requests: Request) -> list[Exchange]:
    async def plan(session: Session) -> list[Exchange]:
        return [await session.send(request, jar=jar) for request in requests]

    exchanges: list[Exchange] = run(stock, plan)
    return exchanges


def cookie(exchange: Exchange) -> str | None:
    return fields(exchange).get("cookie")


def setting(stock: Stock, query: str, server: str = "optional", then: str = "") -> str:
    return f"{stock.lab.urls[server]}cookies?{query}{then}"


def test_what_one_request_brings_goes_with_the_next(stock: Stock) -> None:
    jar = Jar()
    home = stock.lab.urls["optional"]
    first, second, without, nothing = send(
        stock,
        jar,
        get(setting(stock, "a=1&b=2&attributes=Path=/")),
        get(f"{home}echo", headers=(("Cookie", "b=mine"),)),
        get(f"{home}echo", cookies=False),
        get(setting(stock, "c=3"), cookies=False),
    )
    assert [cookie(one) for one in (first, second, without, nothing)] == [None, "b=mine; a=1", None, None]
    assert [one.name for one in jar.cookies()] == ["a", "b"]
    assert second.request.headers == (("Cookie", "b=mine"),)


def test_every_redirect_takes_and_brings_cookies(stock: Stock) -> None:
    jar = Jar()
    home = stock.lab.urls["optional"]
    jar.store(home, ["early=1; Path=/"])
    (exchange,) = send(stock, jar, get(redirect(home, f"{home}end"), follow_redirects=True))
    assert cookie(exchange) == "early=1"


def test_a_redirect_sets_what_its_target_gets(stock: Stock) -> None:
    def play(peer: socket.socket) -> None:
        broken.read_head(peer)
        headers = ("Location: /next", "Set-Cookie: from=redirect; Path=/", "Content-Length: 0")
        peer.sendall(broken.head(*headers, status="302 Found"))
        received = broken.read_head(peer)
        body = b"brought" if b"Cookie: from=redirect" in received else b"nothing"
        peer.sendall(broken.head("Content-Length: 7", "Set-Cookie: last=1") + body)

    with playing(play) as stage:
        jar = Jar()
        (exchange,) = send(stock, jar, get(f"http://localhost:{stage.port}/", follow_redirects=True))
    assert exchange.response is not None
    assert exchange.response.body.read() == b"brought"
    assert {one.name for one in jar.cookies()} == {"from", "last"}


def test_cookies_follow_their_own_rules_and_not_the_request(stock: Stock) -> None:
    """What the person wrote stays at home; what a host set goes where the host is."""
    jar = Jar()
    port = stock.lab.urls["one-way"].rpartition(":")[2].strip("/")
    home, away = stock.lab.urls["optional"], f"https://127.0.0.1:{port}/"
    jar.store(home, ["home=1; Path=/"])
    jar.store(away, ["away=1; Path=/"])
    request = get(redirect(home, f"{away}end"), headers=(("Cookie", "mine=1"),), follow_redirects=True)
    (exchange,) = send(stock, jar, request)
    assert cookie(exchange) == "away=1"


def test_a_server_that_was_not_verified_gets_no_cookie_and_leaves_none(stock: Stock) -> None:
    """Whoever answers in place of a host gets nothing of what that host set, however well it was protected."""
    jar = Jar()
    home = stock.lab.urls["untrusted"]
    jar.store(home, ["__Host-session=hush; Path=/; Secure; HttpOnly", "plain=1; Path=/"])
    before = jar.cookies()
    off = TLSPolicy(verify=False)
    first, second, through = send(
        stock,
        jar,
        get(setting(stock, "evil=1&plain=2&attributes=Path=/", "untrusted"), policy=off),
        get(f"{home}echo", policy=off),
        get(setting(stock, "then=1&attributes=Path=/", "untrusted"), follow_redirects=True, policy=off),
    )
    assert cookie(first) is None
    assert cookie(second) == "evil=1; plain=2", "its own logins work: what came unverified goes back unverified"
    assert through.response is not None
    assert jar.cookies() == before


def test_what_came_unverified_is_not_shown_to_the_real_server(stock: Stock) -> None:
    jar = Jar()
    home = stock.lab.urls["optional"]
    _first, real = send(
        stock,
        jar,
        get(setting(stock, "evil=1&attributes=Path=/"), policy=TLSPolicy(verify=False)),
        get(f"{home}echo"),
    )
    assert cookie(real) is None


def test_of_a_collection_with_a_jar_apart_what_is_unverified_stays_with_it(stock: Stock) -> None:
    """Each request makes the two jars one anew; a login at an unverified server outlives that."""
    person, apart = Jar(), Jar()
    home = stock.lab.urls["untrusted"]
    person.store(home, ["__Host-session=hush; Path=/; Secure"])
    off = TLSPolicy(verify=False)
    (first,) = send(
        stock,
        SplitJar(person, parse(home), apart),
        get(setting(stock, "a=1&attributes=Path=/", "untrusted"), policy=off),
    )
    (second,) = send(stock, SplitJar(person, parse(home), apart), get(f"{home}echo", policy=off))
    assert [cookie(one) for one in (first, second)] == [None, "a=1"]
    assert person.unverified().cookies() == ()


def test_without_a_jar(stock: Stock) -> None:
    first, second = send(stock, None, get(setting(stock, "a=1&attributes=Path=/")), get(setting(stock, "")))
    assert cookie(first) is cookie(second) is None


def test_a_key_in_a_header_stays_at_home(stock: Stock) -> None:
    home, away = stock.lab.urls["optional"], stock.lab.urls["one-way"]
    there = get(redirect(home, f"{home}end"), auth=HeaderKey("X-Key", "hush"), follow_redirects=True)
    elsewhere = replace(there, url=redirect(home, f"{away}end"))
    first, second = send(stock, None, there, elsewhere)
    assert fields(first)["x-key"] == "hush"
    assert "x-key" not in fields(second)
    assert "hush" not in f"{first.request!r}{first.hops!r}"


@pytest.mark.parametrize("key", [HeaderKey("X-Key", "a\r\nX-Evil: 1"), HeaderKey("X Key", "a"), HeaderKey("Ü", "a")])
def test_a_key_cannot_break_out_of_its_line(stock: Stock, key: HeaderKey) -> None:
    (exchange,) = send(stock, None, get(stock.lab.urls["optional"], auth=key))
    assert exchange.failure is not None
    assert exchange.failure.code == "invalid-input"


def test_every_hop_is_signed_anew(stock: Stock) -> None:
    home = stock.lab.urls["optional"]
    auth = AWSSignature("id", "hush", service="execute-api", region="eu-central-1")
    url = f"{home}redirect-to?url={quote('/end?a=1', safe='')}&status=307"
    first, second = send(
        stock,
        None,
        get(url, method="POST", body=b"body", auth=auth, follow_redirects=True),
        get(f"{home}end?a=1", method="POST", body=b"other", auth=auth),
    )
    signatures = {fields(one)["authorization"].rpartition("=")[2] for one in (first, second)}
    assert len(signatures) == 2
    said: dict[str, Any] = json.loads(first.response.body.read()) if first.response else {}
    assert said["path"] == "/end"
    assert "SignedHeaders=host;x-amz-date," in fields(first)["authorization"]


@pytest.mark.parametrize("host", ["iam.amazonaws.com", "localhost", "localhost:1", ""])
def test_nothing_is_signed_for_another_host(stock: Stock, host: str) -> None:
    """A signature for ``iam.amazonaws.com`` that reaches another server is a key to somebody's account."""
    auth = AWSSignature("id", "hush", service="iam", region="us-east-1")
    with playing(broken.wait_for_end) as stage:
        url = f"http://localhost:{stage.port}/"
        (exchange,) = send(stock, None, get(url, auth=auth, headers=(("hOsT", host),)))
        assert stage.accepted == 0
    assert exchange.failure is not None
    assert exchange.failure.code == "invalid-input"
    assert host in exchange.failure.detail
    assert f"localhost:{stage.port}" in exchange.failure.detail


def test_a_host_that_is_the_urls_is_signed(stock: Stock) -> None:
    home = stock.lab.urls["optional"]
    auth = AWSSignature("id", "hush", service="iam", region="us-east-1")
    same = home.removeprefix("https://").strip("/").upper()
    (exchange,) = send(stock, None, get(f"{home}echo", auth=auth, headers=(("Host", same),)))
    assert "AWS4-HMAC-SHA256" in fields(exchange)["authorization"]
