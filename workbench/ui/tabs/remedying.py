"""What is done when a person takes an answer's advice: the buttons of a response, and who carries them out."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from workbench.core.exchange import Exchange
from workbench.core.tls.certificate import Certificate
from workbench.ui.response import remedies
from workbench.ui.tabs.request_tab import RequestTab
from workbench.ui.tabs.sending import Sending


class Remedying(QObject):
    """Carries out what one tab's response advises. What the tab cannot do itself, it tells.

    ``identity_requested`` carries the name of an identity, ``authority_offered`` a ``Certificate``.
    """

    import_requested = Signal()
    import_trust_requested = Signal()
    identity_requested = Signal(str)
    authority_offered = Signal(object)

    def __init__(self, tab: RequestTab, sending: Sending) -> None:
        super().__init__(tab)
        self._tab, self._sending = tab, sending
        tab.response.action_requested.connect(self._carry_out)

    def _carry_out(self, action: str) -> None:
        panel, sending = self._tab.panel, self._sending
        answers: dict[str, Callable[[], object]] = {
            remedies.CHOOSE_IDENTITY: panel.open_identities,
            remedies.CHOOSE_TRUST: panel.open_trust,
            remedies.SEND_AGAIN: sending.again,
            remedies.AGREE: sending.agree,
            remedies.UNLOCK_IDENTITY: sending.unlock,
            remedies.IMPORT_IDENTITY: self.import_requested.emit,
            remedies.IMPORT_TRUST: self.import_trust_requested.emit,
            remedies.OPEN_IDENTITY: lambda: self.identity_requested.emit(panel.identity() or ""),
        }
        if action in answers:
            answers[action]()
        elif action.startswith(remedies.TRUST_AUTHORITY):
            authority = _presented(self._tab.response.exchange(), action.removeprefix(remedies.TRUST_AUTHORITY))
            if authority is not None:
                self.authority_offered.emit(authority)
        elif action.startswith(remedies.BODY_TO):
            sending.with_body_to(action.removeprefix(remedies.BODY_TO))
        elif action.startswith(remedies.PIN):
            panel.pin(action.removeprefix(remedies.PIN))
        elif action.startswith(remedies.USE_IDENTITY):
            panel.choose_identity(action.removeprefix(remedies.USE_IDENTITY))


def _presented(exchange: Exchange | None, sha256: str) -> Certificate | None:
    handshake = exchange.handshake if exchange is not None else None
    certificates = handshake.peer.presented if handshake is not None else ()
    return next((certificate for certificate in certificates if certificate.sha256 == sha256), None)
