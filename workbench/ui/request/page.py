"""What a page of the request panel is: the editor of a part of a ``Draft``."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.core.draft import Draft
from workbench.ui.look import theme
from workbench.ui.request.surroundings import Surroundings


class Page(QWidget):
    """``show_draft`` shows the page's part of a draft, ``fill`` gives a draft with what is shown in that part.

    ``fill`` leaves a part alone that says the same as what is shown, so that nothing changes unless a person
    changes it. ``changed`` tells of what a person did.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, theme.SPACE, 0, 0)
        self.column.setSpacing(theme.SPACE)

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with what is shown."""
        return draft

    def show_draft(self, draft: Draft) -> None:
        """Show a part of ``draft``."""

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Show what is around the request."""

    def enter(self) -> None:
        """Put the keyboard where one begins."""
        self.setFocus()
