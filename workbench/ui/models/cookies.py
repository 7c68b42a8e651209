"""Cookies that a response sets, as table rows; values stay hidden until somebody wants to see them."""

from workbench.core.content.cookies import SetCookie
from workbench.core.i18n import _
from workbench.core.visible import HIDDEN
from workbench.ui.models.table import Column


def cookie_columns(*, revealed: bool) -> tuple[Column[SetCookie], ...]:
    """Name, value, where to, how long, flags."""
    return (
        Column(_("Cookie"), lambda row: row.name),
        Column(
            _("Value"),
            lambda row: row.value if revealed else HIDDEN,
            spoken=None if revealed else lambda _row: _("hidden"),
            fixed_width=True,
        ),
        Column(_("Domain"), lambda row: row.domain or _("this host")),
        Column(_("Path"), lambda row: row.path or _("that of the URL")),
        Column(_("Expires"), lambda row: row.expires or _("with the session")),
        Column(_("Flags"), _flags),
    )


def _flags(row: SetCookie) -> str:
    same_site = (f"SameSite={row.same_site}",) if row.same_site else ()
    return ", ".join((*row.flags, *same_site)) or _("none")
