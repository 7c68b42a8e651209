"""Looking at a server's TLS without speaking HTTP: once without and once with the identity."""

from dataclasses import dataclass

from workbench.core.exchange import Exchange
from workbench.core.tls.handshake import ClientProof

REQUIRED = "required"
OPTIONAL = "optional"
NOT_REQUESTED = "not-requested"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a server's TLS said without an identity, and with it when one was chosen.

    ``client_certificate`` is ``required``, ``optional`` (asked for, and the handshake stood without; a
    server may still refuse over HTTP), ``not-requested``, or ``unknown`` when the handshake failed earlier.
    """

    without: Exchange
    with_identity: Exchange | None
    client_certificate: str

    @property
    def authorities(self) -> tuple[str, ...]:
        """The authorities that the server named, as RFC 4514 strings."""
        return self._asking.acceptable_authorities if self._asking else ()

    @property
    def signature_algorithms(self) -> tuple[str, ...]:
        """The signature algorithms that the server takes from clients."""
        return self._asking.signature_algorithms if self._asking else ()

    @property
    def _asking(self) -> ClientProof | None:
        for exchange in (self.without, self.with_identity):
            if exchange and exchange.handshake and exchange.handshake.client.requested:
                return exchange.handshake.client
        return None


def judge(without: Exchange) -> str:
    """Whether the server wants a client certificate, from what it did when it got none."""
    handshake = without.handshake
    if without.failure is not None and without.failure.code == "client-certificate-required":
        return REQUIRED
    if handshake is None or not (handshake.complete or handshake.client.requested):
        return UNKNOWN
    if not handshake.client.requested:
        return NOT_REQUESTED if handshake.complete else UNKNOWN
    return OPTIONAL if without.failure is None else UNKNOWN
