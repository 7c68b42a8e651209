"""A body that is written as text."""

from PySide6.QtWidgets import QWidget

from workbench.core.bodies import Language
from workbench.core.draft import RawBody, RawKind
from workbench.core.exchange import Spot
from workbench.core.i18n import _
from workbench.ui.request.body.checked_text import CheckedText
from workbench.ui.request.faults import fault
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.variables import Variables


class TextBody(CheckedText):
    """``body()`` and ``show_body()`` for JSON, XML and other text."""

    def __init__(self, variables: Variables, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(_("Request body"), variables, run, parent)
        self.code.setPlaceholderText(_("Type or paste the body here. Type {{ for variables."))
        self._kind = RawKind.TEXT

    def body(self) -> RawBody:
        """What is shown."""
        return RawBody(self._kind, self.code.text())

    def point_at(self, spot: Spot) -> None:
        """Select what is wrong."""
        place = fault(self.code.text(), spot)
        if place is not None:
            self.code.select(*place)

    def show_body(self, body: RawBody) -> None:
        """Show ``body``."""
        self.code.show_text(body.text)
        if body.kind is not self._kind:
            self._kind = body.kind
            self.show_language(Language(body.kind.value))
        else:
            self.check()
