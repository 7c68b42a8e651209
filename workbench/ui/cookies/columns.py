"""Cookies of a jar as table rows; values stay hidden until somebody wants to see them."""

from datetime import UTC, datetime

from workbench.core.cookies import Cookie
from workbench.core.i18n import _
from workbench.core.visible import HIDDEN
from workbench.ui.models.table import Column

_NEVER = datetime.max.replace(tzinfo=UTC)


def jar_columns(*, revealed: bool) -> tuple[Column[Cookie], ...]:
    """Where to, name, value, how long, flags."""
    return (
        Column(_("Domain"), domain_words, tip=_reach, spoken=_reach, sort=lambda row: row.key),
        Column(_("Path"), lambda row: row.path),
        Column(_("Name"), lambda row: row.name or _("(no name)")),
        Column(
            _("Value"),
            lambda row: row.value if revealed else HIDDEN,
            spoken=None if revealed else lambda _row: _("hidden"),
            tip=None if revealed else lambda _row: _("Hidden: turn on “Show values” to see it."),
            sort=None if revealed else lambda _row: "",  # the order would tell of what is hidden
            fixed_width=True,
        ),
        Column(_("Expires"), expiry_words, sort=lambda row: row.expires or _NEVER),
        Column(_("Flags"), flag_words),
    )


def domain_words(cookie: Cookie) -> str:
    """The domain, with a dot before it when names below it are meant too."""
    return cookie.domain if cookie.host_only else f".{cookie.domain}"


def expiry_words(cookie: Cookie) -> str:
    """When its time is over, on this computer's clock."""
    if cookie.expires is None:
        return _("at end of session")
    return cookie.expires.astimezone().strftime("%Y-%m-%d %H:%M")


def flag_words(cookie: Cookie) -> str:
    """Its flags as a ``Set-Cookie`` field writes them."""
    flags = (("Secure", cookie.secure), ("HttpOnly", cookie.http_only), (f"SameSite={cookie.same_site}", True))
    return ", ".join(words for words, there in flags if there and not words.endswith("=")) or "–"


def fits(cookie: Cookie, line: str) -> bool:
    """Whether every word of ``line`` is in its domain, path, name or flags. Values are not searched."""
    text = " ".join((domain_words(cookie), cookie.path, cookie.name, flag_words(cookie))).casefold()
    return all(word in text for word in line.casefold().split())


def _reach(cookie: Cookie) -> str:
    if cookie.host_only:
        return _("{domain}, this host only").format(domain=cookie.domain)
    return _("{domain} and its subdomains").format(domain=cookie.domain)
