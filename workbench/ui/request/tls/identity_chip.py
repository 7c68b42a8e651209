"""Which identity to offer: its name, its state in a mark and in words, the days it has left."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from workbench.core.choices import ASK, NONE
from workbench.core.credentials import IdentityRow
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake
from workbench.core.visible import visible
from workbench.ui.look.icons import icon
from workbench.ui.look.marks import Mark, mark_icon
from workbench.ui.look.plain import tip
from workbench.ui.look.words import validity_mark
from workbench.ui.models.credential_tables import identity_words
from workbench.ui.models.fitting_identities import fitting

_IMPORT = "\0import"
_ASK_WORDS = _("ask every time")
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole


class IdentityChip(QComboBox):
    """``choice()`` and ``show_choice()``: a name, ``none``, ``ask``, or None to inherit.

    A name that is not in stock stays chosen and says so: a request never loses what it names.
    ``import_requested`` when a new one is wanted.
    """

    chosen = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, IdentityRow] = {}
        self._handshake = Handshake()
        self._choice: str | None = None
        self._inherited: str | None = None
        self._where = ""
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumContentsLength(18)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 18)  # its list is as wide as its words
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * 56)
        self.activated.connect(self._take)
        self._fill()

    def choice(self) -> str | None:
        """What is chosen: the name of an identity, ``none`` to offer no certificate, None to inherit."""
        return self._choice

    def show_choice(self, choice: str | None) -> None:
        """Choose."""
        if choice != self._choice:
            self._choice = choice
            self._fill()

    def show_inherited(self, choice: str | None, where: str) -> None:
        """What inheriting comes to, and in words where that is from."""
        if (choice, where) != (self._inherited, self._where):
            self._inherited, self._where = choice, where
            self._fill()

    def identity(self) -> str | None:
        """Name of the identity that will be offered; None offers no certificate."""
        wanted = self._wanted()
        return None if wanted in (None, NONE, ASK) else wanted

    def asks(self) -> bool:
        """Whether the person is to be asked every time."""
        return self._wanted() == ASK

    def rows(self) -> tuple[IdentityRow, ...]:
        """All there are, those first that fit the server, as soon as it is known what that asks for."""
        fits = self._fitting()
        return (*fits, *(row for row in self._rows.values() if row not in fits))

    def row(self) -> IdentityRow | None:
        """What is known of the identity that will be offered."""
        name = self.identity()
        return self._rows.get(name) if name is not None else None

    def show_identities(self, rows: Sequence[IdentityRow]) -> None:
        """Offer these."""
        self._rows = {row.name: row for row in rows}
        self._fill()

    def show_handshake(self, handshake: Handshake) -> None:
        """What the server asked for: identities that fit come first, unless any would do."""
        self._handshake = handshake
        self._fill()

    def _wanted(self) -> str | None:
        return self._choice if self._choice is not None else self._inherited

    def _fitting(self) -> tuple[IdentityRow, ...]:
        named = bool(self._handshake.client.acceptable_authorities)
        return fitting(tuple(self._rows.values()), self._handshake) if named else ()

    def _fill(self) -> None:
        self.blockSignals(True)
        self.clear()
        fits = self._fitting()
        others = [row for row in self._rows.values() if row not in fits]
        for row in fits:
            words = _("{identity} · fits this server").format(identity=identity_words(row))
            self._add(mark=validity_mark(row.certificate), words=words, name=row.name, subject=row.certificate.subject)
        if fits and others:
            self.insertSeparator(self.count())
        for row in others:
            self._add(validity_mark(row.certificate), identity_words(row), row.name, row.certificate.subject)
        if self._choice not in (None, NONE, ASK) and self._choice not in self._rows:
            self._add(Mark.WARNING, _absent_words(self._choice or ""), self._choice, "")
        if self.count():
            self.insertSeparator(self.count())
        self._add(*self._inherited_words(), None, "")
        self._add(Mark.NONE, _("none · no certificate is offered"), NONE, "")
        self._add(Mark.NONE, _ASK_WORDS, ASK, _("You choose one from a menu when the request is sent"))
        self.insertSeparator(self.count())
        self.addItem(icon("import"), _("Import…"), _IMPORT)
        self._select()
        self.blockSignals(False)

    def _inherited_words(self) -> tuple[Mark, str]:
        if self._inherited is None:
            return Mark.NONE, _("not set · no certificate is offered")
        mark, name = Mark.NONE, _("none")
        if self._inherited == ASK:
            name = _ASK_WORDS
        elif self._inherited != NONE:
            row, name = self._rows.get(self._inherited), self._inherited
            mark = validity_mark(row.certificate) if row else Mark.WARNING
        words = _("inherited: {identity}").format(identity=name)
        return mark, _("{words} · from {where}").format(words=words, where=self._where) if self._where else words

    def _add(self, mark: Mark, words: str, name: str | None, subject: str) -> None:
        words = visible(words)
        self.addItem(mark_icon(mark), words, name)
        place = self.count() - 1
        self.setItemData(place, tip(subject or words), Qt.ItemDataRole.ToolTipRole)
        self.setItemData(place, words, _SPOKEN)

    def _select(self) -> None:
        self.setCurrentIndex(next(i for i in range(self.count()) if self._is_choice(i)))
        self.setToolTip(str(self.currentData(Qt.ItemDataRole.ToolTipRole) or ""))

    def _is_choice(self, place: int) -> bool:
        separator = self.itemData(place, Qt.ItemDataRole.AccessibleDescriptionRole) == "separator"
        return not separator and self.itemData(place) == self._choice

    def _take(self, place: int) -> None:
        data = self.itemData(place)
        if data == _IMPORT:
            self._select()
            self.import_requested.emit()
            return
        self._choice = data
        self._select()
        self.chosen.emit()


def _absent_words(name: str) -> str:
    return _("{name} · not on this computer").format(name=name)
