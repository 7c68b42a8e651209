"""What a page of the request panel is: the editor of a part of a ``Draft``."""

import enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workbench.core.draft import Draft
from workbench.core.exchange import Failure, Spot
from workbench.core.i18n import _
from workbench.core.workspace.surroundings import Surroundings
from workbench.ui.look import theme
from workbench.ui.request.faults import words_of
from workbench.ui.widgets.message import Message


class Wish(enum.Enum):
    """What a page asks of the panel that it is in."""

    SCHEMA = enum.auto()  # fetch the service's GraphQL schema; ``BodyPage.show_schema`` answers
    POST = enum.auto()  # POST where the method is GET: services read no body of this kind from a GET
    SIGN_IN = enum.auto()  # forget the workspace's access tokens, so that the next request signs in again
    GENERATED_FIELDS = enum.auto()  # tell what is added when sending; ``HeadersPage.show_generated`` answers


def from_words(words: str) -> str:
    """``words`` for where something is from, ready to stand behind a dot."""
    return _("from {where}").format(where=words) if words else ""


class RequestPage(QWidget):
    """``show_draft`` shows the page's part of a draft, ``fill`` gives a draft with what is shown in that part.

    ``fill`` leaves a part alone that says the same as what is shown, so that nothing changes unless a person
    changes it. ``changed`` tells of what a person did, ``wished`` what the page cannot do by itself.
    """

    changed = Signal()
    wished = Signal(Wish)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fault: Message | None = None
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

    def trouble(self) -> str:
        """What was typed here that cannot be sent, in a sentence; empty where nothing is wrong."""
        return ""

    def go_to_trouble(self) -> None:
        """Put the keyboard where that is."""
        self.enter()

    def point_at(self, failure: Failure, spot: Spot) -> None:
        """Put the keyboard where ``spot`` is; what ``failure`` says of it stands above until something changes."""
        self.enter()

    def show_fault(self, failure: Failure, spot: Spot) -> None:
        """Say what keeps the request from being sent, and go there."""
        if self._fault is None:
            self._fault = Message(self)
            self.column.insertWidget(0, self._fault)
            self.changed.connect(self.forget_fault)
        self._fault.show_words(words_of(failure), theme.Tone.BAD)
        self.point_at(failure, spot)

    def forget_fault(self) -> None:
        """What was wrong is no more, or nobody knows."""
        if self._fault is not None:
            self._fault.show_words("")
