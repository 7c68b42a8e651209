"""The jar: what is taken, what is refused, where each goes, and what is kept."""

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from workbench.core.cookies import Cookie, CookieRefused, Jar
from workbench.core.cookies.cookie import default_path, path_matches, read_date
from workbench.core.cookies.jar import IN_ALL, PER_DOMAIN
from workbench.core.errors import StorageError
from workbench.core.url import parse

HOME = "https://www.example.com/dir/page?q"
NEVER = datetime(2031, 1, 1, tzinfo=UTC)


def jar(*lines: str, url: str = HOME) -> Jar:
    made = Jar()
    made.store(url, lines)
    return made


def names(made: Jar) -> list[str]:
    return [cookie.name for cookie in made.cookies()]


def only(made: Jar) -> Cookie:
    (cookie,) = made.cookies()
    return cookie


@pytest.mark.parametrize(
    ("line", "url", "goes"),
    [
        ("a=1", "https://www.example.com/dir/other", True),
        ("a=1", "https://www.example.com/dir", True),
        ("a=1", "https://www.example.com/directory", False),
        ("a=1", "https://www.example.com/", False),
        ("a=1; Path=/", "https://www.example.com/", True),
        ("a=1; Path=elsewhere", "https://www.example.com/dir/x", True),
        ("a=1; Path=/", "https://example.com/", False),
        ("a=1; Path=/", "https://sub.www.example.com/", False),
        ("a=1; Path=/; Domain=example.com", "https://example.com/", True),
        ("a=1; Path=/; Domain=.Example.COM", "https://other.example.com/", True),
        ("a=1; Path=/; Domain=example.com", "https://notexample.com/", False),
        ("a=1; Path=/", "https://www.example.com:8443/", True),
        ("a=1; Path=/", "http://www.example.com/", True),
        ("a=1; Path=/; Secure", "http://www.example.com/", False),
        ("a=1; Path=/; Secure", "https://www.example.com/", True),
        ("a=1; Path=/; HttpOnly; SameSite=Strict", "https://www.example.com/", True),
    ],
)
def test_where_a_cookie_goes(line: str, url: str, goes: bool) -> None:
    assert jar(line).header_for(url) == ("a=1" if goes else "")


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("a=1; Domain=other.com", HOME),
        ("a=1; Domain=deep.www.example.com", HOME),
        ("a=1; Domain=com", HOME),
        ("a=1; Domain=co.uk", "https://shop.co.uk/"),
        ("a=1; Domain=github.io", "https://somebody.github.io/"),
        ("a=1; Domain=.K12.ca.us", "https://school.k12.ca.us/"),
        ("a=1; Domain=anything.ck", "https://shop.anything.ck/"),
        ("a=1; Domain=xn--55qx5d.cn", "https://shop.xn--55qx5d.cn/"),
        ("a=1; Domain=1", "https://127.0.0.1/"),
        ("a=1; Domain=0.0.1", "https://127.0.0.1/"),
        ("a=1; Secure", "http://www.example.com/"),
        ("a=1; SameSite=None", HOME),
        ("__Secure-a=1", HOME),
        ("__secure-a=1", HOME),
        ("__Host-a=1; Secure; Path=/; Domain=www.example.com", HOME),
        ("__Host-a=1; Secure", HOME),
        ("__Host-a=1; Path=/", HOME),
        ("=__Host-a=1; Secure; Path=/", HOME),
        ("a=1\x00; Path=/", HOME),
        ("a=" + "x" * 4096, HOME),
        ("=", HOME),
        ("", HOME),
    ],
)
def test_what_is_refused(line: str, url: str) -> None:
    assert jar(line, url=url).cookies() == ()


def test_prefixes_that_keep_their_promise() -> None:
    assert names(jar("__Host-a=1; Secure; Path=/", "__Secure-b=1; Secure")) == ["__Host-a", "__Secure-b"]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "intranet"])
def test_hosts_without_a_domain(host: str) -> None:
    bare = host.strip("[]")
    made = jar(f"a=1; Domain={bare}", url=f"https://{host}:8443/")
    assert only(made).host_only
    assert made.header_for(f"https://{host}:9443/") == "a=1"
    if bare.isalpha():
        assert made.header_for(f"https://x.{bare}/") == ""


@pytest.mark.parametrize(
    ("host", "domain", "others"),
    [
        ("shop.example.co.uk", "example.co.uk", "pay.example.co.uk"),
        ("deep.somebody.github.io", "somebody.github.io", "somebody.github.io"),
        ("api.corp.local", "corp.local", "sso.corp.local"),  # of a network of one's own, in no list
        ("api.lab.www.ck", "www.ck", "www.ck"),  # an exception of the list
    ],
)
def test_below_a_public_suffix_a_site_shares_with_itself(host: str, domain: str, others: str) -> None:
    assert jar(f"a=1; Path=/; Domain={domain}", url=f"https://{host}/").header_for(f"https://{others}/") == "a=1"


def test_a_site_that_is_a_public_suffix_has_cookies_for_itself() -> None:
    made = jar("a=1; Path=/; Domain=github.io", url="https://github.io/")
    assert only(made).host_only
    assert made.header_for("https://somebody.github.io/") == ""


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "[::1]", "[::ffff:127.0.0.1]"])
def test_this_computer_is_safe_without_tls(host: str) -> None:
    made = jar("a=1; Secure", url=f"http://{host}:8080/")
    assert made.header_for(f"http://{host}:8080/") == "a=1"


def test_plain_text_does_not_replace_what_came_safely() -> None:
    made = jar("a=good; Path=/; Secure; Domain=example.com")
    made.store("http://www.example.com/", ["a=bad; Path=/", "b=fine"])
    assert made.header_for("https://www.example.com/") == "a=good; b=fine"


def test_longer_paths_go_first_then_older_cookies() -> None:
    made = jar("old=1; Path=/", "deep=1; Path=/dir", "new=1; Path=/")
    made.store(HOME, ["old=2; Path=/"])  # changed, and as old as before
    assert made.header_for(HOME) == "deep=1; old=2; new=1"


def test_values_as_they_are() -> None:
    made = jar('a="quoted, with = signs"; Path=/', "b=; Path=/", "only; Path=/")
    assert made.header_for(HOME) == 'a="quoted, with = signs"; b=; only'


@pytest.mark.parametrize("end", ["Max-Age=0", "Max-Age=-1", "Expires=Thu, 01 Jan 1970 00:00:00 GMT"])
def test_a_time_that_is_over_deletes(end: str) -> None:
    made = jar("a=1", "b=1")
    made.store(HOME, [f"a=; {end}"])
    assert names(made) == ["b"]


def test_max_age_counts_before_expires_and_both_are_cut() -> None:
    made = jar("a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "b=1; Max-Age=99999999999999999")
    first, second = made.cookies()
    now = datetime.now(UTC)
    assert first.expires is not None
    assert timedelta(seconds=50) < first.expires - now <= timedelta(seconds=60)
    assert second.expires is not None
    assert timedelta(days=399) < second.expires - now <= timedelta(days=400)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Wed, 09 Jun 2021 10:18:14 GMT", datetime(2021, 6, 9, 10, 18, 14, tzinfo=UTC)),
        ("Wednesday, 09-Jun-21 10:18:14 GMT", datetime(2021, 6, 9, 10, 18, 14, tzinfo=UTC)),
        ("Wed Jun  9 10:18:14 2021", datetime(2021, 6, 9, 10, 18, 14, tzinfo=UTC)),
        ("09 june 94 1:2:3", datetime(1994, 6, 9, 1, 2, 3, tzinfo=UTC)),
        ("Wed, 31 Feb 2021 10:18:14 GMT", None),
        ("Wed, 09 Jun 2021 25:18:14 GMT", None),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_dates(text: str, date: datetime | None) -> None:
    assert read_date(text) == date


def test_paths() -> None:
    assert default_path("/") == default_path("/page") == "/"
    assert default_path("/a/b/c?/d/e") == "/a/b"
    assert path_matches("/a/b", "/a/")
    assert not path_matches("/ab", "/a")


def test_a_field_that_the_person_wrote_counts() -> None:
    made = jar("a=jar; Path=/", "b=jar; Path=/")
    headers = (("X", "1"), ("cookie", "a=mine; c=mine"), ("Y", "2"), ("Cookie", "d=mine"))
    assert made.add_to(headers, parse(HOME)) == (
        ("X", "1"),
        ("cookie", "a=mine; c=mine; d=mine; b=jar"),
        ("Y", "2"),
    )
    assert made.add_to((("X", "1"),), parse(HOME)) == (("X", "1"), ("Cookie", "a=jar; b=jar"))
    assert Jar().add_to(headers, parse(HOME)) == headers


def test_one_domain_cannot_fill_the_jar() -> None:
    made = jar("stays=1; Path=/", url="https://other.org/")
    made.store(HOME, (f"n{number}=1" for number in range(PER_DOMAIN + 5)))
    assert len(made.cookies()) == PER_DOMAIN + 1
    assert "n0" not in names(made)
    assert "stays" in names(made)
    for number in range(IN_ALL // PER_DOMAIN + 2):
        made.store(f"https://h{number}.example.com/", (f"n{count}=1" for count in range(PER_DOMAIN)))
    assert len(made.cookies()) == IN_ALL


def test_an_editor_puts_changes_and_removes() -> None:
    made = jar("a=1; Path=/")
    changed = made.put(replace(only(made), value="2", expires=NEVER))
    assert made.header_for(HOME) == "a=2"
    assert changed.created == only(made).created
    made.put(Cookie("b", "x", ".Example.com", host_only=False))
    assert made.header_for("https://www.example.com/") == "a=2; b=x"
    made.remove(changed)
    assert names(made) == ["b"]


@pytest.mark.parametrize(
    ("field", "cookie"),
    [
        ("name", Cookie("", "x", "example.com")),
        ("name", Cookie("a b", "x", "example.com")),
        ("value", Cookie("a", "x;y", "example.com")),
        ("value", Cookie("a", "x\r\nSet-Cookie: b=1", "example.com")),
        ("value", Cookie("a", "x" * 5000, "example.com")),
        ("path", Cookie("a", "x", "example.com", path="nowhere")),
        ("domain", Cookie("a", "x", "exa mple.com")),
        ("domain", Cookie("a", "x", "")),
        ("domain", Cookie("a", "x", "example.com:8443")),
        ("domain", Cookie("a", "x", "https://example.com/")),
        ("domain", Cookie("a", "x", "alice@example.com")),
        ("secure", Cookie("__Host-a", "x", "example.com")),
        ("path", Cookie("__Host-a", "x", "example.com", secure=True, host_only=False)),
        ("same_site", Cookie("a", "x", "example.com", same_site="None")),
        ("expires", Cookie("a", "x", "example.com", expires=datetime(2001, 1, 1, tzinfo=UTC))),
    ],
)
def test_what_an_editor_cannot_put(field: str, cookie: Cookie) -> None:
    made = Jar()
    with pytest.raises(CookieRefused) as caught:
        made.put(cookie)
    assert caught.value.field == field
    assert made.cookies() == ()


def test_what_was_removed_comes_back_as_it_was_but_not_over_what_came_meanwhile() -> None:
    made = jar("a=1; Domain=example.com", "=nameless; Path=/")
    gone = made.clear("example.com")
    assert {one.value for one in gone} == {"1", "nameless"}
    made.store(HOME, ["a=2; Domain=example.com"])
    made.restore(gone)
    assert {one.value for one in made.cookies()} == {"2", "nameless"}
    assert [one for one in made.cookies() if not one.name] == [one for one in gone if not one.name]


def test_clearing() -> None:
    made = jar("a=1; Domain=example.com", "b=1")
    made.store("https://notexample.com/", ["c=1"])
    made.clear("Example.com")
    assert names(made) == ["c"]
    made.clear()
    assert made.cookies() == ()


def test_kept_for_the_owner_only_and_without_those_of_the_session(tmp_path: Path) -> None:
    path = tmp_path / "cookies.json"
    made = Jar.load(path)
    made.store(HOME, ["session=1; Path=/", "lasting=ü; Path=/; Max-Age=1000; Secure; HttpOnly; SameSite=Lax"])
    made.save()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = Jar.load(path)
    assert names(again) == ["lasting"]
    assert only(again) == made.cookies()[0]
    assert names(made) == ["lasting", "session"]


def test_nothing_new_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "cookies.json"
    Jar.load(path).save()
    assert not path.exists()


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"format": 1, "cookies": 3}', '{"format": 1, "cookies": [{"name": "a"}]}']
)
def test_a_file_that_cannot_be_read_is_put_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "cookies.json"
    path.write_text(text)
    made = Jar.load(path)
    assert made.problem is not None
    made.store(HOME, ["a=1; Max-Age=1000"])
    made.save()
    assert len(json.loads(path.read_text())["cookies"]) == 1
    (aside,) = tmp_path.glob("cookies.damaged-*.json")
    assert aside.read_text() == text
    assert str(aside) in made.problem.hint


def test_a_file_that_cannot_be_read_at_all_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "cookies.json"
    path.symlink_to(path)
    made = Jar.load(path)
    assert made.problem is not None
    assert "not changed" in made.problem.hint
    made.store(HOME, ["a=1; Max-Age=1000"])
    made.save()
    assert path.is_symlink()


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    made = Jar.load(tmp_path / "gone" / "cookies.json")
    made.store(HOME, ["a=1; Max-Age=1000"])
    with pytest.raises(StorageError):
        made.save()
    assert made.header_for(HOME) == "a=1"


def test_values_are_shown_to_nobody() -> None:
    assert "hush" not in repr(jar("a=hush").cookies())
