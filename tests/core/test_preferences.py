"""Preferences: declared once, read with patience, handed on as a request."""

import pytest

from workbench.core import preferences
from workbench.core.errors import InvalidInput
from workbench.core.preferences import Kind, Preferences, Setting
from workbench.core.request import Request, Timeouts
from workbench.core.tls.policy import Version


def test_nothing_stored_is_what_a_request_is_by_itself() -> None:
    assert Preferences.of({}) == Preferences()
    assert Preferences.of({}).fallback_request() == Request()


def test_what_is_stored_reaches_the_request() -> None:
    request = Preferences.of(
        {
            "network.proxy": "url",
            "network.proxy-url": "http://proxy.test:3128",
            "network.http-version": "1.1",
            "network.follow-redirects": True,
            "network.max-redirects": 3,
            "network.timeout-connect": 0,
            "network.timeout-total": 5,
            "tls.minimum": "1.3",
            "tls.trust": ["corp", "mozilla"],
        }
    ).fallback_request()
    assert request.proxy == "http://proxy.test:3128"
    assert request.http_version == "1.1"
    assert request.follow_redirects
    assert request.max_redirects == 3
    assert request.timeouts == Timeouts(connect=None, total=5.0)
    assert request.policy.minimum is Version.TLS1_3
    assert request.trust == ("corp", "mozilla")
    assert request.policy.verify


@pytest.mark.parametrize(("mode", "proxy"), [("none", ""), ("environment", None), ("url", None), ("?", None)])
def test_the_proxy_that_is_meant(mode: str, proxy: str | None) -> None:
    assert Preferences.of({"network.proxy": mode}).proxy == proxy


def test_a_floor_above_the_ceiling_is_the_ceiling() -> None:
    read = Preferences.of({"tls.minimum": "1.3", "tls.maximum": "1.2"})
    assert (read.minimum, read.maximum) == (Version.TLS1_2, Version.TLS1_2)


@pytest.mark.parametrize("setting", preferences.SETTINGS, ids=lambda setting: str(setting.key))
def test_what_cannot_be_used_is_the_default(setting: Setting) -> None:
    assert setting.read(None) == setting.default
    nonsense: tuple[object, ...] = (-1, 1e9, {}, [], [1], "\0://", True if setting.kind is not Kind.SWITCH else 1)
    for value in nonsense:
        assert setting.read(value) == setting.default
    assert setting.read(setting.default) == setting.default
    assert setting.title
    assert setting.key.partition(".")[0] in {"network", "tls", "history"}


def test_verification_cannot_be_switched_off_for_all() -> None:
    assert not any("verif" in setting.key for setting in preferences.SETTINGS)


@pytest.mark.parametrize(
    "text", ["", "proxy.test:3128", "http://proxy.test", "socks5h://me@proxy.test:1080", "SOCKS://proxy.test"]
)
def test_proxies(text: str) -> None:
    preferences.check_proxy(text)


@pytest.mark.parametrize("text", ["ftp://proxy.test", "http://me:hunter2@proxy.test", "http://a b"])
def test_what_is_no_proxy_to_keep(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        preferences.check_proxy(text)
    assert "hunter2" not in str(caught.value)


def test_values_as_people_read_them() -> None:
    assert preferences.TIMEOUTS[0].words(0) == "no limit"
    assert preferences.TIMEOUTS[0].words(30) == "30 seconds"
    assert preferences.PROXY.words("none") == "No proxy"
    assert preferences.FOLLOW_REDIRECTS.words(True) == "on"
    assert preferences.TRUST.words(("a", "b")) == "a, b"
