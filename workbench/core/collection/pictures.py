"""Pictures that docs show: files of the collection and nothing else."""

import stat
from pathlib import Path
from urllib.parse import unquote, urlsplit

from workbench.core.collection import files
from workbench.core.errors import CollectionError
from workbench.core.i18n import _

LARGEST = 10_000_000  # bytes


def read_picture(root: Path, address: str) -> bytes:
    """The file at ``address``, a relative URL as Markdown has it, from the collection's folder ``root``.

    Raises ``CollectionError`` for everything else: another host, what lies outside or is hidden, links out, devices.
    """
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise _refused(address) from error
    named = Path(unquote(parts.path))
    if parts.scheme or parts.netloc or named.is_absolute() or named.drive:
        raise _refused(address)
    full = files.inside(root, named)
    with files.mapped(full):
        real = full.resolve()
        if any(part.startswith(".") for part in real.relative_to(root.resolve()).parts):
            raise _refused(address)
        facts = real.stat()
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST:
            raise _refused(address)
        with real.open("rb") as file:
            return file.read(LARGEST)


def _refused(address: str) -> CollectionError:
    return CollectionError(
        _("This image cannot be shown."),
        detail=address,
        hint=_("Docs show pictures of up to 10 MB that lie in the collection's folder."),
    )
