"""One sentence that says how TLS went."""

from workbench.core.doctor.wire import was_refused
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake

_SEPARATOR = " · "


def summary(handshake: Handshake) -> str:
    """For the top of the TLS tab: version, then who proved what to whom."""
    version = handshake.version.replace("TLSv", "TLS ") or "TLS"
    parts = [version, _proofs(handshake) if handshake.complete else _unfinished(handshake)]
    if handshake.resumed:
        parts.append(_("resumed: the certificates were seen in an earlier connection"))
    return _SEPARATOR.join(parts)


def _unfinished(handshake: Handshake) -> str:
    if not handshake.version:
        return _("no handshake: the server gave no TLS answer")
    if handshake.peer.errors and not handshake.peer.trusted:
        return _("the handshake stopped: the server could not prove who it is")
    if handshake.client.requested and not handshake.client.sent:
        return _("the handshake stopped; the server asked who you are, and you sent no certificate")
    return _("the handshake stopped before its end")


def _proofs(handshake: Handshake) -> str:
    client = handshake.client
    trusted = handshake.peer.trusted
    # In TLS 1.3 the server judges us when the handshake is over for us.
    if client.requested and was_refused(handshake):
        if client.sent:
            return _("the server looked at your certificate and refused it")
        return _("the server asked who you are; you sent no certificate, and it refused")
    if client.sent:
        if trusted:
            return _("both sides proved who they are")
        return _("you proved who you are; the server did not (its certificate is not trusted)")
    server = _("the server proved who it is") if trusted else _("the server did not prove who it is")
    if client.requested:
        return _("{server}; you stayed anonymous: it asked, you sent no certificate").format(server=server)
    return _("{server}; you stayed anonymous: it did not ask").format(server=server)
