"""Handshakes with nothing after them, as many as an inspection wants."""

import contextlib
from dataclasses import replace

from workbench.core import url
from workbench.core.http.clients import Clients
from workbench.core.http.hop_record import HopRecord
from workbench.core.http.probe import probe
from workbench.core.http.stream import Tap
from workbench.core.http.trouble import HopFailed
from workbench.core.inspection.survey import Offer
from workbench.core.request import Request
from workbench.core.tls.context import ClientContext
from workbench.core.tls.handshake import Handshake
from workbench.core.url import URL


def connecting_to(request: Request, target: URL) -> tuple[str, int] | None:
    """Host and port to connect to in place of ``target``'s, where the request says so."""
    return url.split_authority(request.connect_to, target.port) if request.connect_to else None


class Shaking:
    """Shakes hands with the server of ``request`` with one offer after the other.

    An offer is made without the identity, but for those about resumption, which servers offer to whom they let in.
    Raises what opening identity and trust raises.
    """

    def __init__(self, clients: Clients, request: Request, tap: Tap | None) -> None:
        self._clients = clients
        self._request = request
        self._tap = tap
        self._target = url.parse(request.url)
        self._kept: ClientContext | None = None  # sessions live in it

    async def __call__(self, offer: Offer) -> Handshake:
        """How far a handshake with ``offer`` came."""
        context = await self._context(offer)
        hop = HopRecord(self._request.timeouts)
        with contextlib.suppress(HopFailed):  # a refusal is an answer
            await probe(
                context,
                self._target,
                hop,
                connect_to=connecting_to(self._request, self._target),
                tap=self._tap,
                alpn=offer.alpn,
                listen=offer.resume,
            )
        return hop.handshake or Handshake()

    async def _context(self, offer: Offer) -> ClientContext:
        if offer.resume and self._kept is not None:
            return self._kept
        identity = self._request.identity if offer.resume else None
        request = replace(self._request, identity=identity, policy=offer.policy)
        context, _none = await self._clients.open(request, None)
        if offer.resume:
            self._kept = context
        return context
