"""Two ends of TLS in memory: our client against a plain pyOpenSSL server, without a socket."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from OpenSSL import SSL

from workbench.core.tls import bindings
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.connection import TLSConnection
from workbench.lab.authority import Credential

Configure = Callable[[SSL.Context], None]


@dataclass
class ServerEnd:
    """A TLS server that asks for a client certificate when told to, and remembers what it was shown."""

    credential: Credential
    roots: Sequence[Certificate] = ()
    require: bool = False
    request: bool = False
    alpn: Sequence[bytes] = ()
    chain: Sequence[Certificate] | None = None
    configure: Configure | None = None
    context: SSL.Context = field(init=False)
    connection: SSL.Connection = field(init=False)
    error: SSL.Error | None = None
    names: list[bytes | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        context = SSL.Context(SSL.TLS_SERVER_METHOD)
        context.set_session_id(b"tests")
        bindings.use_certificate(context, self.credential.certificate.der)
        context.use_privatekey(self.credential.key)
        for issuer in self.credential.intermediates if self.chain is None else self.chain:
            bindings.add_to_chain(context, issuer.der)
        bindings.add_authorities(context, tuple(root.der for root in self.roots))
        for root in self.roots:
            context.add_client_ca(root.x509)
        if self.require or self.request:
            mode = SSL.VERIFY_PEER | (SSL.VERIFY_FAIL_IF_NO_PEER_CERT if self.require else 0)
            context.set_verify(mode, lambda _c, _x, _n, _d, ok: bool(ok))
        if self.alpn:
            context.set_alpn_select_callback(self._select)
        context.set_tlsext_servername_callback(lambda connection: self.names.append(connection.get_servername()))
        if self.configure:
            self.configure(context)
        self.context = context
        self.accept()

    def _select(self, _connection: SSL.Connection, offered: list[bytes]) -> Any:
        return next((p for p in self.alpn if p in offered), SSL.NO_OVERLAPPING_PROTOCOLS)

    def accept(self) -> None:
        """Be ready for another connection."""
        self.connection = SSL.Connection(self.context, None)
        self.connection.set_accept_state()
        self.error = None

    def step(self, data: bytes) -> bytes:
        """Take bytes, shake hands as far as they go, return what there is to say."""
        if data:
            self.connection.bio_write(data)
        try:
            self.connection.do_handshake()
        except SSL.WantReadError:
            pass
        except SSL.Error as error:
            self.error = error
        try:
            return self.connection.bio_read(1 << 20)
        except SSL.WantReadError:
            return b""

    def say(self, data: bytes) -> bytes:
        """Encrypt application data."""
        self.connection.send(data)
        return self.connection.bio_read(1 << 20)


def shake_hands(client: TLSConnection, server: ServerEnd) -> None:
    """Carry bytes both ways until neither has anything to say. Raises what the client raises."""
    while True:
        done = client.complete or client.handshake()
        out = client.outgoing()
        back = server.step(out)
        if back:
            client.receive(back)
        if done and not out and not back:
            return
        if not out and not back:
            raise AssertionError("the handshake stalled")
