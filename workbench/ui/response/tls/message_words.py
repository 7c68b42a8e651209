"""One sentence on each handshake message, for who sees it for the first time, and where the RFC tells it."""

from workbench.core.i18n import _
from workbench.ui.models.handshake_rows import HandshakeRow

_MESSAGES = {
    "ClientHello": _(
        "the client lists the versions, ciphers and groups it supports, and the host it wants (RFC 8446 4.1.2)."
    ),
    "ServerHello": _("the server chooses version and cipher from what the client offered (RFC 8446 4.1.3)."),
    "HelloRetryRequest": _("the server wants another key share, so the client sends its hello again (RFC 8446 4.1.4)."),
    "EncryptedExtensions": _("parameters that the server sends encrypted, such as the protocol (RFC 8446 4.3.1)."),
    "CertificateRequest": _(
        "the server requests a client certificate, naming the CAs and signature algorithms "
        "that it accepts (RFC 8446 4.3.2)."
    ),
    "Certificate": _("the sender's certificates; an empty list means that it has none to send (RFC 8446 4.4.2)."),
    "CertificateVerify": _("a signature that proves possession of the certificate's private key (RFC 8446 4.4.3)."),
    "CertificateStatus": _("the issuer's statement on whether the server's certificate is revoked (RFC 6066 8)."),
    "Finished": _("a checksum over the whole handshake: nobody in between has changed anything (RFC 8446 4.4.4)."),
    "NewSessionTicket": _("lets a later connection resume this session without certificates (RFC 8446 4.6.1)."),
    "KeyUpdate": _("the sender continues with new keys (RFC 8446 4.6.3)."),
    "ServerKeyExchange": _("the server's half of the key exchange, signed (RFC 5246 7.4.3)."),
    "ServerHelloDone": _("the server has sent everything for now and waits for the client (RFC 5246 7.4.5)."),
    "ClientKeyExchange": _("the client's half of the key exchange (RFC 5246 7.4.7)."),
    "ChangeCipherSpec": _("the sender encrypts from here on; in TLS 1.3 it only exists for old middleboxes."),
    "HelloRequest": _("the server requests another handshake (RFC 5246 7.4.1.1)."),
}


def about(line: HandshakeRow) -> str:
    """What the row's message is for."""
    if line.message is not None:
        return _MESSAGES.get(line.message.type, _("a handshake message."))
    if line.alert is not None:
        if line.alert.description == "close_notify":
            return _("the sender will send nothing more (RFC 8446 6.1).")
        return _("the sender reports what went wrong (RFC 8446 6.2).")
    return _("nothing was sent after this.")
