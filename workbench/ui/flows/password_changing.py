"""Changing the password of a stored identity: ask, encrypt anew, say what went wrong."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.core.errors import WorkbenchError
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.certificates.password_change_dialog import PasswordChangeDialog


class PasswordChanging(QObject):
    """One change at a time."""

    def __init__(self, bridge: Bridge, window: QWidget) -> None:
        super().__init__(window)
        self._bridge, self._window = bridge, window
        self._name = ""
        self._dialog: PasswordChangeDialog | None = None

    def start(self, name: str, *, asked: bool) -> None:
        """Change the password of ``name``; ``asked``: it is kept nowhere, so the person has to type it."""
        if self._dialog is not None:
            return
        self._name = name
        self._dialog = PasswordChangeDialog(name, asked=asked, parent=self._window)
        self._dialog.change_requested.connect(self._change)
        self._dialog.finished.connect(self._forget_dialog)
        self._dialog.open()

    def _change(self, old: str | None, new: str | None, ask: bool) -> None:
        self._bridge.set_password(self._name, old, new, ask=ask, done=self._tell_changed, failed=self._show_error)

    def _tell_changed(self, _nothing: object) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    def _show_error(self, error: WorkbenchError) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)

    def _forget_dialog(self) -> None:
        self._dialog = None
