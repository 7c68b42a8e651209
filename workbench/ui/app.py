"""The window's ``main``. Only what the first paint needs is imported before it."""

import importlib
import os
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from workbench.ui import theme
from workbench.ui.desk import Desk
from workbench.ui.main_window import MainWindow
from workbench.ui.runner import Runner

# What the pages need, in portions of at most a tenth of a second.
_SLICES = (
    "cryptography.x509",
    "workbench.core.tls.certificate",
    "workbench.core.formats",
    "workbench.ui.request.panel",
    "workbench.ui.response.pane",
    "workbench.ui.pages",
)
_TOUCHES = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.DragEnter)
_PATIENCE = 1.0  # seconds that a thread gets to end after the window has closed


def main(paths: Sequence[str | Path] = (), *, with_lab: bool = False) -> int:
    """Show the window, with ``paths`` to bring in, with the lab started; returns the exit status when it has closed."""
    application = QApplication.instance() or QApplication([sys.argv[0]])
    if not isinstance(application, QApplication):
        raise TypeError("a QCoreApplication without windows is already running")
    application.setApplicationName("mtls-workbench")
    application.setDesktopFileName("mtls-workbench")
    theme.apply(application)
    theme.follow_system(application)
    desk = Desk(Runner())
    window = MainWindow(desk)

    def begin() -> None:
        window.furnish()
        if paths:
            window.open_paths([Path(path) for path in paths])
        if with_lab:
            window.try_the_lab()

    # After the paint event has been answered, so that the person sees the window first.
    window.painted.connect(lambda: _Loading(window, _SLICES, begin))
    desk.load_state(window.show_as)
    status = application.exec()
    _leave(status)
    return status


class _Loading(QObject):
    """Imports ``modules`` one after the other, serving events in between, then calls ``done``.

    The first key or click hastens it: it goes to a whole window, not to one that would drop it.
    """

    def __init__(self, window: MainWindow, modules: Sequence[str], done: Callable[[], None]) -> None:
        super().__init__(window)
        self._modules = list(modules)
        self._done: Callable[[], None] | None = done
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one by now
        QTimer.singleShot(0, self, self._step)

    def _step(self) -> None:
        if self._modules:
            importlib.import_module(self._modules.pop(0))
            QTimer.singleShot(0, self, self._step)
        else:
            self._finish()

    def _finish(self) -> None:
        if self._done is not None:
            done, self._done = self._done, None
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            done()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Be whole before the person's first touch arrives."""
        if event.type() in _TOUCHES:
            self._finish()
        return False


def _leave(status: int) -> None:
    # A keyring that waits for a person would keep the process alive after its window is gone.
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(_PATIENCE)
            if thread.is_alive():
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
