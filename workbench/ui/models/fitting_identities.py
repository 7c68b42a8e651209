"""Which identities would do for a server, by what its CertificateRequest named."""

from collections.abc import Sequence

from workbench.core.credentials import IdentityRow
from workbench.core.tls.handshake import Handshake


def fitting(rows: Sequence[IdentityRow], handshake: Handshake) -> tuple[IdentityRow, ...]:
    """Those of ``rows`` that fit, in their order: in date, made for clients, under a named authority, able to sign.

    A server that names no authorities takes any (RFC 8446 4.2.4); one that did not ask takes none.
    """
    if not handshake.client.requested:
        return ()
    return tuple(row for row in rows if _fits(row, handshake))


def _fits(row: IdentityRow, handshake: Handshake) -> bool:
    from workbench.core.doctor import standing  # not needed before the first exchange

    leaf, client = row.certificate, handshake.client
    if leaf.is_expired() or leaf.is_not_yet_valid() or standing.lacks_client_purpose(leaf):
        return False
    if standing.cannot_sign(leaf, client, handshake.version):
        return False
    authorities = client.acceptable_authorities
    return not authorities or standing.is_accepted_by_name(row.chain, authorities)
