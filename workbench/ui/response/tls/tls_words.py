"""A handshake in sentences and facts."""

from workbench.core.i18n import _, ngettext
from workbench.core.tls.handshake import RECEIVED, SENT, Handshake, PeerProof
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import duration_words
from workbench.ui.models.facts import Fact


def tls_facts(handshake: Handshake) -> tuple[Fact, ...]:
    """What was agreed on, each with what it is for. Names are those of the IANA registries."""
    unknown = _("not agreed on")
    return (
        Fact(_("Version"), handshake.version or unknown, _("The TLS version that both sides speak.")),
        Fact(_("Cipher"), handshake.cipher or unknown, _("What encrypts the data.")),
        Fact(
            _("Group"),
            handshake.group or unknown,
            _("How the shared key was made. A name with MLKEM in it also holds against a quantum computer."),
        ),
        Fact(
            _("Signature"),
            handshake.signature_algorithm or unknown,
            _("What the server signed the handshake with, to prove that it has the key of its certificate."),
        ),
        Fact(_("ALPN"), handshake.alpn or _("none"), _("The protocol above TLS, as the server chose it (RFC 7301).")),
        Fact(_("SNI"), handshake.sni or _("none sent"), _("The name that we asked for (RFC 6066 3).")),
        Fact(
            _("Handshake"),
            _("resumed: no certificates this time") if handshake.resumed else _completeness(handshake),
            _("A resumed session goes on from an earlier handshake, whose certificates are shown here."),
        ),
        Fact(_("Time"), duration_words(handshake.duration_ms), _("From the ClientHello to the last message.")),
        Fact(_("Address"), handshake.peer.address or _("unknown"), _("Where the connection went.")),
        Fact(
            _("OCSP response"),
            _("stapled") if handshake.peer.ocsp_stapled else _("not stapled"),
            _("Whether the server sent a word of its issuer that it is not revoked (RFC 6066 8)."),
        ),
    )


def facts_in_short(handshake: Handshake) -> str:
    """What was agreed on, in a line or two; what was not is left out."""
    sni = _("SNI {name}").format(name=handshake.sni) if handshake.sni else ""
    kind = _("resumed") if handshake.resumed else _completeness(handshake)
    parts = (handshake.version, handshake.cipher, handshake.group, handshake.signature_algorithm, handshake.alpn, sni)
    shown = filter(None, (*parts, kind, duration_words(handshake.duration_ms)))
    return " · ".join(part.replace(" ", "\N{NO-BREAK SPACE}") for part in shown)


def _completeness(handshake: Handshake) -> str:
    return _("full") if handshake.complete else _("not finished")


def summary_mark(handshake: Handshake) -> Mark:
    """The shape that goes with the doctor's sentence about the whole handshake."""
    fatal = any(alert.is_fatal(handshake.version) for alert in handshake.alerts)
    if fatal or not handshake.complete or not handshake.peer.trusted:
        return Mark.BAD
    return Mark.WARNING if handshake.client.requested and not handshake.client.sent else Mark.GOOD


def peer_words(peer: PeerProof) -> tuple[Mark, str]:
    """What the server proved, in one sentence."""
    if not peer.presented:
        return Mark.NONE, _("The server showed no certificate.")
    name = peer.presented[0].common_name
    if peer.trusted and not peer.errors:
        sentence = _("The server is “{name}”, vouched for by the bundle “{bundle}”.")
        return Mark.GOOD, sentence.format(name=name, bundle=peer.trust or _("unnamed"))
    count = len(peer.errors)
    if not count:
        return Mark.BAD, _("The server says it is “{name}”; nothing you trust says so.").format(name=name)
    sentence = ngettext(
        "The server says it is “{name}”, but {count} thing is wrong with its chain.",
        "The server says it is “{name}”, but {count} things are wrong with its chain.",
        count,
    )
    return Mark.BAD, sentence.format(name=name, count=count)


def client_words(handshake: Handshake) -> tuple[Mark, str]:
    """What we proved, in one sentence."""
    client = handshake.client
    late = _(" It asked after the handshake.") if client.after_handshake else ""
    if not client.requested and not _would_have_asked(handshake):
        return Mark.NOTE, _("It did not come to that: the handshake stopped before the server could ask.")
    if not client.requested:
        if client.identity:
            sentence = _("The server did not ask for a certificate, so “{name}” was not shown.")
            return Mark.NOTE, sentence.format(name=client.identity)
        return Mark.NOTE, _("The server did not ask for a certificate.")
    if not client.sent and not _has_answered(handshake):
        return Mark.NOTE, _("The server asked, but the handshake stopped before you could answer.")
    if not client.sent:
        if client.identity:
            sentence = _("The server asked, but nothing of “{name}” was sent: an empty Certificate message.")
            return Mark.WARNING, sentence.format(name=client.identity) + late
        return Mark.WARNING, _("The server asked, and you sent no certificate: no identity is chosen.") + late
    count = len(client.sent)
    sentence = ngettext(
        "The server asked, and you sent “{name}”: {count} certificate.",
        "The server asked, and you sent “{name}”: {count} certificates.",
        count,
    )
    return Mark.GOOD, sentence.format(name=client.identity or client.sent[0].common_name, count=count) + late


def _has_answered(handshake: Handshake) -> bool:
    """Whether our Certificate message, if an empty one, went out."""
    return handshake.complete or any(m.type == "Certificate" and m.direction == SENT for m in handshake.messages)


def _would_have_asked(handshake: Handshake) -> bool:
    """Whether the handshake came past the place of a CertificateRequest (RFC 8446 2, RFC 5246 7.3)."""
    past = "Certificate" if handshake.version == "TLSv1.3" else "ServerHelloDone"
    return handshake.complete or any(m.type == past and m.direction == RECEIVED for m in handshake.messages)
