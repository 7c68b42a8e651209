"""TLS over one socket, seen from the server: handshake, bytes in, bytes out, and an honest end.

pyOpenSSL works on memory here, and the socket is ours: that gives timeouts, alerts that really
reach the client, and private keys that never touch a file.
"""

import contextlib
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass

from OpenSSL import SSL, crypto

from workbench.core.tls.bindings import session_reused
from workbench.core.tls.certificate import Certificate
from workbench.lab.authority import Credential

_RECEIVE = 65536
_WRITE_SECONDS = 60.0
_LINGER_SECONDS = 2.0

# The lab's keys are all EC, so these are all that TLS 1.2 can need; by OpenSSL's name and by IANA's.
_TLS12_CIPHERS = {
    "ECDHE-ECDSA-AES256-GCM-SHA384": "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "ECDHE-ECDSA-AES128-GCM-SHA256": "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "ECDHE-ECDSA-CHACHA20-POLY1305": "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
}
_PROTOCOLS = (b"h2", b"http/1.1")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the server knows of one connection; ``client`` is the verified leaf, None when none was shown."""

    version: str
    cipher: str
    alpn: str | None
    resumed: bool
    client: Certificate | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What OpenSSL found wrong with the client's chain (its X509_V_ERR number), and at which certificate."""

    code: int
    certificate: Certificate | None


class TLSStream:
    """One accepted connection. Not for use by several threads at once.

    All methods raise ``SSL.Error`` when TLS breaks and ``OSError`` (``TimeoutError`` among them)
    when the connection does.
    """

    def __init__(self, connection: socket.socket, context: SSL.Context) -> None:
        self._socket = connection
        self._tls = SSL.Connection(context, None)
        self._tls.set_accept_state()
        self._tls.set_app_data(self)
        self.refusal: Refusal | None = None

    def handshake(self, seconds: float) -> Facts:
        """Shake hands within ``seconds``, and say what came of it. Leaves it to ``close`` to send the alert."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                self._tls.do_handshake()
            except SSL.WantReadError:
                self._flush()
                self._receive(max(0.001, deadline - time.monotonic()))
            else:
                self._flush()
                return self._facts()

    def read(self, timeout: float) -> bytes | None:
        """Some bytes; ``b""`` at the end of what the client sends, None when ``timeout`` seconds bring nothing."""
        while True:
            try:
                return self._tls.recv(_RECEIVE)
            except SSL.ZeroReturnError:
                return b""
            except SSL.WantReadError:
                self._flush()
            try:
                self._receive(timeout)
            except (TimeoutError, BlockingIOError):
                return None
            except EOFError:
                return b""

    def write(self, data: bytes) -> None:
        """Send all of ``data``."""
        view = memoryview(data)
        for start in range(0, len(view), _RECEIVE):
            self._tls.sendall(view[start : start + _RECEIVE])
            self._flush()

    def close(self) -> None:
        """Send the alert that is due, say goodbye, and wait a little for the client to have read it.

        A socket that closes on unread bytes is reset, and a reset overtakes the alert or reply that
        was on its way: in TLS 1.3 the client has sent its request before it learns of a refusal.
        """
        with contextlib.suppress(OSError):
            self._flush()
            with contextlib.suppress(SSL.Error):
                self._tls.shutdown()
            self._flush()
            self._socket.shutdown(socket.SHUT_WR)
            deadline = time.monotonic() + _LINGER_SECONDS
            while (left := deadline - time.monotonic()) > 0:
                self._socket.settimeout(left)
                if not self._socket.recv(_RECEIVE):
                    return

    def _receive(self, timeout: float) -> None:
        self._socket.settimeout(timeout)
        data = self._socket.recv(_RECEIVE)
        if not data:
            raise EOFError
        self._tls.bio_write(data)

    def _flush(self) -> None:
        self._socket.settimeout(_WRITE_SECONDS)
        with contextlib.suppress(SSL.WantReadError):
            while True:
                self._socket.sendall(self._tls.bio_read(_RECEIVE))

    def _facts(self) -> Facts:
        certificate = self._tls.get_peer_certificate(as_cryptography=True)
        cipher = self._tls.get_cipher_name() or ""
        return Facts(
            version=self._tls.get_protocol_version_name(),
            cipher=_TLS12_CIPHERS.get(cipher, cipher),
            alpn=self._tls.get_alpn_proto_negotiated().decode("ascii") or None,
            resumed=session_reused(self._tls),
            client=Certificate.from_x509(certificate) if certificate else None,
        )


def make_context(
    name: str,
    credential: Credential,
    client_authorities: Sequence[Certificate] = (),
    *,
    required: bool = True,
    maximum: int = SSL.TLS1_3_VERSION,
) -> SSL.Context:
    """A server's context: TLS 1.2 up to ``maximum``, HTTP/2 and HTTP/1.1 by ALPN, tickets for resumption.

    Clients are asked for a certificate when there are ``client_authorities``, the roots that are trusted
    and named in the request. ``required`` refuses those who send none.
    """
    context = SSL.Context(SSL.TLS_SERVER_METHOD)
    context.set_min_proto_version(SSL.TLS1_2_VERSION)
    context.set_max_proto_version(maximum)
    context.set_options(SSL.OP_NO_RENEGOTIATION | SSL.OP_CIPHER_SERVER_PREFERENCE)
    context.set_cipher_list(":".join(_TLS12_CIPHERS).encode("ascii"))
    context.use_privatekey(credential.key)
    context.use_certificate(credential.certificate.x509)
    for certificate in credential.intermediates:
        context.add_extra_chain_cert(certificate.x509)
    context.set_alpn_select_callback(_select_protocol)
    # A session may only be resumed with the server that it was made with (and that verified the client).
    context.set_session_id(f"lab {name}".encode("ascii"))
    if client_authorities:
        _ask_for_certificate(context, client_authorities, required=required)
    return context


def _ask_for_certificate(context: SSL.Context, authorities: Sequence[Certificate], *, required: bool) -> None:
    store = context.get_cert_store()
    if store is None:
        raise MemoryError("OpenSSL gave a context without a store")
    for authority in authorities:
        store.add_cert(crypto.X509.from_cryptography(authority.x509))
        context.add_client_ca(authority.x509)
    context.set_verify(SSL.VERIFY_PEER | (SSL.VERIFY_FAIL_IF_NO_PEER_CERT if required else 0), _note_refusal)


def _note_refusal(connection: SSL.Connection, certificate: crypto.X509, error: int, _depth: int, ok: int) -> bool:
    if not ok:
        stream: TLSStream = connection.get_app_data()
        stream.refusal = Refusal(error, _readable(certificate))
    return bool(ok)


def _readable(certificate: crypto.X509) -> Certificate | None:
    try:
        return Certificate.from_x509(certificate.to_cryptography())
    except ValueError:  # OpenSSL takes some encodings that cryptography does not
        return None


def _select_protocol(_connection: SSL.Connection, offered: list[bytes]) -> bytes | SSL._NoOverlappingProtocols:
    return next((protocol for protocol in _PROTOCOLS if protocol in offered), SSL.NO_OVERLAPPING_PROTOCOLS)
