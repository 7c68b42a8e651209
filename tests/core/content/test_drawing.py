"""Drawings from elsewhere: what leads outside is taken out, and what would never end is refused."""

import base64
import gzip

import pytest
from lxml import etree

from workbench.core.content.drawing import Refused, harmless

_OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="4" height="4">'
_PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
_INNER = base64.b64encode(f'{_OPEN}<image href="/secret"/></svg>'.encode()).decode()


def svg(inside: str) -> bytes:
    return f"{_OPEN}{inside}</svg>".encode()


def shown(inside: str) -> str:
    return harmless(svg(inside)).decode()


@pytest.mark.parametrize(
    "inside",
    [
        '<image href="/secret"/>',
        '<image xlink:href="file:///secret"/>',
        '<image href="//secret/share"/>',
        '<image href="data:image/svg+xml;base64,{inner}"/>',
        '<image href="data:image/png;base64,{inner}"/>',
        '<image href="data:image/png,%89PNG%0d%0a%1a%0abase64,{inner}"/>',
        '<image href="data:image/png;base64,iVBORw0KGgo=base64,{inner}"/>',
        '<use href="other.svg#secret"/>',
        '<?xml-stylesheet type="text/css" href="/secret"?><rect/>',
        '<style>@import "/secret";</style>',
        "<style>rect { fill: url(/secret) }</style>",
        "<style>rect { fill: u\\72l(/secret) }</style>",
        "<style>rect { fill: url(<title/>/secret) }</style>",
        "<rect style=\"fill: url( '/secret' )\"/>",
        '<rect fill="URL(http://secret/#a)"/>',
        '<g xml:base="file:///secret/"><use href="#a"/></g>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml"><img src="/secret"/></p></foreignObject>',
        '<image id="a"/><set href="#a" attributeName="href" to="/secret"/>',
        '<filter id="f"><feImage href="/secret"/></filter>',
        '<font-face-src><font-face-uri href="/secret"/></font-face-src>',
        '<script>open("/secret")</script>',
        '<rect onclick="secret()"/>',
        '<a href="file:///secret"><rect/></a>',
    ],
)
def test_what_leads_outside_is_gone(inside: str) -> None:
    made = shown(inside.replace("{inner}", _INNER))
    assert "secret" not in made
    assert _INNER not in made


def test_what_draws_stays() -> None:
    kept = (
        '<defs><linearGradient id="a"><stop offset="1"/></linearGradient></defs>'
        '<style>.b { fill: url(#a) }</style><g id="c"><path d="M0 0" fill="url(\'#a\')"/></g>'
        '<use xlink:href="#c"/><text x="1">words</text>'
    )
    assert kept in shown(kept).replace('fill="url(&#39;#a&#39;)"', "fill=\"url('#a')\"")


def test_a_picture_inside_is_kept_when_it_is_one() -> None:
    data = base64.b64encode(_PNG).decode()
    assert f'href="data:;base64,{data}"' in shown(f'<image href="data:image/svg+xml;charset=x;base64,{data}"/>')


def test_other_charsets_are_read() -> None:
    assert (
        "ü" in harmless(f'<?xml version="1.0" encoding="utf-16"?>{_OPEN}<text>ü</text></svg>'.encode("utf-16")).decode()
    )


def test_a_document_type_is_left_out() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://secret/svg.dtd">'
    assert b"secret" not in harmless(doctype + svg("<rect/>"))


@pytest.mark.parametrize(
    "data",
    [
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + svg("<text>&a;</text>"),
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + svg('<text x="&b;"/>'),
        b'<!DOCTYPE svg [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]>' + svg("<rect/>"),
        b"",
        b"<svg",
        b"<html/>",
        b"\xff\xfe\x00",
        gzip.compress(svg("<rect/>")),
        b"<svg>" + b"<g>" * 100_000,
    ],
)
def test_what_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        harmless(data)


@pytest.mark.parametrize("link", ['<use href="#{}"/>', '<rect fill="url(#{})"/>', "<g style=\"mask: url( '#{}' )\"/>"])
def test_uses_of_uses_are_counted(link: str) -> None:
    one = "".join(f'<g id="n{n}">{link.format(f"n{n - 1}") * 10}</g>' for n in range(1, 7))
    with pytest.raises(Refused, match="200,000"):
        harmless(svg(f'<g id="n0"/>{one}'))


def test_a_long_chain_of_uses_is_no_circle() -> None:
    chain = "".join(f'<use id="n{n}" href="#n{n + 1}"/>' for n in range(500))
    assert len(etree.fromstring(harmless(svg(chain)))) == 500


@pytest.mark.parametrize(
    "inside",
    [
        '<g id="a"><use href="#a"/></g>',
        '<use id="a" href="#b"/><use id="b" href="#a"/>',
        '<pattern id="a"><rect fill="url(#a)"/></pattern>',
    ],
)
def test_circles_are_refused(inside: str) -> None:
    with pytest.raises(Refused, match="itself"):
        harmless(svg(inside))
