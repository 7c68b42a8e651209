"""What leaves the window of a body: saved to a file, copied for another program."""

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from workbench.core.exchange import Exchange, Response
from workbench.core.i18n import _
from workbench.ui.response.body.opening import copy_for_others, open_copy
from workbench.ui.response.body.saving import save_body, suggested_name
from workbench.ui.widgets.running import Run


class HandingOut(QObject):
    """Does it for what was shown last. ``told`` carries a sentence on how it went."""

    told = Signal(str)

    def __init__(self, run: Run, window: QWidget) -> None:
        super().__init__(window)
        self._run, self._window = run, window
        self._response: Response | None = None
        self._url = ""

    def show(self, response: Response | None, exchange: Exchange | None) -> None:
        """It is about this from now on."""
        self._response, self._url = response, exchange.request.url if exchange is not None else ""

    def ask_where(self) -> None:
        """Ask where to save the body, and save it there; without a body, nothing."""
        if self._response is None:
            return
        dialog = QFileDialog(self._window, _("Save the body"), suggested_name(self._response, self._url))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.save_to(Path(chosen)))
        dialog.open()

    def save_to(self, path: Path) -> None:
        """Write the whole body to ``path`` and say how that went."""
        if self._response is not None:
            body = self._response.body
            self._run(lambda: save_body(body, path), lambda words: self.told.emit(words))

    def open_elsewhere(self) -> None:
        """Have another program show a copy."""
        if self._response is None:
            return
        body, name = self._response.body, suggested_name(self._response, self._url)

        def done(copied: Path | str) -> None:
            self.told.emit(open_copy(copied) if isinstance(copied, Path) else copied)

        self._run(lambda: copy_for_others(body, name), done)
