"""Which identities would do for a server, by what its CertificateRequest named."""

import functools
from collections.abc import Sequence
from datetime import UTC, datetime

from workbench.core.credentials import IdentityRow
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import ClientProof, Handshake


def fitting(rows: Sequence[IdentityRow], handshake: Handshake) -> tuple[IdentityRow, ...]:
    """Those of ``rows`` that fit, in their order, by the doctor's judgement; none for a server that did not ask."""
    if not handshake.client.requested:
        return ()
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    held = tuple(dict.fromkeys(certificate for row in rows for certificate in row.chain[1:]))
    return tuple(row for row in rows if _fits(row.chain, handshake.client, handshake.version, held, hour))


@functools.lru_cache(maxsize=1024)
def _fits(
    chain: tuple[Certificate, ...],
    proof: ClientProof,
    version: str,
    held: tuple[Certificate, ...],
    hour: datetime,
) -> bool:
    """The judgement, kept for an hour: menus ask for it at each change."""
    from workbench.core.doctor.fit import judge  # not needed before the first exchange

    return judge(chain, proof, version, held=held, now=hour).fits is True
