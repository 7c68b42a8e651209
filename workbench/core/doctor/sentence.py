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
        return _("handshake stopped: the server could not be verified")
    if handshake.client.requested and not handshake.client.sent:
        return _("handshake stopped; the server requested a client certificate, but you sent none")
    return _("handshake not completed")


def _proofs(handshake: Handshake) -> str:
    client = handshake.client
    trusted = handshake.peer.trusted
    # In TLS 1.3 the server judges us when the handshake is over for us.
    if client.requested and was_refused(handshake):
        if client.sent:
            return _("the server checked your certificate and refused it")
        return _("the server requested a client certificate, you sent none, and it refused")
    if client.sent:
        if trusted:
            return _("both sides proved their identity")
        return _("you proved your identity; the server did not (its certificate is not trusted)")
    server = _("the server proved its identity") if trusted else _("the server did not prove its identity")
    if client.requested:
        return _("{server}; you stayed anonymous: a certificate was requested, but you sent none").format(server=server)
    return _("{server}; you stayed anonymous: no certificate was requested").format(server=server)
