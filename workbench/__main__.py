"""``mtls-workbench``: the window, or one command of the command line.

The first word decides. A command's name or an option goes to the command line, which never imports
Qt; nothing at all, or paths, open the window. Two options are the window's own: ``--with-lab`` opens it
with the lab running and a request to it in the first tab, ``--workspace NAME`` on another workspace.
"""

import atexit
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

_WITH_LAB = "--with-lab"
_WORKSPACE = "--workspace"
_ROUND = 50_000  # new objects before the garbage collector looks for cycles among them; Python's own is 700
# The program's own helpers, which it starts and may have to kill.
_HELPERS = {
    "--prepare-body": "workbench.core.content.process",
    "--match-pattern": "workbench.core.content.patterns",
    "--decode-picture": "workbench.ui.widgets.picture",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what ``arguments`` (else the process's own) ask for; the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if words and words[0] in _HELPERS:
            return int(import_module(_HELPERS[words[0]]).main(words[1:]))
        if _opens_window(words):
            return _window(words)
        # What is imported stays: rounds over it, now and as the interpreter ends, are a tenth of a short command.
        gc.set_threshold(_ROUND)
        atexit.register(gc.freeze)
        from workbench.cli.dispatch import main as run

        return run(_named(words))
    except KeyboardInterrupt:
        return 130


def _opens_window(words: Sequence[str]) -> bool:
    paths, _lab, workspace = _read(words)
    if not paths:
        return bool(workspace) or _WORKSPACE not in words
    from workbench.cli.commands import is_command

    return not is_command(paths[0]) and not paths[0].startswith("-") and all(Path(path).exists() for path in paths)


def _named(words: list[str]) -> list[str]:
    """Without the window's options when what is named is no command: then the path is what is wrong."""
    from workbench.cli.commands import is_command

    paths, _lab, _workspace = _read(words)
    return paths if paths and not is_command(paths[0]) else words


def _read(words: Sequence[str]) -> tuple[list[str], bool, str]:
    """Paths, whether the lab is wanted, and the workspace."""
    paths, workspace = [word for word in words if word != _WITH_LAB], ""
    if _WORKSPACE in paths and paths[-1] != _WORKSPACE:
        place = paths.index(_WORKSPACE)
        workspace = paths[place + 1]
        del paths[place : place + 2]
    return paths, _WITH_LAB in words, workspace


def _is_about_qt(error: ImportError) -> bool:
    """Whether Qt is not there, or a library of the system that it needs: some importers name no module for that."""
    missing = "cannot open shared object file" in str(error) or "DLL load failed" in str(error)
    return missing or error.name is None or error.name.startswith(("PySide6", "shiboken6"))


def _window(words: Sequence[str]) -> int:
    try:
        from workbench.ui.app import main as window
    except ImportError as error:
        if not _is_about_qt(error):
            raise
        from workbench.cli.dispatch import window_unavailable

        return window_unavailable(error)
    paths, with_lab, workspace = _read(words)
    return window(paths, with_lab=with_lab, workspace=workspace)


if __name__ == "__main__":
    sys.exit(main())
