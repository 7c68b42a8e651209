"""Saving a body: where to, under which name, whole or not at all."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from workbench.core.exchange import Body, Response
from workbench.core.files import write_in_place
from workbench.core.i18n import _
from workbench.core.visible import without_invisible
from workbench.ui.look.words import size_words

_ENDINGS = {
    "application/json": ".json",
    "text/html": ".html",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "text/plain": ".txt",
    "text/csv": ".csv",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/svg+xml": ".svg",
    "application/pdf": ".pdf",
    "application/zip": ".zip",
}
_NAMED = re.compile(r"filename\*=[\w-]*'[\w-]*'([^;\s]+)|filename=\"([^\"]*)\"|filename=([^;\s]+)", re.IGNORECASE)
_UNFIT = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|]+")


def suggested_name(response: Response, url: str) -> str:
    """A file name from Content-Disposition (RFC 6266), else the URL's last segment; never a path."""
    found = _NAMED.search(response.header("content-disposition") or "")
    named = next((unquote(group) for group in found.groups() if group), "") if found else ""
    name = named or unquote(urlsplit(url).path.rstrip("/").rpartition("/")[2]) or "response"
    name = (
        _UNFIT.sub("_", without_invisible(name).replace("\\", "/").rpartition("/")[2]).strip(". ")[:120] or "response"
    )
    return name if "." in name else name + _ENDINGS.get(response.media_type, "")


def save_body(body: Body, path: Path) -> str:
    """Write the whole body to ``path``, replacing it only when all is written; a sentence on how that went."""
    try:
        write_in_place(path, body.pieces())
    except OSError as error:
        return _("Not saved to {path}: {reason}.").format(path=path, reason=error.strerror or error)
    return _("Saved to {path}, {size}.").format(path=path, size=size_words(body.size))
