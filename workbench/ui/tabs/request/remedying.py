"""What is done when a person takes an answer's advice: the buttons of a response, and who carries them out."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from workbench.core.exchange import Exchange
from workbench.core.tls.certificate import Certificate
from workbench.ui.response.remedies import Remedy, RemedyAction
from workbench.ui.tabs.context import DocumentContext
from workbench.ui.tabs.request.request_document import RequestDocument
from workbench.ui.tabs.request.sending import Sending


class Remedying(QObject):
    """Carries out what the response of one document advises; what concerns the window is asked of ``context``."""

    def __init__(self, context: DocumentContext, document: RequestDocument, sending: Sending) -> None:
        super().__init__(document)
        self._context, self._document, self._sending = context, document, sending
        document.response.remedy_requested.connect(self._carry_out)

    def _carry_out(self, remedy: Remedy) -> None:
        context, panel, sending, about = self._context, self._document.panel, self._sending, remedy.about
        answers: dict[RemedyAction, Callable[[], object]] = {
            RemedyAction.SEND_AGAIN: sending.again,
            RemedyAction.CHOOSE_IDENTITY: panel.open_identities,
            RemedyAction.IMPORT_IDENTITY: context.import_requested.emit,
            RemedyAction.OPEN_IDENTITY: lambda: context.identity_requested.emit(panel.identity() or ""),
            RemedyAction.UNLOCK_IDENTITY: sending.unlock,
            RemedyAction.USE_IDENTITY: lambda: panel.choose_identity(about),
            RemedyAction.CHOOSE_TRUST: panel.open_trust,
            RemedyAction.IMPORT_TRUST: context.import_trust_requested.emit,
            RemedyAction.TRUST_AUTHORITY: lambda: self._offer_authority(about),
            RemedyAction.PIN: lambda: panel.pin(about),
            RemedyAction.AGREE: sending.agree,
            RemedyAction.SEND_BODY_TO: lambda: sending.with_body_to(about),
        }
        answers[remedy.action]()

    def _offer_authority(self, sha256: str) -> None:
        authority = _presented(self._document.response.exchange(), sha256)
        if authority is not None:
            self._context.authority_offered.emit(authority)


def _presented(exchange: Exchange | None, sha256: str) -> Certificate | None:
    handshake = exchange.handshake if exchange is not None else None
    certificates = handshake.peer.presented if handshake is not None else ()
    return next((certificate for certificate in certificates if certificate.sha256 == sha256), None)
