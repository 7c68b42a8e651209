"""Whether an identity fits a server, and why not: one judgement for chip, menu, inspection and diagnosis.

Everything is checked that can be known on this side: dates, purpose, key and signature, the whole chain as OpenSSL
verifies it, and what the server asked for. That the server's own rules let the identity in is for the server to say.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.core.doctor.issuer import is_among, issuer_of
from workbench.core.doctor.own_problem import is_about_dates, own_problem, problem_code, problem_words
from workbench.core.doctor.phrases import day, quoted
from workbench.core.doctor.standing import (
    cannot_sign,
    first_expired,
    first_not_yet_valid,
    is_accepted_by_name,
    is_weak,
    lacks_client_purpose,
)
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import ClientProof

_LONGEST = 10  # certificates that an authority named by the server can be above ours


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a server would refuse an identity: ``code`` is of the doctor's, ``detail`` a sentence."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Fit:
    """``fits`` is None when nothing speaks against the identity and the server has not said what it takes."""

    fits: bool | None
    reasons: tuple[Reason, ...] = ()


def judge(
    chain: tuple[Certificate, ...],
    proof: ClientProof | None = None,
    version: str = "",
    *,
    held: Iterable[Certificate] = (),
    now: datetime | None = None,
) -> Fit:
    """Whether the identity with ``chain``, leaf first, fits.

    ``proof`` is what a server asked for, None when no server is known; ``version`` the TLS version that was agreed on.
    ``held`` are certificates that we have besides: authorities, other identities' chains.
    """
    moment = now or datetime.now(UTC)
    asked = proof if proof is not None and proof.requested else None
    others = tuple(held)
    reasons = tuple(_unique((*_of_itself(chain, others, asked, moment), *_by_request(chain, asked, version, others))))
    if reasons:
        return Fit(False, reasons)
    return Fit(True if asked is not None else None)


def _of_itself(
    chain: tuple[Certificate, ...], held: tuple[Certificate, ...], asked: ClientProof | None, now: datetime
) -> Iterator[Reason]:
    expired, early = first_expired(chain, now), first_not_yet_valid(chain, now)
    if expired is not None:
        text = _("“{subject}” expired on {date}.")
        yield Reason("client-certificate-expired", text.format(subject=expired.subject, date=day(expired.not_after)))
    if early is not None:
        text = _("“{subject}” is not valid before {date}.")
        yield Reason("client-certificate-not-yet-valid", text.format(subject=early.subject, date=day(early.not_before)))
    if lacks_client_purpose(chain[0]):
        usages = quoted((*chain[0].extended_key_usages, *chain[0].key_usages))
        text = _("It is meant for {usages}, not for proving a client.")
        yield Reason("client-certificate-wrong-purpose", text.format(usages=usages))
    if is_weak(chain[0]):
        text = _("Its key {key} or its signature {algorithm} is too weak for most servers.")
        words = text.format(key=chain[0].key, algorithm=chain[0].signature_algorithm)
        yield Reason("client-certificate-unsupported", words)
    problem = own_problem(chain, held, asked.acceptable_authorities if asked else (), now)
    if problem is not None and not is_about_dates(problem):
        yield Reason(problem_code(problem), problem_words(problem))


def _by_request(
    chain: tuple[Certificate, ...], asked: ClientProof | None, version: str, held: tuple[Certificate, ...]
) -> Iterator[Reason]:
    if asked is None:
        return
    if cannot_sign(chain[0], asked, version):
        text = _("Its key is {key}; the server accepts {algorithms}.")
        words = text.format(key=chain[0].key, algorithms=quoted(asked.signature_algorithms))
        yield Reason("client-certificate-unsupported", words)
    authorities = asked.acceptable_authorities
    if not authorities or is_accepted_by_name(chain, authorities):
        return
    if _leads_to(chain[-1], authorities, held):
        text = _("The certificate of its issuer “{issuer}” is needed and not part of the identity.")
        yield Reason("client-certificate-chain-incomplete", text.format(issuer=chain[-1].issuer))
        return
    text = _("It was issued by “{issuer}”; the server accepts {authorities}.")
    words = text.format(issuer=chain[0].issuer, authorities=quoted(authorities))
    yield Reason("client-certificate-untrusted", words)


def _leads_to(certificate: Certificate, authorities: tuple[str, ...], held: tuple[Certificate, ...]) -> bool:
    """Whether issuers that we hold lead from ``certificate`` to one of ``authorities``."""
    for _step in range(_LONGEST):
        issuer = None if certificate.is_self_issued else issuer_of(certificate, held)
        if issuer is None:
            return False
        if is_among(issuer.issuer, authorities) or is_among(issuer.subject, authorities):
            return True
        certificate = issuer
    return False


def _unique(reasons: Iterable[Reason]) -> Iterator[Reason]:
    """The first of each code, since one cause often shows in several checks."""
    said: set[str] = set()
    for reason in reasons:
        if reason.code not in said:
            said.add(reason.code)
            yield reason
