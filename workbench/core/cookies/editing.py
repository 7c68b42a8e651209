"""Cookies that a person types."""

import re
from dataclasses import replace
from datetime import UTC, datetime

from workbench.core import url
from workbench.core.cookies.cookie import NAME_AND_VALUE, Cookie
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.tls.names import is_address

_NAME = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_BAD_VALUE = re.compile(r"[\x00-\x1f\x7f;\ud800-\udfff]")
_NO_HOST = re.compile(r"[\x00-\x20\x7f/?#@\\;]")


class CookieRefused(InvalidInput):
    """A cookie that cannot be kept; ``field`` is that of ``Cookie`` which is wrong, ``reason`` why in one sentence."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(_("The cookie cannot be saved."), detail=reason, hint=_("Correct it and save it again."))
        self.field = field
        self.reason = reason


def checked(cookie: Cookie) -> Cookie:
    """``cookie`` as the jar can keep it. Raises ``CookieRefused``, which says what of it is wrong."""
    if not _NAME.fullmatch(cookie.name):
        raise CookieRefused("name", _("The name must consist of letters, digits and !#$%&'*+-.^_`|~."))
    if _BAD_VALUE.search(cookie.value):
        raise CookieRefused("value", _("The value contains a semicolon, a line break or another control character."))
    if len(f"{cookie.name}{cookie.value}".encode()) > NAME_AND_VALUE:
        raise CookieRefused("value", _("Name and value are longer than {n} bytes.").format(n=NAME_AND_VALUE))
    if not cookie.path.startswith("/") or _BAD_VALUE.search(cookie.path):
        raise CookieRefused("path", _("The path must begin with “/” and contain no semicolon."))
    host = _host(cookie.domain)
    prefixed = cookie.name.lower()
    if prefixed.startswith(("__secure-", "__host-")) and not cookie.secure:
        raise CookieRefused("secure", _("A name that begins with __Secure- or __Host- needs “Secure”."))
    if prefixed.startswith("__host-") and (cookie.path != "/" or not cookie.host_only):
        raise CookieRefused("path", _("A name that begins with __Host- needs the path “/” and this host only."))
    if cookie.same_site == "None" and not cookie.secure:
        raise CookieRefused("same_site", _("SameSite=None needs “Secure”."))
    expires = cookie.expires
    if expires is not None and cookie.expired(datetime.now(UTC)):
        raise CookieRefused("expires", _("It has already expired."))
    return replace(cookie, domain=host, expires=None if expires is None else expires.astimezone(UTC))


def _host(domain: str) -> str:
    domain = domain.strip().removeprefix(".")
    address = domain.strip("[]")
    if not _NO_HOST.search(domain):
        if is_address(address):
            return address.lower()
        try:
            if domain and ":" not in domain:
                return url.parse(f"https://{domain}").host
        except InvalidInput:
            pass
    raise CookieRefused("domain", _("The domain must be a host name or an address."))
