"""One sentence on each handshake message, for who sees it for the first time, and where the RFC tells it."""

from workbench.core.i18n import _
from workbench.ui.models.handshake_rows import HandshakeRow

_MESSAGES = {
    "ClientHello": _("we say which versions, ciphers and groups we speak, and which host we want (RFC 8446 4.1.2)."),
    "ServerHello": _("the server chooses version and cipher out of what we offered (RFC 8446 4.1.3)."),
    "HelloRetryRequest": _("the server wants another key share, so we say hello once more (RFC 8446 4.1.4)."),
    "EncryptedExtensions": _("the server's answers that need not be in clear, such as the protocol (RFC 8446 4.3.1)."),
    "CertificateRequest": _(
        "the server asks who we are, naming authorities and signature algorithms that it accepts (RFC 8446 4.3.2)."
    ),
    "Certificate": _("the sender's certificates; none at all means that it has nothing to show (RFC 8446 4.4.2)."),
    "CertificateVerify": _("a signature that proves possession of the certificate's private key (RFC 8446 4.4.3)."),
    "CertificateStatus": _("the issuer's word on whether the server's certificate is revoked (RFC 6066 8)."),
    "Finished": _("a checksum over all that was said: nobody in between has changed anything (RFC 8446 4.4.4)."),
    "NewSessionTicket": _("lets a later connection go on from here without certificates (RFC 8446 4.6.1)."),
    "KeyUpdate": _("the sender goes on with fresh keys (RFC 8446 4.6.3)."),
    "ServerKeyExchange": _("the server's half of the key agreement, signed (RFC 5246 7.4.3)."),
    "ServerHelloDone": _("the server has said all for now and waits for us (RFC 5246 7.4.5)."),
    "ClientKeyExchange": _("our half of the key agreement (RFC 5246 7.4.7)."),
    "ChangeCipherSpec": _("from here on the sender encrypts; in TLS 1.3 a mere courtesy to old middleboxes."),
    "HelloRequest": _("the server wants to shake hands once more (RFC 5246 7.4.1.1)."),
}


def about(line: HandshakeRow) -> str:
    """What the row's message is for."""
    if line.message is not None:
        return _MESSAGES.get(line.message.type, _("a handshake message."))
    if line.alert is not None:
        if line.alert.description == "close_notify":
            return _("the sender will send no more (RFC 8446 6.1).")
        return _("the sender says what went wrong for it (RFC 8446 6.2).")
    return _("after this nothing more was said.")
