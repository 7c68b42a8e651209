"""Servers that misbehave: a socket, a thread for each connection, and a play of what goes wrong.

``playing(play)`` serves plain TCP; ``secure(context, play)`` makes a play that first shakes hands and reads a
request. Plays are plain functions of a socket, so a test can write its own. All sockets are shut down
at the end, which frees a play that waits, and a thread that stays all the same fails the test.
"""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.servers.material import Material

Play = Callable[[socket.socket], None]

HTTP2_SETTINGS = bytes.fromhex("000000 04 00 00000000")  # RFC 9113 6.5: an empty SETTINGS frame
_JOIN_SECONDS = 5.0


@dataclass(slots=True)
class Stage:
    """Where a play runs. ``accepted`` counts the connections so far."""

    host: str
    port: int
    accepted: int = 0
    peers: list[socket.socket] = field(default_factory=list, repr=False)
    threads: list[threading.Thread] = field(default_factory=list, repr=False)

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}/"


@contextmanager
def playing(play: Play) -> Iterator[Stage]:
    """Serve ``play`` to every connection."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        stage = Stage("127.0.0.1", listener.getsockname()[1])
        accepting = threading.Thread(target=_accept, args=(listener, stage, play), name="broken server")
        accepting.start()
        try:
            yield stage
        finally:
            listener.shutdown(socket.SHUT_RDWR)  # wakes accept(), which close() would not
            accepting.join(_JOIN_SECONDS)
            for peer in stage.peers:
                hang_up(peer)
            for thread in stage.threads:
                thread.join(_JOIN_SECONDS)
            assert not any(thread.is_alive() for thread in [accepting, *stage.threads])


def secure(context: ssl.SSLContext, play: Play) -> Play:
    """``play`` after a whole handshake and a request's head."""

    def after_handshake(plain: socket.socket) -> None:
        with context.wrap_socket(plain, server_side=True) as peer:
            read_head(peer)
            play(peer)

    return after_handshake


def server_context(
    issued: Material, *, holder: str = "server", client: bool = False, alpn: tuple[str, ...] = ()
) -> ssl.SSLContext:
    """The standard library's TLS for ``holder``; ``client`` asks for a certificate and wants one."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(issued.chain_file(holder), issued.key_file(holder))
    if alpn:
        context.set_alpn_protocols(list(alpn))
    if client:
        context.load_verify_locations(issued.root_file)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


# Before or in place of TLS


def says(data: bytes) -> Play:
    """Speaks first, then listens to the end: a mail server's greeting, garbage."""

    def play(peer: socket.socket) -> None:
        peer.sendall(data)
        wait_for_end(peer)

    return play


def answers(data: bytes) -> Play:
    """Waits for the first bytes, answers with its own and closes: an HTTP server on this port, an alert."""

    def play(peer: socket.socket) -> None:
        peer.recv(65536)
        peer.sendall(data)
        peer.shutdown(socket.SHUT_WR)
        wait_for_end(peer)

    return play


def alert(code: int) -> Play:
    """Answers the ClientHello with a fatal alert (RFC 8446 6)."""
    return answers(bytes((21, 3, 3, 0, 2, 2, code)))


def closes(peer: socket.socket) -> None:
    """Closes at once."""
    hang_up(peer)


def closes_after_hello(peer: socket.socket) -> None:
    peer.recv(65536)


def resets(peer: socket.socket) -> None:
    """Ends the connection by a TCP reset."""
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    peer.close()


def resets_after_hello(peer: socket.socket) -> None:
    peer.recv(65536)
    resets(peer)


def waits(peer: socket.socket) -> None:
    """Says nothing until the other side hangs up."""
    wait_for_end(peer)


def begins_handshake(context: ssl.SSLContext, then: Play) -> Play:
    """Sends the first half of its handshake flight, then plays ``then``."""

    def play(peer: socket.socket) -> None:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        tls = context.wrap_bio(incoming, outgoing, server_side=True)
        while not outgoing.pending:
            incoming.write(peer.recv(65536))
            try:
                tls.do_handshake()
            except ssl.SSLWantReadError:
                continue
        flight = outgoing.read()
        peer.sendall(flight[: len(flight) // 2])
        then(peer)

    return play


# After a whole handshake and a request


def sends(data: bytes, then: Play = closes) -> Play:
    """Sends ``data`` as it is, then plays ``then``."""

    def play(peer: socket.socket) -> None:
        peer.sendall(data)
        then(peer)

    return play


def drips(first: bytes, drop: bytes, seconds: float = 0.02) -> Play:
    """Sends ``first`` and then ``drop`` over and over, one each ``seconds``, for as long as the other side listens."""

    def play(peer: socket.socket) -> None:
        peer.sendall(first)
        while True:
            peer.sendall(drop)
            if seconds:
                threading.Event().wait(seconds)

    return play


def head(*headers: str, status: str = "200 OK") -> bytes:
    """The head of an HTTP/1.1 response."""
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, "", "")).encode()


# Pieces


def read_head(peer: socket.socket) -> bytes:
    """A request up to its empty line, or HTTP/2's preface with what came along."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = peer.recv(65536)
        if not more:
            break
        data += more
    return data


def wait_for_end(peer: socket.socket) -> None:
    while peer.recv(65536):
        pass


def hang_up(peer: socket.socket) -> None:
    """Both directions, whatever state it is in; the descriptor stays its thread's to close."""
    try:
        peer.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


def _accept(listener: socket.socket, stage: Stage, play: Play) -> None:
    while True:
        try:
            peer, _address = listener.accept()
        except OSError:
            return
        stage.accepted += 1
        stage.peers.append(peer)
        thread = threading.Thread(target=_run, args=(peer, play), name="broken server's connection")
        stage.threads.append(thread)
        thread.start()


def _run(peer: socket.socket, play: Play) -> None:
    with peer:
        try:
            play(peer)
        except OSError:  # the client has gone, as it should (ssl's errors are OSErrors too)
            return
