"""What to say when the server refused us: what it said, what we know, what to do."""

from workbench.core.doctor.accusation import Blame, accusation, blame, http_answer
from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.http_refusal import Meaning
from workbench.core.doctor.own_problem import is_about_dates, problem_words
from workbench.core.doctor.phrases import apart, day, join, quoted, reported
from workbench.core.doctor.rule import Words
from workbench.core.doctor.standing import (
    cannot_sign,
    client,
    first_expired,
    first_not_yet_valid,
    held_issuer,
    is_accepted_by_name,
    is_weak,
    lacks_client_purpose,
    problem_with_ours,
    sent,
    shown,
)
from workbench.core.doctor.wire import CERTIFICATE_EXPIRED, DECRYPT_ERROR, saw
from workbench.core.exchange import Phase
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate


def _named(evidence: Evidence) -> str:
    name = evidence.identity_name or client(evidence).identity
    return _("the identity “{name}”").format(name=name) if name else _("this identity")


def _subject(certificate: Certificate) -> str:
    return certificate.subject or certificate.common_name


def _found_here(evidence: Evidence) -> str:
    """What verifying our own chain here found, but for dates, which are told by themselves."""
    problem = problem_with_ours(evidence)
    return "" if problem is None or is_about_dates(problem) else problem_words(problem)


# Keys by the beginning of the IANA names of the signature schemes that they sign with (RFC 8446 4.2.3).
_KEYS = (
    ("rsa_", _("RSA with at least 2048 bits")),
    ("ecdsa_secp256r1", _("EC on secp256r1")),
    ("ecdsa_secp384r1", _("EC on secp384r1")),
    ("ecdsa_secp521r1", _("EC on secp521r1")),
    ("ed25519", "Ed25519"),
    ("ed448", "Ed448"),
    ("mldsa", "ML-DSA"),
)


def suitable_keys(signature_algorithms: tuple[str, ...], tried: Certificate | None = None) -> str:
    """The kinds of keys that a server takes which accepts these; the usual ones when it named none.

    Not the kind of ``tried``, unless that is only too weak.
    """
    named = [name.lower() for name in signature_algorithms] or ["rsa_", "ecdsa_secp256r1"]
    kind = "" if tried is None or is_weak(tried) else tried.key.lower()
    left = [(start, key) for start, key in _KEYS if not (kind and _is_of(kind, start))]
    kinds = [key for start, key in left if any(name.startswith(start) for name in named)]
    return ", ".join(kinds or [key for _start, key in left[:2]])


def _is_of(kind: str, start: str) -> bool:
    """Whether a key such as ``ec-256-secp256r1`` signs with schemes whose names begin with ``start``."""
    family, _dash, curve = start.partition("_")
    return kind.endswith(curve) if family == "ecdsa" else kind.startswith(family)


def _accepts(evidence: Evidence) -> str:
    authorities = client(evidence).acceptable_authorities
    if not authorities:
        return _("It did not say which CAs it accepts.") if client(evidence).requested else ""
    return _("It accepts certificates issued by {authorities}.").format(authorities=quoted(authorities))


def required(evidence: Evidence) -> Words:
    """Asked for, none sent."""
    if sent(evidence):
        detail = join(saw(evidence), _("The certificate of {identity} was sent.").format(identity=_named(evidence)))
        hint = _("A proxy in between may not have passed the certificate on: ask the server's operator.")
    elif evidence.identity_chain:
        detail = join(
            saw(evidence),
            _("{identity} was chosen, but its certificate was not sent.").format(identity=_capital(_named(evidence))),
            _accepts(evidence),
        )
        hint = _(
            "See the TLS tab: key type and signature algorithms of both sides must match. Or choose another identity."
        )
    else:
        detail = join(
            saw(evidence), _("No identity is set for this request, so no certificate was sent."), _accepts(evidence)
        )
        hint = _("Choose an identity that was issued by a CA the server accepts.")
    if evidence.trouble is Trouble.STATUS and http_answer(evidence).meaning is Meaning.INFERRED:
        detail = join(detail, _("The answer does not say why it was refused."))
        return Words(_("The server may require a client certificate for this request."), detail, hint)
    if blame(evidence) < Blame.VAGUE:
        title = _("The server asked for a client certificate, got none, and closed the connection.")
        return Words(title, detail, hint)
    return Words(_("The server requires a client certificate."), detail, hint)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def unsupported(evidence: Evidence) -> Words:
    """Key type or signature algorithm not in the server's list, or too weak."""
    chain = shown(evidence)
    proof = client(evidence)
    version = evidence.handshake.version if evidence.handshake else ""
    facts = ""
    if chain:
        facts = _("The certificate “{subject}” has the key {key} and is signed with {algorithm}.").format(
            subject=_subject(chain[0]), key=chain[0].key, algorithm=chain[0].signature_algorithm
        )
    wants = ""
    if chain and cannot_sign(chain[0], proof, version):
        wants = _(
            "The server accepts only the signature algorithms {algorithms}, none of which this key supports."
        ).format(algorithms=quoted(proof.signature_algorithms))
        if not sent(evidence):
            wants = join(wants, _("So no certificate was sent."))
    return Words(
        _("The server cannot use the key or the signature of {identity}.").format(identity=_named(evidence)),
        join(
            saw(evidence),
            facts,
            wants,
            _found_here(evidence),
            reported(evidence) if evidence.phase is Phase.PREPARE else "",
        ),
        _("Ask the issuer for a certificate that the server can use, signed with SHA-256. It takes: {keys}.").format(
            keys=suitable_keys(proof.signature_algorithms, chain[0] if sent(evidence) else None)
        ),
    )


def expired(evidence: Evidence) -> Words:
    """Past its end."""
    chain = sent(evidence)
    certificate = first_expired(chain, evidence.now)
    if certificate is None:
        ends = [one.not_after for one in chain if one.not_after is not None]
        return Words(
            _("The server says that your certificate has expired."),
            join(
                saw(evidence),
                _(
                    "By this computer's clock ({today}) every certificate sent is valid; the first expires on {date}."
                ).format(today=day(evidence.now), date=day(min(ends)))
                if ends and len(ends) == len(chain)
                else "",
            ),
            _(
                "Compare this computer's clock with the server's, and ask the server's operator which "
                "certificate is meant."
            ),
        )
    title = _("Your certificate has expired.")
    if certificate != chain[0]:
        title = _("A certificate in your chain has expired.")
    return Words(
        title,
        join(
            saw(evidence),
            _("“{subject}” expired on {date}.").format(subject=_subject(certificate), date=day(certificate.not_after)),
        ),
        _("Have it renewed by its issuer “{issuer}”, import the new one and choose it.").format(
            issuer=certificate.issuer
        )
        if certificate == chain[0]
        else _(
            "Get the current certificate of “{subject}” from whoever issued yours, and import the identity again with "
            "it. Your own certificate may be valid still."
        ).format(subject=_subject(certificate)),
    )


def not_yet_valid(evidence: Evidence) -> Words:
    """Before its beginning."""
    certificate = first_not_yet_valid(sent(evidence), evidence.now)
    seen = ""
    if certificate is not None:
        edge, today = apart(certificate.not_before, evidence.now)
        seen = _("“{subject}” is valid from {date}; this computer's clock says {today}.").format(
            subject=_subject(certificate), date=edge, today=today
        )
    elif accusation(evidence) == CERTIFICATE_EXPIRED:
        seen = _("Some servers also say “expired” when a certificate is not valid yet by their clock.")
    return Words(
        _("Your certificate is not valid yet."),
        join(saw(evidence), seen),
        _("Wait until that day, check this computer's clock, or ask the issuer for a certificate that is valid now."),
    )


def revoked(evidence: Evidence) -> Words:
    """Withdrawn by its issuer."""
    chain = shown(evidence)
    whom = ""
    if chain:
        whom = _("The server says so about “{subject}”, serial number {serial}.").format(
            subject=_subject(chain[0]), serial=chain[0].serial
        )
    return Words(
        _("Your certificate has been revoked."),
        join(saw(evidence), whom),
        _("Ask its issuer why, and for a new one: a revoked certificate stays revoked."),
    )


def wrong_purpose(evidence: Evidence) -> Words:
    """Usages that do not allow to prove a client."""
    chain = sent(evidence)
    facts = ""
    if chain and lacks_client_purpose(chain[0]):
        usages = chain[0].extended_key_usages
        if usages and "clientAuth" not in usages:
            facts = _("“{subject}” is for {usages} only; a client needs clientAuth.").format(
                subject=_subject(chain[0]), usages=quoted(usages)
            )
        else:
            facts = _("The key usage of “{subject}” is {usages}; a client needs digitalSignature.").format(
                subject=_subject(chain[0]), usages=quoted(chain[0].key_usages)
            )
    return Words(
        _("Your certificate is not intended for clients."),
        join(saw(evidence), facts or _found_here(evidence)),
        _("Ask the issuer for a certificate with extended key usage clientAuth and key usage digitalSignature."),
    )


def chain_incomplete(evidence: Evidence) -> Words:
    """Our issuer is an intermediate that we did not send."""
    chain = sent(evidence)
    top = chain[-1]
    missing = _("“{subject}” was issued by “{issuer}”, whose certificate was not sent with it.").format(
        subject=_subject(top), issuer=top.issuer
    )
    if held_issuer(evidence) is not None:
        where = _("You have that certificate: it is in another identity, a trust bundle or the server's chain.")
    elif top.issuer_urls:
        where = _("According to the certificate, it can be downloaded from {url}").format(url=top.issuer_urls[0])
    else:
        where = ""
    return Words(
        _("An intermediate certificate is missing from your chain."),
        join(saw(evidence), missing, _accepts(evidence), where),
        _(
            "Import the identity again together with its issuer's certificate. Whoever gave you "
            "the certificate has it, often in a file called “chain” or “CA bundle”."
        ),
    )


def untrusted(evidence: Evidence) -> Words:
    """The server does not accept our issuer."""
    chain = sent(evidence)
    authorities = client(evidence).acceptable_authorities
    issued = _("“{subject}” was issued by “{issuer}”.").format(subject=_subject(chain[0]), issuer=chain[0].issuer)
    if len(chain) > 1:
        issued = join(issued, _("Its chain ends in “{authority}”.").format(authority=chain[-1].issuer))
    if authorities and is_accepted_by_name(chain, authorities):
        compared = _("The server does name that CA; its copy may have another key, or lack the root above it.")
    elif authorities:
        compared = _("None of these is among them.")
    else:
        compared = ""
    accepts = _accepts(evidence)
    return Words(
        _("The server does not accept the CA that issued your certificate."),
        join(saw(evidence), issued, accepts, compared, _found_here(evidence)),
        _(
            "Choose an identity from a CA that the server accepts, or ask its operator to add "
            "yours. Also check that this is the right environment (test or production)."
        ),
    )


def forbidden(evidence: Evidence) -> Words:
    """Known, and not allowed."""
    chain = shown(evidence)
    whom = _("You sent “{subject}”.").format(subject=_subject(chain[0])) if chain else ""
    hint = _(
        "Ask the server's operator whether this certificate is known and may do this (give its subject and "
        "thumbprint), or choose another identity."
    )
    if evidence.trouble is not Trouble.STATUS:
        meaning = _("Servers say so of a certificate that is not allowed; GnuTLS also of one that it cannot verify.")
        return Words(_("The server denied access with your certificate."), join(saw(evidence), whom, meaning), hint)
    title = _("The server does not allow this request with your certificate.")
    meaning = ""
    if http_answer(evidence).meaning is Meaning.INFERRED:
        title = _("The server does not allow this request; your certificate may be the reason.")
        meaning = _("TLS took it, and the answer names no reason.")
    return Words(title, join(saw(evidence), whom, meaning), hint)


def after_handshake(evidence: Evidence) -> Words:
    """The server asked after the handshake, and that failed."""
    handshake = evidence.handshake
    is_http2 = "http_1_1_required" in evidence.message.lower() or (handshake is not None and handshake.alpn == "h2")
    why = _("It requests a certificate only for some paths, after the connection is established.")
    if is_http2:
        why = join(why, _("HTTP/2 does not allow that (RFC 8740)."))
        hint = _("Send this request over HTTP/1.1.")
    else:
        hint = _(
            "Try HTTP/1.1 with TLS 1.2 as the maximum version. As a lasting solution, the server "
            "should request the certificate in the handshake, for example on a host name of its "
            "own."
        )
    return Words(
        _("The server requested a client certificate after the handshake, and that failed."),
        join(saw(evidence), why, reported(evidence)),
        hint,
    )


def rejected(evidence: Evidence) -> Words:
    """Refused, and nothing that we know says why."""
    chain = shown(evidence)
    facts = _found_here(evidence)
    if chain and not facts:
        checked = _("Dates, purpose and key of “{subject}” (valid until {date}) were checked here and are in order.")
        if len(chain) > 1:
            checked = _(
                "Dates, purpose, key and signatures of “{subject}” (valid until {date}) were checked here and are in "
                "order."
            )
        facts = checked.format(subject=_subject(chain[0]), date=day(chain[0].not_after))
    signature = ""
    if accusation(evidence) == DECRYPT_ERROR:
        signature = _(
            "The alert means that the signature could not be verified, which a smart card or proxy can also cause."
        )
    silent = (
        _("It requested a certificate, and closed the connection after receiving yours.") if not evidence.status else ""
    )
    title = _("The server refused your certificate.")
    if blame(evidence) < Blame.VAGUE:
        title = _("The connection ended after you sent your certificate, and the server did not say why.")
    return Words(
        title,
        join(saw(evidence), silent, facts, signature, _accepts(evidence)),
        join(
            _("The reason is in the server's log: give its operator the time and the certificate's thumbprint."),
            _("Ask there too whether the certificate has been revoked: that was not looked at here."),
        ),
    )
