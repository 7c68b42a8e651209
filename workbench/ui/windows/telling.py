"""What goes wrong with a window as a whole, told in its banner so that nothing hides what came before it."""

from PySide6.QtCore import QObject

from workbench.core.errors import WorkbenchError
from workbench.ui.widgets.banner import Banner


class Telling(QObject):
    """The last trouble is shown; closing it brings back the one before, if nobody has closed that yet."""

    def __init__(self, banner: Banner) -> None:
        super().__init__(banner)
        self._banner = banner
        self._unread: list[WorkbenchError] = []
        banner.closed.connect(self._go_back)

    def tell(self, error: WorkbenchError) -> None:
        """Show ``error``."""
        self._unread = [other for other in self._unread if _words(other) != _words(error)]
        self._unread.append(error)
        self._banner.show_error(error)

    def _go_back(self) -> None:
        if self._unread:
            self._unread.pop()
        if self._unread:
            self._banner.show_error(self._unread[-1])


def _words(error: WorkbenchError) -> tuple[str, str, str]:
    return error.title, error.detail, error.hint
