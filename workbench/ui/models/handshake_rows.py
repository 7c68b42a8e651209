"""The handshake as table rows: every message and alert in order of time, and where it broke."""

import enum
from dataclasses import dataclass

from workbench.core.i18n import _
from workbench.core.tls.handshake import SENT, Alert, Handshake, Message
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import size_words
from workbench.ui.models.table import Column


class Step(enum.Enum):
    """What a message is part of."""

    KEYS = "keys"
    SERVER = "server"
    CLIENT = "client"
    FINISHED = "finished"
    AFTER = "after"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class HandshakeRow:
    """One row: a message, an alert, or (with neither) the place where the handshake stopped."""

    step: Step
    at_ms: float
    message: Message | None = None
    alert: Alert | None = None


_STEPS = {
    "ClientHello": Step.KEYS,
    "ServerHello": Step.KEYS,
    "HelloRetryRequest": Step.KEYS,
    "EncryptedExtensions": Step.KEYS,
    "ServerKeyExchange": Step.KEYS,
    "ServerHelloDone": Step.KEYS,
    "ClientKeyExchange": Step.KEYS,
    "ChangeCipherSpec": Step.FINISHED,
    "Finished": Step.FINISHED,
    "EndOfEarlyData": Step.FINISHED,
    "CertificateStatus": Step.SERVER,
    "CertificateRequest": Step.CLIENT,
    "HelloRequest": Step.AFTER,
    "NewSessionTicket": Step.AFTER,
    "KeyUpdate": Step.AFTER,
}


def message_lines(handshake: Handshake) -> tuple[HandshakeRow, ...]:
    """Messages and alerts by time; a handshake that never finished ends with a line that says so."""
    lines = [
        HandshakeRow(_step(message, handshake.version), message.at_ms, message=message)
        for message in handshake.messages
    ]
    lines += [
        HandshakeRow(_alert_step(alert, handshake.version), alert.at_ms, alert=alert) for alert in handshake.alerts
    ]
    lines.sort(key=lambda line: line.at_ms)  # stable: messages of one flight keep their order
    if not handshake.complete:
        lines.append(HandshakeRow(Step.BROKEN, max(handshake.duration_ms, lines[-1].at_ms if lines else 0.0)))
    return tuple(lines)


def _step(message: Message, version: str) -> Step:
    if message.type == "ChangeCipherSpec" and version == "TLSv1.3":
        return Step.KEYS  # means nothing there (RFC 8446 D.4)
    if message.type == "NewSessionTicket" and version != "TLSv1.3":
        return Step.FINISHED  # comes before the server's Finished there (RFC 5077 3.1)
    known = _STEPS.get(message.type)
    if known is not None:
        return known
    return Step.CLIENT if message.direction == SENT else Step.SERVER  # Certificate, CertificateVerify


def _alert_step(alert: Alert, version: str) -> Step:
    return Step.BROKEN if alert.is_fatal(version) else Step.AFTER


def step_words(step: Step) -> str:
    """The step's name."""
    return {
        Step.KEYS: _("key exchange"),
        Step.SERVER: _("server proves its identity"),
        Step.CLIENT: _("client proves its identity"),
        Step.FINISHED: _("finished"),
        Step.AFTER: _("after the handshake"),
        Step.BROKEN: _("failed here"),
    }[step]


def direction_words(line: HandshakeRow) -> str:
    """An arrow and a word."""
    part = line.message or line.alert
    if part is None:
        return ""
    return _("→ sent") if part.direction == SENT else _("← received")


def name_words(line: HandshakeRow) -> str:
    """What the row is: the message's name, the alert's level and name, or that it stopped."""
    if line.message is not None:
        return line.message.type
    if line.alert is not None:
        alert = line.alert
        return _("Alert ({level}): {description}, {code}").format(
            level=alert.level, description=alert.description, code=alert.code
        )
    return _("The handshake stopped here")


def _mark(line: HandshakeRow) -> Mark | None:
    if line.message is not None:
        return None
    return Mark.BAD if line.step is Step.BROKEN else Mark.WARNING


def message_columns() -> tuple[Column[HandshakeRow], ...]:
    """Step, time, direction, message, size."""
    return (
        Column(_("Step"), lambda line: step_words(line.step)),
        Column(_("Time"), lambda line: f"{line.at_ms:.2f} ms", numeric=True),
        Column(_("Direction"), direction_words),
        Column(_("Message"), name_words, mark=_mark),
        Column(_("Size"), lambda line: size_words(line.message.size) if line.message else "", numeric=True),
    )
