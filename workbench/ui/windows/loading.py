"""What the pages need, imported after the window is painted, a slice at a time."""

import importlib
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

# Portions of at most a tenth of a second.
SLICES = (
    "asyncio",
    "cryptography.x509",
    "workbench.core.tls.certificate",
    "workbench.core.formats",
    "workbench.core.variables",
    "workbench.ui.request.panel",
    "workbench.ui.request.headers_page",
    "workbench.ui.request.body.body_page",
    "workbench.ui.response.pane",
    "workbench.ui.windows.pages",
)
_TOUCHES = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.DragEnter)


class Loading(QObject):
    """Imports ``modules`` one after the other, serving events in between, then calls ``done``.

    The first key or click hastens it: it goes to a whole window, not to one that would drop it.
    """

    def __init__(self, owner: QObject, done: Callable[[], None], modules: Sequence[str] = SLICES) -> None:
        super().__init__(owner)
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
