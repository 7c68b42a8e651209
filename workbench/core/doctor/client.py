"""The server refused us: why, by weighing what it said against what we know of our identity."""

from collections.abc import Callable

from workbench.core.doctor import client_words as words
from workbench.core.doctor.accusation import Blame, accusation, after_handshake_page, blame
from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.issuer import Issuer
from workbench.core.doctor.rule import CERTAIN, FAINT, LIKELY, NO, PLAUSIBLE, POSSIBLE, Rule
from workbench.core.doctor.standing import (
    cannot_sign,
    client,
    has_wrong_purpose,
    is_at_fault,
    is_expired,
    is_not_yet_valid,
    is_stranger,
    is_weak,
    missing_issuer,
    problem_is,
    sent,
)
from workbench.core.doctor.wire import (
    ACCESS_DENIED,
    BAD_CERTIFICATE,
    CERTIFICATE_EXPIRED,
    CERTIFICATE_REQUIRED,
    CERTIFICATE_REVOKED,
    NO_RENEGOTIATION,
    UNKNOWN_CA,
    UNSUPPORTED_CERTIFICATE,
    fatal_alert,
)
from workbench.core.exchange import Phase

# Alerts that name one cause: a fact of ours that points elsewhere is then a candidate, no more.
_NAMING = (UNSUPPORTED_CERTIFICATE, CERTIFICATE_REVOKED, CERTIFICATE_EXPIRED, UNKNOWN_CA, CERTIFICATE_REQUIRED)
_OUR_KEY_TOO_WEAK = ("ee key too small", "ca key too small", "ca md too weak", "unknown certificate type")


def _version(evidence: Evidence) -> str:
    return evidence.handshake.version if evidence.handshake else ""


def _by_fact(alert: int, holds: Callable[[Evidence], bool], known: int, unfounded: int) -> Callable[[Evidence], int]:
    """Weigh a cause that ``alert`` names and a fact about the certificates that we sent supports.

    ``known`` is the weight of the fact when the refusal names no cause, ``unfounded`` that of the alert
    when nothing that we know bears it out.
    """

    def weigh(evidence: Evidence) -> int:
        if not blame(evidence) or not sent(evidence):
            return NO
        accused = accusation(evidence)
        if holds(evidence):
            if accused == alert:
                return CERTAIN
            return known - PLAUSIBLE + POSSIBLE if accused in _NAMING else known
        return unfounded if accused == alert else NO

    return weigh


def _required(evidence: Evidence) -> int:
    sure = blame(evidence)
    if not sure:
        return NO
    accused = accusation(evidence)
    if sent(evidence):
        return PLAUSIBLE + FAINT if accused == CERTIFICATE_REQUIRED else NO
    if accused == CERTIFICATE_REQUIRED:
        return CERTAIN
    return {Blame.OPEN: CERTAIN - FAINT, Blame.VAGUE: CERTAIN - 2 * FAINT}.get(sure, LIKELY)


def _unsupported(evidence: Evidence) -> int:
    if evidence.phase is Phase.PREPARE and any(reason in evidence.reason.lower() for reason in _OUR_KEY_TOO_WEAK):
        return CERTAIN + FAINT
    if not blame(evidence):
        return NO
    accused = accusation(evidence)
    if not sent(evidence):
        return CERTAIN + FAINT if _is_unusable(evidence) else NO
    if _is_unusable(evidence):
        return CERTAIN if accused in (UNSUPPORTED_CERTIFICATE, BAD_CERTIFICATE) else LIKELY - 2 * FAINT
    if is_weak(sent(evidence)[0]) or problem_is(evidence, "client-certificate-unsupported"):
        return LIKELY - 2 * FAINT if accused in (UNSUPPORTED_CERTIFICATE, BAD_CERTIFICATE) else PLAUSIBLE + 2
    return LIKELY - FAINT if accused == UNSUPPORTED_CERTIFICATE else NO


def _is_unusable(evidence: Evidence) -> bool:
    chain = sent(evidence) or evidence.identity_chain
    return bool(chain) and cannot_sign(chain[0], client(evidence), _version(evidence))


def _chain_incomplete(evidence: Evidence) -> int:
    if not blame(evidence) or not sent(evidence):
        return NO
    missing = missing_issuer(evidence)
    if missing is None:
        return NO
    intermediate = missing.is_intermediate
    if accusation(evidence) == UNKNOWN_CA:
        return CERTAIN - FAINT if intermediate else PLAUSIBLE if missing is Issuer.UNKNOWN else POSSIBLE
    if not intermediate:
        return POSSIBLE
    if client(evidence).acceptable_authorities or missing is Issuer.SURE_INTERMEDIATE:
        return LIKELY - 1
    return PLAUSIBLE - 2 * FAINT


def _untrusted(evidence: Evidence) -> int:
    if not blame(evidence) or not sent(evidence):
        return NO
    stranger = is_stranger(evidence)
    accused = accusation(evidence)
    if accused == UNKNOWN_CA:
        return CERTAIN - 2 * FAINT
    if accused in _NAMING:
        return FAINT
    if client(evidence).acceptable_authorities and not stranger:
        return LIKELY if problem_is(evidence, "client-certificate-untrusted") else FAINT
    if problem_is(evidence, "client-certificate-untrusted"):
        return LIKELY
    return LIKELY - FAINT if stranger else PLAUSIBLE - POSSIBLE


def _revoked(evidence: Evidence) -> int:
    if not blame(evidence) or not sent(evidence):
        return NO
    accused = accusation(evidence)
    if accused == CERTIFICATE_REVOKED:
        return CERTAIN
    return NO if accused in _NAMING else FAINT


def _forbidden(evidence: Evidence) -> int:
    if accusation(evidence) != ACCESS_DENIED or not blame(evidence) or not sent(evidence):
        return NO
    if evidence.trouble is not Trouble.STATUS:
        return PLAUSIBLE - 2 * POSSIBLE  # GnuTLS says access_denied of every certificate that it cannot verify
    # HAProxy and Node can be told to let such a one through TLS and answer 403 or 401.
    return LIKELY - 2 * FAINT if is_at_fault(evidence) else CERTAIN - FAINT


def _rejected(evidence: Evidence) -> int:
    sure = blame(evidence)
    if not sure:
        return NO
    if not sent(evidence):
        return POSSIBLE if evidence.identity_chain else NO
    weights = {Blame.OPEN: PLAUSIBLE, Blame.VAGUE: PLAUSIBLE - 2, Blame.LATE: POSSIBLE}
    return weights.get(sure, PLAUSIBLE + FAINT + 1)


def _after_handshake(evidence: Evidence) -> int:
    if after_handshake_page(evidence) or "http_1_1_required" in evidence.message.lower():
        return CERTAIN + FAINT
    renegotiation = fatal_alert(evidence) == NO_RENEGOTIATION or "no renegotiation" in evidence.reason.lower()
    if renegotiation and evidence.trouble in (Trouble.ALERT, Trouble.TLS):
        return CERTAIN
    if not client(evidence).after_handshake:
        return NO
    if blame(evidence) and evidence.trouble is not Trouble.STATUS:
        return PLAUSIBLE + 2 * FAINT
    return LIKELY if evidence.trouble is Trouble.TLS else NO


RULES = (
    Rule("client-certificate-required", _required, words.required),
    Rule("client-certificate-unsupported", _unsupported, words.unsupported),
    Rule("client-certificate-revoked", _revoked, words.revoked),
    Rule(
        "client-certificate-expired",
        _by_fact(CERTIFICATE_EXPIRED, is_expired, known=LIKELY + 3, unfounded=LIKELY),
        words.expired,
    ),
    Rule(
        "client-certificate-not-yet-valid",
        # Go and rustls send certificate_expired for this too; without the fact it would be a guess.
        _by_fact(CERTIFICATE_EXPIRED, is_not_yet_valid, known=LIKELY + 3, unfounded=POSSIBLE),
        words.not_yet_valid,
    ),
    Rule(
        "client-certificate-wrong-purpose",
        # OpenSSL answers unsupported_certificate to a certificate without clientAuth.
        _by_fact(UNSUPPORTED_CERTIFICATE, has_wrong_purpose, known=LIKELY + 2, unfounded=PLAUSIBLE),
        words.wrong_purpose,
    ),
    Rule("client-certificate-chain-incomplete", _chain_incomplete, words.chain_incomplete),
    Rule("client-certificate-untrusted", _untrusted, words.untrusted),
    Rule("client-certificate-forbidden", _forbidden, words.forbidden),
    Rule("post-handshake-authentication", _after_handshake, words.after_handshake),
    Rule("client-certificate-rejected", _rejected, words.rejected),
)
