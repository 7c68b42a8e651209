import pytest

from workbench.cli.targets import host_and_port, method_and_url, origin_url
from workbench.core.errors import InvalidInput


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["example.com"], ("GET", "https://example.com")),
        (["localhost:8443/x?y=http://z"], ("GET", "https://localhost:8443/x?y=http://z")),
        (["http://example.com/"], ("GET", "http://example.com/")),
        (["POST", "example.com"], ("POST", "https://example.com")),
        (["delete", "https://example.com/"], ("DELETE", "https://example.com/")),
        (["Purge", "https://example.com/"], ("Purge", "https://example.com/")),
    ],
)
def test_method_and_url(words: list[str], expected: tuple[str, str]) -> None:
    assert method_and_url(words, default="GET") == expected


@pytest.mark.parametrize("words", [[], ["POST"], ["GET", "a", "b"]])
def test_what_is_no_request(words: list[str]) -> None:
    with pytest.raises(InvalidInput):
        method_and_url(words, default="GET")


@pytest.mark.parametrize(
    ("target", "url"),
    [
        ("example.com", "https://example.com:443/"),
        ("example.com:8443", "https://example.com:8443/"),
        ("127.0.0.1:1", "https://127.0.0.1:1/"),
        ("::1", "https://[::1]:443/"),
        ("[::1]", "https://[::1]:443/"),
        ("[2001:db8::1]:8443", "https://[2001:db8::1]:8443/"),
        ("https://example.com/x", "https://example.com/x"),
        ("bücher.example", "https://bücher.example:443/"),
    ],
)
def test_origin(target: str, url: str) -> None:
    assert origin_url(target) == url


@pytest.mark.parametrize(
    "target",
    [
        "",
        ":443",
        "host:",
        "host:0",
        "host:65536",
        "host:x",
        "host:²",
        "[::1",
        "[::1]443",
        "[x]:1",
        "a b",
        "host/x",
        "u@host",
    ],
)
def test_what_is_no_origin(target: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        origin_url(target)
    assert target in caught.value.title
    assert caught.value.hint


def test_a_port_may_be_required() -> None:
    assert host_and_port("host:1", default=None) == ("host", 1)
    with pytest.raises(InvalidInput):
        host_and_port("host", default=None)
