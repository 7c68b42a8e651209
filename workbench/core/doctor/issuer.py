"""What a certificate's missing issuer is: an intermediate that should have been sent, or a root.

A certificate does not say, so signs are weighed, the sure ones first: we hold the issuer itself; the
authority key identifier names the issuer's own issuer; there is a URL to fetch it from, which authorities
put into what their intermediates sign; then the names.
"""

import enum
import re
from collections.abc import Iterable, Sequence

from cryptography import x509

from workbench.core.tls.certificate import Certificate

_ORGANIZATION = re.compile(r"(?:^|[,+])O=((?:\\.|[^,+\\])*)")
_COMMON_NAME = re.compile(r"(?:^|[,+])CN=((?:\\.|[^,+\\])*)")
_ROOT = re.compile(r"\broot\b", re.IGNORECASE)
_INTERMEDIATE = re.compile(r"\b(intermediate|issuing|issuer|sub(ordinate)?[ -]?ca|sub)\b", re.IGNORECASE)
# With more authorities than these a common word in two names says nothing.
_WORD = re.compile(r"[^\W_]{3,}")
_FEW = 20
_COMMON_WORD = re.compile(
    r"authority|cert|certificate|certification|class|clients?|for|global|issuing|intermediate|key|root|servers?|ssl|"
    r"sub|the|tls|trust|trusted"
)


class Issuer(enum.Enum):
    """What the issuer is. The ``SURE`` ones are shown by certificates, the others by signs only."""

    SURE_INTERMEDIATE = enum.auto()
    INTERMEDIATE = enum.auto()
    UNKNOWN = enum.auto()
    ROOT = enum.auto()
    SURE_ROOT = enum.auto()

    @property
    def is_intermediate(self) -> bool:
        """Whether the issuer is, or seems to be, an intermediate."""
        return self in (Issuer.SURE_INTERMEDIATE, Issuer.INTERMEDIATE)


def same_name(one: str, other: str) -> bool:
    """Whether two RFC 4514 strings name the same; case and runs of spaces do not matter (RFC 5280 7.1)."""
    return _folded(one) == _folded(other)


def is_among(name: str, names: Iterable[str]) -> bool:
    """Whether ``name`` is one of ``names``."""
    return _folded(name) in {_folded(other) for other in names}


def issuer_of(certificate: Certificate, candidates: Iterable[Certificate]) -> Certificate | None:
    """The first candidate whose name and key issued ``certificate``, or None."""
    return next((c for c in candidates if c.subject == certificate.issuer and certificate.is_issued_by(c)), None)


def judge_issuer(certificate: Certificate, authorities: Sequence[str], held: Iterable[Certificate]) -> Issuer:
    """What the issuer of ``certificate`` is.

    ``authorities`` are the names that the judging side trusts, ``held`` every certificate that we have.
    """
    issuer = issuer_of(certificate, held)
    if issuer is not None:
        return Issuer.SURE_ROOT if issuer.is_self_issued else Issuer.SURE_INTERMEDIATE
    above = _named_above(certificate)
    if above is not None:
        return Issuer.SURE_ROOT if same_name(above, certificate.issuer) else Issuer.SURE_INTERMEDIATE
    if certificate.issuer_urls:
        return Issuer.INTERMEDIATE
    return _judge_by_name(certificate.issuer, authorities)


def _named_above(certificate: Certificate) -> str | None:
    # authorityCertIssuer is the issuer's issuer (RFC 5280 4.2.1.1).
    key = certificate.extension(x509.AuthorityKeyIdentifier)
    issuers = key.authority_cert_issuer or () if key else ()
    return next((name.value.rfc4514_string() for name in issuers if isinstance(name, x509.DirectoryName)), None)


def _judge_by_name(name: str, authorities: Sequence[str]) -> Issuer:
    common = " ".join(_COMMON_NAME.findall(name)) or name
    if _ROOT.search(common):
        return Issuer.ROOT
    if _INTERMEDIATE.search(common):
        return Issuer.INTERMEDIATE
    organizations = {_folded(value) for value in _ORGANIZATION.findall(name)}
    if any(organizations & {_folded(value) for value in _ORGANIZATION.findall(other)} for other in authorities):
        return Issuer.INTERMEDIATE
    if len(authorities) <= _FEW and any(_words(common) & _words(other) for other in authorities):
        return Issuer.INTERMEDIATE
    return Issuer.UNKNOWN


def _words(name: str) -> set[str]:
    common = " ".join(_COMMON_NAME.findall(name)) or name
    return {word for word in _WORD.findall(common.lower()) if not _COMMON_WORD.fullmatch(word)}


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
