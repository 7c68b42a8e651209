"""Findings about the connection: version, key exchange, resumption, verification."""

from collections.abc import Iterator

from workbench.core.doctor.phrases import join
from workbench.core.doctor.verification import Peer
from workbench.core.exchange import Finding, Severity
from workbench.core.i18n import _
from workbench.core.tls.handshake import Handshake
from workbench.core.tls.policy import TLSPolicy

_OLD = ("SSLv3", "TLSv1", "TLSv1.1")
_FORWARD_SECRET = ("TLS_ECDHE_", "TLS_DHE_")


def verification_off(peer: Peer, policy: TLSPolicy) -> Iterator[Finding]:
    """Verification did not stop this exchange: what it would have stopped for."""
    if policy.verify:
        return
    title = _("Verification of the server is off.")
    codes = peer.codes()
    if not codes:
        yield Finding(
            "verification-off",
            Severity.INFO,
            title,
            _("It would have found nothing wrong with this server."),
            _("Turn verification on again."),
        )
        return
    failed = " ".join(_failed(peer, code) for code in codes)
    yield Finding(
        "verification-off",
        Severity.WARNING,
        title,
        join(_("Anybody could have answered in place of this server."), _("It would have failed:"), failed),
        _("Mend what would have failed, or trust the server's authority, and turn verification on again."),
    )


def _failed(peer: Peer, code: str) -> str:
    error = peer.errors(code)[0]
    return _("{code} ({message}, certificate {position} of the chain).").format(
        code=code, message=error.message.rstrip("."), position=error.depth + 1
    )


def about_connection(handshake: Handshake) -> Iterator[Finding]:
    """What version, cipher, group and resumption are worth a remark for."""
    if handshake.resumed:
        yield _resumed()
    if not handshake.complete:
        return
    if handshake.version in _OLD:
        yield _old_protocol(handshake)
    if handshake.version != "TLSv1.3" and not handshake.cipher.startswith(_FORWARD_SECRET):
        yield _no_forward_secrecy(handshake)
    if not (handshake.resumed and not handshake.group) and "MLKEM" not in handshake.group.upper():
        yield _not_post_quantum(handshake)


def cut() -> Finding:
    """A body whose end nobody confirmed."""
    return Finding(
        "response-truncated",
        Severity.WARNING,
        _("The response may have been cut short."),
        _(
            "Its length was not said, so that its end is the end of the connection; and the server, or whoever is in "
            "between, closed that without TLS's word for it (close_notify)."
        ),
        _("Compare it with what you expect. The server should send Content-Length, or chunks, or close_notify."),
    )


def _resumed() -> Finding:
    return Finding(
        "session-resumed",
        Severity.INFO,
        _("This connection resumed an earlier TLS session."),
        _("No certificates were shown this time; those that you see are from the session's first handshake."),
        _("To see a full handshake, send without reusing connections and sessions."),
    )


def _old_protocol(handshake: Handshake) -> Finding:
    return Finding(
        "old-protocol",
        Severity.WARNING,
        _("{version} is broken and out of use.").format(version=handshake.version),
        _("TLS 1.0 and 1.1 were withdrawn in 2021 (RFC 8996); their signatures rest on SHA-1 and MD5."),
        _("The server needs TLS 1.2 or 1.3."),
    )


def _no_forward_secrecy(handshake: Handshake) -> Finding:
    return Finding(
        "no-forward-secrecy",
        Severity.WARNING,
        _("Recorded traffic can be read later by whoever gets the server's key."),
        _("{cipher} makes the connection's keys without an ephemeral key exchange (no forward secrecy).").format(
            cipher=handshake.cipher
        ),
        _("The server should prefer cipher suites with ECDHE, or TLS 1.3."),
    )


def _not_post_quantum(handshake: Handshake) -> Finding:
    agreed = (
        _("The key exchange is {group}.").format(group=handshake.group)
        if handshake.group
        else _("The key exchange uses no named group.")
    )
    return Finding(
        "not-post-quantum",
        Severity.INFO,
        _("The key exchange does not withstand a future quantum computer."),
        join(agreed, _("Traffic recorded today could be read then.")),
        _("A server that speaks TLS 1.3 and knows X25519MLKEM768 agrees on it with this program by itself."),
    )
