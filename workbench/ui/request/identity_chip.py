"""Which identity to offer: its name, its state in a mark and in words, the days it has left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake
from workbench.ui.icons import icon
from workbench.ui.marks import Mark, mark_icon
from workbench.ui.models.fitting import fitting
from workbench.ui.models.stock import IdentityRow, identity_words
from workbench.ui.words import validity_mark

_IMPORT = "\0import"
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class IdentityChip(QComboBox):
    """``identity()`` and ``show_identity()`` by name; ``import_requested`` when a new one is wanted.

    A name that is not in stock stays chosen and says so: a request never loses what it names.
    """

    chosen = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, IdentityRow] = {}
        self._handshake = Handshake()
        self._name: str | None = None
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(18)
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * 56)
        self.activated.connect(self._take)
        self._fill()

    def identity(self) -> str | None:
        """Name of the identity to offer; None offers no certificate."""
        return self._name

    def show_identity(self, name: str | None) -> None:
        """Choose ``name``."""
        self._name = name
        self._fill()

    def row(self) -> IdentityRow | None:
        """What is known of the chosen identity."""
        return self._rows.get(self._name) if self._name is not None else None

    def show_identities(self, rows: Sequence[IdentityRow]) -> None:
        """Offer these."""
        self._rows = {row.name: row for row in rows}
        self._fill()

    def show_handshake(self, handshake: Handshake) -> None:
        """What the server asked for: identities that fit come first, unless any would do."""
        self._handshake = handshake
        self._fill()

    def _fill(self) -> None:
        self.blockSignals(True)
        self.clear()
        named = bool(self._handshake.client.acceptable_authorities)
        fits = fitting(tuple(self._rows.values()), self._handshake) if named else ()
        others = [row for row in self._rows.values() if row not in fits]
        for row in fits:
            words = _("{identity} · fits this server").format(identity=identity_words(row))
            self._add(mark=validity_mark(row.certificate), words=words, name=row.name, subject=row.certificate.subject)
        if fits and others:
            self.insertSeparator(self.count())
        for row in others:
            self._add(validity_mark(row.certificate), identity_words(row), row.name, row.certificate.subject)
        if self._name is not None and self._name not in self._rows:
            self._add(Mark.WARNING, _("{name} · not on this computer").format(name=self._name), self._name, "")
        if self.count():
            self.insertSeparator(self.count())
        self._add(Mark.NONE, _("none · no certificate is offered"), None, "")
        self.insertSeparator(self.count())
        self.addItem(icon("import"), _("Import…"), _IMPORT)
        self._select()
        self.blockSignals(False)

    def _add(self, mark: Mark, words: str, name: str | None, subject: str) -> None:
        self.addItem(mark_icon(mark), words, name)
        place = self.count() - 1
        self.setItemData(place, subject or words, Qt.ItemDataRole.ToolTipRole)
        self.setItemData(place, words, _SPOKEN)

    def _select(self) -> None:
        self.setCurrentIndex(next(i for i in range(self.count()) if self._is_choice(i)))
        self.setToolTip(str(self.currentData(Qt.ItemDataRole.ToolTipRole) or ""))

    def _is_choice(self, place: int) -> bool:
        separator = self.itemData(place, Qt.ItemDataRole.AccessibleDescriptionRole) == "separator"
        return not separator and self.itemData(place) == self._name

    def _take(self, place: int) -> None:
        data = self.itemData(place)
        if data == _IMPORT:
            self._select()
            self.import_requested.emit()
            return
        self._name = data
        self._select()
        self.chosen.emit()
