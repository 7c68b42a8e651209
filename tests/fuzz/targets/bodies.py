"""Bodies that servers send, in every form that they are shown in, and bodies that collections hold."""

import io
import sys
from collections.abc import AsyncIterator, Callable, Sequence

from lxml import etree

from tests.fuzz.frame import Target
from workbench.core.bodies import Language, problem, tidy
from workbench.core.content.charset import charset_of, decode
from workbench.core.content.drawing import Refused, harmless
from workbench.core.content.events import EventParser
from workbench.core.content.kinds import Kind, kind_of
from workbench.core.content.preparing import Form, Order, lines_of, prepare
from workbench.core.content.tables import cells_of
from workbench.core.content.work import Work
from workbench.core.draft import Draft, RawBody
from workbench.core.errors import WorkbenchError
from workbench.core.http.codings import DecodingError, decoded, is_coded
from workbench.core.masking import without_secrets

_JSON = (
    b'{"a": [1, -2.5e+3, true, null, {"b": "\\u00e9\\ud83d\\ude00\\n", "password": "x"}], "c": {}, "d": []}',
    b'[1]\n{"a": 1}\n{"a": 2}\n',
    b'{"deep": [[[[[["x"]]]]]], "long": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}',
)
_XML = (
    b'<?xml version="1.0" encoding="utf-8"?>\n<a xmlns:n="u" b="c&amp;d"><n:e>text</n:e><![CDATA[<x>]]><!-- c --></a>',
    b'<!DOCTYPE a [<!ENTITY e "x"><!ENTITY f "&e;&e;">]><a>&f;<b/>tail<?p i?></a>',
    b"<!doctype html><html><head><meta charset=utf-8></head><body><p>one<br>two<script>if (a < b) {}</script></body>",
)
_DRAWINGS = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink"><style>a{fill:url(#a)}</style>'
    b'<defs><g id="a"><rect fill="url(#b)"/></g><g id="b"><use x:href="#c"/><use href="#c"/></g></defs><use href="#a"/>'
    b'<image id="c" href="data:image/png;base64,iVBORw0KGgoAAAAN"/><image x:href="file:///etc/hostname"/></svg>',
    b'<!DOCTYPE svg [<!ENTITY e "x">]><?xml-stylesheet href="/a.css"?><svg><text>&e;</text><!-- c --></svg>',
)
_EVENTS = b"\xef\xbb\xbf: comment\nevent: tick\ndata: 1\ndata\nid: 7\nretry: 100\n\ndata: {\r\ndata: }\r\n\r\n"
_CHARSETS = (
    b"text/html; charset=iso-2022-jp\n\x1b$B$3$l\x1b(B plain",
    b'text/plain; charset="utf-16"\n\xff\xfea\x00b\x00',
    b"text/plain; charset=hz\n~{<:Ky2;~}",
    b'application/xml\n<?xml version="1.0" encoding="shift_jis"?><a>\x83e</a>',
    b'text/csv;charset=windows-1252\na;b;c\n1;"2\n3";\x80\n',
)


def _prepared(data: bytes, orders: Sequence[Order]) -> None:
    for order in orders:
        sink = io.BytesIO()
        made = prepare(io.BytesIO(data), sink, order, Work())
        lines = lines_of(sink, made)
        for row in range(min(lines.count, 20)):
            lines.text(row)
            lines.fold_end(row)
        for record in range(min(made.arrays[4] - 1, 5)):
            cells_of(lines, record, made.delimiter or ",")


def _drawing(data: bytes) -> None:
    made = harmless(data)
    for element in etree.fromstring(made).iter():
        for name, value in element.attrib.items():
            inside = value.strip().startswith(("#", "data:;base64,")) or etree.QName(name).localname != "href"
            if not inside or "url(http" in value:
                raise AssertionError("a link to the outside was kept")
    if harmless(made) != made:
        raise AssertionError("what is harmless was changed")


def _orders(kind: Kind, wanted: Sequence[str]) -> tuple[Order, ...]:
    forms = [Order(form, kind) for form in (Form.RAW, Form.PRETTY, Form.MINIFIED)]
    return (*forms, *(Order(Form.FILTERED, kind, wanted=one) for one in wanted))


def _typed(data: bytes, languages: Sequence[Language]) -> None:
    text = data.decode("utf-8", "replace")
    without_secrets(Draft(url="https://example.com", body=RawBody(text=text)))
    refused: WorkbenchError | None = None
    for language in languages:
        problem(language, text)
        try:
            tidied = tidy(language, text)
        except WorkbenchError as error:
            refused = error
            continue
        if problem(language, tidied) is not None:
            raise AssertionError("a sound body laid out is unsound")
    if refused is not None:
        raise refused


def _events(data: bytes) -> None:
    whole, pieces = EventParser(), EventParser()
    at_once = whole.feed(data)
    step = max(7, len(data) // 2_000)
    one_by_one = [event for at in range(0, len(data), step) for event in pieces.feed(data[at : at + step])]
    if at_once != one_by_one:
        raise AssertionError("events depend on how their bytes arrive")


def _charsets(data: bytes) -> None:
    content_type, _newline, body = data.partition(b"\n")
    named = content_type.decode("latin-1")
    kind = kind_of(body, named)
    decode(body, charset_of(body, named), whole=True)
    decode(body, charset_of(body, named), whole=False)
    _prepared(body, (Order(Form.RAW, kind, named), Order(Form.RECORDS, Kind.CSV, named)))


def _codings(data: bytes) -> None:
    name, _newline, body = data.partition(b"\n")
    if is_coded(name.decode("latin-1")):
        _run(_unpacked(name.decode("latin-1"), body))


async def _unpacked(coding: str, body: bytes) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for at in range(0, len(body), 1000):
            yield body[at : at + 1000]

    size = 0
    async for piece in decoded(pieces(), coding):
        size += len(piece)
        if size > 20_000_000:  # who reads a body sets the limit
            return


def _run(coroutine: object) -> None:
    """A coroutine that waits for nothing needs no loop."""
    try:
        coroutine.send(None)  # type: ignore[attr-defined]
    except StopIteration:
        return
    raise AssertionError("it waits for something")


def _coded() -> tuple[bytes, ...]:
    import gzip
    import zlib

    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    import brotli  # type: ignore[import-untyped]  # it comes without annotations

    plain = b'{"a": "' + b"body " * 50 + b'"}'
    return (
        b"gzip\n" + gzip.compress(plain, mtime=0) + gzip.compress(b"more", mtime=0),
        b"deflate\n" + zlib.compress(plain),
        b"br\n" + brotli.compress(plain),
        b"zstd\n" + zstd.compress(plain) + zstd.compress(b"more"),
        b"deflate, gzip\n" + gzip.compress(zlib.compress(plain), mtime=0),
    )


def _on(orders: Sequence[Order], languages: Sequence[Language]) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        _prepared(data, (orders[len(data) % len(orders)],))  # one at a time: each has the five seconds for itself
        _typed(data, languages)

    return run


TARGETS = {
    "json": Target(
        lambda: _JSON,
        _on(_orders(Kind.JSON, ("$.a[*].b", "$..c")), (Language.JSON,)),
        tokens=(b"[", b"]", b"{", b"}", b'"', b"\\u", b"\\ud800", b",", b":", b"NaN", b"//", b"/*", b"{{x}}", b"1e400"),
    ),
    "xml": Target(
        lambda: _XML,
        _on((*_orders(Kind.XML, ("//*", "string(/*)")), *_orders(Kind.HTML, ("//p",))), (Language.XML,)),
        tokens=(
            b"<",
            b">",
            b"</a>",
            b"<!--",
            b"-->",
            b"<![CDATA[",
            b"]]>",
            b"&",
            b"&e;",
            b"&#0;",
            b"<?",
            b"<!DOCTYPE a [",
            b'"',
        ),
    ),
    "drawings": Target(
        lambda: _DRAWINGS,
        _drawing,
        (Refused,),
        tokens=(
            b'<use href="#a"/>',
            b'id="a"',
            b"url(#a)",
            b"url(",
            b"<image href='",
            b"data:;base64,",
            b"<!ENTITY",
            b"&",
        ),
    ),
    "events": Target(
        lambda: (_EVENTS, b"data: " + b"x" * 5_000 + _EVENTS),
        _events,
        tokens=(b"data:", b"event:", b"id:", b"retry:", b"\n\n", b"\r\r"),
    ),
    "charsets": Target(
        lambda: _CHARSETS,
        _charsets,
        tokens=(
            b"charset=",
            b"utf-32",
            b"utf-7",
            b"idna",
            b"gb18030",
            b"cp037",
            b"iso-2022-kr",
            b"rot13",
            b"\x1b$",
            b"~{",
        ),
    ),
    "codings": Target(_coded, _codings, (DecodingError,), tokens=(b"gzip, ", b"br\n", b"\x1f\x8b\x08")),
    "forms": Target(
        lambda: (b"a=b&c=%20d&{{e}}=f+g", b"query Q($a: Int = 1) { f(a: $a) { ...x @include(if: true) } } # c\n"),
        lambda data: _typed(data, (Language.FORM, Language.GRAPHQL)),
        tokens=(b"&", b"=", b"%", b"%zz", b"{", b"}", b'"""', b"fragment x on Y {", b"{{v}}", b"...", b"$a"),
    ),
}
