"""From OpenSSL's X509_V_ERR numbers (openssl/x509_vfy.h) to the ``server-…`` codes.

When several things are wrong the most fundamental one names the failure, in the order of ``ORDER``:
what the person demanded, what was withdrawn, whether the chain can be believed at all, then what the
chain is good for, last its dates: a certificate of another host may be expired, that is not our matter.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.core.doctor.evidence import Evidence
from workbench.core.doctor.issuer import Issuer, issuer_of, judge_issuer
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import PeerProof, VerificationError
from workbench.core.tls.identity import order_chain

ORDER = (
    "server-pin-mismatch",
    "server-revoked",
    "server-self-signed",
    "server-chain-incomplete",
    "server-untrusted",
    "server-constraint-violation",
    "server-weak",
    "server-wrong-purpose",
    "server-name-mismatch",
    "server-expired",
    "server-not-yet-valid",
    "tls-internal-error",
)

PIN = -1  # our own number, beside OpenSSL's
NOT_YET_VALID = 9
EXPIRED = 10
SELF_SIGNED_LEAF = 18
SELF_SIGNED_IN_CHAIN = 19

_CODES = {
    PIN: "server-pin-mismatch",
    NOT_YET_VALID: "server-not-yet-valid",
    EXPIRED: "server-expired",
    23: "server-revoked",
    **dict.fromkeys((26, 39), "server-wrong-purpose"),
    **dict.fromkeys((62, 63, 64), "server-name-mismatch"),
    # Keys and digests below the security level; algorithms that OpenSSL no longer has; Suite B.
    **dict.fromkeys((66, 67, 68, 76, *range(56, 62)), "server-weak"),
    # Malformed dates, no usable issuer key, path length, key usage, critical extensions, policies,
    # name constraints, loops, signature inconsistencies, and what X509_V_FLAG_X509_STRICT adds.
    **dict.fromkeys(
        (13, 14, 22, 24, 25, 32, 34, 37, 38, *range(40, 44), *range(45, 56), 72, *range(77, 95)),
        "server-constraint-violation",
    ),
    **dict.fromkeys((1, 17, 69, 70), "tls-internal-error"),
}


@dataclass(frozen=True, slots=True)
class Peer:
    """The server's chain as one side of the judgement; ``anchors`` and ``known`` as in ``Evidence``."""

    proof: PeerProof
    anchors: tuple[Certificate, ...] = ()
    known: tuple[Certificate, ...] = ()

    @classmethod
    def of(cls, evidence: Evidence) -> "Peer":
        """The server of ``evidence``."""
        proof = evidence.handshake.peer if evidence.handshake else PeerProof()
        return cls(proof, evidence.anchors, evidence.known)

    @property
    def leaf(self) -> Certificate | None:
        """The server's own certificate, None when none came."""
        return self.proof.presented[0] if self.proof.presented else None

    @property
    def path(self) -> tuple[Certificate, ...]:
        """Leaf first, each issuer in turn as far as what was presented reaches."""
        return order_chain(self.proof.presented, self.proof.presented[0]) if self.proof.presented else ()

    @property
    def held(self) -> tuple[Certificate, ...]:
        """Every certificate that can show what an issuer is."""
        return (*self.anchors, *self.known, *(self.proof.verified or ()))

    def codes(self) -> tuple[str, ...]:
        """The codes of all errors, each once, most fundamental first."""
        found = {self.code(error) for error in self.proof.errors}
        return tuple(code for code in ORDER if code in found)

    def code(self, error: VerificationError) -> str:
        """The code of one error."""
        return _CODES.get(error.code) or self._trust_code()

    def errors(self, code: str) -> tuple[VerificationError, ...]:
        """The errors behind ``code``, nearest to the leaf first."""
        found = (error for error in self.proof.errors if self.code(error) == code)
        return tuple(sorted(found, key=lambda error: error.depth))

    def _trust_code(self) -> str:
        path = self.path
        numbers = {error.code for error in self.proof.errors}
        if not path:
            return "server-self-signed" if SELF_SIGNED_LEAF in numbers else "server-untrusted"
        if SELF_SIGNED_LEAF in numbers or (len(path) == 1 and path[0].is_issued_by(path[0])):
            return "server-self-signed"
        if SELF_SIGNED_IN_CHAIN in numbers or path[-1].is_self_issued:
            return "server-untrusted"
        return "server-chain-incomplete" if self._lacks_intermediate(path) else "server-untrusted"

    def _lacks_intermediate(self, path: tuple[Certificate, ...]) -> bool:
        issuer = judge_issuer(path[-1], tuple(anchor.subject for anchor in self.anchors), self.held)
        if len(path) > 1:  # the usual case of an authority that we do not hold, unless we know better
            return issuer is Issuer.SURE_INTERMEDIATE
        if issuer is Issuer.UNKNOWN:
            # Strangers in the chain show that somebody meant to send the issuer. Without anchors to compare
            # with, a leaf alone is taken for what it looks like.
            return len(self.proof.presented) > 1 or not self.anchors
        return issuer.is_intermediate

    def missing_issuer(self) -> Certificate | None:
        """The certificate that the server should have sent, where we happen to hold it."""
        return issuer_of(self.path[-1], self.held) if self.path else None


def out_of_date(certificates: Iterable[Certificate], evidence: Evidence) -> bool:
    """Whether every one of two or more certificates is outside its validity, all on the same side."""
    several = tuple(certificates)
    if len(several) < 2:
        return False
    return all(c.is_expired(evidence.now) for c in several) or all(c.is_not_yet_valid(evidence.now) for c in several)
