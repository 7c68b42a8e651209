"""Who we say we are, whom we believe, and what should be known of that before sending."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from workbench.core.choices import read, write
from workbench.core.draft import Draft
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake
from workbench.ui.look import theme
from workbench.ui.look.words import date_words
from workbench.ui.models.stock import BundleRow, IdentityRow
from workbench.ui.request.address_bar import labelled
from workbench.ui.request.identity_chip import IdentityChip
from workbench.ui.request.surroundings import Surroundings
from workbench.ui.request.trust_choice import TrustChoice
from workbench.ui.widgets.message import Message


class ProofBar(QWidget):
    """Identity and trust of a draft. ``edited`` tells of what a person did."""

    edited = Signal()
    import_requested = Signal()
    import_trust_requested = Signal()

    def __init__(self, label_width: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._warnings: tuple[str, ...] = ()
        self.identity = IdentityChip(self)
        self.trust = TrustChoice(self)
        self._warning = Message(self)
        self.identity.setAccessibleName(_("Identity"))
        self.trust.setAccessibleName(_("Trust"))
        label = labelled(_("&Identity"), self.identity)
        label.setMinimumWidth(label_width)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(label)
        row.addWidget(self.identity)
        row.addSpacing(theme.SPACE)
        row.addWidget(labelled(_("T&rust"), self.trust))
        row.addWidget(self.trust)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(row)
        column.addWidget(self._warning)
        self._warning.setContentsMargins(label_width + theme.SPACE, 0, 0, 0)
        self.identity.chosen.connect(self._tell)
        self.trust.chosen.connect(self._tell)
        self.identity.import_requested.connect(self.import_requested)
        self.trust.import_requested.connect(self.import_trust_requested)

    def fill(self, draft: Draft) -> Draft:
        """``draft`` with what is chosen."""
        present = read(draft.variables)
        wanted = replace(present, identity=self.identity.choice(), trust=self.trust.choice())
        return draft if wanted == present else replace(draft, variables=write(draft.variables, wanted))

    def show_draft(self, draft: Draft) -> None:
        """Show what ``draft`` chooses."""
        choices = read(draft.variables)
        self.identity.show_choice(choices.identity)
        self.trust.show_choice(choices.trust)
        self._warn()

    def show_surroundings(self, surroundings: Surroundings) -> None:
        """Show what is inherited where nothing is chosen."""
        choices, where = surroundings.choices, surroundings.choices_from
        self.identity.show_inherited(choices.identity, where.get("identity", ""))
        self.trust.show_inherited(choices.trust, where.get("trust", ""), surroundings.fallback.trust)
        self._warnings = surroundings.warnings
        self._warn()

    def show_identities(self, rows: Sequence[IdentityRow]) -> None:
        """Offer these identities."""
        self.identity.show_identities(rows)
        self._warn()

    def show_bundles(self, rows: Sequence[BundleRow]) -> None:
        """Offer these trust bundles."""
        self.trust.show_bundles(rows)

    def show_handshake(self, handshake: Handshake) -> None:
        """Put identities first that fit what the server asked for."""
        self.identity.show_handshake(handshake)

    def choose_identity(self, name: str) -> None:
        """Offer ``name`` from now on."""
        self.identity.show_choice(name)
        self._tell()

    def open_identities(self) -> None:
        """Show the choice of identities."""
        self.identity.setFocus(Qt.FocusReason.OtherFocusReason)
        self.identity.showPopup()

    def open_trust(self) -> None:
        """Show the choice of trust bundles."""
        self.trust.setFocus(Qt.FocusReason.OtherFocusReason)
        self.trust.open_menu()

    def _tell(self) -> None:
        self._warn()
        self.edited.emit()

    def _warn(self) -> None:
        words = _identity_warning(self.identity) or " ".join(self._warnings)
        self._warning.show_words(words, theme.Tone.WARNING)


def _identity_warning(chip: IdentityChip) -> str:
    row, name = chip.row(), chip.identity()
    if name is None or "{{" in name:
        return ""
    if row is None:
        return _("“{name}” is not among your identities: choose another, or import it.").format(name=name)
    leaf = row.certificate
    if leaf.is_expired():
        return _("“{name}” expired on {date}; most servers will refuse it.").format(
            name=name, date=date_words(leaf.not_after)
        )
    if leaf.is_not_yet_valid():
        return _("“{name}” is not valid before {date}; most servers will refuse it.").format(
            name=name, date=date_words(leaf.not_before)
        )
    return ""
