"""One sentence that says how TLS went."""

from workbench.core.doctor.wire import was_refused
from workbench.core.exchange import ClientAuthentication
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake

_SEPARATOR = " · "


def summary(handshake: Handshake, authentication: ClientAuthentication) -> str:
    """For the top of the TLS tab: version, then who proved what to whom."""
    version = handshake.version.replace("TLSv", "TLS ") or "TLS"
    proofs = _proofs(handshake, authentication) if handshake.complete else _unfinished(handshake, authentication)
    parts = [version, proofs]
    if handshake.resumed:
        parts.append(_("resumed: the certificates were seen in an earlier connection"))
    return _SEPARATOR.join(parts)


def _unfinished(handshake: Handshake, authentication: ClientAuthentication) -> str:
    if not handshake.version:
        return _("no handshake: the server gave no TLS answer")
    if handshake.peer.errors and not handshake.peer.trusted:
        return _("handshake stopped: the server could not be verified")
    if authentication is ClientAuthentication.NONE_SENT:
        return _("handshake stopped; the server requested a client certificate, but you sent none")
    if authentication is ClientAuthentication.REFUSED:
        return _("handshake stopped; you sent a certificate, and the server refused it")
    return _("handshake not completed")


def _proofs(handshake: Handshake, authentication: ClientAuthentication) -> str:
    trusted = handshake.peer.trusted
    match authentication:
        case ClientAuthentication.PROVED if trusted:
            return _("both sides proved their identity")
        case ClientAuthentication.PROVED:
            return _("the server accepted your certificate; its own is not trusted")
        case ClientAuthentication.REFUSED:
            return _("you sent a certificate, and the server refused it")
        case ClientAuthentication.SENT if trusted:
            return _("the server proved its identity; you sent a certificate, but whether it was accepted is not known")
        case ClientAuthentication.SENT:
            return _("the server is not trusted; you sent a certificate, but whether it was accepted is not known")
        case ClientAuthentication.NONE_SENT if was_refused(handshake):
            return _("the server requested a client certificate, you sent none, and it refused")
        case ClientAuthentication.NONE_SENT if trusted:
            return _("the server proved its identity; it requested a client certificate, but you sent none")
        case ClientAuthentication.NONE_SENT:
            return _("the server is not trusted; it requested a client certificate, but you sent none")
    if trusted:
        return _("the server proved its identity; no client certificate was requested")
    return _("the server is not trusted; no client certificate was requested")
