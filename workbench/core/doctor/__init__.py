"""The doctor: evidence in, diagnosis code and words out.

::

    Evidence ──> rules.RULES, a table of Rule(code, weigh, words) ──> Failure
                   network      never reached the server
                   plaintext    the peer does not speak TLS
                   server       its certificates (verification: X509_V_ERR numbers to codes)
                   client       it refused us (accusation: what it holds against us,
                                standing: what we know of our identity)
                   negotiation  no common ground
                   response     TLS fine, HTTP not

Every rule weighs the whole evidence by itself; the heaviest names the failure, the others are
its candidates. No rule knows another. ``findings`` makes of the same evidence what is worth knowing of an
exchange that worked, ``summary`` says in one sentence how TLS went. ``client_certificate`` looks at an identity
before any server does.
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
