"""What we know of our own identity that a server could hold against it."""

import functools
from datetime import datetime

from workbench.core.doctor.evidence import Evidence
from workbench.core.doctor.issuer import Issuer, is_among, issuer_of, judge_issuer
from workbench.core.doctor.own_problem import own_problem, problem_code
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import ClientProof, VerificationError

_RSA_BITS = 2048
_OLD_DIGESTS = ("md2", "md4", "md5", "sha1")
# The beginning of the IANA names of the signature schemes that a key can sign with (RFC 8446 4.2.3).
_SCHEMES = {
    "RSA": ("rsa_",),
    "EC": ("ecdsa_",),
    "DSA": ("dsa_",),
    "Ed25519": ("ed25519",),
    "Ed448": ("ed448",),
    "MLDSA44": ("mldsa44",),
    "MLDSA65": ("mldsa65",),
    "MLDSA87": ("mldsa87",),
}


def client(evidence: Evidence) -> ClientProof:
    """Our side of the handshake; empty when there was none."""
    return evidence.handshake.client if evidence.handshake else ClientProof()


def sent(evidence: Evidence) -> tuple[Certificate, ...]:
    """The certificates that we sent."""
    return client(evidence).sent


def shown(evidence: Evidence) -> tuple[Certificate, ...]:
    """The certificates that we sent, else those that we would have sent."""
    return sent(evidence) or evidence.identity_chain


def first_expired(certificates: tuple[Certificate, ...], now: datetime) -> Certificate | None:
    """The first certificate whose time is over, or None."""
    return next((certificate for certificate in certificates if certificate.is_expired(now)), None)


def first_not_yet_valid(certificates: tuple[Certificate, ...], now: datetime) -> Certificate | None:
    """The first certificate whose time has not begun, or None."""
    return next((certificate for certificate in certificates if certificate.is_not_yet_valid(now)), None)


def lacks_client_purpose(leaf: Certificate) -> bool:
    """Whether extended key usage or key usage forbid the leaf to prove a client (RFC 5280 4.2.1.3, 4.2.1.12)."""
    extended = leaf.extended_key_usages
    if extended and not {"clientAuth", "anyExtendedKeyUsage"} & set(extended):
        return True
    return bool(leaf.key_usages) and "digitalSignature" not in leaf.key_usages


def cannot_sign(leaf: Certificate, proof: ClientProof, version: str = "") -> bool:
    """Whether the server named signature algorithms, and none of them fits the leaf's key."""
    named = tuple(name.lower() for name in proof.signature_algorithms)
    if not named:
        return False
    kind, _, detail = leaf.key.partition("-")
    usable = [name for name in named if name.startswith(_SCHEMES.get(kind, (kind.lower(),)))]
    if version == "TLSv1.3":
        usable = [name for name in usable if not name.startswith(("rsa_pkcs1", "dsa_")) and "sha1" not in name]
        if kind == "EC":  # in TLS 1.3 a scheme names its curve (RFC 8446 4.2.3)
            curve = detail.partition("-")[2]
            usable = [name for name in usable if curve.lower() in name.lower()]
    return not usable


def is_weak(leaf: Certificate) -> bool:
    """Whether key or signature of the leaf are below what servers accept by default (RSA 2048, SHA-256)."""
    kind, _, size = leaf.key.partition("-")
    small = kind in ("RSA", "DSA") and size.isdigit() and int(size) < _RSA_BITS
    algorithm = leaf.signature_algorithm.lower().replace("-", "")
    return small or any(digest in algorithm for digest in _OLD_DIGESTS)


def is_accepted_by_name(certificates: tuple[Certificate, ...], authorities: tuple[str, ...]) -> bool:
    """Whether an issuer or holder in our chain is among the authorities that the server named."""
    return any(is_among(c.issuer, authorities) or is_among(c.subject, authorities) for c in certificates)


def missing_issuer(evidence: Evidence) -> Issuer | None:
    """What the issuer of the last certificate that we sent is; None when nothing is missing.

    Nothing is when the chain ends in a root, or in a certificate issued by an authority that the server named.
    """
    chain = sent(evidence)
    authorities = client(evidence).acceptable_authorities
    if not chain or chain[-1].is_self_issued or is_among(chain[-1].issuer, authorities):
        return None
    return judge_issuer(chain[-1], authorities, held(evidence))


def held(evidence: Evidence) -> tuple[Certificate, ...]:
    """Every certificate that can show what an issuer of ours is."""
    peer = evidence.handshake.peer if evidence.handshake else None
    theirs = (*peer.presented, *(peer.verified or ())) if peer else ()
    return (*evidence.identity_chain, *evidence.known, *evidence.anchors, *theirs)


def is_expired(evidence: Evidence) -> bool:
    """Whether the time of a certificate that we sent is over."""
    return first_expired(sent(evidence), evidence.now) is not None


def is_not_yet_valid(evidence: Evidence) -> bool:
    """Whether the time of a certificate that we sent has not begun."""
    return first_not_yet_valid(sent(evidence), evidence.now) is not None


def has_wrong_purpose(evidence: Evidence) -> bool:
    """Whether the certificate that we sent is not for clients."""
    chain = sent(evidence)
    return bool(chain) and (lacks_client_purpose(chain[0]) or problem_is(evidence, "client-certificate-wrong-purpose"))


def is_stranger(evidence: Evidence) -> bool:
    """Whether the server named authorities, and ours is not among them."""
    authorities = client(evidence).acceptable_authorities
    return bool(authorities) and not is_accepted_by_name(sent(evidence), authorities)


def is_at_fault(evidence: Evidence) -> bool:
    """Whether something that we know of the certificate that we sent explains a refusal."""
    return bool(sent(evidence)) and (
        is_expired(evidence)
        or is_not_yet_valid(evidence)
        or has_wrong_purpose(evidence)
        or is_stranger(evidence)
        or problem_with_ours(evidence) is not None
    )


def problem_with_ours(evidence: Evidence) -> VerificationError | None:
    """What a server would hold against the certificates that we sent, or would have; None when there is nothing."""
    chain = shown(evidence)
    if not chain:
        return None
    found = _problem(chain, held(evidence), client(evidence).acceptable_authorities, evidence.now)
    return found or _namesake(evidence, chain)


_problem = functools.lru_cache(maxsize=8)(own_problem)


def _namesake(evidence: Evidence, chain: tuple[Certificate, ...]) -> VerificationError | None:
    """That the authorities which we hold by the name of our issuer did not issue what we sent.

    Only after a refusal: an authority that was renewed with another key has both under one name.
    """
    top = chain[-1]
    others = [one for one in (*evidence.anchors, *evidence.known) if one.subject == top.issuer and one != top]
    if not others or any(top.is_issued_by(one) for one in others):
        return None
    message = _("the CA of the name “{name}” that is known here has another key").format(name=top.issuer)
    return VerificationError(len(chain) - 1, _NO_ISSUER, message, top)


_NO_ISSUER = 20  # X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY


def problem_is(evidence: Evidence, code: str) -> bool:
    """Whether verifying our own chain here found a cause of this code."""
    problem = problem_with_ours(evidence)
    return problem is not None and problem_code(problem) == code


def held_issuer(evidence: Evidence) -> Certificate | None:
    """The issuer of the last certificate that we sent, where we hold it ourselves."""
    chain = sent(evidence)
    return issuer_of(chain[-1], held(evidence)) if chain else None
