"""What a server's TLS said: without an identity, with one, and what it takes."""

from dataclasses import dataclass

from workbench.core.exchange import Exchange, Phase
from workbench.core.tls.handshake import Handshake

REQUIRED = "required"
OPTIONAL = "optional"
NEVER_ASKED = "never-asked"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class VersionSupport:
    """Whether a TLS version is accepted, and with which cipher suites and groups (IANA names, the server's order)."""

    version: str
    accepted: bool
    ciphers: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What a server takes of what was offered to it.

    ``tickets``: it issues session tickets; ``resumed``: it took one back. ``alpn`` are the application protocols.
    """

    versions: tuple[VersionSupport, ...] = ()
    tickets: bool = False
    resumed: bool = False
    alpn: tuple[str, ...] = ()

    @property
    def post_quantum_group(self) -> str | None:
        """The accepted group that withstands a quantum computer, None when there is none."""
        groups = (group for version in self.versions for group in version.groups)
        return next((group for group in groups if is_post_quantum(group)), None)


def is_post_quantum(group: str) -> bool:
    """Whether the name of a group is that of a hybrid with ML-KEM."""
    return "MLKEM" in group.upper()


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a server's TLS said without an identity, and with it when one was chosen.

    ``client_certificate`` is ``required``, ``optional`` (asked for, and the handshake stood without; a
    server may still refuse over HTTP), ``never-asked``, or ``unknown`` when the handshake failed earlier.
    ``with_identity`` has a response where one was needed to know whether the identity is accepted. ``survey`` is None
    where none was made.
    """

    without: Exchange
    with_identity: Exchange | None
    client_certificate: str
    survey: Survey | None = None

    @property
    def handshake(self) -> Handshake | None:
        """The handshake that showed most: without an identity unless only the other came about."""
        shown = [one.handshake for one in (self.without, self.with_identity) if one and one.handshake]
        return next((one for one in shown if one.peer.presented), shown[0] if shown else None)

    @property
    def reachable(self) -> bool:
        """Whether a connection came about."""
        early = (Phase.PREPARE, Phase.DNS, Phase.CONNECT, Phase.PROXY)
        return any(one.failure is None or one.failure.phase not in early for one in self._both())

    def _both(self) -> tuple[Exchange, ...]:
        return (self.without, self.with_identity) if self.with_identity is not None else (self.without,)

    @property
    def authorities(self) -> tuple[str, ...]:
        """The authorities that the server named, as RFC 4514 strings."""
        return self.asking.client.acceptable_authorities if self.asking else ()

    @property
    def signature_algorithms(self) -> tuple[str, ...]:
        """The signature algorithms that the server takes from clients."""
        return self.asking.client.signature_algorithms if self.asking else ()

    @property
    def asking(self) -> Handshake | None:
        """The handshake in which the server asked for a certificate, None when it did in neither."""
        shown = (one.handshake for one in self._both() if one.handshake is not None)
        return next((one for one in shown if one.client.requested), None)


def judge(without: Exchange) -> str:
    """Whether the server wants a client certificate, from what it did when it got none."""
    handshake = without.handshake
    if without.failure is not None and without.failure.code == "client-certificate-required":
        return REQUIRED
    if handshake is None or not (handshake.complete or handshake.client.requested):
        return UNKNOWN
    if not handshake.client.requested:
        return NEVER_ASKED if handshake.complete else UNKNOWN
    return OPTIONAL if without.failure is None else UNKNOWN
