"""What a server would hold against our own chain, found by verifying it here."""

from collections.abc import Iterable
from datetime import datetime

from workbench.core.doctor.issuer import is_among
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.chain_check import verify_own
from workbench.core.tls.handshake import VerificationError

# X509_V_ERR numbers (openssl/x509_vfy.h).
_DATES = (9, 10, 13, 14)
_PURPOSE = (26,)
_UNKNOWN_CRITICAL = (34,)


def own_problem(
    chain: tuple[Certificate, ...], held: Iterable[Certificate], authorities: tuple[str, ...], now: datetime
) -> VerificationError | None:
    """What OpenSSL holds against our own chain; the authorities that the server named are believed first."""
    named = [one for one in held if one.is_self_issued and (not authorities or is_among(one.subject, authorities))]
    return verify_own(chain, named, now)


def problem_words(problem: VerificationError) -> str:
    """What is wrong with our own chain, and at which certificate, as a sentence."""
    subject = problem.certificate.subject if problem.certificate is not None else ""
    return _("Checked here as a server would: “{subject}”: {message}.").format(
        subject=subject, message=problem.message.rstrip(".")
    )


def problem_code(problem: VerificationError) -> str:
    """The code of the cause that a problem with our own chain is."""
    if problem.code in _DATES:
        return "client-certificate-not-yet-valid" if problem.code in (9, 13) else "client-certificate-expired"
    if problem.code in _PURPOSE:
        return "client-certificate-wrong-purpose"
    if problem.code in _UNKNOWN_CRITICAL:
        return "client-certificate-unsupported"
    return "client-certificate-untrusted"


def is_about_dates(problem: VerificationError) -> bool:
    """Whether a certificate's time is over or has not begun."""
    return problem.code in _DATES
