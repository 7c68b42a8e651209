"""A copy of a collection's folder."""

import shutil
from pathlib import Path

from workbench.core.errors import InvalidInput, StorageError
from workbench.core.i18n import _

_LEFT_OUT = (".git", ".hg", ".svn", "node_modules")


def clone_folder(source: Path, target: Path) -> None:
    """Copy ``source`` to ``target``, whole or not at all, without what version control keeps in it.

    Raises ``InvalidInput`` when ``target`` is there already or lies inside ``source``, ``StorageError``.
    """
    if target.exists() or target.is_symlink():
        raise InvalidInput(
            _("The copy needs a folder that does not exist yet."),
            detail=str(target),
            hint=_("Choose another name or another place."),
        )
    if target.resolve().is_relative_to(source.resolve()):
        raise InvalidInput(
            _("A collection cannot be copied into itself."),
            detail=f"{source} → {target}",
            hint=_("Choose a place outside the collection's folder."),
        )
    staged = target.with_name(f".{target.name}.new")
    try:
        shutil.copytree(source, staged, symlinks=True, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        staged.rename(target)
    except (OSError, shutil.Error) as error:
        shutil.rmtree(staged, ignore_errors=True)
        raise StorageError(
            _("The collection could not be copied."),
            detail=f"{target}: {getattr(error, 'strerror', None) or error}",
            hint=_("Check the permissions and the free space."),
        ) from error
