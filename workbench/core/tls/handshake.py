"""What the two TLS peers said: the record of one connection's TLS, whole or as far as it got."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from workbench.core.tls.certificate import Certificate

SENT = "sent"
RECEIVED = "received"

CLOSE_NOTIFY = 0
_CLOSURES = (CLOSE_NOTIFY, 90)
"""close_notify and user_canceled end a connection without a complaint (RFC 8446 6.1)."""


@dataclass(frozen=True, slots=True)
class Message:
    """One handshake message (RFC 8446 4, RFC 5246 7.4) or ChangeCipherSpec.

    ``at_ms`` counts from the start of the handshake. ``size`` is in bytes with the four-byte header.
    ``body`` is the message in clear, header included; of tickets and keys only the header is kept.
    """

    at_ms: float
    direction: str
    type: str
    size: int
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert (RFC 8446 6).

    ``level`` is ``warning`` or ``fatal``, ``description`` the IANA name, ``code`` its number.
    """

    at_ms: float
    direction: str
    level: str
    description: str
    code: int

    def is_fatal(self, version: str) -> bool:
        """Whether it ended a connection of TLS ``version``.

        TLS 1.3 has no warnings but the two closures, whatever the level byte says (RFC 8446 6). Before it, and before
        the ServerHello has settled the version, a warning lets the handshake go on (RFC 5246 7.2.2).
        """
        return self.code not in _CLOSURES and (self.level == "fatal" or version == "TLSv1.3")


def fatal_alert(alerts: Iterable[Alert], version: str) -> Alert | None:
    """The alert with which the server ended a connection of TLS ``version``, None when it sent no such one."""
    return next((alert for alert in alerts if alert.direction == RECEIVED and alert.is_fatal(version)), None)


@dataclass(frozen=True, slots=True)
class VerificationError:
    """One thing wrong with the server's chain: ``depth`` 0 is the leaf, ``code`` OpenSSL's X509_V_ERR number.

    ``certificate`` is the one it was found at.
    """

    depth: int
    code: int
    message: str
    certificate: Certificate | None = None


@dataclass(frozen=True, slots=True)
class Revocation:
    """What is known of whether the server's leaf was revoked.

    ``leaf`` is ``good``, ``revoked``, ``unknown`` (an answer that cannot be believed, or that does not know it) or
    ``not-checked``. ``source`` is ``staple``, ``ocsp`` or ``crl``, None where nothing was looked at; ``produced_at``
    is when the answer was made.
    """

    leaf: str = "not-checked"
    source: str | None = None
    produced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PeerProof:
    """What the server proved to us. ``verified`` is None when no chain to a trusted root could be built."""

    address: str = ""
    presented: tuple[Certificate, ...] = ()
    verified: tuple[Certificate, ...] | None = None
    trusted: bool = False
    trust: str | None = None
    errors: tuple[VerificationError, ...] = ()
    ocsp_stapled: bool = False
    revocation: Revocation = Revocation()


@dataclass(frozen=True, slots=True)
class ClientProof:
    """What we proved to the server.

    ``requested``: the server sent a CertificateRequest. ``identity`` is the chosen identity's name,
    ``sent`` exactly the certificates our Certificate message carried. ``after_handshake``: the
    request came later, by TLS 1.3 post-handshake authentication or TLS 1.2 renegotiation.
    """

    requested: bool = False
    acceptable_authorities: tuple[str, ...] = ()
    signature_algorithms: tuple[str, ...] = ()
    identity: str | None = None
    sent: tuple[Certificate, ...] = ()
    after_handshake: bool = False


@dataclass(frozen=True, slots=True)
class Handshake:
    """One connection's TLS, on success and on failure alike. Names are those of the IANA registries.

    ``version`` is ``""`` until the ServerHello. ``signature_algorithm`` is what the server signed
    the handshake with. When ``resumed``, peer and client are those of the session's first handshake,
    since a resumption shows no certificates.
    """

    host: str = ""
    sni: str | None = None
    version: str = ""
    cipher: str = ""
    group: str = ""
    signature_algorithm: str = ""
    alpn: str | None = None
    resumed: bool = False
    complete: bool = False
    peer: PeerProof = PeerProof()
    client: ClientProof = ClientProof()
    messages: tuple[Message, ...] = ()
    alerts: tuple[Alert, ...] = ()
    duration_ms: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The document that ``send --json`` calls ``tls``, ready for ``json.dumps``."""
        from workbench.core.tls.document import handshake_document  # it describes this class

        return handshake_document(self)
