"""Editing the cookies of a workspace: the dialog, kept up to date, and what it asks of the worker."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from workbench.core.cookies import Cookie
from workbench.core.cookies.editor import CookieChange
from workbench.ui.cookies.cookies_dialog import CookiesDialog
from workbench.ui.runner import Job

if TYPE_CHECKING:
    from workbench.core.cookies.editor import CookieEditor

Slot = Callable[[Any], object]
Ask = Callable[["Callable[[CookieEditor], object]", Slot, Slot], Job]


class CookieEditing(QObject):
    """Opens the editor, one at a time. ``refresh`` is to be called after every exchange."""

    def __init__(self, ask: Ask, window: QWidget) -> None:
        super().__init__(window)
        self._ask = ask
        self._window = window
        self._dialog: CookiesDialog | None = None

    @property
    def dialog(self) -> CookiesDialog | None:
        """The editor while it is open."""
        return self._dialog

    def open(self) -> None:
        """Show the cookies of the workspace."""
        if self._dialog is None:
            self._dialog = CookiesDialog(self._window)
            self._dialog.finished.connect(self._forget)
            self._connect(self._dialog)
        self._dialog.open_beside()
        self.refresh()

    def refresh(self) -> None:
        """Read the jar anew for an editor that is open."""
        if self._dialog is not None:
            self._ask(lambda editor: editor.cookies(), self._show, self._fail)

    def _connect(self, dialog: CookiesDialog) -> None:
        dialog.keep_requested.connect(self._keep)
        dialog.remove_requested.connect(lambda cookies: self._change(lambda editor: editor.remove(cookies)))
        dialog.clear_requested.connect(lambda domain: self._change(lambda editor: editor.clear(domain)))
        dialog.undo_requested.connect(self._undo)

    def _keep(self, former: Cookie | None, cookie: Cookie) -> None:
        self._change(lambda editor: editor.keep(former, cookie))

    def _undo(self, change: CookieChange) -> None:
        self._change(lambda editor: editor.undo(change), change.gone)

    def _change(self, order: "Callable[[CookieEditor], CookieChange]", again: tuple[Cookie, ...] = ()) -> None:
        def change(editor: "CookieEditor") -> tuple[CookieChange, tuple[Cookie, ...]]:
            return order(editor), editor.cookies()

        self._ask(change, lambda answer: self._changed(answer[0], answer[1], again), self._fail_and_refresh)

    def _changed(self, change: CookieChange, cookies: tuple[Cookie, ...], again: tuple[Cookie, ...]) -> None:
        self._show(cookies)
        if self._dialog is not None:
            self._dialog.show_change(change)
            if fresh := (*change.come, *again):
                self._dialog.choose(fresh[0])

    def _show(self, cookies: tuple[Cookie, ...]) -> None:
        if self._dialog is not None:
            self._dialog.show_cookies(cookies)

    def _fail_and_refresh(self, error: Any) -> None:
        self._fail(error)
        self.refresh()

    def _fail(self, error: Any) -> None:
        if self._dialog is not None:
            self._dialog.show_error(error)

    def _forget(self) -> None:
        self._dialog = None
