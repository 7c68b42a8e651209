"""The client's end of one TLS connection, without a socket: bytes in, bytes out, facts kept."""

import weakref
from dataclasses import replace
from datetime import UTC, datetime

from OpenSSL import SSL, crypto

from workbench.core.tls import bindings
from workbench.core.tls.certificate import Certificate, seen
from workbench.core.tls.context import ClientContext, SavedSession, reason
from workbench.core.tls.handshake import CLOSE_NOTIFY, RECEIVED, Handshake, PeerProof, Revocation, fatal_alert
from workbench.core.tls.names import ascii_host, is_address
from workbench.core.tls.recorder import Recorder

_CHUNK = 65536


class TLSError(Exception):
    """TLS went wrong. ``reason`` is OpenSSL's word for it; the connection's ``handshake()`` tells the rest.

    ``eof``: the peer closed without a word. ``alert``: it sent a fatal alert. ``stopped``: we ended the
    handshake because of the server's chain.
    """

    def __init__(self, why: str, *, eof: bool = False, alert: bool = False, stopped: bool = False) -> None:
        super().__init__(why)
        self.reason = why
        self.eof = eof
        self.alert = alert
        self.stopped = stopped


class TLSConnection:
    """A handshake and then a stream over bytes that somebody else carries (RFC 8446).

    Feed what the peer sent to ``receive``, carry what ``outgoing`` returns to the peer, and do so after
    every other call too: any of them may have something to say. ``address`` is the peer's, for the record.
    """

    def __init__(self, context: ClientContext, host: str, *, address: str = "", session_key: str | None = None) -> None:
        policy = context.policy
        self._context = context
        self._host = ascii_host(host)
        self._address = address
        self._session_key = (session_key or self._host) if policy.resume else None
        self._recorder = Recorder(
            identity=context.identity.name if context.identity else None,
            pin=context.pin,
            stop_on_errors=policy.verify,
        )
        self._ssl = SSL.Connection(context.ssl, None)
        bindings.observe(self._ssl, self._recorder)
        self._sni = self._server_name()
        if self._sni:
            self._ssl.set_tlsext_host_name(self._sni.encode("ascii"))
        bindings.expect_host(
            self._ssl, self._host, address=is_address(self._host), partial=context.trust.holds_more_than_roots
        )
        if context.alpn:
            self._ssl.set_alpn_protos([protocol.encode("ascii") for protocol in context.alpn])
        self._ssl.request_ocsp()
        self._ssl.set_app_data(weakref.WeakMethod(self._judge_staple))  # for ``context.staple_arrived``
        self._revocation = Revocation()
        self._resume()
        self._ssl.set_connect_state()
        self._first: Handshake | None = None
        self._handshake_ms = 0.0
        self._session_saved = False
        self._ended = False
        self._drained = False  # all that was received has been read
        self._told: tuple[tuple[int, ...], Handshake] | None = None
        self.unexpected_eof = False

    def _server_name(self) -> str | None:
        wanted = self._context.policy.sni
        if wanted is None:
            return None if is_address(self._host) or not self._host else self._host
        return ascii_host(wanted) or None

    def _resume(self) -> None:
        # A ticket is used once (RFC 8446 C.4); the connection that uses it brings a new one.
        self._offered: SavedSession | None = None
        if self._session_key is not None:
            self._offered = self._context.sessions.pop(self._session_key, None)
        if self._offered is not None:
            self._ssl.set_session(self._offered.session)

    @property
    def complete(self) -> bool:
        """Whether the first handshake is done."""
        return self._recorder.complete

    @property
    def ticket_seen(self) -> bool:
        """Whether the server sent a session ticket, which it does once it has accepted us (RFC 8446 4.6.1)."""
        return self._recorder.ticket_seen

    def selected_alpn_protocol(self) -> str | None:
        """What ALPN chose, once the handshake is complete."""
        return self._ssl.get_alpn_proto_negotiated().decode("ascii", "replace") or None

    def check_alpn(self) -> None:
        """Raise ``TLSError`` when HTTP/2 alone was offered and something else was chosen (RFC 9113 3.2)."""
        if self._context.alpn == ("h2",) and self.selected_alpn_protocol() != "h2":
            raise TLSError("no application protocol")

    def receive(self, data: bytes) -> None:
        """Take bytes from the peer; empty means that it closed the connection."""
        self._drained = False
        if data:
            self._ssl.bio_write(data)
        elif not self._ended:
            self._ended = self._recorder.ended = True
            self._ssl.bio_shutdown()

    def outgoing(self) -> bytes:
        """The bytes to carry to the peer now; may be empty."""
        size = bindings.outgoing_size(self._ssl)
        return self._ssl.bio_read(size) if size else b""

    def handshake(self) -> bool:
        """Go on with the handshake; True once it is complete. Raises ``TLSError``."""
        try:
            self._ssl.do_handshake()
        except SSL.WantReadError:
            bindings.raise_pending()
            return False
        except SSL.Error as error:
            bindings.raise_pending()
            raise self._failed(error) from error
        bindings.raise_pending()
        self._recorder.complete = True
        self._handshake_ms = self._recorder.elapsed_ms()
        if bindings.session_reused(self._ssl) and self._offered is not None:
            self._first = self._offered.first
        return True

    def read(self, limit: int) -> bytes | None:
        """Decrypted bytes, at most ``limit``; None when more must be received first; empty at the end.

        A peer that closes without close_notify ends the stream too, and sets ``unexpected_eof``: many
        servers do, and HTTP has its own marks of completeness. Raises ``TLSError``; in TLS 1.3 this is
        where a server's refusal of our certificate arrives.
        """
        if self._drained:
            return None
        try:
            data = self._ssl.recv(min(limit, _CHUNK))
        except SSL.WantReadError:
            bindings.raise_pending()
            return None
        except SSL.ZeroReturnError:
            return b""
        except SSL.Error as error:
            bindings.raise_pending()
            failure = self._failed(error)
            if failure.eof:
                self.unexpected_eof = True
                return b""
            raise failure from error
        if len(data) < limit:  # that was one record: the others that came with it go along
            data, self._drained = bindings.read_on(self._ssl, data, limit)
            bindings.raise_pending()
        if self._recorder.ticket_seen and not self._session_saved:
            self._save_session()
        return data

    def write(self, data: bytes | memoryview) -> int:
        """Encrypt ``data``; how many bytes were taken, 0 when something must be received first. Raises ``TLSError``."""
        try:
            return self._ssl.send(data)
        except SSL.WantReadError:  # the peer is renegotiating
            return 0
        except SSL.Error as error:
            raise self._failed(error) from error

    def close(self) -> None:
        """Say close_notify (RFC 8446 6.1); ``outgoing`` then carries it. Harmless on a broken connection."""
        if self.complete:
            self._save_session()
            try:
                self._ssl.shutdown()
            except SSL.Error:
                return

    def _failed(self, error: SSL.Error) -> TLSError:
        if self._session_key is not None:
            self._context.sessions.pop(self._session_key, None)
        if isinstance(error, SSL.SysCallError):
            self.outgoing()  # an alert to nobody
            return TLSError("unexpected eof", eof=True)
        # In a handshake; ``read`` has its own way with it. OpenSSL names no reason where its level is fatal.
        closing = any(one.direction == RECEIVED and one.code == CLOSE_NOTIFY for one in self._recorder.alerts)
        if isinstance(error, SSL.ZeroReturnError) or (closing and not self._recorder.complete):
            return TLSError("closed by close_notify", eof=True)
        alert = fatal_alert(self._recorder.alerts, self._recorder.version) is not None
        return TLSError(reason(error), alert=alert, stopped=self._recorder.stopped)

    def _save_session(self) -> None:
        if self._session_key is None or self._session_saved or not self.complete:
            return
        if self._recorder.version == "TLSv1.3" and not self._recorder.ticket_seen:
            return
        session = self._ssl.get_session()
        if session is not None:
            self._session_saved = True
            facts = self.handshake_facts()
            first = self._first or replace(facts, messages=(), alerts=())
            self._context.sessions[self._session_key] = SavedSession(session, first)

    def _verified(self) -> tuple[Certificate, ...] | None:
        chain = self._ssl.get_verified_chain() if self._recorder.presented else None
        if not chain:
            return None
        found = tuple(seen(crypto.dump_certificate(crypto.FILETYPE_ASN1, c)) for c in chain)
        return found if self._context.trust.bundle_of(found[-1]) is not None else None

    def _peer(self) -> PeerProof:
        if self._first is not None:
            return replace(self._first.peer, address=self._address)
        recorder = self._recorder
        verified = self._verified()
        errors = tuple(recorder.errors)
        return PeerProof(
            address=self._address,
            presented=recorder.presented,
            verified=verified,
            trusted=verified is not None and not errors,
            trust=self._context.trust.bundle_of(verified[-1]) if verified else None,
            errors=errors,
            ocsp_stapled=bool(recorder.presented) and bindings.ocsp_stapled(self._ssl),
            revocation=self._revocation,
        )

    def _judge_staple(self, data: bytes) -> bool:
        """Note what the stapled OCSP answer says (RFC 6066 8); False ends the handshake."""
        recorder = self._recorder
        if not data or not recorder.presented:
            return True
        from workbench.core.tls.ocsp import read_ocsp  # few servers staple

        chain = self._ssl.get_verified_chain() or ()
        known = [*recorder.presented[1:], *(seen(crypto.dump_certificate(crypto.FILETYPE_ASN1, c)) for c in chain[1:])]
        leaf = recorder.presented[0]
        issuer = next((one for one in known if one.subject == leaf.issuer and leaf.is_issued_by(one)), None)
        self._revocation = read_ocsp(data, leaf, issuer, datetime.now(UTC), source="staple")
        return self._revocation.leaf != "revoked" or recorder.revoked(leaf)

    def handshake_facts(self) -> Handshake:
        """Everything that was learned so far: the same object until something happens, once the handshake is done."""
        recorder = self._recorder
        if not recorder.complete:
            return self._facts()
        # Nothing changes without a message, an alert or a verification error.
        learned = len(recorder.messages), len(recorder.alerts), len(recorder.errors)
        if self._told is None or self._told[0] != learned:
            self._told = learned, self._facts()
        return self._told[1]

    def _facts(self) -> Handshake:
        recorder, first = self._recorder, self._first or Handshake()
        client = recorder.client
        if self._first is not None and not client.requested:
            client = first.client
        return Handshake(
            host=self._host,
            sni=self._sni,
            version=recorder.version,
            cipher=recorder.cipher,
            group=recorder.group or first.group,
            signature_algorithm=recorder.signature_algorithm
            or (self._first.signature_algorithm if self._first else ""),
            alpn=self.selected_alpn_protocol(),
            resumed=self._first is not None,
            complete=recorder.complete,
            peer=self._peer(),
            client=client,
            messages=tuple(recorder.messages),
            alerts=tuple(recorder.alerts),
            duration_ms=self._handshake_ms or recorder.elapsed_ms(),
        )
