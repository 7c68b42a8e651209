"""A session: redirects, what is shared and what never is, what ends and how."""

import asyncio
import json
import os
import socket
import threading
import tracemalloc
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.core.conftest import TIMEOUTS, Stock
from tests.support.servers import broken
from tests.support.servers.broken import Play, playing
from tests.support.servers.proxies import connect_proxy
from workbench.core.cancelling import CancelScope
from workbench.core.cookies import Jar
from workbench.core.exchange import Exchange, Outcome, Phase
from workbench.core.request import Headers, Request, Timeouts
from workbench.core.session import Session
from workbench.core.tls.policy import TLSPolicy
from workbench.core.tls.trust import TrustStore

MB = 1024 * 1024
Plan = Callable[[Session], Awaitable[Any]]


def run(stock: Stock, plan: Plan, spool: Path | None = None) -> Any:
    async def whole() -> Any:
        session = Session(stock.identities, stock.trust, spool=spool)
        try:
            return await asyncio.wait_for(plan(session), 60)
        finally:
            await session.aclose()

    return asyncio.run(whole())


def get(url: str, identity: str | None = None, **more: Any) -> Request:
    return Request(**{"url": url, "identity": identity, "trust": ("lab",), "timeouts": TIMEOUTS, "proxy": "", **more})


def send(stock: Stock, *requests: Request) -> list[Exchange]:
    async def plan(session: Session) -> list[Exchange]:
        return [await session.send(request) for request in requests]

    exchanges: list[Exchange] = run(stock, plan)
    return exchanges


def echo(exchange: Exchange) -> dict[str, Any]:
    assert exchange.response is not None, exchange.failure
    said: dict[str, Any] = json.loads(exchange.response.body.read())
    return said


def fields(exchange: Exchange) -> dict[str, str]:
    return {name.lower(): value for name, value in echo(exchange)["headers"]}


def who(exchange: Exchange) -> str | None:
    client = echo(exchange)["client"]
    return None if client is None else str(client["subject"])


def code(exchange: Exchange) -> str:
    assert exchange.outcome is Outcome.FAILURE
    assert exchange.failure is not None
    assert exchange.failure.title
    assert exchange.failure.hint
    return exchange.failure.code


def redirect(start: str, *targets: str, status: int = 302) -> str:
    """A URL at ``start`` that leads to each of ``targets``, whose last is where it ends."""
    url = targets[-1]
    for base in reversed((start, *targets[:-1])):
        url = f"{base}redirect-to?url={quote(url, safe='')}&status={status}"
    return url


# Redirects (RFC 9110 15.4)


@pytest.mark.parametrize(
    ("status", "method", "becomes"),
    [
        (301, "POST", "GET"),
        (302, "POST", "GET"),
        (303, "POST", "GET"),
        (303, "PUT", "GET"),
        (301, "PUT", "PUT"),
        (307, "POST", "POST"),
        (308, "PATCH", "PATCH"),
        (302, "GET", "GET"),
    ],
)
def test_what_a_redirect_makes_of_a_request(status: int, method: str, becomes: str, stock: Stock) -> None:
    home = stock.lab.urls["optional"]
    given: Headers = (("Content-Type", "text/plain"), ("X-Mine", "stays"))
    request = get(redirect(home, f"{home}end", status=status), method=method, body=b"body", headers=given)
    (exchange,) = send(stock, replace(request, follow_redirects=True))
    said = echo(exchange)
    assert said["method"] == becomes
    kept = fields(exchange)
    assert kept["x-mine"] == "stays"
    assert ("content-type" in kept) == (becomes == method) or method == "GET"
    assert kept.get("content-length") == ("4" if becomes == method else None)
    assert [hop.status for hop in exchange.hops] == [status, 200]
    assert exchange.hops[0].location == f"{home}end"
    assert exchange.request.method == method


SECRETS: Headers = (("Authorization", "Bearer x"), ("Cookie", "a=b"), ("Proxy-Authorization", "x"), ("X-Mine", "y"))


def test_another_origin_gets_neither_identity_nor_credentials(stock: Stock) -> None:
    home, away = stock.lab.urls["optional"], stock.lab.urls["one-way"]
    (exchange,) = send(stock, get(redirect(home, f"{away}end"), "alice", headers=SECRETS, follow_redirects=True))
    assert who(exchange) is None
    assert {"authorization", "cookie", "proxy-authorization"} & set(fields(exchange)) == set()
    assert fields(exchange)["x-mine"] == "y"
    assert [(hop.identity, hop.status) for hop in exchange.hops] == [("alice", 302), (None, 200)]
    assert "identity-withheld-on-redirect" in {finding.code for finding in exchange.findings}


def test_another_origin_gets_no_header_that_is_a_secret_by_name_or_by_what_it_holds(stock: Stock) -> None:
    home, away = stock.lab.urls["optional"], stock.lab.urls["one-way"]
    given = ("X-API-Key", "X-Auth-Token", "Ocp-Apim-Subscription-Key", "X-Trace", "X-Who")
    request = get(
        redirect(home, f"{away}end"),
        headers=tuple((name, "hush") for name in given),
        private_headers=("x-trace",),
        follow_redirects=True,
    )
    (exchange,) = send(stock, request)
    assert {name for name in given if name.lower() in fields(exchange)} == {"X-Who"}
    (finding,) = [one for one in exchange.findings if one.code == "secrets-withheld-on-redirect"]
    assert all(name in finding.detail for name in given[:-1])
    assert "X-Who" not in finding.detail
    assert away.rstrip("/") in finding.detail
    (there,) = send(stock, replace(request, url=redirect(home, f"{home}end")))
    assert {name for name in given if name.lower() in fields(there)} == set(given)
    assert not [one for one in there.findings if one.code == "secrets-withheld-on-redirect"]


@pytest.mark.parametrize("status", [307, 308])
def test_a_body_goes_to_another_origin_only_when_that_was_allowed(stock: Stock, status: int) -> None:
    home, away = stock.lab.urls["optional"], stock.lab.urls["one-way"]
    request = get(
        f"{home}redirect-to?url={away}end&status={status}",
        method="POST",
        body=b"password=hush",
        follow_redirects=True,
    )
    (held,) = send(stock, request)
    assert held.response is not None
    assert held.response.status == status
    assert [hop.status for hop in held.hops] == [status]
    (finding,) = [one for one in held.findings if one.code == "body-withheld-on-redirect"]
    origin = away.rstrip("/")
    assert origin in finding.detail
    assert held.body_wanted_at == origin
    allowed, elsewhere = send(
        stock, replace(request, body_origins=(origin,)), replace(request, body_origins=("https://other.example",))
    )
    assert allowed.response is not None
    assert json.loads(allowed.response.body.read())["body"] == "password=hush"
    assert allowed.body_wanted_at is None
    assert elsewhere.body_wanted_at == origin


def test_a_redirect_that_drops_the_body_is_followed(stock: Stock) -> None:
    home, away = stock.lab.urls["optional"], stock.lab.urls["one-way"]
    url = f"{home}redirect-to?url={away}end&status=303"
    (exchange,) = send(stock, get(url, method="POST", body=b"password=hush", follow_redirects=True))
    assert exchange.response is not None
    assert json.loads(exchange.response.body.read())["method"] == "GET"
    assert exchange.body_wanted_at is None


def test_nothing_that_was_protected_goes_on_without_tls(stock: Stock) -> None:
    """Not even what was allowed: the origin is another one as soon as the scheme is."""
    heads: list[bytes] = []

    def play(peer: socket.socket) -> None:
        heads.append(broken.read_head(peer))
        peer.sendall(broken.head("Content-Length: 0"))

    home = stock.lab.urls["optional"]
    with playing(play) as stage:
        plain_origin = f"http://localhost:{stage.port}"
        jar = Jar()
        jar.store(f"{plain_origin}/", ["plain=1"])
        request = get(
            f"{home}redirect-to?url={plain_origin}/&status=307",
            headers=(*SECRETS, ("X-API-Key", "hush")),
            body_origins=(plain_origin,),
            follow_redirects=True,
        )

        async def plan(session: Session) -> list[Exchange]:
            body = replace(request, method="POST", body=b"password=hush")
            return [await session.send(one, jar=jar) for one in (body, request)]

        held, followed = run(stock, plan)
    assert [hop.status for hop in held.hops] == [307]
    assert held.body_wanted_at is None, "nobody is offered to allow it"
    assert "without TLS" in next(one.title for one in held.findings if one.code == "body-withheld-on-redirect")
    assert followed.response is not None
    (head,) = heads
    assert b"x-mine" in head.lower()
    for secret in (b"hush", b"authorization", b"cookie"):
        assert secret not in head.lower()


def test_back_at_the_origin_both_are_given_again(stock: Stock) -> None:
    home, away = stock.lab.urls["mutual"], stock.lab.urls["one-way"]
    url = redirect(home, away, f"{home}end").replace("https://", "https://me:pw@", 1)
    request = get(url, "alice", headers=SECRETS[1:], follow_redirects=True)
    (exchange,) = send(stock, request)
    assert [hop.identity for hop in exchange.hops] == ["alice", None, "alice"]
    assert who(exchange) is not None
    assert fields(exchange)["cookie"] == "a=b"
    assert fields(exchange)["authorization"].startswith("Basic ")
    assert all("pw@" not in hop.url for hop in exchange.hops)


def test_user_and_password_of_the_url_stay_at_the_origin(stock: Stock) -> None:
    home, away = stock.lab.urls["optional"], stock.lab.urls["one-way"]
    url = redirect(home, "/end").replace("https://", "https://me:pw@")
    there, elsewhere = send(
        stock,
        get(url, follow_redirects=True),
        get(redirect(home, f"{away}end").replace("https://", "https://me:pw@"), follow_redirects=True),
    )
    assert fields(there)["authorization"] == "Basic bWU6cHc="
    assert "authorization" not in fields(elsewhere)
    assert "pw@" not in f"{there!r}{elsewhere!r}"


def test_another_address_holds_for_the_origin_only(stock: Stock) -> None:
    home, away = stock.lab.urls["optional"], stock.lab.urls["one-way"]
    port = home.rpartition(":")[2].strip("/")
    url = redirect(f"https://localhost:{port}/", f"{away}end")
    (exchange,) = send(stock, get(url, connect_to="127.0.0.1", follow_redirects=True))
    assert [hop.status for hop in exchange.hops] == [302, 200]
    assert fields(exchange)["host"] == away.removeprefix("https://").strip("/")


def test_redirects_have_an_end(stock: Stock) -> None:
    home = stock.lab.urls["one-way"]
    (exchange,) = send(stock, get(redirect(home, home, home, f"{home}end"), follow_redirects=True, max_redirects=2))
    assert code(exchange) == "response-malformed"
    assert [hop.status for hop in exchange.hops] == [302, 302, 302]
    (enough,) = send(stock, get(redirect(home, home, home, f"{home}end"), follow_redirects=True, max_redirects=3))
    assert enough.outcome is Outcome.RESPONSE


@pytest.mark.parametrize(
    "location", ["ftp://me:secret@host/", "https://me:secret@ho st/", "https://h:port/", "https://[::1", "//["]
)
def test_a_redirect_to_nowhere(location: str, stock: Stock) -> None:
    answer = broken.head(f"Location: {location}", "Content-Length: 0", status="302 Found")
    with playing(plain(broken.sends(answer))) as stage:
        (exchange,) = send(stock, get(f"http://localhost:{stage.port}/", follow_redirects=True))
    assert code(exchange) == "response-malformed"
    assert exchange.failure is not None
    assert "redirect" in exchange.failure.title
    assert "secret" not in str(exchange.failure)
    assert [hop.status for hop in exchange.hops] == [302]


def plain(play: Play) -> Play:
    def after_head(peer: socket.socket) -> None:
        broken.read_head(peer)
        play(peer)

    return after_head


# What is shared, and what never is


def test_connections_are_shared_within_identity_trust_and_policy_only(stock: Stock) -> None:
    url = stock.lab.urls["optional"]
    other = TLSPolicy(groups="x25519")
    off = TLSPolicy(verify=False)
    first, again, bob, nobody, policy, unverified, trusting, alice = send(
        stock,
        get(url, "alice"),
        get(url, "alice"),
        get(url, "bob"),
        get(url),
        get(url, "alice", policy=other),
        get(url, "alice", policy=off),
        get(url, "alice", trust=("lab", "more")),
        get(url, "alice"),
    )
    fresh = (first, bob, nobody, policy, unverified, trusting)
    assert [exchange.reused for exchange in fresh] == [False] * len(fresh)
    assert all(exchange.handshake and not exchange.handshake.resumed for exchange in fresh)
    assert again.reused
    assert alice.reused
    assert who(again) == who(alice) == who(first) != who(bob)
    assert who(nobody) is None
    assert again.timings.connect is None
    assert again.handshake is not None
    assert again.handshake.client.sent == stock.lab.identities["alice"].chain
    assert stock.opened == ["alice", "bob", "alice", "alice", "alice"]


def test_identities_side_by_side_are_never_mixed_up(stock: Stock) -> None:
    url = stock.lab.urls["mutual"]
    names = ["alice", "bob"] * 8

    async def plan(session: Session) -> list[Exchange]:
        return await asyncio.gather(*(session.send(get(url, name)) for name in names))

    seen: dict[str, set[str | None]] = {}
    for name, exchange in zip(names, run(stock, plan), strict=True):
        seen.setdefault(name, set()).add(who(exchange))
    assert {len(subjects) for subjects in seen.values()} == {1}
    assert seen["alice"] != seen["bob"]
    assert stock.opened.count("alice") <= 8


def test_two_first_requests_at_once_leave_nothing_behind(stock: Stock) -> None:
    """Both open the identity; one of the two pools is used, and none is forgotten."""
    url = stock.lab.urls["mutual"]

    async def plan(session: Session) -> list[Exchange]:
        return list(await asyncio.gather(*(session.send(get(url, "alice", http_version="1.1")) for _ in range(2))))

    assert [exchange.outcome for exchange in run(stock, plan)] == [Outcome.RESPONSE] * 2


def test_without_reuse_everything_is_new(stock: Stock) -> None:
    url = stock.lab.urls["mutual"]
    exchanges = send(stock, *[get(url, "alice", reuse=False)] * 2, get(url, "alice"), get(url, "alice", reuse=False))
    assert not any(exchange.reused for exchange in exchanges)
    assert not any(exchange.handshake and exchange.handshake.resumed for exchange in exchanges)


def test_forget_opens_keys_and_connections_anew(stock: Stock) -> None:
    url = stock.lab.urls["mutual"]

    async def plan(session: Session) -> list[Exchange]:
        first = await session.send(get(url, "alice"))
        await session.forget()
        return [first, await session.send(get(url, "alice"))]

    _first, second = run(stock, plan)
    assert not second.reused
    assert second.handshake is not None
    assert not second.handshake.resumed
    assert stock.opened == ["alice", "alice"]


def test_without_reuse_the_key_is_opened_once_until_it_is_forgotten(stock: Stock) -> None:
    request = get(stock.lab.urls["mutual"], "alice", reuse=False)

    async def plan(session: Session) -> list[Exchange]:
        before = [await session.send(request), await session.send(request)]
        assert stock.opened == ["alice"]
        await session.forget()
        return [*before, await session.send(request)]

    exchanges = run(stock, plan)
    assert stock.opened == ["alice", "alice"]
    assert not any(exchange.reused for exchange in exchanges)


def test_what_was_opening_when_it_was_forgotten_is_opened_again(stock: Stock) -> None:
    url = stock.lab.urls["mutual"]
    opening, go_on = threading.Event(), threading.Event()

    class Slow:
        def open(self, names: Any) -> TrustStore:
            opening.set()
            assert go_on.wait(10)
            return stock.trust.open(names)

    async def whole() -> Exchange:
        session = Session(stock.identities, Slow())
        try:
            task = asyncio.create_task(session.send(get(url, "alice")))
            assert await asyncio.to_thread(opening.wait, 10)
            await session.forget()
            go_on.set()
            return await task
        finally:
            await session.aclose()

    assert asyncio.run(whole()).outcome is Outcome.RESPONSE
    assert stock.opened == ["alice", "alice"]


@pytest.mark.parametrize("path", ["delay/20", "bytes/400000000"])
@pytest.mark.parametrize("version", ["1.1", "2"])
def test_a_session_that_closes_leaves_nobody_waiting(path: str, version: str, stock: Stock) -> None:
    url = stock.lab.urls["one-way"] + path

    async def plan(session: Session) -> Exchange:
        began = asyncio.Event()

        def progress(step: Any) -> None:
            if step.phase is Phase.CONNECT:
                asyncio.get_running_loop().call_later(0.2, began.set)

        task = asyncio.create_task(session.send(get(url, http_version=version), progress=progress))
        await began.wait()
        await session.forget()
        return await asyncio.wait_for(task, 20)

    exchange = run(stock, plan)
    assert exchange.outcome is Outcome.FAILURE


def test_a_cancelled_stream_leaves_the_others_alone(stock: Stock) -> None:
    home = stock.lab.urls["one-way"]

    async def plan(session: Session) -> list[Exchange]:
        await session.send(get(home, http_version="2"))  # one connection for all that follows
        scope = CancelScope()
        cancelled = asyncio.create_task(session.send(get(f"{home}delay/20", http_version="2"), scope=scope))
        others = [asyncio.create_task(session.send(get(f"{home}delay/0.5", http_version="2"))) for _ in range(3)]
        await asyncio.sleep(0.2)
        scope.cancel()
        return [await cancelled, *[await other for other in others]]

    first, *others = run(stock, plan)
    assert first.outcome is Outcome.CANCELLED
    assert [exchange.outcome for exchange in others] == [Outcome.RESPONSE] * 3
    assert all(exchange.reused for exchange in others)


# Time and cancelling


def test_the_whole_exchange_has_its_time(stock: Stock) -> None:
    url = f"{stock.lab.urls['mutual']}delay/20"
    (exchange,) = send(stock, get(url, "alice", timeouts=Timeouts(total=0.3)))
    assert code(exchange) == "timeout"
    assert exchange.handshake is not None
    assert exchange.handshake.complete
    assert 250 < exchange.timings.total < 3000


def test_cancelled_while_an_identity_is_opened(stock: Stock) -> None:
    opening, go_on = threading.Event(), threading.Event()

    class Asking:
        def open(self, name: str) -> Any:
            opening.set()
            go_on.wait(10)
            return stock.identities.open(name)

    async def whole() -> Exchange:
        session = Session(Asking(), stock.trust)
        try:
            scope = CancelScope()
            task = asyncio.create_task(session.send(get(stock.lab.urls["mutual"], "alice"), scope=scope))
            assert await asyncio.to_thread(opening.wait, 10)
            scope.cancel()
            return await task
        finally:
            go_on.set()
            await session.aclose()

    exchange = asyncio.run(whole())
    assert exchange.outcome is Outcome.CANCELLED
    assert exchange.hops == ()


def test_a_timeout_of_somebody_else_is_raised_where_they_wait_for_it(stock: Stock) -> None:
    async def plan(session: Session) -> CancelScope:
        scope = CancelScope()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await session.send(get(f"{stock.lab.urls['mutual']}delay/20", "alice"), scope=scope)
        return scope

    exchange = run(stock, plan).exchange
    assert exchange.outcome is Outcome.CANCELLED
    assert exchange.hops[-1].handshake.complete


def test_a_cancelled_task_ends_as_cancelled_though_somebody_cancelled_on_purpose_too(stock: Stock) -> None:
    async def plan(session: Session) -> tuple[asyncio.Task[Exchange], CancelScope]:
        scope = CancelScope()
        task = asyncio.create_task(session.send(get(f"{stock.lab.urls['mutual']}delay/20", "alice"), scope=scope))
        await asyncio.sleep(0)
        scope.cancel()
        task.cancel()
        await asyncio.wait([task])
        return task, scope

    task, scope = run(stock, plan)
    assert task.cancelled()
    assert scope.exchange is not None


def test_what_is_cancelled_before_it_begins_sends_nothing(stock: Stock) -> None:
    async def plan(session: Session) -> Exchange:
        scope = CancelScope()
        scope.cancel()
        exchange = await session.send(get(stock.lab.urls["mutual"], "alice"), scope=scope)
        await asyncio.sleep(0)  # and nothing of the cancellation is left
        return exchange

    exchange = run(stock, plan)
    assert exchange.outcome is Outcome.CANCELLED
    assert exchange.hops == ()


@pytest.mark.logs(r"An unforeseen ZeroDivisionError:\n(.|\n)*in open")
def test_a_bug_is_a_failure_without_its_text_and_stands_in_the_log(stock: Stock) -> None:
    class Broken:
        def open(self, name: str) -> Any:
            raise ZeroDivisionError("hush-hush")

    async def whole() -> list[Exchange]:
        session = Session(Broken(), stock.trust)
        request = get(stock.lab.urls["mutual"], "alice")
        try:
            inspection = await session.inspect(request)
            assert inspection.with_identity is not None
            return [await session.send(request), inspection.with_identity]
        finally:
            await session.aclose()

    for exchange in asyncio.run(whole()):
        assert code(exchange) == "unknown"
        assert exchange.failure is not None
        assert "ZeroDivisionError" in exchange.failure.detail
        assert "hush-hush" not in repr(exchange)


@pytest.mark.parametrize("version", ["1.1", "2"])
def test_cancelled_while_a_large_body_is_sent_or_received(version: str, stock: Stock, tmp_path: Path) -> None:
    body = tmp_path / "body"
    with body.open("wb") as stream:
        stream.truncate(2048 * MB)
    home = stock.lab.urls["one-way"]
    spool = tmp_path / "spool"

    async def cancel_in(session: Session, request: Request, phase: Phase) -> Exchange:
        reached = asyncio.Event()

        def progress(step: Any) -> None:
            if step.phase is phase and step.done > 10 * MB:
                reached.set()

        scope = CancelScope()
        task = asyncio.create_task(session.send(request, progress=progress, scope=scope))
        await asyncio.wait_for(reached.wait(), 15)
        scope.cancel()
        return await asyncio.wait_for(task, 20)

    async def plan(session: Session) -> list[Exchange]:
        return [
            await cancel_in(session, get(home, method="PUT", body=body, http_version=version), Phase.SEND),
            await cancel_in(session, get(f"{home}bytes/1900000000", http_version=version), Phase.RECEIVE),
            await session.send(get(home, http_version=version)),
        ]

    sent, received, after = run(stock, plan, spool)
    assert sent.outcome is received.outcome is Outcome.CANCELLED
    assert after.outcome is Outcome.RESPONSE
    assert not list(spool.iterdir())


# Bodies


@pytest.mark.parametrize("version", ["1.1", "2"])
def test_a_large_file_is_sent_in_bounded_memory(version: str, stock: Stock, tmp_path: Path) -> None:
    body = tmp_path / "body"
    body.write_bytes(os.urandom(MB) * 12)
    heard: list[int] = []

    async def plan(session: Session) -> Exchange:
        request = get(stock.lab.urls["one-way"], method="PUT", body=body, http_version=version)
        tracemalloc.start()
        try:
            exchange = await session.send(request, progress=lambda step: heard.append(step.done))
            _now, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert peak < 5 * MB  # the lab's own memory is counted too
        return exchange

    assert fields(run(stock, plan))["content-length"] == str(12 * MB)
    assert max(heard) == 12 * MB


def test_a_spilled_body_lives_as_long_as_the_session(stock: Stock, tmp_path: Path) -> None:
    spool = tmp_path / "spool"

    async def plan(session: Session) -> Path:
        exchange = await session.send(get(f"{stock.lab.urls['one-way']}bytes/{9 * MB}"))
        assert exchange.response is not None
        file = exchange.response.body.file
        assert file is not None
        assert file.stat().st_size == 9 * MB
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.parent.stat().st_mode & 0o777 == 0o700
        return file

    assert not run(stock, plan, spool).exists()
    assert not list(spool.iterdir())


@pytest.mark.parametrize("head", [broken.head("Content-Length: 999999999999"), broken.head()])
def test_a_body_beyond_the_limit_is_not_read_on(head: bytes, stock: Stock, tmp_path: Path) -> None:
    with playing(plain(broken.drips(head, bytes(100_000), 0.0))) as stage:
        request = get(f"http://localhost:{stage.port}/", largest_response=10 * MB)

        async def plan(session: Session) -> Exchange:
            return await session.send(request)

        exchange = run(stock, plan, tmp_path / "spool")
    assert code(exchange) == "response-too-large"
    assert "10.5 MB" in exchange.failure.detail
    assert not list((tmp_path / "spool").rglob("body-*"))


def test_a_size_without_a_body_is_nothing_to_refuse(stock: Stock) -> None:
    with playing(plain(broken.sends(broken.head("Content-Length: 999999999999"), broken.wait_for_end))) as stage:
        (exchange,) = send(stock, get(f"http://localhost:{stage.port}/", method="HEAD", largest_response=10))
    assert exchange.outcome is Outcome.RESPONSE


def test_what_cannot_be_kept_on_disk(stock: Stock, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()

    async def plan(session: Session) -> Exchange:
        return await session.send(get(f"{stock.lab.urls['one-way']}bytes/{9 * MB}"))

    assert code(run(stock, plan, in_the_way)) == "storage"


# Bad input


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "https://me:secret@ho st/"},
        {"method": "GE T"},
        {"headers": (("X", "a\nb"),)},
        {"headers": (("X", "a\udcff"),)},
        {"body": Path("/nowhere/at/all")},
        {"policy": TLSPolicy(pin="12")},
        {"policy": TLSPolicy(ciphers="nonsense")},
        {"policy": TLSPolicy(sni="ex\u00ad\u2260.test")},
        {"connect_to": "ho st:1"},
        {"proxy": "ftp://me:secret@proxy.test"},
    ],
    ids=str,
)
def test_bad_input_is_a_failure_in_words(wrong: dict[str, Any], stock: Stock) -> None:
    (exchange,) = send(stock, get(**{"url": stock.lab.urls["one-way"], **wrong}))
    assert code(exchange) == "invalid-input"
    assert exchange.failure is not None
    assert exchange.failure.detail
    assert "secret" not in f"{exchange.failure!r}{exchange!r}"


# Addresses


def test_where_one_family_refuses_the_other_answers(stock: Stock, monkeypatch: pytest.MonkeyPatch) -> None:
    """Happy eyeballs: nothing listens on ::1, and it comes first."""
    answer = broken.head("Content-Length: 2") + b"ok"
    with playing(plain(broken.sends(answer))) as stage:
        found = [
            (socket.AF_INET6, socket.SOCK_STREAM, 6, "", ("::1", stage.port, 0, 0)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", stage.port)),
        ]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: found)
        (exchange,) = send(stock, get(f"http://localhost:{stage.port}/"))
    assert exchange.outcome is Outcome.RESPONSE, exchange.failure


def test_an_ipv6_address_through_a_proxy(stock: Stock) -> None:
    port = stock.lab.urls["mutual"].rpartition(":")[2].strip("/")
    with connect_proxy() as proxy:
        (exchange,) = send(stock, get(f"https://[::1]:{port}/", "alice", proxy=proxy.url()))
        assert proxy.targets == [f"[::1]:{port}"]
    assert who(exchange) is not None


def test_a_proxy_that_asks_for_a_certificate_gets_none(stock: Stock) -> None:
    """The lab's mutual server in the place of an https proxy: it lets nobody in who shows nothing."""
    port = stock.lab.urls["mutual"].rpartition(":")[2].strip("/")
    before = len(stock.lab.log)
    request = get("https://service.test/", "alice", proxy=f"https://localhost:{port}")
    (exchange,) = send(stock, request)
    assert exchange.outcome is Outcome.FAILURE
    assert not any(event.client for event in stock.lab.log[before:])


def test_an_untrusted_server_gets_no_certificate_and_verification_off_says_so(stock: Stock) -> None:
    url = stock.lab.urls["mutual"]
    strict, loose = send(
        stock, get(url, "alice", trust=()), get(url, "alice", trust=(), policy=TLSPolicy(verify=False))
    )
    assert strict.outcome is Outcome.FAILURE
    assert strict.handshake is not None
    assert strict.handshake.client.requested
    assert strict.handshake.client.sent == ()
    assert "verification-off" in {finding.code for finding in loose.findings}
    assert loose.handshake is not None
    assert loose.handshake.peer.errors
    assert not loose.handshake.peer.trusted


def test_a_request_shows_no_secret() -> None:
    request = get(
        "https://me:secret@h/", headers=(("Authorization", "secret"),), body=b"secret", proxy="http://a:secret@b"
    )
    assert "secret" not in repr(request)


# Fields that mean something else over HTTP/2


@pytest.mark.parametrize("version", ["1.1", "2"])
@pytest.mark.parametrize(
    "field", [("Connection", "keep-alive"), ("Keep-Alive", "timeout=5"), ("TE", "trailers"), ("Upgrade", "h2c")]
)
def test_fields_of_the_connection(field: tuple[str, str], version: str, stock: Stock) -> None:
    (exchange,) = send(stock, get(stock.lab.urls["one-way"], headers=(field,), http_version=version))
    assert exchange.outcome is Outcome.RESPONSE, exchange.failure
