"""The line in which the URL is typed."""

from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.core.i18n import _
from workbench.ui.widgets.clear_button import show_clear_button
from workbench.ui.widgets.variables import Variables, watch_line


class UrlLine(QLineEdit):
    """Shows variables in their colours."""

    def __init__(self, variables: Variables, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(_("https://… or {{variable}}/path"))
        show_clear_button(self)
        watch_line(self, variables)
