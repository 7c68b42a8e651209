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
    return certificate.subject or certificate.common_name if certificate else _("(not known)")


def _bundles(evidence: Evidence) -> str:
    if not evidence.trust:
        return _("No trust bundle is chosen.")
    return _("Trust bundles used: {bundles}.").format(bundles=quoted(evidence.trust))


def _untrusted(evidence: Evidence) -> Words:
    peer = Peer.of(evidence)
    hint = _(
        "If you expect this CA (for example your organisation's own), get its certificate from "
        "the server's operator, import it as a trust bundle and use that for this request."
    )
    title = _("The server's certificate was issued by a CA that is not trusted.")
    if peer.leaf is None:
        return Words(title, join(reported(evidence), _bundles(evidence)), hint)
    top = peer.path[-1]
    chain = _("The certificate “{subject}” was issued by “{issuer}”.").format(
        subject=_called(peer.leaf), issuer=peer.leaf.issuer
    )
    end = ""
    if len(peer.path) > 1:
        end = _("The chain ends in the CA “{authority}”.").format(
            authority=top.subject if top.is_self_issued else top.issuer
        )
    namesake = any(anchor.subject == top.issuer for anchor in peer.anchors)
    renewed = (
        _("A bundle contains a CA of this name, but with another key: it may have been renewed.")
        if namesake
        else _("No chosen bundle contains that CA.")
    )
    held = peer.missing_issuer()
    elsewhere = _("You have its certificate, in another bundle or identity.") if held in peer.known else ""
    return Words(title, join(chain, end, renewed, _bundles(evidence), elsewhere), hint)


def _self_signed(evidence: Evidence) -> Words:
    leaf, _message = _at_fault(evidence, "server-self-signed")
    thumbprint = _("Its SHA-256 thumbprint is {sha256}.").format(sha256=leaf.sha256) if leaf else ""
    return Words(
        _("The server's certificate is self-signed."),
        join(
            _("No CA vouches for “{subject}”, so anyone could have created it.").format(subject=_called(leaf)),
            thumbprint,
            _bundles(evidence),
        ),
        _(
            "Compare the thumbprint with the one from the server's operator. If they match, import "
            "this certificate as a trust bundle and use that for this request."
        ),
    )


def _incomplete(evidence: Evidence) -> Words:
    peer = Peer.of(evidence)
    title = _("The server did not send its complete certificate chain.")
    hint = _(
        "Have the server configured to send its full chain (leaf and intermediates). Until "
        "then, import the missing certificate as a trust bundle and use it together with the "
        "present one."
    )
    if peer.leaf is None:
        return Words(title, reported(evidence), hint)
    top = peer.path[-1]
    missing = _("“{subject}” was issued by “{issuer}”, and that certificate was not sent.").format(
        subject=_called(top), issuer=top.issuer
    )
    strangers = len(peer.proof.presented) - len(peer.path)
    beside = _("The other certificates it sent do not belong to it.") if strangers > 0 else ""
    if top.issuer_urls:
        where = _("According to the certificate, it can be downloaded from {url}").format(url=top.issuer_urls[0])
    else:
        where = _("The certificate does not say where to download it.")
    browsers = _("Browsers download or cache such certificates; most other programs fail here just like this one.")
    return Words(title, join(missing, beside, browsers, where), hint)


def _clock(evidence: Evidence, certificate: Certificate | None) -> str:
    """A sentence when the dates look more like our clock's fault than the server's; else empty."""
    peer = Peer.of(evidence)
    begins, ends = (certificate.not_before, certificate.not_after) if certificate else (None, None)
    near = (begins is not None and timedelta(0) <= begins - evidence.now < _ABOUT_A_DAY) or (
        ends is not None and timedelta(0) <= evidence.now - ends < _ABOUT_A_DAY
    )
    if out_of_date(peer.proof.presented, evidence):
        why = _(
            "Every certificate of the chain is outside its validity at the same time, so this clock is probably wrong."
        )
    elif near:
        why = _("The difference is less than a day: this clock, or its time zone, may be wrong.")
    else:
        return ""
    return why


def _dates_hint(clock: str, otherwise: str) -> str:
    return _("First check date, time and time zone of this computer.") + " " + otherwise if clock else otherwise


def _expired(evidence: Evidence) -> Words:
    certificate, message = _at_fault(evidence, "server-expired")
    clock = _clock(evidence, certificate)
    peer = Peer.of(evidence)
    leaf = peer.leaf
    title = _("The server's certificate has expired.")
    if certificate is not None and certificate != leaf:
        title = _("A certificate in the server's chain has expired.")
    seen = message
    if certificate is not None:
        edge, today = apart(certificate.not_after, evidence.now)
        seen = _("“{subject}” was valid until {date}; this computer's clock says {today}.").format(
            subject=_called(certificate), date=edge, today=today
        )
    todo = _("The server's operator has to renew it.")
    if certificate is not None and certificate != leaf:
        todo = _("The server's operator has to install the current certificate of that CA in the server's chain.")
        if certificate in peer.anchors:
            todo = _("Import the current certificate of that CA: the one in your trust bundle has expired.")
    return Words(title, join(seen, clock), _dates_hint(clock, todo))


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
        clock, _("Otherwise wait until that day, or ask the server's operator for a certificate that is valid now.")
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
        valid = _("It contains no host name (no subject alternative name).")
    hint = _(
        "Use a host name from the certificate in the URL, or have the server's certificate "
        "reissued with this name. If you do not recognise the names, this is not the server "
        "that you meant."
    )
    return Words(title, join(valid, _why_not(host, leaf, names), _server_name(evidence)), hint)


def _names(leaf: Certificate | None) -> tuple[str, ...]:
    every = leaf.subject_alternative_names if leaf else ()
    return tuple(name.partition(":")[2] for name in every if name.startswith(("DNS:", "IP:")))


def _why_not(host: str, leaf: Certificate | None, names: tuple[str, ...]) -> str:
    if leaf is not None and not names and leaf.common_name.casefold() == host.casefold():
        return _("Only its common name (CN) is “{host}”, which has not counted since 2011 (RFC 6125).").format(
            host=host
        )
    for name in names:
        if name.startswith("*."):
            parent = name[2:].casefold()
            if "." not in parent and host.casefold().endswith("." + parent):
                return _("“{name}” matches no host: a wildcard needs at least two labels after it.").format(name=name)
            if host.casefold() == parent or host.casefold().endswith("." + parent):
                return _("“{name}” matches exactly one label before “{parent}”.").format(name=name, parent=parent)
    if is_address(host) and not any(is_address(name) for name in names):
        return _(
            "An IP address in the URL must be listed in the certificate as an IP address; host "
            "names do not count for it."
        )
    return ""


def _server_name(evidence: Evidence) -> str:
    sni = evidence.policy.sni
    if sni == "":
        return _("This request sends no server name (SNI), so the server may have used its default certificate.")
    if sni is not None:
        return _("This request sent the server name “{name}” (SNI).").format(name=sni)
    return ""


def _revoked(evidence: Evidence) -> Words:
    certificate, message = _at_fault(evidence, "server-revoked")
    return Words(
        _("The server's certificate has been revoked."),
        join(
            _("The issuer “{issuer}” has revoked “{subject}”.").format(
                issuer=certificate.issuer if certificate else "", subject=_called(certificate)
            ),
            _("Reported: {message}.").format(message=message) if message else "",
        ),
        _(
            "Do not send anything there. Tell the server's operator: the key may have been stolen, "
            "and a new one is needed."
        ),
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
        _("The server's certificate is not intended for servers."),
        join(_("“{subject}” is for another purpose.").format(subject=_called(certificate)), allowed),
        _("The server's operator has to install a certificate with the extended key usage serverAuth."),
    )


def _weigh_weak(evidence: Evidence) -> int:
    if evidence.trouble is Trouble.TLS and any(reason in evidence.reason.lower() for reason in _WEAK_REASONS):
        return CERTAIN
    return _weigh("server-weak")(evidence)


def _weak(evidence: Evidence) -> Words:
    if "dh key" in evidence.reason.lower():
        return Words(
            _("The server's Diffie-Hellman key is too small to be secure."),
            reported(evidence),
            _(
                "The server's operator has to use a group of at least 2048 bits, or elliptic curves. A "
                "cipher list without DHE (such as DEFAULT:!DHE) avoids it if the server supports "
                "another key exchange."
            ),
        )
    certificate, message = _at_fault(evidence, "server-weak")
    facts = ""
    if certificate is not None:
        facts = _("“{subject}” has the key {key} and is signed with {algorithm}.").format(
            subject=_called(certificate), key=certificate.key, algorithm=certificate.signature_algorithm
        )
    return Words(
        _("The server's certificates are too weak to be trusted."),
        join(facts, _("Reported: {message}.").format(message=message) if message else ""),
        _(
            "The server's operator has to get a certificate with an RSA key of at least 2048 bits, "
            "or an EC key, signed with SHA-256."
        ),
    )


def _constraint(evidence: Evidence) -> Words:
    certificate, message = _at_fault(evidence, "server-constraint-violation")
    return Words(
        _("The server's chain violates a constraint set by one of its certificates."),
        join(
            _("At “{subject}”: {message}.").format(subject=_called(certificate), message=message.rstrip(".")),
            _("CAs limit what the CAs below them may issue: for which names, how deep, for which use."),
        ),
        _("The server's operator has to get a certificate from a CA that is allowed to issue it."),
    )


def _pin_mismatch(evidence: Evidence) -> Words:
    leaf = Peer.of(evidence).leaf
    seen = (
        _("It is {sha256}, its public key {spki}.").format(sha256=leaf.sha256, spki=leaf.spki_sha256 or "–")
        if leaf
        else ""
    )
    return Words(
        _("The server's certificate is not the pinned one."),
        join(_("Pinned: {pin}.").format(pin=evidence.policy.pin) if evidence.policy.pin else "", seen),
        _(
            "Ask the server's operator whether the certificate was renewed, and compare "
            "thumbprints over another channel than this connection. Then change the pin."
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
