"""What is done when a person takes an answer's advice: the buttons of a response, and who carries them out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from workbench.core.exchange import Exchange
from workbench.core.tls.certificate import Certificate
from workbench.ui.response import remedies
from workbench.ui.tabs.request_tab import RequestTab
from workbench.ui.tabs.sending import Sending

if TYPE_CHECKING:
    from workbench.ui.tabs.requests_page import RequestsPage


def remedy(page: "RequestsPage", tab: RequestTab, sending: Sending, action: str) -> None:
    """Carry out ``action``, one of the constants of ``remedies``."""
    answers: dict[str, Callable[[], object]] = {
        remedies.CHOOSE_IDENTITY: tab.panel.open_identities,
        remedies.CHOOSE_TRUST: tab.panel.open_trust,
        remedies.SEND_AGAIN: sending.again,
        remedies.UNLOCK_IDENTITY: sending.unlock,
        remedies.IMPORT_IDENTITY: page.import_requested.emit,
        remedies.IMPORT_TRUST: page.import_trust_requested.emit,
        remedies.OPEN_IDENTITY: lambda: page.identity_requested.emit(tab.panel.identity() or ""),
    }
    if action in answers:
        answers[action]()
    elif action.startswith(remedies.TRUST_AUTHORITY):
        authority = _presented(tab.response.exchange(), action.removeprefix(remedies.TRUST_AUTHORITY))
        if authority is not None:
            page.authority_offered.emit(authority)
    elif action.startswith(remedies.PIN):
        tab.panel.pin(action.removeprefix(remedies.PIN))
    elif action.startswith(remedies.USE_IDENTITY):
        tab.panel.choose_identity(action.removeprefix(remedies.USE_IDENTITY))


def _presented(exchange: Exchange | None, sha256: str) -> Certificate | None:
    handshake = exchange.handshake if exchange is not None else None
    certificates = handshake.peer.presented if handshake is not None else ()
    return next((certificate for certificate in certificates if certificate.sha256 == sha256), None)
