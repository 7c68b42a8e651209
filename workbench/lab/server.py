"""One server of the lab: listening sockets on loopback, a thread that accepts, a thread per client."""

import contextlib
import errno
import logging
import selectors
import socket
import threading

from OpenSSL import SSL

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.lab import http1, http2
from workbench.lab.application import respond
from workbench.lab.journal import Journal, Kind
from workbench.lab.messages import Query, Reply
from workbench.lab.refusals import handshake_words, refusal_words
from workbench.lab.stream import Facts, TLSStream

HANDSHAKE_SECONDS = 10.0
MAX_CLIENTS = 256
_PORT_TRIES = 20
_STOP_SECONDS = 5.0

logger = logging.getLogger(__name__)


class Server:
    """Listens from construction on; ``start`` begins to serve, ``stop`` closes everything.

    Raises ``InvalidInput`` when ``port`` (0: any) cannot be had.
    """

    def __init__(self, name: str, context: SSL.Context, journal: Journal, port: int = 0) -> None:
        self.name = name
        self._context = context
        self._journal = journal
        self._listeners = listen(port)
        self.port: int = self._listeners[0].getsockname()[1]
        self._bell, self._ear = socket.socketpair()
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._clients: dict[threading.Thread, socket.socket] = {}
        self._acceptor = threading.Thread(target=self._accept, name=f"lab {name}", daemon=True)

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"https://localhost:{self.port}/"

    def start(self) -> None:
        """Begin to serve, in the background."""
        self._acceptor.start()

    def stop(self) -> None:
        """Close every socket and wait for the threads, which then end at once."""
        self._stopping.set()
        if self._acceptor.is_alive():
            self._bell.send(b"\0")
            self._acceptor.join(_STOP_SECONDS)
        for resource in (*self._listeners, self._bell, self._ear):
            resource.close()
        with self._lock:
            clients = dict(self._clients)
        for connection in clients.values():
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in clients:
            thread.join(_STOP_SECONDS)

    def _accept(self) -> None:
        try:
            self._accept_until_stopped()
        except Exception:
            logger.exception("lab %s: cannot accept connections any more", self.name)

    def _accept_until_stopped(self) -> None:
        with selectors.DefaultSelector() as selector:
            for listener in (*self._listeners, self._ear):
                selector.register(listener, selectors.EVENT_READ)
            while not self._stopping.is_set():
                for key, _events in selector.select():
                    if isinstance(key.fileobj, socket.socket) and key.fileobj is not self._ear:
                        self._admit(key.fileobj)

    def _admit(self, listener: socket.socket) -> None:
        try:
            connection, _address = listener.accept()
        except (BlockingIOError, ConnectionError):
            return  # the client left before its turn came
        except OSError:
            logger.exception("lab %s: cannot accept a connection", self.name)
            self._stopping.wait(0.1)  # out of descriptors: give some time to be freed
            return
        thread = threading.Thread(target=self._run, args=(connection,), name=f"lab {self.name} client", daemon=True)
        with self._lock:
            full = len(self._clients) >= MAX_CLIENTS
            if not full:
                self._clients[thread] = connection
        if full:
            connection.close()
            self._journal.record(self.name, Kind.BROKEN, _("A client was rejected: too many connections."))
            return
        try:
            thread.start()
        except RuntimeError:
            logger.exception("lab %s: no thread for a connection", self.name)
            with self._lock:
                del self._clients[thread]
            connection.close()

    def _run(self, connection: socket.socket) -> None:
        try:
            with connection:
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self._talk(TLSStream(connection, self._context))
        except Exception:
            logger.exception("lab %s: a connection broke down", self.name)
        finally:
            with self._lock:
                del self._clients[threading.current_thread()]

    def _talk(self, stream: TLSStream) -> None:
        facts = self._shake_hands(stream)
        if facts is not None:
            serve = http2.serve if facts.alpn == "h2" else http1.serve
            try:
                serve(stream, facts, self._answer, self._stopping)
            except (SSL.Error, OSError) as error:
                self._broken(_("A connection broke: {error}").format(error=error))
        if not self._stopping.is_set():
            stream.close()

    def _shake_hands(self, stream: TLSStream) -> Facts | None:
        try:
            facts = stream.handshake(HANDSHAKE_SECONDS)
        except SSL.Error as error:
            if stream.refusal:
                words, client = refusal_words(stream.refusal), stream.refusal.certificate
                self._journal.record(self.name, Kind.REFUSED, words, client)
            else:
                self._journal.record(self.name, Kind.REFUSED, handshake_words(error))
        except TimeoutError:
            self._broken(_("A client did not complete the handshake in time."))
        except (EOFError, OSError):
            self._broken(_("A client disconnected during the handshake."))
        else:
            self._greet(facts)
            return facts
        return None

    def _greet(self, facts: Facts) -> None:
        if facts.client is None:
            words = _("A client without a certificate was accepted over {version}.").format(version=facts.version)
            self._journal.record(self.name, Kind.ANONYMOUS, words)
        else:
            words = _("{who} was recognised, over {version}.").format(
                who=facts.client.common_name, version=facts.version
            )
            self._journal.record(self.name, Kind.RECOGNISED, words, facts.client)

    def _answer(self, query: Query) -> Reply:
        reply = respond(query)
        words = f"{query.method} {query.target}: {reply.status}"
        self._journal.record(self.name, Kind.REQUEST, words, query.facts.client)
        return reply

    def _broken(self, what: str) -> None:
        if not self._stopping.is_set():
            self._journal.record(self.name, Kind.BROKEN, what)


def listen(port: int) -> tuple[socket.socket, ...]:
    """Listening sockets on 127.0.0.1 and, where there is one, ::1, both on the same port."""
    if not 0 <= port <= 65535:
        raise InvalidInput(
            _("There is no such port."),
            detail=_("{port} is not a port number.").format(port=port),
            hint=_("Choose one from 1024 to 65535, or 0 for any free port."),
        )
    for _attempt in range(1 if port else _PORT_TRIES):
        try:
            return _listen_on_both(port)
        except OSError as error:
            failure = error
            if error.errno != errno.EADDRINUSE:
                break
    raise InvalidInput(
        _("The lab cannot listen on port {port}.").format(port=port),
        detail=failure.strerror or str(failure),
        hint=_("Choose another port, or 0 for any free port."),
    ) from failure


def _listen_on_both(port: int) -> tuple[socket.socket, ...]:
    first = _listen_on(socket.AF_INET, "127.0.0.1", port)
    if not has_loopback_ipv6():
        return (first,)
    try:
        return (first, _listen_on(socket.AF_INET6, "::1", first.getsockname()[1]))
    except OSError:
        first.close()
        raise


def _listen_on(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        # On Windows this option would let two programs share a port; there the default is what we want.
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(128)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


def has_loopback_ipv6() -> bool:
    """Whether something can listen on ::1 here (containers often have no IPv6 at all)."""
    if not socket.has_ipv6:
        return False
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True
