"""Asking whether the collection of a request may use what its request wants, and sending the request then."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from workbench.core.exchange import Failure
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.widgets.agreement_dialog import AgreementDialog


class Agreeing(QObject):
    """One dialog at a time, which closes with its document."""

    def __init__(
        self, bridge: Bridge, document: RequestDocument, agreed: Callable[[], object], refused: Callable[[], object]
    ) -> None:
        super().__init__(document)
        self._bridge, self._document = bridge, document
        self._agreed, self._refused = agreed, refused
        self._dialog: AgreementDialog | None = None

    def ask(self, failure: Failure) -> None:
        """Show what was held back; ``agreed`` is called when that is kept, ``refused`` when it is not."""
        if self._dialog is not None or self._document.origin is None:
            return
        collection = self._document.origin.collection
        dialog = self._dialog = AgreementDialog(failure, self._document)
        dialog.accepted.connect(lambda: self._keep(collection, dialog))
        dialog.rejected.connect(self._refused)
        dialog.finished.connect(self._forget)
        dialog.open()

    def _keep(self, collection: Path, dialog: AgreementDialog) -> None:
        self._bridge.library.agree(
            collection, dialog.wants(), lambda _nothing: self._agreed(), self._document.banner.show_error
        )

    def _forget(self) -> None:
        self._dialog = None
