"""One record of everything that is known of an exchange: what its diagnosis or its findings are made from."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from workbench.core.exchange import Phase, Trouble
from workbench.core.request import Headers
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake
from workbench.core.tls.policy import TLSPolicy

__all__ = ["Evidence", "Trouble"]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What came over the wire, what we know of our identity, what we know of their chain.

    ``message`` is in the library's or system's words, ``reason`` OpenSSL's reason string, such as
    ``wrong version number``. ``identity_chain`` is the chosen identity's, ``()`` when none was chosen.
    ``trust`` names the bundles chosen. ``first_bytes`` is what the peer answered in place of TLS.
    ``status``, ``headers`` and ``page`` (its beginning, as text) are those of a response that came.
    ``proxy`` is the proxy's URL, None without one. ``withheld_on`` is the URL to which a redirect did not take the
    identity. ``may_be_cut``: nothing confirmed the end of the response's body.
    ``reused``: the connection had answered before.

    ``anchors`` are the certificates of the chosen bundles, ``known`` others that we hold (chains of other
    identities, other bundles): both serve only to tell what a missing issuer is, and may be left empty.
    """

    trouble: Trouble
    phase: Phase
    host: str = ""
    port: int = 0
    message: str = ""
    reason: str = ""
    handshake: Handshake | None = None
    identity_chain: tuple[Certificate, ...] = ()
    identity_name: str | None = None
    trust: tuple[str, ...] = ()
    first_bytes: bytes = b""
    status: int | None = None
    headers: Headers = field(default=(), repr=False)
    page: str = field(default="", repr=False)
    proxy: str | None = field(default=None, repr=False)  # may hold a password
    withheld_on: str | None = None
    may_be_cut: bool = False
    reused: bool = False
    policy: TLSPolicy = TLSPolicy()
    now: datetime = field(default_factory=_now)
    anchors: tuple[Certificate, ...] = field(default=(), repr=False)
    known: tuple[Certificate, ...] = field(default=(), repr=False)
