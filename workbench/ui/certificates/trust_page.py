"""Trust bundles: the table, and the authorities in the chosen one, searchable."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from workbench.core.credentials import BundleRow
from workbench.core.i18n import _
from workbench.ui.certificates.chain_view import ChainView
from workbench.ui.certificates.credentials_page import CredentialsPage
from workbench.ui.look.plain import tip
from workbench.ui.models.named_rows import bundle_rows


class TrustPage(CredentialsPage[BundleRow]):
    """What we believe. ``default_chosen`` carries the names of the bundles that hold where a request chooses none."""

    default_chosen = Signal(tuple)  # tuple[str, ...]

    def __init__(self) -> None:
        self._authorities = ChainView(_("CA certificates of the bundle"), searchable=True)
        self._default = QPushButton(_("&Use by default"))
        self._default.setCheckable(True)
        self._names: tuple[str, ...] = ()
        empty = _("No trust bundles yet. Import a .pem, .crt or .p7b file with CA certificates.")
        super().__init__(_("Trust bundles"), bundle_rows(), self._authorities, empty, (self._default,))
        self._default.clicked.connect(self._switch)

    def show_rows(self, rows: tuple[BundleRow, ...]) -> None:
        """Show these, each on or off."""
        super().show_rows(tuple(replace(row, default=row.name in self._names) for row in rows))

    def show_default(self, names: Sequence[str]) -> None:
        """Show which are on: those of these names."""
        self._names = tuple(names)
        self.show_rows(self.model.rows())

    def default_names(self) -> tuple[str, ...]:
        """Those that are on."""
        return self._names

    def show_details(self, row: BundleRow | None) -> None:
        """Show the authorities, and whether it is on."""
        self._authorities.show_chain(row.certificates if row is not None else ())
        on = row is not None and row.default
        only = on and len(self._names) == 1
        self._default.setChecked(on)
        self._default.setEnabled(row is not None and not row.in_memory and not only)
        self._default.setToolTip(tip(_why(row, only=only)))

    def removable(self, row: BundleRow) -> bool:
        """Built-in bundles stay."""
        return not row.built_in

    def _switch(self, on: bool) -> None:
        row = self.chosen()
        if row is not None:
            others = tuple(name for name in self._names if name != row.name)
            self.default_chosen.emit((*others, row.name) if on else others)


def _why(row: BundleRow | None, *, only: bool) -> str:
    if only:
        return _("It is the only default bundle: make another one a default first")
    if row is not None and row.in_memory:
        return _("It is removed when the window closes; requests can choose it")
    return _("Requests without a trust setting use the default bundles")
