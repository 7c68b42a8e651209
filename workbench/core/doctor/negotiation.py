"""The two ends found no common ground: version, cipher, group, signature algorithm, ALPN, server name."""

from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.phrases import endpoint, join, quoted, reported
from workbench.core.doctor.plaintext import is_tls_record
from workbench.core.doctor.rule import CERTAIN, FAINT, LIKELY, NO, PLAUSIBLE, POSSIBLE, Rule, Words
from workbench.core.doctor.wire import (
    HANDSHAKE_FAILURE,
    ILLEGAL_PARAMETER,
    INAPPROPRIATE_FALLBACK,
    INSUFFICIENT_SECURITY,
    INTERNAL_ERROR,
    MISSING_EXTENSION,
    NO_APPLICATION_PROTOCOL,
    PROTOCOL_VERSION,
    UNRECOGNIZED_NAME,
    closed,
    fatal_alert,
    refused_hello,
    saw,
)
from workbench.core.exchange import Phase
from workbench.core.i18n import _
from workbench.core.tls.policy import Version

_VERSION = (
    "unsupported protocol",
    "no protocols available",
    "wrong ssl version",
    "version too low",
    "version too high",
)
_CIPHER = (
    "no shared cipher",
    "no cipher match",
    "no ciphers available",
    "no ciphers specified",
    "wrong cipher returned",
    "unknown cipher returned",
)
_GROUP = (
    "no suitable key share",
    "no suitable groups",
    "no shared groups",
    "bad key share",
    "wrong curve",
    "unsupported elliptic curve",
    "bad ecpoint",
)
_SIGNATURE = (
    "no suitable signature algorithm",
    "no shared signature algorithms",
    "wrong signature type",
    "legacy sigalg disallowed",
    "no suitable digest",
)


def _reason(evidence: Evidence, reasons: tuple[str, ...]) -> bool:
    return evidence.trouble is Trouble.TLS and any(reason in evidence.reason.lower() for reason in reasons)


def _turned_away(evidence: Evidence) -> bool:
    """A handshake_failure in answer to our first message: no common ground, without saying in what."""
    return refused_hello(evidence) and fatal_alert(evidence) == HANDSHAKE_FAILURE


def _version(evidence: Evidence) -> int:
    if fatal_alert(evidence) in (PROTOCOL_VERSION, INAPPROPRIATE_FALLBACK) or _reason(evidence, _VERSION):
        return CERTAIN
    if _reason(evidence, ("wrong version number", "unknown protocol")):
        return LIKELY + POSSIBLE if is_tls_record(evidence.first_bytes) else POSSIBLE
    narrowed = evidence.policy.maximum is not Version.TLS1_3 or evidence.policy.minimum is Version.TLS1_3
    if _turned_away(evidence):
        return PLAUSIBLE + 12 if narrowed else POSSIBLE + 10
    return POSSIBLE if refused_hello(evidence) and closed(evidence) else NO


def _version_words(evidence: Evidence) -> Words:
    policy = evidence.policy
    offered = (
        _("This request offered only {version}.").format(version=policy.minimum)
        if policy.minimum is policy.maximum
        else _("This request offered {minimum} to {maximum}.").format(minimum=policy.minimum, maximum=policy.maximum)
    )
    if policy.maximum is not Version.TLS1_3:
        hint = _("Allow newer versions: set the maximum TLS version of this request to 1.3.")
    elif policy.minimum is Version.TLS1_3:
        hint = _("If the server supports nothing newer, allow TLS 1.2 for this request.")
    else:
        hint = _(
            "The server probably supports only TLS 1.0 or 1.1, which are insecure. Have it "
            "upgraded; until then you can lower the minimum version for this request."
        )
    title = _("The server and this request have no TLS version in common.")
    return Words(title, join(saw(evidence), offered, reported(evidence)), hint)


def _cipher(evidence: Evidence) -> int:
    chosen = evidence.policy.ciphers is not None or evidence.policy.suites is not None
    if _reason(evidence, _CIPHER):
        return CERTAIN
    if fatal_alert(evidence) == INSUFFICIENT_SECURITY:
        return CERTAIN
    return NO if not _turned_away(evidence) else LIKELY + POSSIBLE if chosen else PLAUSIBLE + 10


def _cipher_words(evidence: Evidence) -> Words:
    policy = evidence.policy
    lists = tuple(text for text in (policy.ciphers, policy.suites) if text is not None)
    if evidence.phase is Phase.PREPARE:
        return Words(
            _("The cipher list of this request contains no usable cipher suite."),
            join(_("The list is {lists}.").format(lists=quoted(lists)) if lists else "", reported(evidence)),
            _("Correct the list, or leave it empty for the defaults."),
        )
    offered = (
        _("This request offers only what {lists} allows.").format(lists=quoted(lists))
        if lists
        else _("This request offered every cipher suite that is considered secure today.")
    )
    unsure = (
        _(
            "Servers give the same answer when there is no common group or signature algorithm, or "
            "when they do not know the host name."
        )
        if _turned_away(evidence)
        else ""
    )
    hint = (
        _("Clear the cipher list of this request, or use suites that the server supports.")
        if lists
        else _("Check in the server's configuration which cipher suites it allows, and for which kind of key.")
    )
    title = _("The server and this request have no cipher suite in common.")
    return Words(title, join(saw(evidence), offered, unsure, reported(evidence)), hint)


def _group(evidence: Evidence) -> int:
    if _reason(evidence, _GROUP):
        return CERTAIN
    if fatal_alert(evidence) in (INSUFFICIENT_SECURITY, ILLEGAL_PARAMETER) and refused_hello(evidence):
        return PLAUSIBLE - FAINT
    if not _turned_away(evidence):
        return POSSIBLE if _weak_key_exchange(evidence) else NO
    return LIKELY + POSSIBLE - 1 if evidence.policy.groups is not None else PLAUSIBLE - FAINT


def _weak_key_exchange(evidence: Evidence) -> bool:
    return _reason(evidence, ("dh key too small",))


def _group_words(evidence: Evidence) -> Words:
    groups = evidence.policy.groups
    offered = _("This request offers only the groups {groups}.").format(groups=groups) if groups else ""
    hint = (
        _("Clear the groups of this request, or add one that the server supports, such as secp256r1.")
        if groups
        else _("Check in the server's configuration which groups (curves) it allows.")
    )
    title = _("The server and this request have no key-exchange group in common.")
    return Words(title, join(saw(evidence), offered, reported(evidence)), hint)


def _signature(evidence: Evidence) -> int:
    if _reason(evidence, _SIGNATURE):
        return CERTAIN
    if not _turned_away(evidence):
        return POSSIBLE if fatal_alert(evidence) == INSUFFICIENT_SECURITY else NO
    return LIKELY + POSSIBLE - 2 if evidence.policy.signature_algorithms is not None else PLAUSIBLE - 10


def _signature_words(evidence: Evidence) -> Words:
    chosen = evidence.policy.signature_algorithms
    offered = _("This request accepts only {algorithms}.").format(algorithms=chosen) if chosen else ""
    hint = (
        _("Clear the signature algorithms of this request, or add one that matches the server's key.")
        if chosen
        else _(
            "The server's key supports only signature algorithms that are no longer accepted: it "
            "needs a newer key or newer software."
        )
    )
    title = _("The server cannot sign with an algorithm that this request accepts.")
    return Words(title, join(saw(evidence), offered, reported(evidence)), hint)


def _alpn(evidence: Evidence) -> int:
    no_protocol = _reason(evidence, ("no application protocol",))
    return CERTAIN if fatal_alert(evidence) == NO_APPLICATION_PROTOCOL or no_protocol else NO


def _alpn_words(evidence: Evidence) -> Words:
    return Words(
        _("The server supports none of the HTTP versions that this request offers."),
        join(saw(evidence), _("The HTTP version is negotiated during the TLS handshake (ALPN).")),
        _("Set the HTTP version of this request to automatic, or to the other one of HTTP/1.1 and HTTP/2."),
    )


def _name(evidence: Evidence) -> int:
    alert = fatal_alert(evidence)
    sni = evidence.policy.sni
    if alert == UNRECOGNIZED_NAME:
        return CERTAIN
    if alert == MISSING_EXTENSION and sni == "":
        return LIKELY + FAINT
    if not refused_hello(evidence):
        return NO
    if alert in (HANDSHAKE_FAILURE, INTERNAL_ERROR) or closed(evidence):
        return POSSIBLE if sni is None else PLAUSIBLE + 15 if sni == "" else PLAUSIBLE - FAINT
    return NO


def _name_words(evidence: Evidence) -> Words:
    sni = evidence.policy.sni
    if sni == "":
        asked = _("This request sends no server name (SNI).")
        hint = _("Turn the server name (SNI) on again: many servers need it to choose their certificate.")
    elif sni is None:
        asked = _("The server name sent was “{name}” (SNI).").format(name=evidence.host)
        hint = _("Check the host in the URL. The server at this address must be configured for exactly this name.")
    else:
        asked = _("This request sends the server name “{name}” (SNI) instead of the host “{host}”.").format(
            name=sni, host=evidence.host
        )
        hint = _("Check the server name (SNI) set on this request, or clear it.")
    title = _("The server at {endpoint} does not recognise the requested name.").format(endpoint=endpoint(evidence))
    return Words(title, join(saw(evidence), asked), hint)


def _legacy_renegotiation(evidence: Evidence) -> int:
    return CERTAIN if _reason(evidence, ("unsafe legacy renegotiation", "renegotiation mismatch")) else NO


def _legacy_renegotiation_words(evidence: Evidence) -> Words:
    return Words(
        _("The server uses insecure TLS renegotiation."),
        join(
            _(
                "It lacks secure renegotiation (RFC 5746, from 2010), so an attacker could inject data "
                "into the connection."
            ),
            reported(evidence),
        ),
        _(
            "The server, or the appliance in front of it, needs an update. TLS 1.3, if it supports "
            "it, avoids the problem."
        ),
    )


RULES = (
    Rule("protocol-version-mismatch", _version, _version_words),
    Rule("no-shared-cipher", _cipher, _cipher_words),
    Rule("no-shared-group", _group, _group_words),
    Rule("no-shared-signature-algorithm", _signature, _signature_words),
    Rule("alpn-mismatch", _alpn, _alpn_words),
    Rule("unrecognized-name", _name, _name_words),
    Rule("legacy-renegotiation", _legacy_renegotiation, _legacy_renegotiation_words),
)
