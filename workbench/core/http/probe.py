"""A TLS handshake and nothing after it: what a server says before any HTTP."""

from collections.abc import Sequence

from workbench.core.http import errors
from workbench.core.http.backend import NetworkBackend
from workbench.core.http.hop_record import HopRecord, current_hop
from workbench.core.http.stream import Tap, start_tls
from workbench.core.http.trouble import failed
from workbench.core.tls.connection import TLSError
from workbench.core.tls.context import ClientContext
from workbench.core.url import URL

_VERDICT = 0.7
"""Seconds that a TLS 1.3 server has to refuse us after the handshake: most do within one round trip."""


async def probe(
    context: ClientContext,
    url: URL,
    hop: HopRecord,
    *,
    connect_to: tuple[str, int] | None = None,
    tap: Tap | None = None,
    alpn: Sequence[str] = ("h2", "http/1.1"),
    listen: bool | None = None,
) -> None:
    """Shake hands with ``url``'s server, wait whether it refuses us afterwards, and close. Raises ``HopFailed``.

    What happens is recorded in ``hop``. ``listen``: wait, and hear of session tickets too; None waits where the server
    asked for a certificate.
    """
    token = current_hop.set(hop)
    backend = NetworkBackend(connect_to=connect_to, tap=tap)
    context.set_alpn_protocols(alpn)
    try:
        socket = await backend.connect_tcp(url.host, url.port, hop.timeouts.connect)
        stream = await start_tls(socket, context, url.host)
        try:
            if listen is not False:
                await _verdict(hop, always=listen is True)
        finally:
            stream.close()
    except (errors.NetworkError, errors.TimedOut) as error:
        raise failed(error, hop, proxied=False) from error
    finally:
        current_hop.reset(token)


async def _verdict(hop: HopRecord, *, always: bool) -> None:
    # In TLS 1.3 the server judges our (missing) certificate after our handshake is done (RFC 8446 4.4.2.4):
    # a refusal is an alert, acceptance is a session ticket, data, or silence.
    stream = hop.stream
    if stream is None or not (always or stream.connection.handshake_facts().client.requested):
        return
    try:
        data = await stream.read(1, _VERDICT)
    except errors.ReadTimeout:
        return
    if not data and not stream.connection.ticket_seen:
        raise errors.ReadError(TLSError("unexpected eof", eof=True))
