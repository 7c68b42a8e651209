"""TLS was fine, HTTP was not: timeouts, malformed, cut short, too large."""

from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.phrases import endpoint, join, reported
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
    longer = _("Allow more time, or look at what the server is doing.")
    match evidence.phase:
        case Phase.SEND:
            title, seen, hint = _("The server stopped taking the request."), "", longer
        case Phase.RECEIVE:
            title, seen, hint = _("The response stopped coming."), _("A part of it had arrived."), longer
        case Phase.TLS:
            title = _("The server did not finish the TLS handshake in the time allowed.")
            seen, hint = _stalled_handshake(evidence)
        case _:
            title, hint = _("The server did not answer in the time allowed."), longer
            seen = _("It had taken the request.")
    return Words(title, join(seen, reported(evidence)), hint)


def _stalled_handshake(evidence: Evidence) -> tuple[str, str]:
    if certificate_answered(evidence):
        return (
            _("It had our part of the handshake, and fell silent while it looked at it."),
            _("It may be waiting for its own revocation check (OCSP, CRL) of your certificate: ask its operator."),
        )
    return (
        _("The connection stands, but {endpoint} did not answer our first TLS message.").format(
            endpoint=endpoint(evidence)
        ),
        _(
            "Check that this port speaks TLS. Some network equipment loses the large first message of post-quantum key "
            "exchange: try with the groups x25519:secp256r1."
        ),
    )


def _malformed(evidence: Evidence) -> int:
    return CERTAIN if evidence.trouble is Trouble.HTTP else NO


def _malformed_words(evidence: Evidence) -> Words:
    if evidence.handshake is None and is_tls_record(evidence.first_bytes):
        return Words(
            _("The server answered in TLS to a request in plain text."),
            _("{endpoint} speaks TLS, and the URL begins with http://.").format(endpoint=endpoint(evidence)),
            _("Use https:// in the URL."),
        )
    begins = ""
    if evidence.first_bytes:
        text = evidence.first_bytes[:60].decode("utf-8", "backslashreplace").strip()
        begins = _("It begins “{text}”.").format(text=text.splitlines()[0] if text else "")
    return Words(
        _("The server's answer is not HTTP as the standard has it."),
        join(reported(evidence), begins),
        _("Check that the port belongs to an HTTP service. Otherwise its operator has to mend the answer."),
    )


def _too_large(evidence: Evidence) -> int:
    return CERTAIN if evidence.trouble is Trouble.TOO_LARGE else NO


def _too_large_words(evidence: Evidence) -> Words:
    if any(word in evidence.message for word in ("header", "buffer")):  # what libraries say of a head that is too long
        return Words(
            _("The response's headers are larger than the limit."),
            join(_("Reading stopped there."), reported(evidence)),
            _("Find out which header grows, often a cookie or a token, and have the server send less."),
        )
    return Words(
        _("The response is larger than the limit."),
        join(_("Reading stopped there."), reported(evidence)),
        _(
            "Ask for less. If so much is right, allow more: “Largest response” in the preferences, --max-size on the "
            "command line. A small compressed answer that swells without end may be an attack."
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
    hint = _("Send it again. If it happens every time, the server's log, or that of a proxy before it, says why.")
    if evidence.phase is Phase.RECEIVE:
        title = _("The response was cut short.")
        seen = _("It ended before all of it had come.")
    else:
        title = _("The connection ended before any response.")
        seen = saw(evidence)
        if evidence.handshake is None:
            hint = join(_("If this port speaks TLS, use https:// in the URL."), hint)
    return Words(title, join(seen, reported(evidence)), hint)


RULES = (
    Rule("timeout", _timeout, _timeout_words),
    Rule("response-malformed", _malformed, _malformed_words),
    Rule("response-too-large", _too_large, _too_large_words),
    Rule("response-truncated", _truncated, _truncated_words),
)
