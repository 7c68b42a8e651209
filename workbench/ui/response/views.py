"""The views of a response, a tab each, declared once.

The command of a view with its menu, keys and palette entry follow from its line in ``VIEWS``, and so does that it is in
front again when the program starts.
"""

from typing import TYPE_CHECKING

from workbench.core.i18n import _
from workbench.ui.actions import REQUEST, Command
from workbench.ui.response.view import ResponseView, There, ViewKind

if TYPE_CHECKING:
    from workbench.core.exchange import Exchange
    from workbench.ui.widgets.running import Run

_NEEDS = _("Send the request first.")


def _command(name: str, text: str, keys: str) -> Command:
    return Command(f"view-{name}", text, REQUEST, keys, group=5, needs=_NEEDS, document=True)


def _body(run: "Run") -> ResponseView:
    from workbench.ui.response.body.body_view import BodyView

    return BodyView(run)


def _headers(_run: "Run") -> ResponseView:
    from workbench.ui.response.headers_view import HeadersView

    return HeadersView()


def _tls(_run: "Run") -> ResponseView:
    from workbench.ui.response.tls.tls_view import TLSView

    return TLSView()


def _handshake(run: "Run") -> ResponseView:
    from workbench.ui.response.tls.handshake_view import HandshakeView

    return HandshakeView(run)


def _timeline(_run: "Run") -> ResponseView:
    from workbench.ui.response.timeline_view import TimelineView

    return TimelineView()


def _results(_run: "Run") -> ResponseView:
    from workbench.ui.response.results_view import ResultsView

    return ResultsView()


def _header_count(exchange: "Exchange") -> int:
    return len(exchange.response.headers) if exchange.response is not None else 0


VIEWS = (
    ViewKind(_("Body"), _command("body", _("Response Body"), "Alt+Shift+1"), _body, There.WITH_RESPONSE),
    ViewKind(
        _("Headers"), _command("headers", _("Response Headers"), "Alt+Shift+2"), _headers, There.WITH_RESPONSE,
        _header_count,
    ),
    ViewKind(_("TLS"), _command("tls", _("Response TLS"), "Alt+Shift+3"), _tls),
    ViewKind(_("Handshake"), _command("handshake", _("Handshake"), "Alt+Shift+4"), _handshake),
    ViewKind(_("Timeline"), _command("timeline", _("Timeline"), "Alt+Shift+5"), _timeline),
    ViewKind(_("Results"), _command("results", _("Results"), "Alt+Shift+6"), _results, There.WHEN_TOLD),
)  # fmt: skip
