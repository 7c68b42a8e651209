"""The page that a browser shows when it has led back to this program."""

import html

from workbench.core.i18n import _

_PAGE = """<!doctype html>
<html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>mTLS Workbench</title>
<style>body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 20vh auto; padding: 0 1rem }}</style>
</head><body><h1>{title}</h1><p>{text}</p></body></html>
"""


def done() -> bytes:
    """Everything went well."""
    return _response("200 OK", _("Signed in"), _("You can close this page and return to mTLS Workbench."))


def failed(title: str, detail: str) -> bytes:
    """It did not; the program says so too."""
    words = _("You can close this page; mTLS Workbench shows what to do next.")
    return _response("400 Bad Request", title, f"{detail} {words}")


def not_found() -> bytes:
    """Not the page that the authorization server leads to."""
    return _response("404 Not Found", _("Nothing here"), _("This address is only for signing in."))


def _response(status: str, title: str, text: str) -> bytes:
    body = _PAGE.format(title=html.escape(title), text=html.escape(text)).encode()
    head = (
        f"HTTP/1.1 {status}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
        "Referrer-Policy: no-referrer",
        "Connection: close",
        "",
        "",
    )
    return "\r\n".join(head).encode() + body
