"""Client identities: the table, and the chosen one's chain."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from workbench.core.credentials import IdentityRow, Kept
from workbench.core.i18n import _
from workbench.ui.certificates.chain_view import ChainView
from workbench.ui.certificates.credentials_page import CredentialsPage
from workbench.ui.look.icons import icon
from workbench.ui.models.credential_tables import EXPIRES, VALIDITY
from workbench.ui.models.named_rows import identity_rows
from workbench.ui.widgets.validity_bar import ValidityDelegate


class IdentitiesPage(CredentialsPage[IdentityRow]):
    """What we can prove ourselves with. ``password_requested``: a name, and whether its password is kept nowhere."""

    password_requested = Signal(str, bool)

    def __init__(self) -> None:
        self._password = QPushButton(icon("key"), _("&Password…"))
        self._chain = ChainView(_("Chain of the identity"))
        empty = _("No identities yet. Import a .p12, .pfx or .pem file, or drop one anywhere in this window.")
        super().__init__(_("Identities"), identity_rows(), self._chain, empty, (self._password,))
        self.table.setItemDelegateForColumn(EXPIRES, ValidityDelegate(VALIDITY, self.table))
        self._password.clicked.connect(self._ask_for_password)

    def show_details(self, row: IdentityRow | None) -> None:
        """Show the chain, leaf first."""
        self._chain.show_chain(row.chain if row is not None else ())
        stored = row is not None and row.kept is not Kept.MEMORY
        self._password.setEnabled(stored)
        self._password.setToolTip(
            _("Encrypt the private key again, and choose where its password is stored")
            if stored or row is None
            else _("This identity is only in memory, so there is no stored key to encrypt")
        )

    def _ask_for_password(self) -> None:
        row = self.chosen()
        if row is not None:
            self.password_requested.emit(row.name, row.kept is Kept.ASK)
