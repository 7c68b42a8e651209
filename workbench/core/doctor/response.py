"""TLS was fine, HTTP was not: timeouts, malformed, cut short, too large."""

from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.phrases import about_ours, endpoint, join, reported
from workbench.core.doctor.plaintext import is_tls_record
from workbench.core.doctor.rule import CERTAIN, NO, PLAUSIBLE, POSSIBLE, Rule, Words
from workbench.core.doctor.wire import certificate_answered, closed, saw
from workbench.core.exchange import Phase
from workbench.core.i18n import _

_BEFORE = (Phase.PREPARE, Phase.DNS, Phase.CONNECT, Phase.PROXY, Phase.TLS)


def _timeout(evidence: Evidence) -> int:
    if evidence.trouble is not Trouble.TIMEOUT:
        return NO
    if evidence.phase in (Phase.TLS, Phase.SEND, Phase.WAIT, Phase.RECEIVE):
        return CERTAIN
    return NO


def _timeout_words(evidence: Evidence) -> Words:
    longer = _("Allow more time, or check what the server is doing.")
    match evidence.phase:
        case Phase.SEND:
            title, seen, hint = _("The server stopped reading the request."), "", longer
        case Phase.RECEIVE:
            title, seen, hint = _("The response stopped arriving."), _("Part of it had arrived."), longer
        case Phase.TLS:
            title = _("The server did not complete the TLS handshake within the time limit.")
            seen, hint = _stalled_handshake(evidence)
        case _:
            title, hint = _("The server did not answer within the time limit."), longer
            seen = join(_("It had received the request."), about_ours(evidence))
    return Words(title, join(seen, reported(evidence)), hint)


def _stalled_handshake(evidence: Evidence) -> tuple[str, str]:
    if certificate_answered(evidence):
        return (
            _("It went silent after receiving the client's part of the handshake."),
            _("It may be waiting for its own revocation check (OCSP, CRL) of your certificate: ask its operator."),
        )
    return (
        _("The connection is established, but {endpoint} did not answer the first TLS message.").format(
            endpoint=endpoint(evidence)
        ),
        _(
            "Check that this port uses TLS. Some network equipment drops the large first message "
            "of a post-quantum key exchange: try the groups x25519:secp256r1."
        ),
    )


def _malformed(evidence: Evidence) -> int:
    return CERTAIN if evidence.trouble is Trouble.HTTP else NO


def _malformed_words(evidence: Evidence) -> Words:
    if evidence.handshake is None and is_tls_record(evidence.first_bytes):
        return Words(
            _("The server answered a plain-text request with TLS."),
            _("{endpoint} uses TLS, but the URL begins with http://.").format(endpoint=endpoint(evidence)),
            _("Use https:// in the URL."),
        )
    begins = ""
    if evidence.first_bytes:
        text = evidence.first_bytes[:60].decode("utf-8", "backslashreplace").strip()
        begins = _("It begins “{text}”.").format(text=text.splitlines()[0] if text else "")
    return Words(
        _("The server's response is not valid HTTP."),
        join(reported(evidence), begins),
        _("Check that the port belongs to an HTTP service. Otherwise the server's operator has to fix the response."),
    )


def _too_large(evidence: Evidence) -> int:
    return CERTAIN if evidence.trouble is Trouble.TOO_LARGE else NO


def _too_large_words(evidence: Evidence) -> Words:
    if any(word in evidence.message for word in ("header", "buffer")):  # what libraries say of a head that is too long
        return Words(
            _("The response's headers are larger than the limit."),
            join(_("Reading stopped there."), reported(evidence)),
            _("Find out which header is growing, often a cookie or a token, and reduce what the server sends."),
        )
    return Words(
        _("The response is larger than the limit."),
        join(_("Reading stopped there."), reported(evidence)),
        _(
            "Request less data. If this much is expected, raise the limit: “Maximum response size” "
            "in the preferences, --max-size on the command line. A small compressed response that "
            "grows without end may be an attack."
        ),
    )


def _truncated(evidence: Evidence) -> int:
    if evidence.trouble is Trouble.TRUNCATED:
        return CERTAIN if evidence.phase not in _BEFORE and not closed(evidence) else PLAUSIBLE + POSSIBLE
    if evidence.trouble is Trouble.EOF and evidence.phase not in _BEFORE:
        return CERTAIN if evidence.phase is Phase.RECEIVE else PLAUSIBLE
    if evidence.trouble is Trouble.RESET and evidence.phase is Phase.RECEIVE:
        return PLAUSIBLE
    return NO


def _truncated_words(evidence: Evidence) -> Words:
    hint = _("Send it again. If it keeps happening, check the log of the server or of a proxy in front of it.")
    if evidence.phase is Phase.RECEIVE:
        title = _("The response was cut short.")
        seen = _("It ended before all of it had arrived.")
    else:
        title = _("The connection closed before any response.")
        seen = join(saw(evidence), about_ours(evidence))
        if evidence.handshake is None:
            hint = join(_("If this port uses TLS, use https:// in the URL."), hint)
    return Words(title, join(seen, reported(evidence)), hint)


RULES = (
    Rule("timeout", _timeout, _timeout_words),
    Rule("response-malformed", _malformed, _malformed_words),
    Rule("response-too-large", _too_large, _too_large_words),
    Rule("response-truncated", _truncated, _truncated_words),
)
