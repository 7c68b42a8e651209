"""Files that a body names: chosen in a dialog or dropped, written relative to the collection where they lie in it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.i18n import _


def choose_files(parent: QWidget, folder: str, taken: Callable[[list[Path]], object], *, many: bool) -> None:
    """Ask for files; ``taken`` gets them, unless the person changes their mind."""
    dialog = QFileDialog(parent, _("Choose files") if many else _("Choose a file"), folder)
    modes = QFileDialog.FileMode
    dialog.setFileMode(modes.ExistingFiles if many else modes.ExistingFile)
    dialog.filesSelected.connect(lambda paths: taken([Path(path) for path in paths]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def written(path: Path, folder: str) -> str:
    """``path`` as the request names it: relative, with ``/``, when it lies in ``folder``."""
    if folder and path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    return str(path)


def missing(paths: Sequence[str], folder: str) -> tuple[str, ...]:
    """Those of ``paths`` that are no files now; ones with variables are not looked for. Reads the disk."""
    return tuple(path for path in paths if path and "{{" not in path and not (Path(folder) / path).is_file())
