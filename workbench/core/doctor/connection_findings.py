"""Findings about the connection: version, key exchange, resumption, verification."""

from collections.abc import Iterator

from workbench.core.doctor.evidence import Evidence
from workbench.core.doctor.phrases import join, quoted
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
    title = _("Server verification is off.")
    codes = peer.codes()
    if not codes:
        yield Finding(
            "verification-off",
            Severity.INFO,
            title,
            _("This server would have passed verification."),
            _("Turn verification on again."),
        )
        return
    failed = " ".join(_failed(peer, code) for code in codes)
    yield Finding(
        "verification-off",
        Severity.WARNING,
        title,
        join(_("Anyone could have answered instead of this server."), _("Verification would have failed:"), failed),
        _("Fix these problems, or trust the server's CA, and turn verification on again."),
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


# What nginx, Go and Apache answer to HTTP without TLS on a port that uses TLS.
_PLAIN_TO_TLS = (
    "plain http request was sent to https port",
    "sent an http request to an https server",
    "speaking plain http to an ssl-enabled server port",
)


def plain_http(evidence: Evidence) -> Iterator[Finding]:
    """A port that uses TLS was spoken to without."""
    page = evidence.page.lower()
    if evidence.handshake is None and evidence.status == 400 and any(words in page for words in _PLAIN_TO_TLS):
        yield Finding(
            "not-tls",
            Severity.ERROR,
            _("This port uses TLS, but the URL begins with http://."),
            _("The server says so: it got a plain-text request on a port for HTTPS."),
            _("Use https:// in the URL."),
        )


def cut() -> Finding:
    """A body whose end nobody confirmed."""
    return Finding(
        "response-truncated",
        Severity.WARNING,
        _("The response may have been cut short."),
        _(
            "Its length was not announced, so it ends where the connection ends; and the "
            "connection was closed without the TLS close_notify alert, by the server or by "
            "something in between."
        ),
        _("Check that the response is complete. The server should send Content-Length, chunks or close_notify."),
    )


def revocation(handshake: Handshake) -> Iterator[Finding]:
    """The server's certificate says where to ask whether it was revoked, and nobody asked."""
    peer = handshake.peer
    if not (handshake.complete and peer.trusted and peer.presented) or peer.revocation.leaf != "not-checked":
        return
    where = peer.presented[0].revocation_urls
    if where:
        yield Finding(
            "revocation-not-checked",
            Severity.INFO,
            _("Whether the server's certificate has been revoked was not checked."),
            _("The server sent no OCSP answer along. Its CA publishes what it revoked at {urls}.").format(
                urls=quoted(where)
            ),
            _("A server that staples OCSP answers tells it with each handshake."),
        )


def _resumed() -> Finding:
    return Finding(
        "session-resumed",
        Severity.INFO,
        _("This connection resumed an earlier TLS session."),
        _("No certificates were sent this time; the ones shown are from the session's first handshake."),
        _("To see a full handshake, turn off Reuse connections."),
    )


def _old_protocol(handshake: Handshake) -> Finding:
    return Finding(
        "old-protocol",
        Severity.WARNING,
        _("{version} is obsolete and insecure.").format(version=handshake.version),
        _("TLS 1.0 and 1.1 were deprecated in 2021 (RFC 8996); their signatures rely on SHA-1 and MD5."),
        _("Upgrade the server to TLS 1.2 or 1.3."),
    )


def _no_forward_secrecy(handshake: Handshake) -> Finding:
    return Finding(
        "no-forward-secrecy",
        Severity.WARNING,
        _("Recorded traffic can be decrypted later by anyone who gets the server's key."),
        _("{cipher} does not use an ephemeral key exchange (no forward secrecy).").format(cipher=handshake.cipher),
        _("The server should prefer cipher suites with ECDHE, or TLS 1.3."),
    )


def _not_post_quantum(handshake: Handshake) -> Finding:
    return Finding(
        "not-post-quantum",
        Severity.INFO,
        _("Key exchange ({group}) is not post-quantum.").format(group=handshake.group)
        if handshake.group
        else _("The key exchange is not post-quantum."),
        _("A future quantum computer could decrypt traffic that is recorded today."),
        _("A server with TLS 1.3 and X25519MLKEM768 negotiates it with this program automatically."),
    )
