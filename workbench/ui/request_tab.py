"""One request and its response, one above the other."""

from dataclasses import dataclass

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from workbench.core.exchange import Exchange, Outcome, Progress
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.ui import theme
from workbench.ui.marks import Mark
from workbench.ui.request.panel import RequestPanel
from workbench.ui.request.url import short_url
from workbench.ui.response.jobs import Run
from workbench.ui.response.pane import ResponsePane

_LEAST_HEIGHT = 220  # pixels of the response, so that the window fits on small screens


@dataclass(frozen=True, slots=True)
class TabTitle:
    """What stands on the tab: words, the whole URL as tip, and how the last exchange went."""

    words: str
    tip: str
    mark: Mark | None = None


class RequestTab(QWidget):
    """``panel`` says what to send, ``response`` what came; the tab passes the one's wishes and the other's news on."""

    title_changed = Signal(object)

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = RequestPanel(self)
        self.response = ResponsePane(run, self)
        self.response.setMinimumHeight(_LEAST_HEIGHT)
        self.split = QSplitter(Qt.Orientation.Vertical, self)
        self._mark: Mark | None = None
        below = QWidget(self)
        frame = QVBoxLayout(below)
        frame.setContentsMargins(theme.SPACE * 2, theme.SPACE // 2, theme.SPACE * 2, theme.SPACE)
        frame.addWidget(self.response)
        self.split.addWidget(self.panel)
        self.split.addWidget(below)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(theme.SPACE)
        self.split.setStretchFactor(1, 1)
        self.split.setSizes([280, 420])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)
        self.panel.changed.connect(self._tell_title)

    def title(self) -> TabTitle:
        """What should stand on the tab."""
        request = self.panel.request()
        words = f"{request.method} {short_url(request.url)}" if request.url else _("New request")
        return TabTitle(words, request.url, self._mark)

    def show_request(self, request: Request) -> None:
        """Show what to send."""
        self.panel.show_request(request)

    def show_sending(self) -> None:
        """Show that the request is under way."""
        self.panel.show_busy(busy=True)
        self.response.show_sending()
        self._mark = None
        self._tell_title()

    def show_progress(self, progress: Progress) -> None:
        """Show how far it has come."""
        self.response.show_progress(progress)

    def show_exchange(self, exchange: Exchange) -> None:
        """Show what became of it."""
        self.panel.show_busy(busy=False)
        self.response.show_exchange(exchange)
        if exchange.handshake is not None:
            self.panel.show_handshake(exchange.handshake)
        self._mark = _mark(exchange)
        self._tell_title()

    def restore_split(self, state: str) -> None:
        """Put the divider where it was."""
        if state:
            self.split.restoreState(QByteArray.fromBase64(state.encode()))

    def split_state(self) -> str:
        """Where the divider is."""
        return self.split.saveState().toBase64().toStdString()

    def _tell_title(self) -> None:
        self.title_changed.emit(self.title())


def _mark(exchange: Exchange) -> Mark | None:
    if exchange.outcome is Outcome.CANCELLED:
        return None
    if exchange.response is None:
        return Mark.BAD
    return Mark.GOOD if exchange.response.status < 400 else Mark.WARNING
