"""What is written down, what is not, and what a pin means when a chain could not be read."""

from dataclasses import replace

import pytest

from tests.support.memory import ServerEnd, shake_hands
from workbench.core.doctor.wire import was_refused
from workbench.core.tls import bindings, wire
from workbench.core.tls.connection import TLSConnection, TLSError
from workbench.core.tls.context import ClientContext
from workbench.core.tls.handshake import RECEIVED, SENT, Alert, fatal_alert
from workbench.core.tls.policy import TLSPolicy, Version
from workbench.core.tls.recorder import PIN_MISMATCH, Recorder
from workbench.core.tls.trust import Bundle, TrustStore
from workbench.lab.identities import Material, make_material

VERSIONS = [Version.TLS1_2, Version.TLS1_3]


@pytest.fixture(scope="module")
def lab() -> Material:
    return make_material()


def client(lab: Material, version: Version, bundle: Bundle | None = None) -> TLSConnection:
    policy = TLSPolicy(minimum=version, maximum=version)
    return TLSConnection(ClientContext(None, TrustStore((bundle or lab.bundle,)), policy), "localhost")


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("share", [0.0, 0.5])
def test_an_end_without_a_word_is_not_answered_with_an_alert(lab: Material, version: Version, share: float) -> None:
    ours = client(lab, version)
    assert not ours.handshake()
    answer = ServerEnd(lab.servers["mutual"]).step(ours.outgoing())
    ours.receive(answer[: int(len(answer) * share)] or b"\x16")
    assert not ours.handshake()
    ours.outgoing()
    ours.receive(b"")
    with pytest.raises(TLSError) as caught:
        ours.handshake()
    assert caught.value.eof
    assert ours.handshake_facts().alerts == ()
    assert ours.outgoing() == b""


@pytest.mark.parametrize("version", VERSIONS)
def test_an_end_without_close_notify_is_not_either(lab: Material, version: Version) -> None:
    ours = client(lab, version)
    shake_hands(ours, ServerEnd(lab.servers["mutual"]))
    ours.receive(b"")
    assert ours.read(10) == b""
    assert ours.unexpected_eof
    assert ours.handshake_facts().alerts == ()
    assert ours.outgoing() == b""


@pytest.mark.parametrize("version", VERSIONS)
def test_our_own_complaint_is_recorded_and_sent(lab: Material, version: Version) -> None:
    ours = client(lab, version, Bundle("nobody", ()))
    with pytest.raises(TLSError):
        shake_hands(ours, ServerEnd(lab.servers["mutual"]))
    assert [alert.description for alert in ours.handshake_facts().alerts] == ["unknown_ca"]
    assert ours.outgoing()


def test_a_chain_that_could_not_be_read_is_not_the_one_that_was_pinned() -> None:
    recorder = Recorder(identity=None, pin="0" * 64, stop_on_errors=True)
    assert recorder.on_verify(ok=True, depth=0, code=0, message="", der=b"") is not None
    assert recorder.stopped
    assert [error.code for error in recorder.errors] == [PIN_MISMATCH]


def test_tickets_without_end_do_not_fill_the_memory_and_nothing_is_missed() -> None:
    recorder = Recorder(identity=None, pin=None, stop_on_errors=True)
    ticket = bytes((wire.NEW_SESSION_TICKET, 0, 0, 0))
    for _ in range(5000):
        recorder.on_message(bindings.HANDSHAKE, sent=False, data=ticket)
    assert len(recorder.messages) == 1000
    asked = bytes.fromhex("0d000009 01 01 0002 0403 0000")
    recorder.version = "TLSv1.2"
    recorder.on_message(bindings.HANDSHAKE, sent=False, data=asked)
    assert recorder.client.requested


def test_a_warning_before_the_end_is_not_its_cause(lab: Material) -> None:
    ours = client(lab, Version.TLS1_2)
    assert not ours.handshake()
    ours.outgoing()
    ours.receive(bytes.fromhex("15 0303 0002 01 70"))  # unrecognized_name, as a warning
    assert not ours.handshake()
    ours.receive(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with pytest.raises(TLSError) as caught:
        ours.handshake()
    assert not caught.value.alert
    facts = ours.handshake_facts()
    assert (facts.alerts[0].level, facts.alerts[0].description) == ("warning", "unrecognized_name")
    assert fatal_alert(facts.alerts, facts.version) is None
    assert not was_refused(facts)


@pytest.mark.parametrize(
    ("level", "code", "version", "ends"),
    [
        ("fatal", 42, "", True),
        ("fatal", 42, "TLSv1.2", True),
        ("warning", 112, "", False),
        ("warning", 100, "TLSv1.2", False),
        ("warning", 42, "TLSv1.3", True),  # its level byte means nothing
        ("warning", 0, "TLSv1.3", False),
        ("warning", 90, "TLSv1.2", False),
    ],
)
def test_which_alerts_end_a_connection(level: str, code: int, version: str, ends: bool) -> None:
    alert = Alert(0.0, RECEIVED, level, "", code)
    assert fatal_alert([alert], version) == (alert if ends else None)
    assert fatal_alert([replace(alert, direction=SENT)], version) is None
