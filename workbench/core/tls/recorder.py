"""Listening to one connection: every message, alert and verification error, as it happens."""

import contextlib
import time
from dataclasses import replace

from workbench.core.tls import bindings, wire
from workbench.core.tls.certificate import Certificate, seen
from workbench.core.tls.handshake import RECEIVED, SENT, Alert, ClientProof, Message, VerificationError
from workbench.core.tls.names import distinguished_name
from workbench.core.tls.registry import ALERTS, HANDSHAKE_TYPES, name_of

PIN_MISMATCH = -1
"""The number of a ``VerificationError`` that is ours, not OpenSSL's: another certificate than the one pinned."""

_APPLICATION_VERIFICATION = 50  # X509_V_ERR_APPLICATION_VERIFICATION: what OpenSSL calls our own verdict
_REVOKED = 23  # X509_V_ERR_CERT_REVOKED
_DECODE_ERROR = 50
_MOST = 1000  # messages kept of a connection: a peer may renew tickets and keys without end
_SECRET = {wire.NEW_SESSION_TICKET, wire.CLIENT_KEY_EXCHANGE}
_LEVELS = {1: "warning", 2: "fatal"}


class Recorder:
    """The observer of one connection. ``stop_on_errors`` ends the handshake once the whole chain was seen."""

    def __init__(self, *, identity: str | None, pin: str | None, stop_on_errors: bool) -> None:
        self._start = time.perf_counter()
        self._pin = pin
        self._stop_on_errors = stop_on_errors
        self._leaf_seen = False
        self.complete = False
        self.ended = False
        self.ticket_seen = False
        self.stopped = False
        self.version = ""
        self.cipher = ""
        self.group = ""
        self.signature_algorithm = ""
        self.presented: tuple[Certificate, ...] = ()
        self.errors: list[VerificationError] = []
        self.client = ClientProof(identity=identity)
        self.messages: list[Message] = []
        self.alerts: list[Alert] = []

    def elapsed_ms(self) -> float:
        """Milliseconds since the handshake began."""
        return (time.perf_counter() - self._start) * 1000

    def on_message(self, content_type: int, sent: bool, data: bytes) -> None:
        """Called by OpenSSL for each message in either direction."""
        at, direction = self.elapsed_ms(), SENT if sent else RECEIVED
        if content_type == bindings.ALERT and len(data) == 2:
            if self.ended and sent and data[1] == _DECODE_ERROR:
                return  # made up by OpenSSL when the stream just ends; nobody is there to hear it
            level = _LEVELS.get(data[0], str(data[0]))
            self.alerts.append(Alert(at, direction, level, ALERTS.get(data[1], str(data[1])), data[1]))
        elif content_type == bindings.CHANGE_CIPHER_SPEC:
            self._keep(Message(at, direction, "ChangeCipherSpec", len(data), data))
        elif content_type == bindings.HANDSHAKE and len(data) >= 4:
            name = name_of(HANDSHAKE_TYPES, data[0])
            # What cannot be read is still listed; OpenSSL says itself what it thinks of it.
            with contextlib.suppress(ValueError):
                if data[0] == wire.SERVER_HELLO and not sent and wire.server_hello(data).retry:
                    name = "HelloRetryRequest"
                self._note(data, sent)
            body = data[:4] if data[0] in _SECRET else data
            self._keep(Message(at, direction, name, len(data), body))

    def _keep(self, message: Message) -> None:
        if len(self.messages) < _MOST:
            self.messages.append(message)

    def _note(self, data: bytes, sent: bool) -> None:
        kind = data[0]
        if sent:
            if kind == wire.CERTIFICATE:
                chain = tuple(seen(der) for der in wire.certificates(data, self.version))
                self.client = replace(self.client, sent=chain)
            return
        if kind == wire.SERVER_HELLO:
            hello = wire.server_hello(data)
            self.version, self.cipher = hello.version, hello.cipher
            self.group = hello.group or self.group
        elif kind == wire.CERTIFICATE:
            self.presented = tuple(seen(der) for der in wire.certificates(data, self.version))
            self.errors.clear()
            self._leaf_seen = False
        elif kind == wire.SERVER_KEY_EXCHANGE:
            self.group, self.signature_algorithm = wire.server_key_exchange(data, self.version)
        elif kind == wire.CERTIFICATE_VERIFY:
            self.signature_algorithm = wire.certificate_verify_scheme(data)
        elif kind == wire.CERTIFICATE_REQUEST:
            asked = wire.certificate_request(data, self.version)
            self.client = replace(
                self.client,
                requested=True,
                acceptable_authorities=tuple(distinguished_name(name) for name in asked.authorities),
                signature_algorithms=asked.signature_algorithms,
                after_handshake=self.complete,
            )
        elif kind == wire.NEW_SESSION_TICKET:
            self.ticket_seen = True

    def on_verify(self, ok: bool, depth: int, code: int, message: str, der: bytes) -> int | None:
        """Called by OpenSSL for each error, and with ``ok`` for each certificate, the leaf last."""
        if not ok:
            if not any((e.depth, e.code) == (depth, code) for e in self.errors):
                found = VerificationError(depth, code, message, Certificate(der) if der else None)
                self.errors.append(found)
            # After the leaf only name constraints are left: waiting on would let our certificate go out.
            return self._verdict() if self._leaf_seen else None
        if depth > 0:
            return None
        self._leaf_seen = True
        self._check_pin()
        return self._verdict()

    def revoked(self, leaf: Certificate) -> bool:
        """Note that ``leaf`` was revoked; whether the handshake may go on."""
        self.errors.append(VerificationError(0, _REVOKED, "certificate revoked", leaf))
        self.stopped = self._stop_on_errors
        return not self.stopped

    def _verdict(self) -> int | None:
        if not self.errors or not self._stop_on_errors:
            return None
        self.stopped = True
        code = self.errors[0].code
        return _APPLICATION_VERIFICATION if code == PIN_MISMATCH else code

    def _check_pin(self) -> None:
        if self._pin is None:
            return
        # A chain that we could not read is not the one that was pinned.
        leaf = self.presented[0] if self.presented else None
        if leaf is None or self._pin not in (leaf.sha256, leaf.spki_sha256):
            message = "the pinned thumbprint is that of another certificate"
            self.errors.append(VerificationError(0, PIN_MISMATCH, message, leaf))
