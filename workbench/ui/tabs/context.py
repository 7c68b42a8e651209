"""What documents have around them in their window, and what they ask of it."""

from PySide6.QtCore import QObject, Signal

from workbench.core.credentials import BundleRow, IdentityRow
from workbench.core.tls.certificate import Certificate
from workbench.ui.bridge.bridge import Bridge


class DocumentContext(QObject):
    """``identities`` and ``bundles`` are those that there are; ``bridge`` tells when they change.

    ``identity_requested`` carries the name of an identity to show, ``authority_offered`` one that a person may
    want to trust.
    """

    import_requested = Signal()
    import_trust_requested = Signal()
    identity_requested = Signal(str)
    authority_offered = Signal(Certificate)
    cookies_requested = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.bridge = bridge
        self.identities: tuple[IdentityRow, ...] = ()
        self.bundles: tuple[BundleRow, ...] = ()
        bridge.identities_changed.connect(self._take_identities)
        bridge.bundles_changed.connect(self._take_bundles)

    def _take_identities(self, rows: tuple[IdentityRow, ...]) -> None:
        self.identities = rows

    def _take_bundles(self, rows: tuple[BundleRow, ...]) -> None:
        self.bundles = rows
