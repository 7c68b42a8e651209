"""URLs: what is understood, what is refused with what words, and what is never shown."""

import pytest

from workbench.core import url
from workbench.core.errors import InvalidInput
from workbench.core.url import URL, join, masked, parse, split_authority


@pytest.mark.parametrize(
    ("text", "shown", "host", "port"),
    [
        ("example.test", "https://example.test/", "example.test", 443),
        ("localhost:8443/x", "https://localhost:8443/x", "localhost", 8443),
        (" HTTPS://Example.Test.:443 ", "https://example.test/", "example.test", 443),
        ("http://h:80?x#f", "http://h/?x", "h", 80),
        ("https://exämple.test/ü?q=ü", "https://xn--exmple-cua.test/%C3%BC?q=%C3%BC", "xn--exmple-cua.test", 443),
        ("https://h/a%20b c", "https://h/a%20b%20c", "h", 443),
        ("https://[::1]:8443/", "https://[::1]:8443/", "::1", 8443),
        ("https://[fe80::1%25eth0]/", "https://[fe80::1]/", "fe80::1%eth0", 443),
        ("https://127.0.0.1/", "https://127.0.0.1/", "127.0.0.1", 443),
    ],
)
def test_what_is_understood(text: str, shown: str, host: str, port: int) -> None:
    parsed = parse(text)
    assert str(parsed) == shown
    assert (parsed.host, parsed.port) == (host, port)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://",
        "https://./",
        "https:///path",
        "ftp://h/",
        "https://h:0/",
        "https://h:99999/",
        "https://h:port/",
        "https://a b/",
        "https://%31/",
        "https://[::g]/",
        "https://h\n/",
        "https://h/\x00",
        "https://h/\udcff",
        "https://h\\@other/",
        "https://ex\u00ad\u2260.test/",
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    assert caught.value.title
    assert caught.value.detail
    assert caught.value.hint
    str(caught.value).encode()


@pytest.mark.parametrize(
    "text",
    [
        "https://me:secret@ho st/",
        "me:secret@ho st/",
        "https://me:secret/word@h/",
        "https://me:pass/secret@h/",
        "https://me:sec\x01secret@h/",
        "https://me:secret@h:99999/",
        "https://me:secret@[::g]/",
        "https://me:secret\u2100@h/",
        "https://" + "u" * 300 + ":secret@ho st/",
        "ftp://me:secret@h/",
        "https://me:secret@h\\x/",
    ],
)
def test_a_refusal_tells_no_password(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    assert "secret" not in str(caught.value)
    assert "pass" not in caught.value.detail
    assert caught.value.__cause__ is None
    assert "secret" not in masked(text)


def test_user_and_password_are_read_and_never_shown() -> None:
    parsed = parse("https://me%40home:p%3Aw@h:8443/x")
    assert (parsed.user, parsed.password) == ("me@home", "p:w")
    assert str(parsed) == "https://h:8443/x"
    assert "p:w" not in repr(parsed)
    assert "home" not in repr(parsed)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("https://me:pw@h/x@y", "https://h/x@y"),
        ("me:pw@h", "h"),
        ("h/x@y?q=a@b", "h/x@y?q=a@b"),
        ("HTTPS://u:p@[::1]:1/", "HTTPS://[::1]:1/"),
        ("", ""),
    ],
)
def test_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    ("location", "target"),
    [
        ("/b", "https://h/b"),
        ("b?c", "https://h/a/b?c"),
        ("//other/b", "https://other/b"),
        ("http://h/", "http://h/"),
        (" https://h:444/ü ", "https://h:444/%C3%BC"),
        ("", "https://h/a/"),
    ],
)
def test_where_a_location_leads(location: str, target: str) -> None:
    assert str(join(parse("https://h/a/"), location)) == target


def test_user_and_password_stay_with_their_origin() -> None:
    base = parse("https://me:pw@h/a")
    assert join(base, "/b").password == "pw"
    assert join(base, "https://h:443/b").password == "pw"
    assert join(base, "https://you:p2@h/b").password == "p2"
    for elsewhere in ("//other/b", "http://h/b", "https://h:444/b"):
        assert join(base, elsewhere).user is None


def test_a_zone_stays_with_its_address() -> None:
    assert join(parse("https://[fe80::1%25eth0]/"), "/b").host == "fe80::1%eth0"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("h", ("h", 8443)),
        ("h:1", ("h", 1)),
        ("h:443", ("h", 443)),
        ("::1", ("::1", 8443)),
        ("[::1]", ("::1", 8443)),
        ("[::1]:1", ("::1", 1)),
        ("127.0.0.1:1", ("127.0.0.1", 1)),
    ],
)
def test_authorities(text: str, expected: tuple[str, int]) -> None:
    assert split_authority(text, 8443) == expected


def test_an_origin_is_scheme_host_and_port() -> None:
    one = URL("https", "h", 443, "/")
    assert one.origin == parse("HTTPS://H./x").origin
    assert one.origin != parse("http://h:443/").origin
    assert url.DEFAULT_PORTS["https"] == one.port


@pytest.mark.parametrize("location", ["https://[::1", "//[", "https://me:s3cret@[::1/"])
def test_a_location_that_is_no_url_is_refused_without_its_password(location: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        join(parse("https://h/a/"), location)
    assert "s3cret" not in str(refused.value)
