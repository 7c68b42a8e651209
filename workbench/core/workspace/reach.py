"""Which files of this computer a collection may send: its own, and those that the person agreed to.

Whoever wrote a collection can name any file in it, and whoever opens it presses Send. So a file outside of the
collection's folder goes out only after the person chose it here or was asked; once is enough.
"""

from collections.abc import Iterable
from pathlib import Path

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _, ngettext
from workbench.core.preparation import DraftError, Place
from workbench.core.request import Payload, Request, pieces_of


class FilesOutside(DraftError):
    """The body is made of files outside of the collection that nobody agreed to. ``request`` is what waits for it."""

    code = "files-outside"

    def __init__(self, paths: tuple[Path, ...], collection: Path, request: Request) -> None:
        count = len(paths)
        cause = InvalidInput(
            ngettext(
                "The request sends a file from outside of its collection.",
                "The request sends files from outside of its collection.",
                count,
            ),
            detail=ngettext("{files} is not in {folder}.", "{files} are not in {folder}.", count).format(
                files=", ".join(map(str, paths)), folder=collection
            ),
            hint=_(
                "A collection from somebody else can name any file of this computer. Look whether you want to send "
                "it there; you are asked only once."
            ),
        )
        super().__init__(Place.BODY, "", cause)
        self.request = request


def outside(body: Payload, collection: Path) -> tuple[Path, ...]:
    """The files that ``body`` is made of and that do not lie in the folder ``collection``; links are followed."""
    root = collection.resolve()
    paths = {piece.resolve(): None for piece in pieces_of(body) if isinstance(piece, Path)}
    return tuple(path for path in paths if not path.is_relative_to(root))


def absolute(names: Iterable[str], collection: Path) -> frozenset[Path]:
    """The files that a draft of ``collection`` calls ``names``."""
    return frozenset((collection / Path(name).expanduser()).resolve() for name in names)
