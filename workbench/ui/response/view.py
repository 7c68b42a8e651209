"""What a tab of the response is, and how one is declared."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from workbench.ui.actions import Command

if TYPE_CHECKING:
    from workbench.core.exchange import Exchange
    from workbench.ui.widgets.running import Run


class ResponseView(QWidget):
    """Shows one side of an exchange. ``remedy_requested`` carries the ``Remedy`` that a button asks for."""

    remedy_requested = Signal(object)

    def show_exchange(self, exchange: "Exchange") -> None:
        """Show its side of ``exchange``."""
        raise NotImplementedError


class There(enum.Enum):
    """When the tab of a view can be seen."""

    ALWAYS = enum.auto()
    WITH_RESPONSE = enum.auto()
    WHEN_TOLD = enum.auto()  # shown by whoever has something to show in it


def _nothing(_exchange: "Exchange") -> int:
    return 0


@dataclass(frozen=True, slots=True)
class ViewKind:
    """A view: the ``title`` of its tab, and the ``command`` that brings it to the front.

    ``make`` imports what the view consists of. ``count`` is what stands behind the title, unless it is 0.
    """

    title: str
    command: Command
    make: "Callable[[Run], ResponseView]"
    there: There = There.ALWAYS
    count: "Callable[[Exchange], int]" = _nothing

    @property
    def name(self) -> str:
        """What the view is called by; this is remembered."""
        return self.command.id
