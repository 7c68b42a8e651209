"""The window's ``main``. Only what the first paint needs is imported before it."""

import contextlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType

from PySide6.QtCore import QSocketNotifier
from PySide6.QtWidgets import QApplication

from workbench.core.errors import StorageError, WorkbenchError, WorkspaceBusy
from workbench.core.i18n import _
from workbench.ui import display, language
from workbench.ui.garbage import Collector
from workbench.ui.runner import Runner
from workbench.ui.settings import DEFAULT_WORKSPACE, Settings, Stored
from workbench.ui.windows.appearance import Appearance
from workbench.ui.windows.instance import Instance, Order, enter
from workbench.ui.windows.windows import Windows, resolve

_PATIENCE = 1.0  # seconds that a thread gets to end after the window has closed
_UNUSABLE = 2  # exit status


def main(paths: Sequence[str | Path] = (), *, with_lab: bool = False, workspace: str = "") -> int:
    """Show the window of ``workspace``, with ``paths`` to bring in, with the lab started.

    Returns the exit status when the last window has closed, or at once when another process has the workspace
    open and does what was asked.
    """
    from workbench.core.home import Home

    home, order = Home.default().root, Order.of(paths, with_lab=with_lab)
    try:
        chosen = resolve(workspace) if workspace else DEFAULT_WORKSPACE
        lock = enter(home, chosen, order)
    except WorkspaceBusy as error:
        return _refuse(error)
    except StorageError:  # a folder that cannot be written: the window tells, and opens as often as it is started
        return _show(home, chosen, None, order)
    except WorkbenchError as error:
        return _refuse(error)
    if lock is None:
        sys.stdout.write(_("mTLS Workbench is already open and was brought to the front.") + "\n")
        return 0
    return _show(home, chosen, Instance(lock), order)


def _show(home: Path, workspace: str, instance: Instance | None, order: Order) -> int:
    application = display.application()
    language.install(application)
    application.setApplicationName("mtls-workbench")
    application.setDesktopFileName("mtls-workbench")
    Collector(application)
    settings = Settings(Runner(), Stored.load())  # now, while there is no window yet that would have to wait
    Appearance(application, settings)
    windows = Windows(settings, home)
    with _closed_by_signals(application):
        windows.open(workspace, instance, order)
        status = application.exec()
    settings.close()
    _leave(status)
    return status


@contextlib.contextmanager
def _closed_by_signals(application: QApplication) -> Iterator[None]:
    """SIGTERM and SIGINT close the windows as Quit does: what is open is kept, temporary files go.

    Python's own handlers wait for Python to run, which Qt's loop may not do for hours; the descriptor wakes the loop.
    """
    reader, writer = socket.socketpair()
    with reader, writer:
        reader.setblocking(False)
        writer.setblocking(False)
        notifier = QSocketNotifier(reader.fileno(), QSocketNotifier.Type.Read, application)
        notifier.activated.connect(lambda: (reader.recv(64), application.closeAllWindows()))
        previous = {number: signal.signal(number, _woken) for number in (signal.SIGTERM, signal.SIGINT)}
        waking = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(waking)
            for number, handler in previous.items():
                signal.signal(number, handler or signal.SIG_DFL)
            notifier.setEnabled(False)


def _woken(_number: int, _frame: FrameType | None) -> None:
    """The descriptor says it."""


def _refuse(error: WorkbenchError) -> int:
    sys.stderr.write(" ".join(part for part in (error.title, error.detail, error.hint) if part) + "\n")
    return _UNUSABLE


def _leave(status: int) -> None:
    # A keyring that waits for a person would keep the process alive after its window is gone.
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and not thread.daemon:
            thread.join(_PATIENCE)
            if thread.is_alive():
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(status)
