"""Drafts as plain data: what is kept of them in files of the program's own (not in collections, which are YAML).

::

    {"format": 1, "method": "POST", "url": "…", "body": {"type": "raw", "kind": "json", "text": "…"}, …}
"""

from typing import Any

from workbench.core import draft as d
from workbench.core.errors import StorageError
from workbench.core.files import Format
from workbench.core.i18n import _
from workbench.core.plain import Plain

FORMAT = Format(
    1,
    newer=_("This request was saved by a newer version of the program."),
    newer_hint=_("Update the program. The file was not changed."),
)

_PLAIN = Plain(
    {
        d.RawBody: "raw",
        d.FormBody: "form",
        d.MultipartBody: "multipart",
        d.FileBody: "file",
        d.GraphQLBody: "graphql",
        d.InheritAuth: "inherit",
        d.BasicAuth: "basic",
        d.BearerAuth: "bearer",
        d.ApiKeyAuth: "api-key",
        d.DigestAuth: "digest",
        d.OAuth2Auth: "oauth2",
        d.AWSAuth: "aws",
        d.OtherAuth: "other",
    }
)


def to_data(draft: d.Draft) -> dict[str, Any]:
    """``draft`` as JSON can hold it, with the version of the format."""
    return FORMAT.marked(_PLAIN.encode(draft))


def from_data(data: object) -> d.Draft:
    """The draft that ``to_data`` was given. Fields that this version does not know are ignored.

    Raises ``StorageError`` for a newer format, and for what is no draft.
    """
    try:
        draft: d.Draft = _PLAIN.decode(d.Draft, FORMAT.checked(data))
    except ValueError as error:
        raise _unreadable(str(error)) from error
    return draft


def _unreadable(why: str) -> StorageError:
    return StorageError(
        _("A saved request cannot be read."),
        detail=why,
        hint=_("Write it again; the file was not changed."),
    )
