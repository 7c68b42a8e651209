"""HTTP Digest against the examples of RFC 7616 and RFC 2617, and against the lab."""

import asyncio
from pathlib import Path

import pytest

from tests.core.conftest import TIMEOUTS, Stock
from tests.support.servers.broken import answers, playing
from workbench.core.auth import Digest
from workbench.core.auth.digest import Answer, Challenge, best_challenge, challenges
from workbench.core.exchange import Exchange
from workbench.core.request import Payload, Request, Stream
from workbench.core.session import Session

MUFASA = Digest("Mufasa", "Circle of Life")
PASSWORD = "lab-password"
OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"
NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v"
CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ"


@pytest.mark.parametrize(
    ("algorithm", "response"),
    [
        ("MD5", "8ca523f5e9506fed4657c9700eebdbec"),
        ("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"),
    ],
)
def test_the_first_example_of_rfc_7616(algorithm: str, response: str) -> None:
    challenge = Challenge("http-auth@example.org", NONCE, algorithm, OPAQUE, ("auth", "auth-int"))
    header = Answer(MUFASA, challenge).header("GET", "/dir/index.html", cnonce=CNONCE)
    assert f'response="{response}"' in header
    assert 'username="Mufasa"' in header
    assert "nc=00000001" in header
    assert "qop=auth," in header
    assert f'opaque="{OPAQUE}"' in header
    assert f"algorithm={algorithm}" in header


def test_the_second_example_of_rfc_7616() -> None:
    nonce, opaque = "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK", "HRPCssKJSGjCrkzDg8OhwpzCiGPChXYjwrI2QmXDnsOS"
    challenge = Challenge("api@example.org", nonce, "SHA-512-256", opaque, ("auth",), userhash=True, utf8=True)
    answer = Answer(Digest("J\u00e4s\u00f8n Doe", "Secret, or not?"), challenge)
    header = answer.header("GET", "/doe.json", cnonce="NTg6RKcb9boFIAS3KrFK9BGeh+niz/sm")
    # The RFC's own hashes are of a truncated SHA-512 (erratum 4897); these are FIPS 180-4's SHA-512/256.
    assert "userhash=true" in header
    assert 'username="793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b"' in header


def test_the_example_of_rfc_2617() -> None:
    nonce = "dcd98b7102dd2f0e8b11d0f600bfb0c093"
    challenge = Challenge("testrealm@host.com", nonce, quality=("auth", "auth-int"))
    header = Answer(Digest("Mufasa", "Circle Of Life"), challenge).header("GET", "/dir/index.html", cnonce="0a4f113b")
    assert 'response="6629fae49393a05397450978507c4ef1"' in header


def test_a_server_of_rfc_2069_without_qop() -> None:
    header = Answer(Digest("a", "b"), Challenge("r", "n")).header("GET", "/")
    assert "qop" not in header
    assert "cnonce" not in header


def test_each_use_of_a_nonce_counts() -> None:
    answer = Answer(MUFASA, Challenge("r", "n", quality=("auth",)))
    headers = [answer.header("GET", "/"), answer.header("GET", "/")]
    assert "nc=00000001" in headers[0]
    assert "nc=00000002" in headers[1]


@pytest.mark.parametrize(
    ("utf8", "shown"), [(True, "username*=UTF-8''J%C3%A4s%C3%B8n"), (False, 'username="J\u00e4s\u00f8n"')]
)
def test_names_of_any_script(utf8: bool, shown: str) -> None:
    header = Answer(Digest("J\u00e4s\u00f8n", "x"), Challenge("r", "n", utf8=utf8)).header("GET", "/")
    assert shown in header


def test_quotes_are_escaped() -> None:
    header = Answer(Digest('a"b\\c', "x"), Challenge("r", "n")).header("GET", "/")
    assert 'username="a\\"b\\\\c"' in header


def test_the_strongest_challenge_of_several() -> None:
    headers = (
        ("WWW-Authenticate", 'Basic realm="a, b", Digest realm="r", nonce="1", qop="auth"'),
        (
            "www-authenticate",
            'Digest realm="r \\"q\\"", nonce="2", algorithm=SHA-256, qop="auth-int, auth", stale=TRUE',
        ),
        ("WWW-Authenticate", 'Digest realm="r", nonce="3", algorithm=FUTURE'),
        ("WWW-Authenticate", 'Digest realm="r", nonce="4", algorithm=SHA-512-256, qop="unheard-of"'),
        ("WWW-Authenticate", "Negotiate"),
    )
    best = best_challenge(headers)
    assert best == Challenge('r "q"', "2", "SHA-256", None, ("auth-int", "auth"), stale=True)
    assert best_challenge((("WWW-Authenticate", 'Basic realm="x"'),)) is None
    assert best_challenge(()) is None


def test_challenges_side_by_side() -> None:
    value = 'Newauth realm="apps", type=1, title="Login to \\"apps\\"", Basic realm="simple", Negotiate'
    assert list(challenges(value)) == [
        ("newauth", {"realm": "apps", "type": "1", "title": 'Login to "apps"'}),
        ("basic", {"realm": "simple"}),
        ("negotiate", {}),
    ]


@pytest.mark.parametrize("junk", ['Digest realm="', "===,,,", "\x00\x01", 'Digest "', ", , Digest"])
def test_junk_challenges_end(junk: str) -> None:
    assert best_challenge((("WWW-Authenticate", junk),)) is None


@pytest.mark.parametrize("piece", ['qo"", ', "x", ",", 'x"', 'a="\\"'])
def test_time_stays_linear(piece: str) -> None:
    list(challenges(piece * 300_000 + '"'))


# Against the lab's own idea of RFC 7616


def send(stock: Stock, path: str, *, password: str = PASSWORD, method: str = "GET", body: Payload = b"") -> Exchange:
    async def plan() -> Exchange:
        session = Session(stock.identities, stock.trust)
        try:
            return await session.send(
                Request(
                    method,
                    stock.lab.urls["one-way"] + path,
                    body=body,
                    trust=("lab",),
                    timeouts=TIMEOUTS,
                    proxy="",
                    auth=Digest("lab", password),
                )
            )
        finally:
            await session.aclose()

    return asyncio.run(plan())


def statuses(exchange: Exchange) -> list[int | None]:
    return [hop.status for hop in exchange.hops]


@pytest.mark.parametrize("algorithm", ["MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256"])
@pytest.mark.parametrize("qop", ["auth", "auth-int"])
@pytest.mark.parametrize("userhash", ["", "&userhash=1"])
def test_every_algorithm(stock: Stock, algorithm: str, qop: str, userhash: str) -> None:
    path = f"digest-auth?algorithm={algorithm}&qop={qop}{userhash}"
    exchange = send(stock, path, method="POST", body=b"the body")
    assert statuses(exchange) == [401, 200]
    assert "lab-password" not in f"{exchange!r}"


def test_bodies_from_files_are_part_of_the_proof(stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "part").write_bytes(b"from a file")
    body = Stream((b"begin ", tmp_path / "part", b" end"))
    assert statuses(send(stock, "digest-auth?qop=auth-int", method="PUT", body=body)) == [401, 200]


def test_a_nonce_that_is_too_old_is_replaced_once(stock: Stock) -> None:
    assert statuses(send(stock, "digest-auth?stale=1")) == [401, 401, 200]


def test_a_server_for_which_every_nonce_is_too_old_is_not_asked_for_ever(stock: Stock) -> None:
    head = b'HTTP/1.1 401 No\r\nWWW-Authenticate: Digest realm="r", nonce="n", stale=true\r\nContent-Length: 0\r\n\r\n'
    with playing(answers(head)) as server:
        url = server.url.replace("https:", "http:")
        request = Request(url=url, timeouts=TIMEOUTS, proxy="", auth=Digest("lab", PASSWORD))

        async def plan() -> Exchange:
            session = Session(stock.identities, stock.trust)
            try:
                return await session.send(request)
            finally:
                await session.aclose()

        assert statuses(asyncio.run(plan())) == [401, 401, 401]


def test_a_wrong_password_is_tried_once(stock: Stock) -> None:
    assert statuses(send(stock, "digest-auth", password="wrong")) == [401, 401]


def test_a_server_that_asks_for_nothing(stock: Stock) -> None:
    assert statuses(send(stock, "echo")) == [200]
