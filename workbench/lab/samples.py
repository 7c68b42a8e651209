"""Things to look at: the lab's front page, a little HTML, XML and PNG, and the content codings."""

import gzip
import struct
import sys
import zlib
from collections.abc import Callable, Mapping
from html import escape

from workbench.core.i18n import _
from workbench.lab.stream import Facts

PATHS = (
    "/order/update",
    "/status/404",
    "/delay/2",
    "/redirect-to?url=/",
    "/bytes/1000000",
    "/gzip",
    "/deflate",
    "/br",
    "/zstd",
    "/chunked",
    "/html",
    "/xml",
    "/image/png",
    "/cookies?color=blue",
    "/digest-auth",
    "/oauth/protected",
)

_STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem }
th { text-align: start; padding-inline-end: 1.5rem; font-weight: 600; vertical-align: top }
td { overflow-wrap: anywhere }
code { font-family: ui-monospace, monospace }
"""


def front_page(facts: Facts, method: str, target: str, headers: tuple[tuple[str, str], ...]) -> bytes:
    """What a person sees at ``/``: whom the server recognised, and how the two of them speak."""
    client = facts.client
    if client is None:
        greeting = _("Hello, whoever you are.")
        who = [(_("Client certificate"), _("not sent"))]
    else:
        greeting = _("Hello, {name}.").format(name=client.common_name)
        who = [
            (_("Subject"), client.subject),
            (_("Issuer"), client.issuer),
            (_("Serial number"), client.serial),
            (_("SHA-256"), client.sha256),
        ]
    speech = [
        (_("Version"), facts.version),
        (_("Cipher suite"), facts.cipher),
        (_("Protocol (ALPN)"), facts.alpn or _("none negotiated")),
        (_("Session"), _("resumed") if facts.resumed else _("new")),
    ]
    links = "".join(f'<li><a href="{escape(path)}"><code>{escape(path)}</code></a></li>' for path in PATHS)
    return _document(
        "mTLS Workbench Lab",
        f"<h1>{escape(greeting)}</h1>"
        f"<h2>{escape(_('You proved'))}</h2>{_table(who)}"
        f"<h2>{escape(_('TLS'))}</h2>{_table(speech)}"
        f"<h2>{escape(_('You asked'))}</h2><p><code>{escape(method)} {escape(target)}</code></p>{_table(headers)}"
        f"<h2>{escape(_('Also here'))}</h2><ul>{links}</ul>",
    )


def html() -> bytes:
    """A short page."""
    return _document("A page", "<h1>A page</h1><p>With a <em>paragraph</em> &amp; a <a href='/'>link</a>.</p>")


def xml() -> bytes:
    """A short document with attributes, a namespace and text outside ASCII."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<orders xmlns="urn:workbench:lab"><order id="1"><item price="1.20">Käse</item></order>'
        '<order id="2"/></orders>\n'
    ).encode()


def png(width: int = 96, height: int = 64) -> bytes:
    """A picture of two colours that meet (RFC 2083, 8-bit RGB)."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y, width, height) for x in range(width)) for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _pixel(x: int, y: int, width: int, height: int) -> bytes:
    return bytes((255 * x // width, 255 * y // height, 200 if x * height < y * width else 80))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _document(title: str, body: str) -> bytes:
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>{body}</body></html>\n"
    ).encode()


def _table(rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> str:
    return "<table>" + "".join(f"<tr><th>{escape(k)}</th><td>{escape(v)}</td></tr>" for k, v in rows) + "</table>"


def _brotli(data: bytes) -> bytes:
    import brotli  # type: ignore[import-untyped]  # it comes without annotations

    return bytes(brotli.compress(data))


def _zstd(data: bytes) -> bytes:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.compress(data)


# RFC 9110 8.4.1; "deflate" is the zlib format there.
CODINGS: Mapping[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": _brotli,
    "zstd": _zstd,
}
