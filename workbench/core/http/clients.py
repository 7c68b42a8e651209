"""Clients by what their connections are made of: never shared across identities, trust or policy."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from workbench.core import blocking, proxy, url
from workbench.core.errors import InvalidInput
from workbench.core.http.client import Client
from workbench.core.http.stream import Tap
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.tls.context import ClientContext
from workbench.core.tls.identity import Identity
from workbench.core.tls.policy import TLSPolicy
from workbench.core.tls.trust import TrustStore
from workbench.core.url import URL

_Key = tuple[str | None, tuple[str, ...], TLSPolicy, proxy.Proxy | None, str | None, tuple[str, int] | None]


class IdentitySource(Protocol):
    """Where identities are opened by name; may block on a keyring that asks the person."""

    def open(self, name: str) -> Identity:
        """Raise ``IdentityError`` or ``KeyringUnavailable``."""


class TrustSource(Protocol):
    """Where CA bundles are opened by name."""

    def open(self, names: Sequence[str]) -> TrustStore:
        """Raise ``TrustError``."""


class Clients:
    """Connections are shared within (identity, trust, policy, proxy, HTTP version) and never across."""

    def __init__(
        self,
        identities: IdentitySource,
        trust: TrustSource,
        *,
        keylog: Callable[[bytes], None] | None = None,
        tap: Tap | None = None,
    ) -> None:
        self._identities = identities
        self._trust = trust
        self._keylog = keylog
        self._tap = tap
        self._clients: dict[_Key, tuple[Client, ClientContext]] = {}
        self._contexts: dict[_Key, tuple[ClientContext, ClientContext | None]] = {}

    async def forget(self) -> None:
        """Drop connections and opened keys."""
        clients, self._clients, self._contexts = self._clients, {}, {}
        for client, _context in clients.values():
            await client.aclose()

    async def get(self, request: Request, chosen: proxy.Proxy | None, target: URL) -> tuple[Client, ClientContext]:
        """The client for ``request`` to ``target`` over the proxy ``chosen``, and what its connections are made of.

        Raises ``InvalidInput``, and what opening identity and trust raises.
        """
        connect_to = url.split_authority(request.connect_to, target.port) if request.connect_to else None
        key = (request.identity, request.trust, request.policy, chosen, request.http_version, connect_to)
        if key in self._clients and request.reuse:
            return self._clients[key]
        if connect_to and chosen:
            raise InvalidInput(
                _("A proxy and a different address to connect to cannot be combined."),
                detail=f"{chosen}, {request.connect_to}",
                hint=_("Set this request to no proxy, or remove the address."),
            )

        clients, contexts = self._clients, self._contexts
        opened = None if request.reuse else contexts.get(key)
        context, proxy_context = opened or await self.open(request, chosen)
        if clients is not self._clients:  # forgotten meanwhile: what was opened may be old
            return await self.get(request, chosen, target)
        if key in clients and request.reuse:  # another request was quicker
            return clients[key]
        client = Client(
            context,
            proxy=chosen,
            proxy_context=proxy_context,
            http_version=request.http_version,
            connect_to=connect_to,
            tap=self._tap,
        )
        if request.reuse:
            clients[key] = client, context
        else:  # the connection and the TLS session are new each time, what they are made of is not
            contexts[key] = context, proxy_context
        return client, context

    async def open(self, request: Request, chosen: proxy.Proxy | None) -> tuple[ClientContext, ClientContext | None]:
        """What connections are made of: to the server, and to an https proxy."""

        def build() -> tuple[ClientContext, ClientContext | None]:
            identity = self._identities.open(request.identity) if request.identity else None
            trust = self._trust.open(request.trust)
            policy = request.policy if request.reuse else replace(request.policy, resume=False)
            context = ClientContext(identity, trust, policy, self._keylog)
            # TLS to a proxy verifies it as strictly as ever, and shows it no identity.
            secure = chosen is not None and chosen.scheme == "https"
            return context, ClientContext(None, trust, TLSPolicy(), self._keylog) if secure else None

        return await blocking.call(build, "open identity and trust")
