"""Which identity to offer this time: a menu that is asked before sending."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QTimer, Signal
from PySide6.QtWidgets import QMenu, QWidget

from workbench.core.choices import NONE
from workbench.core.credentials import IdentityRow
from workbench.core.i18n import _
from workbench.ui.look.marks import mark_icon
from workbench.ui.look.plain import caption
from workbench.ui.look.words import validity_mark
from workbench.ui.models.credential_tables import identity_words


class IdentityMenu(QMenu):
    """``chosen`` carries the name, or ``none``; ``refused`` that it was closed without."""

    chosen = Signal(str)
    refused = Signal()

    def __init__(self, rows: Iterable[IdentityRow], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Choose an identity for this request"))
        self.addSection(_("Choose an identity for this request"))
        for row in rows:
            action = self.addAction(mark_icon(validity_mark(row.certificate)), caption(identity_words(row)))
            action.triggered.connect(lambda _on=False, name=row.name: self.chosen.emit(name))
        self.addSeparator()
        self.addAction(_("none · no certificate is offered"), lambda: self.chosen.emit(NONE))
        self._answered = False
        self.chosen.connect(self._note)
        self.aboutToHide.connect(lambda: QTimer.singleShot(0, self._end))  # a choice is told after this

    def ask(self, below: QWidget) -> None:
        """Open under ``below``, the first entry chosen, so that Return sends."""
        self.popup(below.mapToGlobal(QPoint(0, below.height())))
        first = next((action for action in self.actions() if not action.isSeparator()), None)
        if first is not None:
            self.setActiveAction(first)

    def _note(self) -> None:
        self._answered = True

    def _end(self) -> None:
        if not self._answered:
            self.refused.emit()
        self.deleteLater()
