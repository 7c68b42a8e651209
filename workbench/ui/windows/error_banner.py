"""What goes wrong with a window as a whole, told so that nothing hides what came before it."""

from PySide6.QtWidgets import QWidget

from workbench.core.errors import WorkbenchError
from workbench.ui.widgets.banner import Banner


class ErrorBanner(Banner):
    """Shows the last error; closing that brings back the one before, if nobody has closed it yet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unread: list[WorkbenchError] = []
        self.closed.connect(self._go_back)

    def show_error(self, error: WorkbenchError) -> None:
        """Show ``error``, once also where it comes again."""
        self._unread = [other for other in self._unread if _words(other) != _words(error)]
        self._unread.append(error)
        super().show_error(error)

    def _go_back(self) -> None:
        if self._unread:
            self._unread.pop()
        if self._unread:
            super().show_error(self._unread[-1])


def _words(error: WorkbenchError) -> tuple[str, str, str]:
    return error.title, error.detail, error.hint
