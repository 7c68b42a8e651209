"""What a collection from elsewhere may use because the person agreed to it, to be taken back row by row."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.core.workspace.collection_state import AgreedFound
from workbench.ui.look import theme
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.wants_table import WantsTable


class AgreementsPage(QWidget):
    """``show_agreed()`` in; ``revoke_requested`` carries the ``Want`` s of the selected rows."""

    revoke_requested = Signal(tuple)  # tuple[Want, ...]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = Message(self)
        self._table = WantsTable(self)
        self._table.setAccessibleName(_("Agreements"))
        self._revoke = QPushButton(_("Re&voke"), self)
        self._revoke.setAutoDefault(False)
        self._revoke.clicked.connect(self._ask)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._table)
        shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        shortcut.activated.connect(self._ask)
        below = QHBoxLayout()
        below.addStretch(1)
        below.addWidget(self._revoke)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SPACE, 0, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._words)
        layout.addWidget(self._table, 1)
        layout.addLayout(below)

    def show_agreed(self, found: AgreedFound) -> None:
        """Show what the collection may use now."""
        if found.wants:
            words = _(
                "This collection was not created on this computer. It may use the things listed here, "
                "for these hosts only."
            )
        else:
            words = _(
                "This collection was not created on this computer. It cannot use anything of yours; "
                "you are asked when it wants to."
            )
        self._words.show_words(words)
        self._table.show_wants(found.wants)
        self._revoke.setEnabled(bool(found.wants))

    def _ask(self) -> None:
        if wants := self._table.selected():
            self._revoke.setEnabled(False)
            self.revoke_requested.emit(wants)
