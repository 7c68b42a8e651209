"""Whatever a server or a person writes: an answer or words, never a crash, never a line that breaks out."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from workbench.core import url
from workbench.core.auth.aws import canonical_path, canonical_query
from workbench.core.auth.digest import Answer, best_challenge, challenges
from workbench.core.auth.kinds import Digest
from workbench.core.cookies import Jar
from workbench.core.cookies.cookie import read, read_date

TEXT = st.text(max_size=80)
HOME = url.parse("https://www.example.com/dir/page")
CHALLENGE = st.lists(
    st.sampled_from(
        ["Digest ", 'realm="', 'nonce="n"', "qop=", "auth", ",", " ", '"', "\\", "=", "SHA-256", "algorithm="]
    ),
    max_size=20,
).map("".join)
SET_COOKIE = st.lists(
    st.sampled_from(
        ["a", "=", ";", "Domain", "Path", ".", "/", "Max-Age", "-1", "9" * 30, "Expires", " ", "Secure", "__Host-"]
    ),
    max_size=20,
).map("".join)


@given(st.one_of(TEXT, CHALLENGE), TEXT, TEXT)
def test_challenges(value: str, user: str, realm: str) -> None:
    assert all(scheme for scheme, _parameters in challenges(value))
    challenge = best_challenge((("WWW-Authenticate", value),))
    if challenge is not None:
        assert Answer(Digest(user, realm), challenge).header("GET", "/").startswith("Digest ")


@given(st.one_of(TEXT, SET_COOKIE))
def test_set_cookie(line: str) -> None:
    cookie = read(line, HOME, datetime.now(UTC))
    if cookie is not None:
        assert cookie.path.startswith("/")
        assert cookie.domain in ("www.example.com", "example.com")
        jar = Jar()
        jar.store(HOME, [line])
        assert not set("\r\n\x00") & set(jar.header_for(HOME))


@given(st.one_of(TEXT, st.text("0123456789:- JanFebGMT,", max_size=40)))
def test_dates(text: str) -> None:
    date = read_date(text)
    assert date is None or date.tzinfo is UTC


@given(TEXT)
def test_canonical_forms(text: str) -> None:
    target = (
        url.parse("https://host/" + text.replace("\\", "/").encode("ascii", "xmlcharrefreplace").decode())
        if text.isprintable()
        else HOME
    )
    path, _mark, query = target.target.partition("?")
    assert canonical_path(path, "lambda").startswith("/")
    assert canonical_query(query).isascii()
