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
    held = tuple(dict.fromkeys(certificate for row in rows for certificate in row.chain[1:]))
    return tuple(
        row for row in rows if _fits(row.chain, handshake.client, handshake.version, held, _in_time(row, held))
    )


def _in_time(row: IdentityRow, held: tuple[Certificate, ...]) -> tuple[bool, ...]:
    """For each certificate whether it is valid now: as long as that stays the same, so does the judgement."""
    now = datetime.now(UTC)
    return tuple(not one.is_expired(now) and not one.is_not_yet_valid(now) for one in (*row.chain, *held))


@functools.lru_cache(maxsize=1024)
def _fits(
    chain: tuple[Certificate, ...],
    proof: ClientProof,
    version: str,
    held: tuple[Certificate, ...],
    _in_time: tuple[bool, ...],
) -> bool:
    """The judgement, which takes milliseconds and is asked for at each change of a menu."""
    from workbench.core.doctor.fit import judge  # not needed before the first exchange

    return judge(chain, proof, version, held=held).fits is True
