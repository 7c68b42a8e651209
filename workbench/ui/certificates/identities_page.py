"""Client identities: the table, and the chosen one's chain."""

from workbench.core.i18n import _
from workbench.ui.certificates.chain_view import ChainView
from workbench.ui.certificates.stock_page import StockPage
from workbench.ui.models.renaming import identity_rows
from workbench.ui.models.stock import IdentityRow


class IdentitiesPage(StockPage[IdentityRow]):
    """What we can prove ourselves with."""

    def __init__(self) -> None:
        self._chain = ChainView(_("Chain of the identity"))
        empty = _("No identities yet. Import a .p12, .pfx or .pem file, or drop one anywhere in this window.")
        super().__init__(_("Identities"), identity_rows(), self._chain, empty)

    def show_details(self, row: IdentityRow | None) -> None:
        """Show the chain, leaf first."""
        self._chain.show_chain(row.chain if row is not None else ())

    def removal_words(self) -> str:
        """What is lost."""
        return _("Its private key and its password are deleted from this computer. This cannot be undone.")
