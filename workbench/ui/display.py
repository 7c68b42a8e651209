"""The application, or one sentence about why no window can open here.

Qt ends the process with an abort when it finds no display or cannot load its plugin for it. The reason is among
its messages, or is a library that the dynamic linker misses; it is told before Qt comes to its end.
"""

import os
import sys
from typing import NoReturn

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from workbench.core.i18n import _

_UNUSABLE = 2  # exit status
_PLUGINS = {"libqxcb.so": "DISPLAY", "libqwayland.so": "WAYLAND_DISPLAY"}


def application() -> QApplication:
    """The one that there is, else a new one. Ends the process with status 2 and a sentence where there can be none."""
    present = QApplication.instance()
    if isinstance(present, QApplication):
        return present
    if present is not None:
        raise TypeError("a QCoreApplication without windows is already running")
    said: list[str] = []

    def note(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        said.append(text)
        if kind == QtMsgType.QtFatalMsg:
            _end(said)

    before = qInstallMessageHandler(note)
    try:
        made = QApplication([sys.argv[0]])
    finally:
        qInstallMessageHandler(before)
    for text in said:
        _say(text)
    return made


def _end(said: list[str]) -> NoReturn:
    _say(" ".join((reason(said), _("The commands work without it: see mtls-workbench --help."))))
    os._exit(_UNUSABLE)


def _say(text: str) -> None:
    if sys.stderr is not None:  # a program without a console has none
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()


def reason(said: list[str]) -> str:
    """Why there is no window, from what Qt said and from this process's surroundings."""
    chosen = [name for name in _PLUGINS.values() if os.environ.get(name)]
    platform = os.environ.get("QT_QPA_PLATFORM")
    if sys.platform == "linux":
        missing = _missing_library()
        if missing:
            return _("The window cannot open: the library {library} is missing on this system.").format(library=missing)
        if not chosen and not platform:
            return _("The window cannot open: there is no display (DISPLAY and WAYLAND_DISPLAY are not set).")
        if chosen and not platform:
            named = ", ".join(f"{name}={os.environ[name]}" for name in chosen)
            return _(
                "The window cannot open: the display does not respond, or you have no access to it ({display})."
            ).format(display=named)
    if platform:
        return _("The window cannot open: QT_QPA_PLATFORM={platform} cannot be used here.").format(platform=platform)
    last = said[-1].strip().splitlines() if said else []
    return _("The window cannot open: {reason}").format(reason=last[0] if last else _("Qt gives no reason."))


def _missing_library() -> str | None:
    """The library without which Qt's plugin for the display that is named does not load."""
    import ctypes
    from pathlib import Path

    from PySide6.QtCore import QLibraryInfo

    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    for plugin, variable in _PLUGINS.items():
        if os.environ.get(variable):
            try:
                ctypes.CDLL(str(folder / plugin))
            except OSError as error:
                said = str(error.__cause__ or error)  # a bundle's importer puts words of its own before the linker's
                name, colon, _rest = said.partition(": cannot open shared object file")
                if colon:
                    return name
    return None
