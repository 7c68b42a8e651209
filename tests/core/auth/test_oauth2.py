"""OAuth 2.0 against the lab's authorization server, and against servers that answer as they please."""

import asyncio
import socket
import ssl
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.core.conftest import TIMEOUTS, Stock
from tests.support.servers import broken
from tests.support.servers.broken import playing
from workbench.core.auth import OAuth2, Token, Tokens
from workbench.core.auth.consent import authorization_url, challenge_of
from workbench.core.cancelling import CancelScope
from workbench.core.draft import Flow, OAuth2Auth, Placement
from workbench.core.exchange import Exchange, Outcome
from workbench.core.request import Request, Timeouts
from workbench.core.session import Session

Plan = Callable[[Session], Awaitable[Any]]


def run(stock: Stock, plan: Plan) -> Any:
    async def whole() -> Any:
        session = Session(stock.identities, stock.trust)
        try:
            return await asyncio.wait_for(plan(session), 20)
        finally:
            await session.aclose()

    return asyncio.run(whole())


def at(stock: Stock, server: str = "optional", **more: Any) -> OAuth2Auth:
    home = stock.lab.urls[server]
    given = {
        "access_token_url": f"{home}oauth/token",
        "authorization_url": f"{home}oauth/authorize",
        "client_id": "lab",
        "client_secret": "lab-secret",
        **more,
    }
    return OAuth2Auth(**given)


def protected(stock: Stock, settings: OAuth2Auth, identity: str | None = None, **more: Any) -> Request:
    given = {
        "url": stock.lab.urls["optional"] + "oauth/protected",
        "identity": identity,
        "trust": ("lab",),
        "timeouts": TIMEOUTS,
        "proxy": "",
        "auth": OAuth2(settings),
        **more,
    }
    return Request(**given)


def send(stock: Stock, *requests: Request, tokens: Tokens | None = None) -> list[Exchange]:
    kept = tokens or Tokens()

    async def plan(session: Session) -> list[Exchange]:
        return [await session.send(request, tokens=kept) for request in requests]

    exchanges: list[Exchange] = run(stock, plan)
    return exchanges


def status(exchange: Exchange) -> int:
    assert exchange.response is not None, exchange.failure
    return exchange.response.status


def refusal(exchange: Exchange, code: str = "authorization-failed") -> str:
    assert exchange.outcome is Outcome.FAILURE
    assert exchange.failure is not None
    assert exchange.failure.code == code, exchange.failure
    assert exchange.failure.hint
    return f"{exchange.failure.title} {exchange.failure.detail}"


# Flows without a person


@pytest.mark.parametrize("in_body", [True, False])
@pytest.mark.parametrize(
    "how",
    [
        {"flow": Flow.CLIENT_CREDENTIALS},
        {"flow": Flow.PASSWORD, "username": "lab", "password": "lab-password"},
    ],
)
def test_a_token_is_fetched_and_used(stock: Stock, how: dict[str, Any], in_body: bool) -> None:
    (exchange,) = send(stock, protected(stock, at(stock, credentials_in_body=in_body, **how)))
    assert status(exchange) == 200
    assert [hop.status for hop in exchange.hops] == [200]
    assert exchange.request.headers == ()


@pytest.mark.parametrize("server", ["mutual", "optional"])
def test_the_token_call_shows_the_same_certificate(stock: Stock, server: str) -> None:
    """RFC 8705 2.1 (no secret: the certificate says who asks) and 3 (the token is good with this certificate only)."""
    settings = at(stock, server, client_secret="")
    bound, other = send(stock, protected(stock, settings, "alice"), protected(stock, settings, "bob"))
    assert status(bound) == status(other) == 200
    nobody, *_ = send(stock, protected(stock, at(stock, client_secret="")))
    assert "invalid_client" in refusal(nobody)


def test_tokens_belong_to_an_identity(stock: Stock) -> None:
    tokens, settings = Tokens(), at(stock)
    send(stock, protected(stock, settings, "alice"), protected(stock, settings, "bob"), tokens=tokens)
    alice, bob = (tokens.known(settings, protected(stock, settings, name)) for name in ("alice", "bob"))
    assert alice is not None
    assert bob is not None
    assert alice.text != bob.text
    assert tokens.known(settings, protected(stock, settings)) is None
    assert alice.text not in f"{alice!r}{tokens!r}"
    tokens.forget()
    assert tokens.known(settings, protected(stock, settings, "alice")) is None


def test_tokens_belong_to_a_collection_and_to_where_they_are_sent(stock: Stock, tmp_path: Path) -> None:
    """Another collection that writes the same authorization gets no token of this one's."""
    tokens, settings = Tokens(), at(stock)
    request = protected(stock, settings)
    elsewhere = replace(request, url=stock.lab.urls["one-way"])
    ours, theirs = tokens.of(tmp_path / "ours"), tokens.of(tmp_path / "theirs")
    send(stock, request, tokens=ours)
    assert ours.known(settings, request) is not None
    assert tokens.of(tmp_path / "ours").known(settings, request) == ours.known(settings, request)
    assert ours.known(settings, elsewhere) is None
    assert theirs.known(settings, request) is None
    assert tokens.known(settings, request) is None
    tokens.forget()
    assert ours.known(settings, request) is None


def test_one_call_for_many_requests(stock: Stock) -> None:
    tokens, settings = Tokens(), at(stock)
    calls: list[str] = []

    async def plan(session: Session) -> None:
        async def counted(request: Request) -> Exchange:
            calls.append(request.url)
            return await session.send(request)

        request = protected(stock, settings)
        await asyncio.gather(*(tokens.get(settings, request, counted) for _ in range(5)))

    run(stock, plan)
    assert calls == [settings.access_token_url]


def test_a_token_that_ends_within_the_leeway_is_refreshed(stock: Stock) -> None:
    tokens = Tokens()
    settings = at(stock, flow=Flow.PASSWORD, username="lab", password="lab-password", scope="seconds:20")
    grants: list[str] = []

    async def plan(session: Session) -> None:
        async def counted(request: Request) -> Exchange:
            assert isinstance(request.body, bytes)
            grants.append(dict(parse_qsl(request.body.decode()))["grant_type"])
            return await session.send(request)

        request = protected(stock, settings)
        first = await tokens.get(settings, request, counted)
        second = await tokens.get(settings, request, counted)
        assert first.text != second.text
        without = replace(settings, refresh=False)
        await tokens.get(without, request, counted)
        await tokens.get(without, request, counted)

    run(stock, plan)
    assert grants == ["password", "refresh_token", "password", "password"]


def test_a_refresh_token_that_is_refused_begins_anew(stock: Stock) -> None:
    settings = at(stock, flow=Flow.PASSWORD, username="lab", password="lab-password")
    tokens = Tokens()
    tokens._kept[tokens.key(settings, protected(stock, settings))] = Token("old", ends=0.0, refresh="none of the lab's")
    (exchange,) = send(stock, protected(stock, settings), tokens=tokens)
    assert status(exchange) == 200


def test_a_refresh_that_reaches_nobody_is_told(stock: Stock) -> None:
    settings = at(stock, flow=Flow.PASSWORD, username="lab", refresh_token_url="https://localhost:1/token")
    tokens = Tokens()
    tokens._kept[tokens.key(settings, protected(stock, settings))] = Token("old", ends=0.0, refresh="any")
    (exchange,) = send(stock, protected(stock, settings), tokens=tokens)
    assert "localhost:1" in refusal(exchange, "connection-refused")


def test_a_refused_token_of_a_person_is_refreshed_but_nobody_is_asked_again(stock: Stock) -> None:
    person = Person()
    settings = code_flow(stock)
    tokens = Tokens(person)
    (first,) = send(stock, protected(stock, settings), tokens=tokens)
    kept = tokens.known(settings, protected(stock, settings))
    assert kept is not None
    tokens._kept[tokens.key(settings, protected(stock, settings))] = replace(kept, text="broken")
    (second,) = send(stock, protected(stock, settings), tokens=tokens)
    tokens._kept[tokens.key(settings, protected(stock, settings))] = Token("broken", ends=None)
    (third,) = send(stock, protected(stock, settings), tokens=tokens)
    assert [status(one) for one in (first, second, third)] == [200, 200, 401]
    assert len(person.opened) == 1
    assert tokens.known(settings, protected(stock, settings)) is None


def test_a_refused_token_is_fetched_anew_once(stock: Stock) -> None:
    """The token of one certificate does not open the door for another: it was fetched before the identity changed."""
    tokens, settings = Tokens(), at(stock)
    first = protected(stock, settings, "alice")
    send(stock, first, tokens=tokens)
    stolen = tokens.known(settings, first)
    assert stolen is not None
    tokens._kept[tokens.key(settings, protected(stock, settings, "bob"))] = stolen
    again, refused = send(
        stock,
        protected(stock, settings, "bob"),
        replace(first, url=stock.lab.urls["optional"] + "status/401"),
        tokens=tokens,
    )
    assert [hop.status for hop in again.hops] == [401, 200]
    assert [hop.status for hop in refused.hops] == [401, 401]


@pytest.mark.parametrize(
    ("more", "sent"),
    [
        ({"token_name": "X-Token"}, "x-token"),
        ({"token_name": "Authorization"}, "authorization"),
    ],
)
def test_the_token_in_a_header(stock: Stock, more: dict[str, Any], sent: str) -> None:
    home = stock.lab.urls["optional"]
    (exchange,) = send(stock, protected(stock, at(stock, **more), url=f"{home}echo"))
    assert exchange.response is not None
    assert f'"{sent}"' in exchange.response.body.read().decode().lower()


@pytest.mark.parametrize(("name", "sent"), [("Authorization", "access_token="), ("key", "key=")])
def test_the_token_in_the_query_is_shown_nowhere(stock: Stock, name: str, sent: str) -> None:
    settings = at(stock, token_placement=Placement.QUERY, token_name=name)
    (exchange,) = send(stock, protected(stock, settings, url=stock.lab.urls["optional"] + "echo?a=1"))
    assert exchange.response is not None
    assert f'"query": "a=1&{sent}' in exchange.response.body.read().decode()
    assert [hop.url.rpartition("/")[2] for hop in exchange.hops] == ["echo?a=1"]


def test_another_origin_gets_no_token(stock: Stock) -> None:
    home, away = stock.lab.urls["optional"], stock.lab.urls["one-way"]
    url = f"{home}redirect-to?url={away}end"
    (exchange,) = send(stock, protected(stock, at(stock, token_name="X-Token"), url=url, follow_redirects=True))
    assert exchange.response is not None
    assert "x-token" not in exchange.response.body.read().decode().lower()


# What goes wrong


def test_what_the_server_said_is_shown_with_its_tls(stock: Stock) -> None:
    (exchange,) = send(stock, protected(stock, at(stock, client_secret="wrong-secret")))
    words = refusal(exchange)
    assert "invalid_client: The lab knows the client “lab” with its secret." in words
    assert "401" in words
    assert exchange.handshake is not None
    assert [hop.url for hop in exchange.hops] == [at(stock).access_token_url]
    assert exchange.request.url.endswith("/oauth/protected")
    assert "wrong-secret" not in f"{exchange!r}"


def test_a_token_endpoint_that_does_not_know_us(stock: Stock) -> None:
    (exchange,) = send(stock, protected(stock, at(stock, "mutual")))
    assert "No access token was obtained" in refusal(exchange, "client-certificate-required")


@pytest.mark.parametrize(
    ("settings", "what"),
    [
        ({"access_token_url": ""}, "token URL"),
        ({"access_token_url": "ftp://nowhere"}, "URL"),
        ({"flow": Flow.IMPLICIT}, "implicit"),
        ({"flow": Flow.AUTHORIZATION_CODE, "authorization_url": ""}, "authorization URL"),
        ({"flow": Flow.AUTHORIZATION_CODE, "authorization_url": "javascript:alert(1)"}, "URL"),
        ({"flow": Flow.AUTHORIZATION_CODE, "authorization_url": "file:///etc/passwd"}, "URL"),
    ],
)
def test_settings_that_cannot_work(stock: Stock, settings: dict[str, Any], what: str) -> None:
    person = Person()
    (exchange,) = send(stock, protected(stock, at(stock, **settings)), tokens=Tokens(person))
    assert what in refusal(exchange, "invalid-input")
    assert exchange.hops == ()
    assert person.opened == []


def answering(body: bytes, *headers: str, status: str = "200 OK") -> broken.Play:
    head = broken.head(*headers, f"Content-Length: {len(body)}", status=status)

    def play(peer: socket.socket) -> None:
        received = broken.read_head(peer)
        assert b"POST" in received
        while not received.rstrip().endswith(b"client_credentials"):
            received += peer.recv(65536)
        peer.sendall(head + body)

    return play


@pytest.mark.parametrize(
    ("body", "header", "status", "said"),
    [
        (b"<html>", "Content-Type: text/html", "200 OK", "nor a reason"),
        (b"[]", "Content-Type: application/json", "200 OK", "nor a reason"),
        (b"[" * 100_000, "Content-Type: application/json", "200 OK", "nor a reason"),
        (b'{"access_token": 5}', "Content-Type: application/json", "200 OK", "nor a reason"),
        (b'{"access_token": ""}', "Content-Type: application/json", "200 OK", "nor a reason"),
        (b'{"error": "x", "error_description": "a\\nb"}', "Content-Type: application/json", "200 OK", "x: a b"),
        (b'{"access_token": "t"}', "Content-Type: application/json", "500 Oops", "500 Oops"),
        (b"", "X: y", "404 Not Found", "404 Not Found"),
    ],
)
def test_answers_without_a_token(stock: Stock, body: bytes, header: str, status: str, said: str) -> None:
    with playing(answering(body, header, status=status)) as stage:
        url = f"http://localhost:{stage.port}/token"
        (exchange,) = send(stock, protected(stock, at(stock, access_token_url=url)))
    assert said in refusal(exchange)
    assert stage.accepted == 1


@pytest.mark.parametrize(
    ("body", "header", "credentials"),
    [
        (b'{"access_token": "t", "token_type": "bearer", "expires_in": "soon"}', "X: y", "Bearer t"),
        (b'{"access_token": "t", "token_type": "DPoP", "expires_in": null}', "X: y", "DPoP t"),
        (b"access_token=t&token_type=bearer", "Content-Type: application/x-www-form-urlencoded", "Bearer t"),
    ],
)
def test_answers_of_other_shapes(stock: Stock, body: bytes, header: str, credentials: str) -> None:
    tokens = Tokens()
    with playing(answering(body, header)) as stage:
        settings = at(stock, access_token_url=f"http://localhost:{stage.port}/token")
        request = protected(stock, settings, url=stock.lab.urls["one-way"])
        send(stock, request, tokens=tokens)
    token = tokens.known(settings, request)
    assert token is not None
    assert token.credentials == credentials
    assert token.ends is None


def test_cancelling_while_the_token_is_fetched(stock: Stock) -> None:
    async def plan(session: Session) -> Exchange:
        loop, asked = asyncio.get_running_loop(), asyncio.Event()

        def play(peer: socket.socket) -> None:
            loop.call_soon_threadsafe(asked.set)
            broken.wait_for_end(peer)

        with playing(play) as stage:
            settings = at(stock, access_token_url=f"http://localhost:{stage.port}/token")
            scope = CancelScope()
            task = asyncio.create_task(session.send(protected(stock, settings), scope=scope))
            await asked.wait()
            scope.cancel()
            return await task

    exchange: Exchange = run(stock, plan)
    assert exchange.outcome is Outcome.CANCELLED
    assert exchange.failure is None


def test_the_timeouts_hold_for_the_token_call_too(stock: Stock) -> None:
    with playing(broken.waits) as stage:
        settings = at(stock, access_token_url=f"http://localhost:{stage.port}/token")
        (exchange,) = send(stock, protected(stock, settings, timeouts=Timeouts(read=0.2)))
    assert "No access token" in refusal(exchange, "timeout")


# The person's consent


@dataclass
class Person:
    """Opens pages and follows them as a browser does; keeps what it saw."""

    saw: list[tuple[int, str]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    change: Callable[[str], str] = str

    def __call__(self, address: str) -> None:
        self.opened.append(address)
        location = self.visit(address)[2]
        if location:
            status, text, _nowhere = self.visit(self.change(location))
            self.saw.append((status, text))

    @staticmethod
    def visit(address: str) -> tuple[int, str, str]:
        parts = urlsplit(address)
        assert parts.hostname
        connection: HTTPConnection = HTTPConnection(parts.hostname, parts.port, timeout=10)
        if parts.scheme == "https":
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # whom a person's browser trusts is not our business
            context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
            connection = HTTPSConnection(parts.hostname, parts.port, timeout=10, context=context)
        with closing(connection):
            connection.request("GET", f"{parts.path}?{parts.query}")
            response = connection.getresponse()
            return response.status, response.read().decode(), response.getheader("Location", "")


def code_flow(stock: Stock, **more: Any) -> OAuth2Auth:
    return at(stock, flow=Flow.AUTHORIZATION_CODE, client_secret="", **more)


@pytest.mark.parametrize("pkce", ["S256", "plain"])
def test_signing_in(stock: Stock, pkce: str) -> None:
    person = Person()
    request = protected(stock, code_flow(stock, pkce=pkce, scope="read write"))
    first, second = send(stock, request, request, tokens=Tokens(person))
    assert status(first) == status(second) == 200
    assert len(person.opened) == 1
    ((seen, text),) = person.saw
    assert seen == 200
    assert "close this page" in text
    asked = dict(parse_qsl(urlsplit(person.opened[0]).query))
    assert asked["code_challenge_method"] == pkce
    assert asked["scope"] == "read write"
    assert asked["redirect_uri"].startswith("http://127.0.0.1:")
    assert len(asked["state"]) >= 22


def test_each_sign_in_has_its_own_secrets(stock: Stock) -> None:
    person = Person()
    for _ in range(2):
        send(stock, protected(stock, code_flow(stock)), tokens=Tokens(person))
    first, second = (dict(parse_qsl(urlsplit(address).query)) for address in person.opened)
    assert first["state"] != second["state"]
    assert first["code_challenge"] != second["code_challenge"]


def test_signing_in_takes_the_time_it_takes(stock: Stock) -> None:
    def slow(address: str) -> None:
        with socket.socket() as nobody:
            nobody.settimeout(0.5)
            nobody.bind(("127.0.0.1", 0))
            nobody.listen()
            with pytest.raises(TimeoutError):
                nobody.accept()
        person(address)

    person = Person()
    request = protected(stock, code_flow(stock), timeouts=replace(TIMEOUTS, total=0.45))
    (exchange,) = send(stock, request, tokens=Tokens(slow))
    assert status(exchange) == 200
    assert exchange.timings.total < 450


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere only 127.0.0.1 is there unasked")
def test_the_address_of_the_callback_is_the_one_listened_on(stock: Stock) -> None:
    person = Person()
    request = protected(stock, code_flow(stock, callback_url="http://127.0.0.2/back"))
    (exchange,) = send(stock, request, tokens=Tokens(person))
    assert status(exchange) == 200
    assert "redirect_uri=http%3A%2F%2F127.0.0.2%3A" in person.opened[0]


def test_the_port_of_the_callback(stock: Stock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (busy,) = send(
            stock,
            protected(stock, code_flow(stock, callback_url=f"http://localhost:{port}/back/here")),
            tokens=Tokens(Person()),
        )
    assert str(port) in refusal(busy)
    person = Person()
    (exchange,) = send(
        stock,
        protected(stock, code_flow(stock, callback_url=f"http://localhost:{port}/back/here")),
        tokens=Tokens(person),
    )
    assert status(exchange) == 200
    assert f"redirect_uri=http%3A%2F%2Flocalhost%3A{port}%2Fback%2Fhere" in person.opened[0]


@pytest.mark.parametrize(
    "callback", ["https://127.0.0.1:1/x", "http://example.com/x", "http://127.0.0.1:1/x?y", "app:x"]
)
def test_callbacks_that_do_not_lead_here(stock: Stock, callback: str) -> None:
    person = Person()
    (exchange,) = send(stock, protected(stock, code_flow(stock, callback_url=callback)), tokens=Tokens(person))
    refusal(exchange, "invalid-input")
    assert person.opened == []


def test_a_person_who_does_not_agree(stock: Stock) -> None:
    person = Person()
    (exchange,) = send(stock, protected(stock, code_flow(stock, scope="nothing")), tokens=Tokens(person))
    assert "access_denied: The lab was asked for nothing." in refusal(exchange)
    ((seen, text),) = person.saw
    assert seen == 400
    assert "asked for nothing" in text


@pytest.mark.parametrize("state", ["somebody-else", ""])
@pytest.mark.parametrize("said", ["code=theirs", "error=access_denied"])
def test_an_answer_that_is_somebody_elses_ends_nothing(stock: Stock, state: str, said: str) -> None:
    person = Person()
    seen: list[tuple[int, str]] = []

    def meddled(location: str) -> str:
        status, text, _nowhere = person.visit(f"{location.partition('?')[0]}?{said}" + (state and f"&state={state}"))
        seen.append((status, text))
        return location

    person.change = meddled
    (exchange,) = send(stock, protected(stock, code_flow(stock)), tokens=Tokens(person))
    ((refused, text),) = seen
    assert refused == 400
    assert "state" in text
    assert status(exchange) == 200


def test_a_server_that_gives_no_state_back_is_named_when_nobody_signed_in(
    stock: Stock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.core.auth.consent.PATIENCE", 0.05)
    person = Person(change=lambda location: location.partition("&state=")[0])
    (exchange,) = send(stock, protected(stock, code_flow(stock)), tokens=Tokens(person))
    assert "“state”" in refusal(exchange)


def test_a_page_cannot_write_into_the_browser(stock: Stock) -> None:
    person = Person()
    script = "%3Cscript%3Ealert(1)%3C/script%3E"
    person.change = lambda location: (
        location.partition("code=")[0] + f"error={script}&state=" + location.partition("state=")[2]
    )
    (exchange,) = send(stock, protected(stock, code_flow(stock)), tokens=Tokens(person))
    refusal(exchange)
    assert "<script>" not in person.saw[0][1]
    assert "&lt;script&gt;" in person.saw[0][1]


def test_other_visitors_change_nothing(stock: Stock) -> None:
    person = Person()

    def curious(location: str) -> str:
        parts = urlsplit(location)
        address = f"http://{parts.netloc}"
        assert person.visit(f"{address}/favicon.ico")[0] == 404
        assert person.visit(f"{address}{parts.path}")[0] == 404
        with socket.create_connection((parts.hostname, parts.port)) as silent:
            silent.sendall(b"GET")
        return location

    person.change = curious
    (exchange,) = send(stock, protected(stock, code_flow(stock)), tokens=Tokens(person))
    assert status(exchange) == 200


def test_without_a_browser(stock: Stock) -> None:
    (exchange,) = send(stock, protected(stock, code_flow(stock)))
    assert "browser" in refusal(exchange)


def test_cancelling_while_the_person_is_asked(stock: Stock) -> None:
    async def plan(session: Session) -> tuple[Exchange, str]:
        opened = asyncio.Event()
        loop = asyncio.get_running_loop()
        addresses: list[str] = []

        def browser(address: str) -> None:
            addresses.append(address)
            loop.call_soon_threadsafe(opened.set)

        scope = CancelScope()
        request = protected(stock, code_flow(stock))
        task = asyncio.create_task(session.send(request, tokens=Tokens(browser), scope=scope))
        await opened.wait()
        scope.cancel()
        return await task, addresses[0]

    exchange, address = run(stock, plan)
    assert exchange.outcome is Outcome.CANCELLED
    redirect = urlsplit(dict(parse_qsl(urlsplit(address).query))["redirect_uri"])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((redirect.hostname, redirect.port), timeout=5)


def test_the_example_of_rfc_7636() -> None:
    assert challenge_of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk") == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("file:/etc/passwd", "https://file/etc/passwd?"),
        ("ms-msdt:/id PCWDiagnostic", "https://ms-msdt/id%20PCWDiagnostic?"),
        ("login.example.com/auth", "https://login.example.com/auth?"),
        ("HTTPS://me:hush@Login.Example.com:443/a b", "https://login.example.com/a%20b?"),
    ],
)
def test_nothing_but_a_web_address_reaches_the_desktop(written: str, opened: str) -> None:
    settings = OAuth2Auth(authorization_url=written, client_id="me", pkce="")
    assert authorization_url(settings, "http://127.0.0.1:1/x", "s", "").startswith(opened)


def test_the_authorization_url_keeps_its_own_query() -> None:
    settings = OAuth2Auth(authorization_url="https://host/auth?tenant=1#top", client_id="me", pkce="")
    address = authorization_url(settings, "http://127.0.0.1:1/x", "s t", "")
    assert address == (
        "https://host/auth?tenant=1&response_type=code&client_id=me"
        "&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fx&state=s+t"
    )
