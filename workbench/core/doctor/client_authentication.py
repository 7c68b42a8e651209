"""What came of our certificate: never more than is known."""

from workbench.core.doctor.accusation import Blame, blame, http_answer
from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.http_refusal import Meaning
from workbench.core.doctor.standing import is_at_fault
from workbench.core.exchange import ClientAuthentication


def client_authentication(evidence: Evidence) -> ClientAuthentication:
    """What the evidence shows of our certificate.

    In TLS 1.3 our handshake is over before the server judges, and many servers judge by HTTP: so nothing but an HTTP
    answer proves that we were accepted, and not one that may be a refusal. A silent end after our certificate is no
    refusal that we know of.
    """
    handshake = evidence.handshake
    answered = evidence.trouble is Trouble.STATUS and evidence.status is not None
    if handshake is None:
        return ClientAuthentication.NOT_REQUESTED if answered else ClientAuthentication.UNKNOWN
    if not handshake.client.requested:
        return ClientAuthentication.NOT_REQUESTED if handshake.complete else ClientAuthentication.UNKNOWN
    if not handshake.client.sent:
        return ClientAuthentication.NONE_SENT
    if answered:
        return _by_answer(evidence)
    return ClientAuthentication.REFUSED if blame(evidence) > Blame.SILENT else ClientAuthentication.SENT


def _by_answer(evidence: Evidence) -> ClientAuthentication:
    """What the HTTP answer shows. One that gives no reason is a refusal where we know of one, else undecided."""
    meaning, refuses = http_answer(evidence).meaning, (evidence.status or 0) >= 400
    at_fault = refuses and is_at_fault(evidence)
    if meaning is Meaning.REFUSED or (meaning is Meaning.INFERRED and at_fault):
        return ClientAuthentication.REFUSED
    accepted = meaning is Meaning.ACCEPTED and not at_fault
    return ClientAuthentication.PROVED if accepted else ClientAuthentication.SENT
