"""Who we say we are, whom we believe, and what should be known of that before sending."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from workbench.core.choices import read, write
from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.draft import Draft
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake
from workbench.core.variables import Scope
from workbench.core.workspace.surroundings import Surroundings
from workbench.ui.look import theme
from workbench.ui.look.words import date_words
from workbench.ui.request.address_bar import labelled
from workbench.ui.request.reasons import why_identity
from workbench.ui.request.tls.identity_chip import IdentityChip
from workbench.ui.request.tls.identity_menu import IdentityMenu
from workbench.ui.request.tls.trust_choice import TrustChoice
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
        self._reason = Message(self)
        self._scope = Scope()
        self._why = QToolButton(self)
        self._why.setText(_("why?"))
        self._why.setCheckable(True)
        self._why.setAutoRaise(True)
        self._why.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._why.setAccessibleName(_("Why this identity?"))
        self._why.setToolTip(
            _("Where this identity is set: on the request, a folder, the environment or the collection")
        )
        self.identity.setAccessibleName(_("Identity"))
        self.trust.setAccessibleName(_("Trust"))
        label = labelled(_("&Identity"), self.identity)
        label.setMinimumWidth(label_width)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE)
        row.addWidget(label)
        row.addWidget(self.identity)
        row.addWidget(self._why)
        row.addSpacing(theme.SPACE)
        row.addWidget(labelled(_("T&rust"), self.trust))
        row.addWidget(self.trust)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE // 2)
        column.addLayout(row)
        for message in (self._reason, self._warning):
            column.addWidget(message)
            message.setContentsMargins(label_width + theme.SPACE, 0, 0, 0)
        self.setTabOrder(self.identity, self._why)
        self.setTabOrder(self._why, self.trust)
        self._why.toggled.connect(self._show_reason)
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

    def show_scope(self, scope: Scope) -> None:
        """Where the choice of the identity is looked up."""
        self._scope = scope
        self._show_reason()

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

    def with_identity(self, draft: Draft, then: Callable[[Draft], object], otherwise: Callable[[], object]) -> None:
        """``then`` gets ``draft``, with the identity that the person chooses now where they want to be asked.

        Where they are asked and choose none, ``otherwise`` is called.
        """
        if not self.identity.asks():
            then(draft)
            return
        menu = IdentityMenu(self.identity.rows(), self)
        menu.chosen.connect(
            lambda name: then(
                replace(draft, variables=write(draft.variables, replace(read(draft.variables), identity=name)))
            )
        )
        menu.refused.connect(otherwise)
        menu.ask(self.identity)

    def reason(self) -> str:
        """What is said of who chose, while it is asked for."""
        return self._reason.words()

    def _show_reason(self) -> None:
        self._reason.show_words(why_identity(self._scope) if self._why.isChecked() else "", theme.Tone.QUIET)

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
        return _("You have no identity “{name}”: choose another, or import it.").format(name=name)
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
