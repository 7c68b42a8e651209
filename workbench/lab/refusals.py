"""In words: why a handshake with a client of the lab did not succeed."""

from OpenSSL import SSL

from workbench.core.i18n import _
from workbench.lab.stream import Refusal


def refusal_words(refusal: Refusal) -> str:
    """Why the server did not accept the client's certificate."""
    reason = _VERIFICATION.get(refusal.code) or _("verification failed with error {number}.").format(
        number=refusal.code
    )
    who = refusal.certificate.common_name if refusal.certificate else _("A client")
    return _("{who} was refused: {reason}").format(who=who, reason=reason)


def handshake_words(error: SSL.Error) -> str:
    """Why the handshake failed, from OpenSSL's error queue."""
    reasons = _reasons(error)
    if "peer did not return a certificate" in reasons:
        return _("A client without a certificate was refused.")
    if "http request" in reasons or "https proxy request" in reasons:
        return _("A client used plain HTTP where TLS was expected.")
    if "alert" in reasons:
        return _("The client did not accept this server: {reason}.").format(reason=reasons.rpartition("alert ")[2])
    if not reasons or "unexpected eof" in reasons:
        return _("A client disconnected during the handshake.")
    return _("No TLS connection was established: {reason}.").format(reason=reasons)


def _reasons(error: SSL.Error) -> str:
    queue = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return "; ".join(str(entry[-1]) for entry in queue)


# By X509_V_ERR number (openssl/x509_vfy.h).
_VERIFICATION = {
    9: _("its certificate is not yet valid."),
    10: _("its certificate has expired."),
    18: _("its certificate is self-signed."),
    19: _("its chain ends in a root that this server does not trust."),
    20: _("its certificate's issuer is unknown here, or an intermediate certificate is missing."),
    21: _("its certificate's issuer is unknown here, or an intermediate certificate is missing."),
    24: _("a certificate in its chain is not a CA certificate."),
    26: _("its certificate is not intended for client authentication."),
}
