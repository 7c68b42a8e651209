"""Taking back what was done in a window, the last change first: from the toast that tells it, or by command."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from workbench.core.i18n import _
from workbench.ui.widgets.toast import Toast

Back = Callable[[], object]
_MOST = 100


@dataclass(frozen=True, slots=True, eq=False)
class _Change:
    words: str
    back: Back
    fleeting: bool


class Undoing(QObject):
    """``changed`` tells whether there is something to take back.

    A ``fleeting`` change can be taken back only as long as a toast is there: ``settled`` then tells that it is final.
    """

    changed = Signal(bool)
    settled = Signal()

    def __init__(self, toast: Toast, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.toast = toast
        self._changes: list[_Change] = []
        toast.gone.connect(self._settle)

    def note(self, back: Back, words: str = "", *, fleeting: bool = False) -> None:
        """Something was done that ``back`` takes back; it is told when there are ``words`` for it."""
        self._changes = [*self._changes, _Change(words, back, fleeting)][-_MOST:]
        self._tell()

    def undo(self) -> None:
        """Take the last change back."""
        if self._changes:
            change = self._changes.pop()
            self._tell(offer=any(one.fleeting for one in self._changes))
            change.back()

    def _tell(self, *, offer: bool = True) -> None:
        """What the toast says is always what ``undo`` would take back."""
        last = self._changes[-1] if self._changes else None
        if offer and last is not None and last.words:
            self.toast.offer(last.words, _("&Undo"), self.undo)
        elif offer and last is not None and any(one.fleeting for one in self._changes):
            self.toast.dismiss()
        else:
            self.toast.withdraw()
        self.changed.emit(last is not None)

    def _settle(self) -> None:
        left = [one for one in self._changes if not one.fleeting]
        if len(left) < len(self._changes):
            self._changes = left
            self.settled.emit()
            self.changed.emit(bool(left))
