"""What is wrong with a typed URL, said at the field before anything is sent."""

import re
from urllib.parse import unquote

from workbench.core import url
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.variables import Scope, VariableError, resolve, tokens

_SHOWN = " — "  # after it the error repeats the URL, which stands right above the message

_UNSEEN = " \t\u00a0\u200b\u200e\u200f\u2060\ufeff"  # what comes along from a chat or a document
_MISTYPED = re.compile(r"(https?)(?::/|//)(?=[^/])", re.IGNORECASE)


def complete_url(text: str) -> str:
    """``text`` as it was meant.

    Without stray spaces around it, seen or unseen, with ``https://`` where no scheme was typed and no variable may
    hold one, and with all that stands between a scheme and a host.
    """
    text = text.strip(_UNSEEN)
    text = _MISTYPED.sub(r"\1://", text, count=1) if _MISTYPED.match(text) else text
    return text if not text or "://" in text or text.startswith("{{") else f"https://{text}"


def url_trouble(text: str, scope: Scope | None = None) -> str:
    """What keeps ``text`` from being sent and what to do, or the empty string when nothing does."""
    if not text.strip():
        return _("Enter the address to send to, such as https://example.org/path.")
    try:
        url.parse(resolve(text, scope if scope is not None else Scope()))
    except VariableError as error:
        return f"{error.title} {error.hint}"
    except InvalidInput as error:
        if tokens(text):  # its words may quote what a secret variable holds
            return _("With its variables filled in, this is not a valid address.")
        return f"{error.detail.partition(_SHOWN)[0]} {error.hint}"
    return ""


def faulty_variable(text: str, scope: Scope) -> str:
    """The variable in ``text`` that cannot be filled in; empty when all can, or braces are all that is wrong."""
    try:
        resolve(text, scope)
    except VariableError as error:
        return error.way[0] if error.way else error.name
    return ""


def short_url(text: str) -> str:
    """Path and host of a URL, as short as a tab wants it: ``order/update``, else the host."""
    if "{{" in text:
        return _short_template(text.strip())
    try:
        parsed = url.parse(text)
    except InvalidInput:
        return text.strip()
    path = parsed.target.partition("?")[0].strip("/")
    read = unquote(path)
    return (read if read.isprintable() else path) or parsed.authority


def _short_template(text: str) -> str:
    bare = text.partition("?")[0].rpartition("://")[2]
    host, slash, path = bare.partition("/")
    return path.strip("/") if slash and path.strip("/") else host
