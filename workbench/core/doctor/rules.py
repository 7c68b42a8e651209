"""The table of all rules, and the one function that reads it."""

from workbench.core.doctor import client, negotiation, network, plaintext, response, server
from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.phrases import join, reported
from workbench.core.doctor.rule import FAINT, NO, PLAUSIBLE, Rule, Words
from workbench.core.doctor.wire import fatal_alert, saw
from workbench.core.exchange import Failure
from workbench.core.i18n import _

_LOCAL = {  # OpenSSL's reasons when it would not take our own key and certificate
    "key-mismatch": ("key values mismatch", "key type mismatch"),
    "wrong-password": ("bad decrypt", "mac verify failure", "bad password read"),
}


def _key_mismatch(evidence: Evidence) -> int:
    return 100 if any(reason in evidence.reason.lower() for reason in _LOCAL["key-mismatch"]) else NO


def _key_mismatch_words(evidence: Evidence) -> Words:
    return Words(
        _("The private key does not belong to the certificate."),
        reported(evidence),
        _("Choose the key file that was made together with this certificate's signing request."),
    )


def _wrong_password(evidence: Evidence) -> int:
    return 100 if any(reason in evidence.reason.lower() for reason in _LOCAL["wrong-password"]) else NO


def _wrong_password_words(evidence: Evidence) -> Words:
    return Words(
        _("The password does not open the private key."),
        reported(evidence),
        _("Type the password again; mind the keyboard layout and upper case."),
    )


def _internal(evidence: Evidence) -> int:
    if evidence.trouble in (Trouble.TLS, Trouble.ALERT, Trouble.VERIFICATION):
        return PLAUSIBLE - FAINT if fatal_alert(evidence) is not None else FAINT
    return FAINT if evidence.trouble in (Trouble.EOF, Trouble.RESET) and fatal_alert(evidence) is not None else NO


def _internal_words(evidence: Evidence) -> Words:
    if fatal_alert(evidence) is not None:
        title = _("The server broke off TLS, for a reason of its own.")
        hint = _(
            "Look into the server's log at the time of this request. The Handshake tab shows how far both sides got."
        )
    else:
        title = _("TLS failed in a way that this program does not know.")
        hint = _("The Handshake tab shows how far both sides got. What was reported may be worth a search.")
    return Words(title, join(saw(evidence), _progress(evidence), reported(evidence)), hint)


def _progress(evidence: Evidence) -> str:
    handshake = evidence.handshake
    if handshake is None or not handshake.messages:
        return ""
    last = handshake.messages[-1]
    message = _("The last handshake message was {type}, received.") if last.direction == "received" else ""
    return (message or _("The last handshake message was {type}, sent.")).format(type=last.type)


def _always(_evidence: Evidence) -> int:
    return 1


def _unknown_words(evidence: Evidence) -> Words:
    seen = _("What was seen: {trouble}, in the phase “{phase}”.").format(
        trouble=evidence.trouble.value, phase=evidence.phase.value
    )
    return Words(
        _("Something went wrong that this program cannot explain."),
        join(seen, saw(evidence), _progress(evidence), reported(evidence)),
        _("Try again. If it stays, the Handshake tab and the log hold what can be told."),
    )


# On equal weight the earlier rule wins.
RULES: tuple[Rule, ...] = (
    Rule("key-mismatch", _key_mismatch, _key_mismatch_words),
    Rule("wrong-password", _wrong_password, _wrong_password_words),
    *network.RULES,
    *plaintext.RULES,
    *server.RULES,
    *client.RULES,
    *negotiation.RULES,
    *response.RULES,
    Rule("tls-internal-error", _internal, _internal_words),
)
_LAST = Rule("unknown", _always, _unknown_words)


def diagnose(evidence: Evidence) -> Failure:
    """The best single answer to why no response came, the other answers as candidates, best first."""
    weighed = [(rule.weigh(evidence), rule) for rule in RULES]
    ranked = [rule for weight, rule in sorted(weighed, key=lambda pair: -pair[0]) if weight > NO] or [_LAST]
    words = ranked[0].words(evidence)
    return Failure(
        code=ranked[0].code,
        title=words.title,
        detail=words.detail,
        hint=words.hint,
        phase=evidence.phase,
        candidates=tuple(rule.code for rule in ranked[1:]),
    )
