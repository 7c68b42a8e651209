"""``cookies.json``: the cookies that outlive the program."""

import contextlib
import json
import os
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from workbench.core.cookies.cookie import Cookie
from workbench.core.errors import NewerFormat, StorageError
from workbench.core.i18n import _

FORMAT = 1


def read(path: Path) -> tuple[Cookie, ...]:
    """The cookies in ``path``, none when it is not there. Raises ``NewerFormat``, ``StorageError`` when damaged."""
    try:
        document = json.loads(path.read_bytes())
        version = int(document["format"])
        if version <= FORMAT:
            return tuple(_cookie(one) for one in document["cookies"])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StorageError(
            _("The cookies of this workspace cannot be read."),
            detail=f"{path}: {error}",
            hint=_("They were put aside, and new ones are kept from now on."),
        ) from error
    raise NewerFormat(
        _("The cookies of this workspace were stored by a newer version of this program."),
        detail=_("{path} has format {found}; this version knows {known}.").format(
            path=path, found=version, known=FORMAT
        ),
        hint=_("Update the program. The file is left as it is; new cookies are forgotten when the program ends."),
    )


def write(path: Path, cookies: Iterable[Cookie]) -> None:
    """Keep ``cookies``, whole or not at all, readable for the owner only. Raises ``StorageError``."""
    document = {"format": FORMAT, "cookies": [_document(one) for one in cookies]}
    staged = path.with_name(f".new-{path.name}")
    try:
        staged.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(staged, flags, 0o600), "wb") as stream:
            stream.write((json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())
            stream.flush()
            os.fsync(stream.fileno())
        staged.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            staged.unlink(missing_ok=True)
        raise StorageError(
            _("The cookies could not be kept."),
            detail=f"{path}: {error.strerror or error}",
            hint=_("Check the permissions and the free space. They are used until the program ends."),
        ) from error


def put_aside(path: Path) -> None:
    """Rename a file that cannot be read, so that nothing overwrites it."""
    with contextlib.suppress(OSError):
        path.replace(path.with_name(f"{path.stem}.damaged{path.suffix}"))


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
