"""The server's certificates: one rule a code, words that name the certificate at fault."""

from collections.abc import Callable
from datetime import timedelta

from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.phrases import apart, join, quoted, reported
from workbench.core.doctor.rule import CERTAIN, NO, POSSIBLE, Rule, Words
from workbench.core.doctor.verification import ORDER, Peer, out_of_date
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.names import is_address

_ABOUT_A_DAY = timedelta(days=1)
_WEAK_REASONS = ("dh key too small", "ee key too small", "ca key too small", "ca md too weak")


def _weigh(code: str) -> Callable[[Evidence], int]:
    def weigh(evidence: Evidence) -> int:
        if evidence.trouble is not Trouble.VERIFICATION:
            return NO
        peer = Peer.of(evidence)
        codes = peer.codes()
        if code in codes:
            return CERTAIN - ORDER.index(code)
        return POSSIBLE if code in _neighbours(codes) else NO

    return weigh


def _neighbours(codes: tuple[str, ...]) -> tuple[str, ...]:
    """A missing issuer reads alike whether it is an intermediate or an authority that we lack."""
    pair = ("server-chain-incomplete", "server-untrusted")
    return pair if any(code in codes for code in pair) else ()


def _at_fault(evidence: Evidence, code: str) -> tuple[Certificate | None, str]:
    """The certificate an error is about, and OpenSSL's words."""
    errors = Peer.of(evidence).errors(code)
    if not errors:
        return Peer.of(evidence).leaf, evidence.message or evidence.reason
    first = errors[0]
    presented = evidence.handshake.peer.presented if evidence.handshake else ()
    by_depth = presented[first.depth] if first.depth < len(presented) else None
    return first.certificate or by_depth, first.message


def _called(certificate: Certificate | None) -> str:
    return certificate.subject or certificate.common_name if certificate else _("(not seen)")


def _bundles(evidence: Evidence) -> str:
    if not evidence.trust:
        return _("No trust bundle is chosen.")
    return _("The trust chosen is {bundles}.").format(bundles=quoted(evidence.trust))


def _untrusted(evidence: Evidence) -> Words:
    peer = Peer.of(evidence)
    hint = _(
        "If you expect this authority (an organisation's own, for example), get its certificate from the server's "
        "operator, import it as a trust bundle and choose that for this request."
    )
    title = _("The server's certificate comes from an authority that is not trusted here.")
    if peer.leaf is None:
        return Words(title, join(reported(evidence), _bundles(evidence)), hint)
    top = peer.path[-1]
    chain = _("The certificate “{subject}” was issued by “{issuer}”.").format(
        subject=_called(peer.leaf), issuer=peer.leaf.issuer
    )
    end = ""
    if len(peer.path) > 1:
        end = _("The chain ends in the authority “{authority}”.").format(
            authority=top.subject if top.is_self_issued else top.issuer
        )
    namesake = any(anchor.subject == top.issuer for anchor in peer.anchors)
    renewed = (
        _("A bundle holds an authority of this name, but with another key: it may have been renewed.")
        if namesake
        else _("No chosen bundle holds that authority.")
    )
    held = peer.missing_issuer()
    elsewhere = _("Its certificate is at hand, in another bundle or identity.") if held in peer.known else ""
    return Words(title, join(chain, end, renewed, _bundles(evidence), elsewhere), hint)


def _self_signed(evidence: Evidence) -> Words:
    leaf, _message = _at_fault(evidence, "server-self-signed")
    thumbprint = _("Its SHA-256 thumbprint is {sha256}.").format(sha256=leaf.sha256) if leaf else ""
    return Words(
        _("The server signed its certificate itself."),
        join(
            _("No authority vouches for “{subject}”, so anyone could have made it.").format(subject=_called(leaf)),
            thumbprint,
            _bundles(evidence),
        ),
        _(
            "Compare the thumbprint with what the server's operator tells you. If it is right, import this certificate "
            "as a trust bundle, or pin its thumbprint for this request."
        ),
    )


def _incomplete(evidence: Evidence) -> Words:
    peer = Peer.of(evidence)
    title = _("The server did not send the whole of its certificate chain.")
    hint = _(
        "Have the server configured to send its full chain (leaf and intermediates). Until then, import the missing "
        "certificate as a trust bundle and choose it beside the present one."
    )
    if peer.leaf is None:
        return Words(title, reported(evidence), hint)
    top = peer.path[-1]
    missing = _("“{subject}” was issued by “{issuer}”, and that certificate was not sent.").format(
        subject=_called(top), issuer=top.issuer
    )
    strangers = len(peer.proof.presented) - len(peer.path)
    beside = _("What it sent besides does not belong to it.") if strangers > 0 else ""
    if top.issuer_urls:
        where = _("The certificate says where to get it: {url}").format(url=top.issuer_urls[0])
    else:
        where = _("The certificate does not say where to get it.")
    browsers = _("Browsers fetch or remember such certificates; most other programs fail here as this one does.")
    return Words(title, join(missing, beside, browsers, where), hint)


def _clock(evidence: Evidence, certificate: Certificate | None) -> str:
    """A sentence when the dates look more like our clock's fault than the server's; else empty."""
    peer = Peer.of(evidence)
    begins, ends = (certificate.not_before, certificate.not_after) if certificate else (None, None)
    near = (begins is not None and timedelta(0) <= begins - evidence.now < _ABOUT_A_DAY) or (
        ends is not None and timedelta(0) <= evidence.now - ends < _ABOUT_A_DAY
    )
    if out_of_date(peer.proof.presented, evidence):
        why = _("Every certificate of the chain is out of date at once, so it is likelier that this clock is wrong.")
    elif near:
        why = _("That is less than a day off: this clock, or its time zone, may be wrong.")
    else:
        return ""
    return why


def _dates_hint(clock: str, otherwise: str) -> str:
    return _("First check date, time and time zone of this computer.") + " " + otherwise if clock else otherwise


def _expired(evidence: Evidence) -> Words:
    certificate, message = _at_fault(evidence, "server-expired")
    clock = _clock(evidence, certificate)
    leaf = Peer.of(evidence).leaf
    title = _("The server's certificate has expired.")
    if certificate is not None and certificate != leaf:
        title = _("A certificate in the server's chain has expired.")
    seen = message
    if certificate is not None:
        edge, today = apart(certificate.not_after, evidence.now)
        seen = _("“{subject}” was valid until {date}; this computer's clock says {today}.").format(
            subject=_called(certificate), date=edge, today=today
        )
    return Words(title, join(seen, clock), _dates_hint(clock, _("The server's operator has to renew it.")))


def _not_yet_valid(evidence: Evidence) -> Words:
    certificate, message = _at_fault(evidence, "server-not-yet-valid")
    clock = _clock(evidence, certificate)
    seen = message
    if certificate is not None:
        edge, today = apart(certificate.not_before, evidence.now)
        seen = _("“{subject}” is valid from {date}; this computer's clock says {today}.").format(
            subject=_called(certificate), date=edge, today=today
        )
    hint = _dates_hint(
        clock, _("Otherwise wait for that day, or ask the server's operator for a certificate that holds.")
    )
    return Words(_("The server's certificate is not valid yet."), join(seen, clock), hint)


def _name_mismatch(evidence: Evidence) -> Words:
    host = evidence.host or (evidence.handshake.host if evidence.handshake else "")
    leaf = Peer.of(evidence).leaf
    names = _names(leaf)
    title = _("The server's certificate is not for “{host}”.").format(host=host)
    if names:
        valid = _("It is valid for {names}.").format(names=quoted(names))
    else:
        valid = _("It names no host that it is valid for (no subject alternative name).")
    hint = _(
        "Use a host name of the certificate in the URL, or have the server's certificate issued again with this name. "
        "If the names are strange to you, you have reached another server than you meant."
    )
    return Words(title, join(valid, _why_not(host, leaf, names), _server_name(evidence)), hint)


def _names(leaf: Certificate | None) -> tuple[str, ...]:
    every = leaf.subject_alternative_names if leaf else ()
    return tuple(name.partition(":")[2] for name in every if name.startswith(("DNS:", "IP:")))


def _why_not(host: str, leaf: Certificate | None, names: tuple[str, ...]) -> str:
    if leaf is not None and not names and leaf.common_name.casefold() == host.casefold():
        return _("Only its common name (CN) is “{host}”, and that has not counted since 2011 (RFC 6125).").format(
            host=host
        )
    for name in names:
        if name.startswith("*."):
            parent = name[2:].casefold()
            if "." not in parent and host.casefold().endswith("." + parent):
                return _("“{name}” counts for no host: a wildcard needs at least two labels after it.").format(
                    name=name
                )
            if host.casefold() == parent or host.casefold().endswith("." + parent):
                return _("“{name}” stands for exactly one label before “{parent}”.").format(name=name, parent=parent)
    if is_address(host) and not any(is_address(name) for name in names):
        return _("An address in the URL must be in the certificate as an address; host names do not count for it.")
    return ""


def _server_name(evidence: Evidence) -> str:
    sni = evidence.policy.sni
    if sni == "":
        return _("This request sends no server name (SNI), so the server may have shown its default certificate.")
    if sni is not None:
        return _("This request asked for “{name}” by SNI.").format(name=sni)
    return ""


def _revoked(evidence: Evidence) -> Words:
    certificate, message = _at_fault(evidence, "server-revoked")
    return Words(
        _("The server's certificate has been revoked."),
        join(
            _("The issuer “{issuer}” has withdrawn “{subject}”.").format(
                issuer=certificate.issuer if certificate else "", subject=_called(certificate)
            ),
            _("Reported: {message}.").format(message=message) if message else "",
        ),
        _("Do not send anything there. Tell the server's operator: its key may have been stolen, it needs a new one."),
    )


def _wrong_purpose(evidence: Evidence) -> Words:
    certificate, message = _at_fault(evidence, "server-wrong-purpose")
    usages = certificate.extended_key_usages if certificate else ()
    allowed = (
        _("It is for {usages}; a server needs serverAuth.").format(usages=quoted(usages))
        if usages and "serverAuth" not in usages
        else _("Reported: {message}.").format(message=message)
    )
    return Words(
        _("The certificate that the server shows is not meant for servers."),
        join(_("“{subject}” carries another purpose.").format(subject=_called(certificate)), allowed),
        _("The server's operator has to install a certificate with the extended key usage serverAuth."),
    )


def _weigh_weak(evidence: Evidence) -> int:
    if evidence.trouble is Trouble.TLS and any(reason in evidence.reason.lower() for reason in _WEAK_REASONS):
        return CERTAIN
    return _weigh("server-weak")(evidence)


def _weak(evidence: Evidence) -> Words:
    if "dh key" in evidence.reason.lower():
        return Words(
            _("The server's Diffie-Hellman key is too small to be safe."),
            reported(evidence),
            _(
                "The server's operator has to use a group of 2048 bits or more, or elliptic curves. A cipher list "
                "without DHE (such as DEFAULT:!DHE) avoids it, if the server knows another key exchange."
            ),
        )
    certificate, message = _at_fault(evidence, "server-weak")
    facts = ""
    if certificate is not None:
        facts = _("“{subject}” has the key {key} and is signed with {algorithm}.").format(
            subject=_called(certificate), key=certificate.key, algorithm=certificate.signature_algorithm
        )
    return Words(
        _("The server's certificates are too weak to be believed."),
        join(facts, _("Reported: {message}.").format(message=message) if message else ""),
        _("The server's operator has to get a certificate with RSA of 2048 bits or more, or EC, signed with SHA-256."),
    )


def _constraint(evidence: Evidence) -> Words:
    certificate, message = _at_fault(evidence, "server-constraint-violation")
    return Words(
        _("The server's chain breaks a rule that one of its certificates sets."),
        join(
            _("At “{subject}”: {message}.").format(subject=_called(certificate), message=message.rstrip(".")),
            _("Authorities limit what those below them may issue: for which names, how deep, for which use."),
        ),
        _("The server's operator has to get a certificate from an authority that is allowed to issue it."),
    )


def _pin_mismatch(evidence: Evidence) -> Words:
    leaf = Peer.of(evidence).leaf
    seen = (
        _("It is {sha256}, its public key {spki}.").format(sha256=leaf.sha256, spki=leaf.spki_sha256 or "–")
        if leaf
        else ""
    )
    return Words(
        _("The server's certificate is not the one that was pinned."),
        join(_("Pinned is {pin}.").format(pin=evidence.policy.pin) if evidence.policy.pin else "", seen),
        _(
            "Ask the server's operator whether the certificate was renewed, and compare thumbprints over another way "
            "than this connection. Then change the pin."
        ),
    )


RULES = (
    Rule("server-pin-mismatch", _weigh("server-pin-mismatch"), _pin_mismatch),
    Rule("server-revoked", _weigh("server-revoked"), _revoked),
    Rule("server-self-signed", _weigh("server-self-signed"), _self_signed),
    Rule("server-chain-incomplete", _weigh("server-chain-incomplete"), _incomplete),
    Rule("server-untrusted", _weigh("server-untrusted"), _untrusted),
    Rule("server-constraint-violation", _weigh("server-constraint-violation"), _constraint),
    Rule("server-weak", _weigh_weak, _weak),
    Rule("server-wrong-purpose", _weigh("server-wrong-purpose"), _wrong_purpose),
    Rule("server-name-mismatch", _weigh("server-name-mismatch"), _name_mismatch),
    Rule("server-expired", _weigh("server-expired"), _expired),
    Rule("server-not-yet-valid", _weigh("server-not-yet-valid"), _not_yet_valid),
)
