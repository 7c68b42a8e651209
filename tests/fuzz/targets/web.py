"""What servers send around bodies, and addresses from anywhere: cookies, redirects, URLs, challenges."""

from datetime import UTC, datetime

from tests.fuzz.frame import Target
from workbench.core import proxy
from workbench.core.auth import digest
from workbench.core.content.cookies import cookies_of
from workbench.core.cookies import Jar
from workbench.core.cookies.cookie import read_date
from workbench.core.draft import Param, ParamKind
from workbench.core.errors import WorkbenchError
from workbench.core.http import headers, redirects
from workbench.core.url import join, masked, parse, split_authority
from workbench.core.url_params import fill_path, params_of, path_names, url_with

_COOKIES = b"""https://www.example.com:8443/a/b?c
sid=31d4d96e407aad42; Path=/; Domain=example.com; Secure; HttpOnly; SameSite=Lax
__Host-a=b; Path=/; Secure; Max-Age=3600
lang=en; Expires=Wed, 09 Jun 2999 10:18:14 GMT; Partitioned
"quoted"="a b"; max-age=-1; expires=Sunday, 06-Nov-94 08:49:37 GMT
=nameless; path=/a; domain=.co.uk
"""
_URLS = (
    b"https://user:pa%40ss@www.example.com:8443/a/../b;c/:id/d?e=f&g&=h#i",
    b"//[fe80::1%25eth0]:443/?x=[1]",
    b"http://xn--bcher-kva.example/%zz/\xc3\xa9?q={{v}}&:p",
    b"../up/./here?a=b#c",
)
_WORDS = (
    *(b"://", b"//", b"[", b"]", b"[::1", b"@", b":", b":99999", b"?", b"#", b"%", b"%00", b"xn--", b"/..", b"\\"),
    *(b"https:", b"file:", b"javascript:", b"&", b"=", b":id", b"{{", b"}}", "１".encode(), "。".encode(), b"0x7f.1"),
)


def _cookies(data: bytes) -> None:
    first, *lines = data.decode("latin-1").split("\n")
    url, jar = parse(first), Jar()
    jar.store(url, lines)
    jar.header_for(url)
    cookies_of(("Set-Cookie", line) for line in lines)
    for line in lines:
        read_date(line)
    for one in jar.cookies():
        if one.expired(datetime(1970, 1, 1, tzinfo=UTC)) and one.expires is None:
            raise AssertionError("a session's cookie does not expire")


def _urls(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    masked(text)
    params = params_of(text, (Param("e", "x"), Param("id", "7", kind=ParamKind.PATH)))
    changed = url_with(text, params)
    if params_of(changed, params) != params_of(changed, params_of(changed, params)):
        raise AssertionError("the table of parameters does not come to rest")
    path_names(text)
    fill_path(text, lambda _name: "value")
    base = parse("https://me:pw@example.com/a/b?c")
    refused: WorkbenchError | None = None
    for call in (
        lambda: parse(str(parse(text))),
        lambda: join(base, text),
        lambda: redirects.leads_to(base, data.decode("latin-1")),
        lambda: split_authority(text, 443),
        lambda: proxy.read(text, "test"),
        lambda: headers.check((("X", text),)),
    ):
        try:
            call()
        except WorkbenchError as error:
            refused = error
    if refused is not None:
        raise refused


def _challenges(data: bytes) -> None:
    text = data.decode("latin-1")
    list(digest.challenges(text))
    digest.best_challenge((("WWW-Authenticate", text),))


TARGETS = {
    "cookies": Target(
        lambda: (_COOKIES,),
        _cookies,
        tokens=(
            b"; ",
            b"=",
            b"Domain=",
            b"Path=/",
            b"Expires=",
            b"Max-Age=",
            b"SameSite=None",
            b"99:99:99",
            b"__Host-",
        ),
    ),
    "urls": Target(lambda: _URLS, _urls, tokens=_WORDS),
    "challenges": Target(
        lambda: (
            b'Digest realm="a \\"b\\"", qop="auth,auth-int", algorithm=SHA-256, nonce="n", opaque=o, Basic realm="x"',
            b"Negotiate, NTLM TlRMTVNTUAAB==, Bearer error=invalid_token",
        ),
        _challenges,
        tokens=(b"Digest ", b", ", b"=", b'"', b"\\", b"realm=", b"nonce="),
    ),
}
