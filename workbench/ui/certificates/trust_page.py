"""Trust bundles: the table, and the authorities in the chosen one, searchable."""

from workbench.core.i18n import _
from workbench.ui.certificates.chain_view import ChainView
from workbench.ui.certificates.stock_page import StockPage
from workbench.ui.models.renaming import bundle_rows
from workbench.ui.models.stock import BundleRow


class TrustPage(StockPage[BundleRow]):
    """What we believe."""

    def __init__(self) -> None:
        self._authorities = ChainView(_("Authorities of the bundle"), searchable=True)
        empty = _("No trust bundles yet. Import a .pem, .crt or .p7b file with authorities.")
        super().__init__(_("Trust bundles"), bundle_rows(), self._authorities, empty)

    def show_details(self, row: BundleRow | None) -> None:
        """Show the authorities."""
        self._authorities.show_chain(row.certificates if row is not None else ())

    def removable(self, row: BundleRow) -> bool:
        """Built-in bundles stay."""
        return not row.built_in

    def removal_words(self) -> str:
        """What changes."""
        return _("Requests that name it will not find it any more. This cannot be undone.")
