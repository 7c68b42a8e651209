"""A response as an example in the file of its request, and the examples there beside the response."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QMenu

from workbench.core.i18n import _
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.compare.compare_dialog import CompareDialog
from workbench.ui.compare.comparison import Compared
from workbench.ui.look.plain import caption
from workbench.ui.tabs.request.request_document import RequestDocument

if TYPE_CHECKING:
    from workbench.core.collection import Stamp
    from workbench.core.workspace.examples import KeptExample


class Examples(QObject):
    """Lives with its document. Only a saved request has examples: the response offers none before."""

    def __init__(self, bridge: Bridge, document: RequestDocument) -> None:
        super().__init__(document)
        self._bridge, self._document = bridge, document
        document.response.example_requested.connect(self.keep)
        document.response.examples_requested.connect(self.compare)

    def keep(self) -> None:
        """Put the response that is shown into the file of its request."""
        document, exchange = self._document, self._document.response.exchange()
        if exchange is not None and exchange.response is not None and document.origin is not None:
            self._bridge.keep_example(
                document.draft(), exchange.response, document.origin, done=self._kept, failed=document.banner.show_error
            )

    def compare(self) -> None:
        """Show an example, the one that there is or the one that is chosen, beside the response."""
        if self._document.origin is not None:
            self._bridge.examples(self._document.origin, done=self._choose, failed=self._document.banner.show_error)

    def _kept(self, stamp: "Stamp") -> None:
        self._document.stamp = stamp
        self._document.banner.show_words(_("The response was saved as an example in the request's file."))
        self._document.edited.emit()

    def _choose(self, kept: "tuple[KeptExample, ...]") -> None:
        found = [Compared(_("Example: {name}").format(name=one.name), one.exchange) for one in kept]
        if not found:
            self._document.banner.show_words(
                _("This request has no example yet."), _("“Set as Example” saves the displayed response as one.")
            )
        elif len(found) == 1:
            self._show(found[0])
        else:
            menu = QMenu(self._document)
            menu.aboutToHide.connect(menu.deleteLater)
            for example in found:
                menu.addAction(caption(example.title), partial(self._show, example))
            menu.popup(QCursor.pos())

    def _show(self, example: Compared) -> None:
        exchange = self._document.response.exchange()
        if exchange is not None:
            shown = Compared(self._document.title().words, exchange)
            CompareDialog(example, shown, self._bridge.work_on, self._document.window()).open_beside()
