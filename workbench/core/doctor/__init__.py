"""The doctor: evidence in, diagnosis code and words out.

::

    Evidence ──> rules.RULES, a table of Rule(code, weigh, words) ──> Failure
                   network      never reached the server
                   plaintext    the peer does not speak TLS
                   server       its certificates (verification: X509_V_ERR numbers to codes)
                   client       it refused us (accusation: what it holds against us, http_refusal: over HTTP,
                                standing: what we know of our identity, own_problem: found by verifying it here)
                   negotiation  no common ground
                   response     TLS fine, HTTP not

Every rule weighs the whole evidence by itself; the heaviest names the failure, the others are
its candidates. No rule knows another. Of the same evidence ``findings`` makes what is worth knowing of an
exchange that worked, ``client_authentication`` what came of our certificate; ``summary`` says in one sentence how
TLS went. Before any server answers, ``fit`` says whether an identity fits and why not, ``client_certificate`` what
is worth knowing of one that is imported.
"""

from workbench.core.doctor.client_authentication import client_authentication
from workbench.core.doctor.evidence import Evidence, Trouble
from workbench.core.doctor.preparation import failure_of, unforeseen
from workbench.core.doctor.redirect_findings import body_withheld, secrets_withheld
from workbench.core.doctor.rules import diagnose
from workbench.core.doctor.sentence import summary
from workbench.core.doctor.success import by_severity, findings
from workbench.core.doctor.wire import may_have_been_refused

__all__ = [
    "Evidence",
    "Trouble",
    "body_withheld",
    "by_severity",
    "client_authentication",
    "diagnose",
    "failure_of",
    "findings",
    "may_have_been_refused",
    "secrets_withheld",
    "summary",
    "unforeseen",
]
