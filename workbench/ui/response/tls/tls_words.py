"""A handshake in sentences and facts."""

from workbench.core.exchange import ClientAuthentication
from workbench.core.i18n import _, ngettext
from workbench.core.tls.handshake import RECEIVED, SENT, Handshake, PeerProof
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import duration_words
from workbench.ui.models.facts import Fact

_SENT = {
    ClientAuthentication.PROVED: (
        Mark.GOOD,
        _("The server requested a certificate, you sent “{name}”, and it accepted."),
    ),
    ClientAuthentication.REFUSED: (
        Mark.BAD,
        _("The server requested a certificate, you sent “{name}”, and it refused."),
    ),
    ClientAuthentication.SENT: (
        Mark.WARNING,
        _("The server requested a certificate, and you sent “{name}”. Whether it was accepted is not known."),
    ),
}


_CLIENT_TITLES = {
    ClientAuthentication.PROVED: _("You proved to them"),
    ClientAuthentication.SENT: _("Sent, not yet accepted"),
    ClientAuthentication.REFUSED: _("Sent, and refused"),
    ClientAuthentication.NOT_REQUESTED: _("Never asked"),
    ClientAuthentication.NONE_SENT: _("Asked, and nothing sent"),
    ClientAuthentication.UNKNOWN: _("You to them"),
}


def tls_facts(handshake: Handshake) -> tuple[Fact, ...]:
    """What was agreed on, each with what it is for. Names are those of the IANA registries."""
    unknown = _("not negotiated")
    return (
        Fact(_("Version"), handshake.version or unknown, _("The TLS version that both sides use.")),
        Fact(_("Cipher"), handshake.cipher or unknown, _("What encrypts the data.")),
        Fact(
            _("Group"),
            handshake.group or unknown,
            _("How the shared key was created. A name with MLKEM in it also resists quantum computers."),
        ),
        Fact(
            _("Signature"),
            handshake.signature_algorithm or unknown,
            _("How the server signed the handshake, to prove that it has the key of its certificate."),
        ),
        Fact(_("ALPN"), handshake.alpn or _("none"), _("The protocol above TLS that the server chose (RFC 7301).")),
        Fact(_("SNI"), handshake.sni or _("none sent"), _("The server name that was requested (RFC 6066 3).")),
        Fact(
            _("Handshake"),
            _("resumed: no certificates this time") if handshake.resumed else _completeness(handshake),
            _("A resumed session continues an earlier handshake, whose certificates are shown here."),
        ),
        Fact(_("Time"), duration_words(handshake.duration_ms), _("From the ClientHello to the last message.")),
        Fact(_("Address"), handshake.peer.address or _("unknown"), _("The address of the connection.")),
        Fact(
            _("OCSP response"),
            _stapled(handshake.peer),
            _("Whether the server sent its issuer's statement that the certificate is not revoked (RFC 6066 8)."),
        ),
    )


def _stapled(peer: PeerProof) -> str:
    if not peer.ocsp_stapled:
        return _("not stapled")
    words = {"good": _("stapled: not revoked"), "revoked": _("stapled: revoked")}
    return words.get(peer.revocation.leaf, _("stapled, but cannot be believed"))


def facts_in_short(handshake: Handshake) -> str:
    """What was agreed on, in a line or two; what was not is left out."""
    sni = _("SNI {name}").format(name=handshake.sni) if handshake.sni else ""
    kind = _("resumed") if handshake.resumed else _completeness(handshake)
    parts = (handshake.version, handshake.cipher, handshake.group, handshake.signature_algorithm, handshake.alpn, sni)
    shown = filter(None, (*parts, kind, duration_words(handshake.duration_ms)))
    return " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in shown)


def _completeness(handshake: Handshake) -> str:
    return _("full") if handshake.complete else _("not completed")


def summary_mark(handshake: Handshake, authentication: ClientAuthentication) -> Mark:
    """The shape that goes with the doctor's sentence about the whole handshake."""
    if authentication is ClientAuthentication.REFUSED:
        return Mark.BAD
    fatal = any(alert.is_fatal(handshake.version) for alert in handshake.alerts)
    if fatal or not handshake.complete or not handshake.peer.trusted:
        return Mark.BAD
    settled = (ClientAuthentication.PROVED, ClientAuthentication.NOT_REQUESTED)
    return Mark.GOOD if authentication in settled else Mark.WARNING


def peer_title(peer: PeerProof) -> str:
    """What the server's side is called, by what is true of it."""
    return _("They proved to you") if peer.trusted or not peer.presented else _("Shown, and not believed")


def client_title(authentication: ClientAuthentication) -> str:
    """What our side is called, by what is true of it."""
    return _CLIENT_TITLES[authentication]


def peer_words(peer: PeerProof) -> tuple[Mark, str]:
    """What the server proved, in one sentence."""
    if not peer.presented:
        return Mark.NONE, _("The server sent no certificate.")
    name = peer.presented[0].common_name
    if peer.trusted and not peer.errors:
        sentence = _("The server is “{name}”, verified with the trust bundle “{bundle}”.")
        return Mark.GOOD, sentence.format(name=name, bundle=peer.trust or _("unnamed"))
    count = len(peer.errors)
    if not count:
        return Mark.BAD, _("The server claims to be “{name}”, but no CA you trust confirms that.").format(name=name)
    sentence = ngettext(
        "The server claims to be “{name}”, but its chain has {count} problem.",
        "The server claims to be “{name}”, but its chain has {count} problems.",
        count,
    )
    return Mark.BAD, sentence.format(name=name, count=count)


def client_words(handshake: Handshake, authentication: ClientAuthentication) -> tuple[Mark, str]:
    """What we proved, in one sentence."""
    client = handshake.client
    late = " " + _("It asked after the handshake.") if client.after_handshake else ""
    if not client.requested and not _would_have_asked(handshake):
        return Mark.NOTE, _("Not reached: the handshake stopped before the server could request a certificate.")
    if not client.requested:
        if client.identity:
            sentence = _("The server did not request a certificate, so “{name}” was not sent.")
            return Mark.NOTE, sentence.format(name=client.identity)
        return Mark.NOTE, _("The server did not request a certificate.")
    if not client.sent and not _has_answered(handshake):
        return Mark.NOTE, _("The server requested a certificate, but the handshake stopped before you could send one.")
    if not client.sent:
        if client.identity:
            sentence = _(
                "The server requested a certificate, but none of “{name}” was sent: the Certificate message was empty."
            )
            return Mark.WARNING, sentence.format(name=client.identity) + late
        return Mark.WARNING, _("The server requested a certificate, but you sent none: no identity is set.") + late
    mark, sentence = _SENT.get(authentication, _SENT[ClientAuthentication.SENT])
    return mark, sentence.format(name=client.identity or client.sent[0].common_name) + late


def _has_answered(handshake: Handshake) -> bool:
    """Whether our Certificate message, if an empty one, went out."""
    return handshake.complete or any(m.type == "Certificate" and m.direction == SENT for m in handshake.messages)


def _would_have_asked(handshake: Handshake) -> bool:
    """Whether the handshake came past the place of a CertificateRequest (RFC 8446 2, RFC 5246 7.3)."""
    past = "Certificate" if handshake.version == "TLSv1.3" else "ServerHelloDone"
    return handshake.complete or any(m.type == past and m.direction == RECEIVED for m in handshake.messages)
