"""Cookies that a person types."""

import re
from dataclasses import replace
from datetime import UTC

from workbench.core import url
from workbench.core.cookies.cookie import NAME_AND_VALUE, Cookie
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_BAD_VALUE = re.compile(r"[\x00-\x1f\x7f;]")


def checked(cookie: Cookie) -> Cookie:
    """``cookie`` as the jar can keep it. Raises ``InvalidInput`` that names the field."""
    if not _NAME.fullmatch(cookie.name):
        raise _refused(_("Its name must be one word of letters, digits and !#$%&'*+-.^_`|~."))
    if _BAD_VALUE.search(cookie.value):
        raise _refused(_("Its value holds a semicolon, a line break or another control character."))
    if len(f"{cookie.name}{cookie.value}".encode()) > NAME_AND_VALUE:
        raise _refused(_("Name and value take more than {n} bytes.").format(n=NAME_AND_VALUE))
    if not cookie.path.startswith("/") or _BAD_VALUE.search(cookie.path):
        raise _refused(_("Its path must begin with “/”, and hold no semicolon."))
    host = url.parse(f"https://{_bracketed(cookie.domain.strip().removeprefix('.'))}").host
    prefixed = cookie.name.lower()
    if prefixed.startswith(("__secure-", "__host-")) and not cookie.secure:
        raise _refused(_("A name that begins with __Secure- or __Host- needs “secure”."))
    if prefixed.startswith("__host-") and (cookie.path != "/" or not cookie.host_only):
        raise _refused(_("A name that begins with __Host- needs the path “/” and this one host."))
    expires = cookie.expires
    return replace(cookie, domain=host, expires=None if expires is None else expires.astimezone(UTC))


def _bracketed(domain: str) -> str:
    return f"[{domain}]" if ":" in domain and not domain.startswith("[") else domain


def _refused(why: str) -> InvalidInput:
    return InvalidInput(_("The cookie cannot be kept."), detail=why, hint=_("Correct it and keep it again."))
