"""Which proxy: what was chosen, what the environment says, and what never goes through one."""

import os

import pytest

from workbench.core.errors import InvalidInput
from workbench.core.proxy import choose, read
from workbench.core.url import parse

pytestmark = pytest.mark.usefixtures("bare")
PROXY = "http://me:secret@proxy.test:3128"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in tuple(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("text", "scheme", "host", "port"),
    [
        ("proxy.test", "http", "proxy.test", 80),
        ("proxy.test:3128", "http", "proxy.test", 3128),
        ("https://proxy.test", "https", "proxy.test", 443),
        ("socks5://proxy.test", "socks5", "proxy.test", 1080),
        ("SOCKS://proxy.test:80", "socks5", "proxy.test", 80),
        ("http://[::1]:3128/", "http", "::1", 3128),
    ],
)
def test_what_is_understood(text: str, scheme: str, host: str, port: int) -> None:
    found = read(text, "a test")
    assert (found.scheme, found.host, found.port) == (scheme, host, port)
    assert str(found).endswith(f":{port} (a test)")


def test_a_proxy_shows_no_password() -> None:
    found = read(PROXY, "a test")
    assert (found.user, found.password) == ("me", "secret")
    assert "secret" not in f"{found} {found!r}"


@pytest.mark.parametrize("text", ["ftp://me:secret@proxy.test", "http://me:secret@pro xy", "http://me:secret@p:x"])
def test_what_is_refused_and_without_its_password(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read(text, "a test")
    assert "secret" not in str(caught.value)


def test_the_choice_for_the_request_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", "*")
    target = parse("https://service.test/")
    assert choose(target, "") is None
    chosen = choose(target, "other.test:1")
    assert chosen is not None
    assert chosen.host == "other.test"


@pytest.mark.parametrize(
    ("variable", "url", "used"),
    [
        ("HTTPS_PROXY", "https://service.test/", True),
        ("https_proxy", "https://service.test/", True),
        ("HTTPS_PROXY", "http://service.test/", False),
        ("HTTP_PROXY", "http://service.test/", True),
        ("ALL_PROXY", "https://service.test/", True),
        ("ALL_PROXY", "http://service.test/", True),
    ],
)
def test_the_environment(variable: str, url: str, used: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, PROXY)
    chosen = choose(parse(url), None)
    assert (chosen is not None) == used
    assert chosen is None or chosen.source == variable


@pytest.mark.parametrize(
    ("exceptions", "url", "used"),
    [
        ("service.test", "https://service.test/", False),
        ("service.test", "https://a.service.test:8443/", False),
        (".service.test", "https://a.service.test/", False),
        ("other.test, service.test", "https://service.test/", False),
        ("service.test:8443", "https://service.test:8443/", False),
        ("service.test:443", "https://service.test/", False),
        ("service.test:8443", "https://service.test/", True),
        ("vice.test", "https://service.test/", True),
        ("2001:db8::1", "https://[2001:db8::1]/", False),
        ("*", "https://service.test/", False),
        ("", "https://service.test/", True),
    ],
)
def test_exceptions(exceptions: str, url: str, used: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", PROXY)
    monkeypatch.setenv("NO_PROXY", exceptions)
    assert (choose(parse(url), None) is not None) == used


@pytest.mark.parametrize("variable", ["HTTPS_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize(
    "host",
    ["localhost", "a.localhost", "127.0.0.1", "[::1]"],
)
def test_this_machine_is_never_asked_for_at_a_proxy(host: str, variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable, PROXY)
    target = parse(f"https://{host}:8443/")
    assert choose(target, None) is None
    assert choose(target, PROXY) is not None  # whoever says so means it
