"""Through proxies: HTTP CONNECT with and without TLS and credentials, SOCKS5, and proxies that refuse."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.endtoend.client import get, send, send_one, text
from tests.endtoend.conftest import Servers
from tests.support.servers import broken
from tests.support.servers.broken import Play, server_context
from tests.support.servers.material import GOOD, HOST, Material
from tests.support.servers.proxies import Proxy, connect_proxy, socks5_proxy
from workbench.core.exchange import Exchange, Outcome, Phase
from workbench.core.request import Timeouts

pytestmark = pytest.mark.endtoend

KINDS = ("connect", "connect over TLS", "socks5")


@contextmanager
def running(kind: str, issued: Material, *, secret: bool = False) -> Iterator[Proxy]:
    credentials = ("me", "secret") if secret else None
    if kind == "socks5":
        with socks5_proxy(credentials=credentials) as proxy:
            yield proxy
        return
    with connect_proxy(credentials=credentials, tls=server_context(issued) if "TLS" in kind else None) as proxy:
        yield proxy


def failed(exchange: Exchange) -> str:
    assert exchange.outcome is Outcome.FAILURE, exchange.response
    assert exchange.failure is not None
    assert exchange.failure.phase in {Phase.CONNECT, Phase.PROXY}
    assert exchange.failure.detail
    assert exchange.failure.hint
    assert "secret" not in str(exchange.failure)
    return exchange.failure.code


def said(exchange: Exchange) -> str:
    return exchange.failure.detail if exchange.failure else ""


@pytest.mark.parametrize("name", ["nginx", "apache-private", "java"])
@pytest.mark.parametrize("secret", [False, True], ids=["open", "with credentials"])
@pytest.mark.parametrize("kind", KINDS)
def test_mutual_tls_through_a_proxy(kind: str, secret: bool, name: str, servers: Servers, issued: Material) -> None:
    """The proxy resolves the name, which nobody else can, and never sees the certificate."""
    foreign = servers(name)
    with running(kind, issued, secret=secret) as proxy:
        url = f"https://{HOST}:{foreign.server.port}/{foreign.kind.path}"
        through = proxy.url(("me", "secret") if secret else None)
        exchange = send_one(issued, get(url, GOOD, proxy=through))
        saw = foreign.kind.read(text(exchange))
        assert proxy.targets == [f"{HOST}:{foreign.server.port}"]
    assert saw.serial == issued.identity(GOOD).certificate.serial
    assert saw.sni == HOST
    assert exchange.handshake is not None
    assert exchange.handshake.sni == HOST
    assert exchange.handshake.client.sent == issued.identity(GOOD).chain
    assert exchange.proxy is not None
    assert str(proxy.port) in exchange.proxy
    assert "secret" not in exchange.proxy


@pytest.mark.parametrize("kind", KINDS)
def test_wrong_credentials(kind: str, servers: Servers, issued: Material) -> None:
    with running(kind, issued, secret=True) as proxy:
        exchange = send_one(issued, get(servers("nginx").url, GOOD, proxy=proxy.url(("me", "wrong"))))
        assert failed(exchange) == "proxy-failure"
        assert proxy.targets in ([], [f"localhost:{servers('nginx').server.port}"])


@pytest.mark.parametrize("kind", KINDS)
def test_missing_credentials(kind: str, servers: Servers, issued: Material) -> None:
    with running(kind, issued, secret=True) as proxy:
        assert failed(send_one(issued, get(servers("nginx").url, GOOD, proxy=proxy.url()))) == "proxy-failure"


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
        b"what?\r\n\r\n",
        b"",
    ],
    ids=["502", "403", "garbage", "nothing"],
)
def test_a_connect_proxy_that_refuses(answer: bytes, servers: Servers, issued: Material) -> None:
    with connect_proxy(answer=answer) as proxy:
        assert failed(send_one(issued, get(servers("nginx").url, GOOD, proxy=proxy.url()))) == "proxy-failure"


@pytest.mark.parametrize("reply", [1, 2, 3, 4, 5])
def test_a_socks5_proxy_that_refuses(reply: int, servers: Servers, issued: Material) -> None:
    with socks5_proxy(reply=reply) as proxy:
        assert failed(send_one(issued, get(servers("nginx").url, GOOD, proxy=proxy.url()))) == "proxy-failure"


def test_no_proxy_there(servers: Servers, issued: Material) -> None:
    with connect_proxy() as proxy:
        url = proxy.url()
    exchange = send_one(issued, get(servers("nginx").url, GOOD, proxy=url))
    assert failed(exchange) == "proxy-failure"
    assert "refused" in said(exchange)


@pytest.mark.parametrize(
    ("play", "words"),
    [
        (broken.waits, "did not answer within the time limit"),
        (broken.closes_after_hello, "closed the connection"),
        (broken.resets_after_hello, "reset the connection"),
        (broken.answers(b"no HTTP\r\n\r\n"), "“no HTTP”"),
    ],
    ids=["waits", "closes", "resets", "garbage"],
)
def test_a_broken_proxy_is_told_as_such(play: Play, words: str, issued: Material) -> None:
    with broken.playing(play) as stage:
        proxy, timeouts = f"http://localhost:{stage.port}", Timeouts(connect=0.5, tls=0.5, read=0.5, write=0.5, total=5)
        exchange = send_one(issued, get("https://localhost:1/", GOOD, proxy=proxy, timeouts=timeouts))
    assert failed(exchange) == "proxy-failure"
    assert words in said(exchange)
    assert "TimeoutError" not in said(exchange)


@pytest.mark.parametrize(
    ("holder", "words"), [("server-self-signed", "self-signed"), ("server-wrong-name", "hostname mismatch")]
)
def test_a_proxy_that_cannot_be_verified(holder: str, words: str, servers: Servers, issued: Material) -> None:
    with connect_proxy(tls=server_context(issued, holder=holder)) as proxy:
        exchange = send_one(issued, get(servers("nginx").url, GOOD, proxy=proxy.url()))
    assert failed(exchange) == "proxy-failure"
    assert words in said(exchange)
    assert exchange.handshake is None  # that would be the server's


def test_a_refusal_by_the_server_is_not_the_proxys(servers: Servers, issued: Material) -> None:
    with connect_proxy() as proxy:
        exchange = send_one(issued, get(servers("go").url, "expired", proxy=proxy.url()))
    assert exchange.failure is not None
    assert exchange.failure.code == "client-certificate-expired"


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_the_environment_names_the_proxy(
    variable: str, servers: Servers, issued: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    port = servers("nginx").server.port
    with connect_proxy() as proxy:
        monkeypatch.setenv(variable, proxy.url())
        through, kept_out = send(
            issued,
            get(f"https://{HOST}:{port}/", GOOD, proxy=None),
            get(f"https://localhost:{port}/", GOOD, proxy=""),
        )
        assert through.outcome is Outcome.RESPONSE, through.failure
        assert through.proxy is not None
        assert variable.lower() in through.proxy.lower()
        assert kept_out.proxy is None
        monkeypatch.setenv("NO_PROXY", "localhost")
        excepted = send_one(issued, get(f"https://localhost:{port}/", GOOD, proxy=None))
        assert excepted.outcome is Outcome.RESPONSE
        assert excepted.proxy is None
        assert proxy.targets == [f"{HOST}:{port}"]
