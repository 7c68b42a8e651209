"""The table of all rules, and the one function that reads it."""

from workbench.core.doctor import client, negotiation, network, plaintext, response, server
from workbench.core.doctor.accusation import blame
from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.phrases import join, reported
from workbench.core.doctor.rule import FAINT, NO, PLAUSIBLE, POSSIBLE, Rule, Words
from workbench.core.doctor.wire import HANDSHAKE_FAILURE, fatal_alert, refused_hello, saw
from workbench.core.exchange import Failure
from workbench.core.i18n import _

# Alerts with a rule of their own, or about certificates: they leave no room for "of its own".
_TELLING = (*range(41, 47), 48, 70, 71, 86, 100, 112, 116, 120)
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
        _("Choose the key file that was created with this certificate's signing request."),
    )


def _wrong_password(evidence: Evidence) -> int:
    return 100 if any(reason in evidence.reason.lower() for reason in _LOCAL["wrong-password"]) else NO


def _wrong_password_words(evidence: Evidence) -> Words:
    return Words(
        _("The password does not open the private key."),
        reported(evidence),
        _("Enter the password again; check the keyboard layout and Caps Lock."),
    )


def _internal(evidence: Evidence) -> int:
    alert = fatal_alert(evidence)
    if alert is None or alert in _TELLING or evidence.trouble is Trouble.STATUS:
        return NO
    if alert == HANDSHAKE_FAILURE and refused_hello(evidence):
        return FAINT
    return POSSIBLE if blame(evidence) else PLAUSIBLE - FAINT


def _internal_words(evidence: Evidence) -> Words:
    if fatal_alert(evidence) is not None:
        title = _("The server aborted TLS for a reason of its own.")
        hint = _("Check the server's log for the time of this request. The Handshake tab shows how far both sides got.")
    else:
        title = _("TLS failed for an unknown reason.")
        hint = _("The Handshake tab shows how far both sides got. Try searching for the reported error.")
    return Words(title, join(saw(evidence), _progress(evidence), reported(evidence)), hint)


def _progress(evidence: Evidence) -> str:
    handshake = evidence.handshake
    if handshake is None or not handshake.messages:
        return ""
    last = handshake.messages[-1]
    message = _("The last handshake message was {type}, received.") if last.direction == "received" else ""
    return (message or _("The last handshake message was {type}, sent.")).format(type=last.type)


def _about_tls(evidence: Evidence) -> int:
    return PLAUSIBLE if evidence.trouble in (Trouble.TLS, Trouble.ALERT, Trouble.VERIFICATION) else NO


def _unknown_words(evidence: Evidence) -> Words:
    seen = _("Reported: {trouble}, in the phase “{phase}”.").format(
        trouble=evidence.trouble.value, phase=evidence.phase.value
    )
    return Words(
        _("An unexpected error occurred."),
        join(seen, saw(evidence), _progress(evidence), reported(evidence)),
        _("Try again. If it keeps happening, see the Handshake tab and the log."),
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
# When no rule speaks.
_LAST_RESORTS = (
    Rule("tls-internal-error", _about_tls, _internal_words),
    Rule("unknown", lambda _evidence: FAINT, _unknown_words),
)


def _speaking(rules: tuple[Rule, ...], evidence: Evidence) -> list[Rule]:
    weighed = [(rule.weigh(evidence), rule) for rule in rules]
    return [rule for weight, rule in sorted(weighed, key=lambda pair: -pair[0]) if weight > NO]


def diagnose(evidence: Evidence) -> Failure:
    """The best single answer to why no response came, the other answers as candidates, best first."""
    ranked = _speaking(RULES, evidence) or _speaking(_LAST_RESORTS, evidence)[:1]
    words = ranked[0].words(evidence)
    return Failure(
        code=ranked[0].code,
        title=words.title,
        detail=words.detail,
        hint=words.hint,
        phase=evidence.phase,
        candidates=tuple(rule.code for rule in ranked[1:]),
    )
