"""``cookies.json``: the cookies that outlive the program."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from workbench.core.cookies.cookie import Cookie
from workbench.core.errors import StorageError
from workbench.core.files import Damaged, Format
from workbench.core.i18n import _

FORMAT = Format(
    1,
    newer=_("The cookies of this workspace were stored by a newer version of this program."),
    newer_hint=_("Update the program. The file was not changed; new cookies are lost when the program closes."),
)


def read(path: Path) -> tuple[Cookie, ...]:
    """The cookies in ``path``, none when it is not there.

    Raises ``NewerFormat``, ``OSError`` when it cannot be read, ``Damaged`` when it holds no cookies.
    """
    try:
        document = FORMAT.read(path)
    except FileNotFoundError:
        return ()
    try:
        return tuple(_cookie(one) for one in document["cookies"])
    except (ValueError, KeyError, TypeError) as error:
        raise Damaged(str(error)) from error


def write(path: Path, cookies: Iterable[Cookie]) -> None:
    """Keep ``cookies``, whole or not at all, readable for the owner only. Raises ``StorageError``."""
    try:
        FORMAT.write(path, {"cookies": [_document(one) for one in cookies]})
    except StorageError as error:
        raise StorageError(
            _("The cookies could not be saved."),
            detail=error.detail,
            hint=_("Check permissions and free space. The cookies are used until the program closes."),
        ) from error


def unreadable(path: Path, error: Exception, aside: Path | None) -> StorageError:
    """What to say of a file that was not read; ``aside`` is its new name if it got one."""
    hint = _("The file was not changed; new cookies are lost when the program closes.")
    if aside is not None:
        hint = _("The damaged file is kept as {path}; a new one was started.").format(path=aside)
    return StorageError(_("The cookies of this workspace cannot be read."), detail=f"{path}: {error}", hint=hint)


def _cookie(document: Mapping[str, Any]) -> Cookie:
    return Cookie(
        name=str(document["name"]),
        value=str(document["value"]),
        domain=str(document["domain"]),
        path=str(document["path"]),
        host_only=bool(document["host_only"]),
        secure=bool(document["secure"]),
        http_only=bool(document["http_only"]),
        same_site=str(document["same_site"]),
        expires=_time(document["expires"]),
        created=_time(document["created"]),
    )


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"no time zone: {text}")
    return time


def _document(cookie: Cookie) -> dict[str, Any]:
    return {
        "name": cookie.name,
        "value": cookie.value,
        "domain": cookie.domain,
        "path": cookie.path,
        "host_only": cookie.host_only,
        "secure": cookie.secure,
        "http_only": cookie.http_only,
        "same_site": cookie.same_site,
        "expires": cookie.expires.isoformat() if cookie.expires is not None else None,
        "created": cookie.created.isoformat(),
    }
