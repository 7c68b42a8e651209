"""A body in another program: a copy that only this person can read, gone when ours ends."""

import atexit
import os
import tempfile
from functools import cache
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from workbench.core.exchange import Body
from workbench.core.files.spool import Spool
from workbench.core.i18n import _

# What systems show and do not run. The name is the server's: it must not choose what happens here.
_SHOWN = frozenset(
    (
        *("", ".txt", ".log", ".md", ".json", ".jsonl", ".ndjson", ".xml", ".html", ".htm", ".xhtml", ".yaml", ".yml"),
        *(".csv", ".tsv", ".pdf", ".rtf", ".pem", ".crt", ".cer", ".der", ".eml", ".ics", ".vcf"),
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif", ".svg", ".ico"),
        *(".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".webm", ".mov"),
        *(".zip", ".gz", ".tar", ".7z", ".docx", ".xlsx", ".pptx", ".odt", ".ods", ".odp"),
    )
)


def copy_for_others(body: Body, name: str) -> Path | str:
    """Write the whole body to a file of mode 0600 in a folder that is deleted at our end; else why not."""
    if Path(name).suffix.lower() not in _SHOWN:
        return _(
            "Not opened: “{name}” may be a program. Save it first, and open it from there if you trust it."
        ).format(name=Path(name).name)
    try:
        folder = Path(tempfile.mkdtemp(dir=_spool().folder()))  # one each: names may be equal
        path = folder / (Path(name).name or "response")
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.writelines(body.pieces())
    except OSError as error:
        return _("Could not create a copy for another program: {reason}.").format(reason=error.strerror or error)
    return path


def open_copy(path: Path) -> str:
    """Ask the system to open it with the program for its kind; a sentence on how that went."""
    if QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        return _("Opened from a copy, {path}, which is deleted when mTLS Workbench closes.").format(path=path)
    return _("No program is available for this type. A copy is kept until mTLS Workbench closes: {path}.").format(
        path=path
    )


@cache
def _spool() -> Spool:
    # Deleted with its contents when the interpreter ends, or by the next start; until then others may read from it.
    spool = Spool()
    atexit.register(spool.close)
    return spool
