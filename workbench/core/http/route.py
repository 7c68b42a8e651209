"""How a connection reaches an origin: directly or through a proxy, and with TLS where the scheme says so."""

from base64 import b64encode
from dataclasses import dataclass, replace

from workbench.core.http import errors
from workbench.core.http.backend import NetworkBackend
from workbench.core.http.hop_record import current_hop
from workbench.core.http.http1 import HTTP11Connection
from workbench.core.http.stream import SocketStream, TLSStream, start_tls
from workbench.core.http.wire import Fields, Origin, WireRequest
from workbench.core.proxy import Proxy
from workbench.core.request import Timeouts
from workbench.core.tls.context import ClientContext


@dataclass(frozen=True, slots=True)
class Route:
    """``context`` is for TLS to origins, ``proxy_context`` for TLS to an https proxy: it carries no identity."""

    backend: NetworkBackend
    context: ClientContext
    proxy: Proxy | None = None
    proxy_context: ClientContext | None = None

    def forwards(self, origin: Origin) -> bool:
        """Whether requests to ``origin`` are given to the proxy itself (RFC 9112 3.2.2)."""
        return self.proxy is not None and not self._by_socks and origin.scheme == "http"

    def forwarded(self, request: WireRequest) -> WireRequest:
        """``request`` as it is given to the proxy: with its whole URL, and the proxy's credentials."""
        origin = request.origin
        path = b"" if request.target == b"*" else request.target  # RFC 9112 3.2.4
        named = {name.lower() for name, _value in request.headers}
        own = [field for field in self._proxy_fields() if field[0].lower() not in named]
        whole = b"%b://%b%b" % (origin.scheme.encode("ascii"), _authority(origin), path)
        return replace(request, target=whole, headers=[*own, *request.headers])

    async def dial(self, origin: Origin) -> SocketStream | TLSStream:
        """Connect to ``origin``, and shake hands with it when it is https. Nothing stays open when that fails.

        Raises the ``errors`` of connecting, reading, writing, time and proxies.
        """
        host, timeouts = origin.host, _timeouts()
        if self.proxy is None:
            stream: SocketStream | TLSStream = await self.backend.connect_tcp(host, origin.port, timeouts.connect)
        else:
            stream = await self._through(self.proxy, origin, timeouts)
        return await start_tls(stream, self.context, host) if origin.scheme == "https" else stream

    @property
    def _by_socks(self) -> bool:
        return self.proxy is not None and self.proxy.scheme.startswith("socks5")

    async def _through(self, proxy: Proxy, origin: Origin, timeouts: Timeouts) -> SocketStream | TLSStream:
        socket = await self.backend.connect_tcp(proxy.host, proxy.port, timeouts.connect)
        stream: SocketStream | TLSStream = socket
        try:
            if self._by_socks:
                from workbench.core.http import socks  # with socksio

                await socks.connect(socket, origin.host, origin.port, _credentials(proxy), timeouts)
                return socket
            if self.proxy_context is not None:
                stream = await start_tls(socket, self.proxy_context, proxy.host, to_proxy=True)
            if not self.forwards(origin):
                await self._tunnel(stream, origin, timeouts)
        except BaseException:
            stream.close()
            raise
        return stream

    async def _tunnel(self, stream: SocketStream | TLSStream, origin: Origin, timeouts: Timeouts) -> None:
        """RFC 9110 9.3.6."""
        target = _authority(origin)
        headers = [(b"Host", target), (b"Accept", b"*/*"), *self._proxy_fields()]
        limits = {"timeout": {"read": timeouts.read, "write": timeouts.write}}
        answer = await HTTP11Connection(stream).send(WireRequest(b"CONNECT", origin, target, headers, None, limits))
        if not 200 <= answer.status <= 299:
            raise errors.ProxyError(f"{answer.status} {answer.reason.decode('ascii', 'ignore')}")

    def _proxy_fields(self) -> Fields:
        credentials = _credentials(self.proxy) if self.proxy is not None else None
        return [(b"Proxy-Authorization", b"Basic " + b64encode(b":".join(credentials)))] if credentials else []


def _timeouts() -> Timeouts:
    hop = current_hop.get()
    return hop.timeouts if hop is not None else Timeouts()


def _credentials(proxy: Proxy) -> tuple[bytes, bytes] | None:
    if proxy.user is None:
        return None
    return proxy.user.encode("utf-8"), (proxy.password or "").encode("utf-8")


def _authority(origin: Origin) -> bytes:
    host = f"[{origin.host}]" if ":" in origin.host else origin.host
    return f"{host}:{origin.port}".encode("ascii")
