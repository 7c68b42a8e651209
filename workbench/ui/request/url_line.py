"""The line in which the URL is typed."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.core.i18n import _
from workbench.ui.widgets.emptying import offer_emptying
from workbench.ui.widgets.variables import Variables, watch_line


class UrlLine(QLineEdit):
    """Shows variables in their colours. ``curl_pasted`` carries a pasted cURL command while ``takes_curl`` is on."""

    curl_pasted = Signal(str)

    def __init__(self, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takes_curl = False
        self.setPlaceholderText(_("https://… or {{variable}}/path"))
        offer_emptying(self)
        watch_line(self, variables)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A cURL command is not a URL: whoever knows what to do with it gets it."""
        text = QGuiApplication.clipboard().text() if event.matches(QKeySequence.StandardKey.Paste) else ""
        if self.takes_curl and text.lstrip().startswith(("curl ", "curl.exe ")):
            self.curl_pasted.emit(text)
        else:
            super().keyPressEvent(event)
