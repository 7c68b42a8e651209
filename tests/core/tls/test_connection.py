"""The connection's facts, with both ends of TLS in memory."""

from dataclasses import replace

import pytest
from OpenSSL import SSL

from tests.support.memory import ServerEnd, shake_hands
from workbench.core.tls.connection import TLSConnection, TLSError
from workbench.core.tls.context import ClientContext
from workbench.core.tls.identity import Identity
from workbench.core.tls.policy import TLSPolicy, Version
from workbench.core.tls.recorder import PIN_MISMATCH
from workbench.core.tls.trust import Bundle, TrustStore
from workbench.lab.identities import Material, make_material


@pytest.fixture(scope="module")
def lab() -> Material:
    return make_material()


def context(
    lab: Material, identity: Identity | None = None, policy: TLSPolicy | None = None, *, trusting: bool = True
) -> ClientContext:
    trust = TrustStore((lab.bundle,) if trusting else (Bundle("nobody", ()),))
    return ClientContext(identity, trust, policy or TLSPolicy())


def server(lab: Material, name: str = "mutual", **options: object) -> ServerEnd:
    return ServerEnd(lab.servers[name], lab.client_authorities, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("version", [Version.TLS1_2, Version.TLS1_3])
def test_mutual_handshake_records_both_proofs(lab: Material, version: Version) -> None:
    alice = lab.identities["alice"]
    end = server(lab, require=True, alpn=[b"h2"])
    ours = context(lab, alice, TLSPolicy(minimum=version, maximum=version))
    ours.set_alpn_protocols(["h2", "http/1.1"])
    connection = TLSConnection(ours, "localhost", address="127.0.0.1:1")
    shake_hands(connection, end)

    facts = connection.handshake_facts()
    assert facts.complete
    assert not facts.resumed
    assert facts.version == str(version) == end.connection.get_protocol_version_name()
    assert facts.alpn == "h2"
    assert facts.sni == "localhost"
    assert end.names == [b"localhost"]
    assert facts.peer.presented == lab.servers["mutual"].chain
    assert facts.peer.verified == (*lab.servers["mutual"].chain, lab.authority)
    assert facts.peer.trusted
    assert facts.peer.trust == "lab"
    assert facts.peer.errors == ()
    assert facts.client.requested
    assert facts.client.acceptable_authorities == tuple(c.subject for c in lab.client_authorities)
    assert "ecdsa_secp256r1_sha256" in facts.client.signature_algorithms
    assert facts.client.sent == alice.chain
    seen = end.connection.get_peer_certificate(as_cryptography=True)
    assert seen is not None
    assert seen.serial_number == alice.certificate.x509.serial_number
    assert facts.signature_algorithm == "ecdsa_secp256r1_sha256"
    assert facts.group.lower() == str(end.connection.get_group_name()).lower()
    if version is Version.TLS1_3:
        assert facts.cipher == end.connection.get_cipher_name()
    else:
        assert facts.cipher == "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"
        assert end.connection.get_cipher_name() == "ECDHE-ECDSA-AES256-GCM-SHA384"


def test_messages_are_recorded_in_both_directions_with_sizes_and_times(lab: Material) -> None:
    connection = TLSConnection(context(lab, lab.identities["alice"]), "localhost")
    shake_hands(connection, server(lab, require=True))
    messages = connection.handshake_facts().messages
    shown = [(m.direction, m.type) for m in messages if m.type not in ("ChangeCipherSpec", "NewSessionTicket")]
    assert shown == [
        ("sent", "ClientHello"),
        ("received", "ServerHello"),
        ("received", "EncryptedExtensions"),
        ("received", "CertificateRequest"),
        ("received", "Certificate"),
        ("received", "CertificateVerify"),
        ("received", "Finished"),
        ("sent", "Certificate"),
        ("sent", "CertificateVerify"),
        ("sent", "Finished"),
    ]
    assert all(m.size == 4 + int.from_bytes(m.body[1:4], "big") for m in messages if m.type != "ChangeCipherSpec")
    assert [m.at_ms for m in messages] == sorted(m.at_ms for m in messages)
    assert all(len(m.body) == 4 for m in messages if m.type == "NewSessionTicket")


def test_untrusted_server_is_shown_whole_and_never_sees_our_certificate(lab: Material) -> None:
    end = server(lab, "untrusted", require=True)
    connection = TLSConnection(context(lab, lab.identities["alice"]), "localhost")
    with pytest.raises(TLSError) as caught:
        shake_hands(connection, end)
    end.step(connection.outgoing())
    assert caught.value.stopped
    facts = connection.handshake_facts()
    assert facts.peer.presented == lab.servers["untrusted"].chain
    assert facts.peer.verified is None
    assert not facts.peer.trusted
    assert {e.code for e in facts.peer.errors} & {18, 19, 20, 21}
    assert facts.client.requested
    assert facts.client.sent == ()
    assert end.connection.get_peer_certificate() is None
    assert [(a.direction, a.description) for a in facts.alerts] == [("sent", "unknown_ca")]


@pytest.mark.parametrize(
    ("name", "host", "codes", "alert"),
    [
        ("expired", "localhost", {10}, "certificate_expired"),
        ("wrong-name", "localhost", {62}, "bad_certificate"),
        ("mutual", "127.0.0.2", {64}, "bad_certificate"),
    ],
)
def test_each_defect_is_named_and_answered_with_its_alert(
    lab: Material, name: str, host: str, codes: set[int], alert: str
) -> None:
    connection = TLSConnection(context(lab), host)
    with pytest.raises(TLSError):
        shake_hands(connection, server(lab, name))
    facts = connection.handshake_facts()
    assert {e.code for e in facts.peer.errors} == codes
    assert [(a.direction, a.description) for a in facts.alerts] == [("sent", alert)]


def test_every_error_at_every_depth_and_verification_off_only_does_not_stop(lab: Material) -> None:
    policy = TLSPolicy(verify=False, pin="00" * 32)
    connection = TLSConnection(context(lab, policy=policy), "other.test")
    shake_hands(connection, server(lab, "expired"))
    facts = connection.handshake_facts()
    assert facts.complete
    assert not facts.peer.trusted
    assert {e.code for e in facts.peer.errors} == {10, 62, PIN_MISMATCH}
    assert all(e.certificate == lab.servers["expired"].certificate for e in facts.peer.errors)


def test_a_pinned_certificate_or_key_is_accepted(lab: Material) -> None:
    leaf = lab.servers["mutual"].certificate
    for pin in (leaf.sha256, leaf.spki_sha256):
        connection = TLSConnection(context(lab, policy=TLSPolicy(pin=pin)), "localhost")
        shake_hands(connection, server(lab))
        assert connection.handshake_facts().peer.trusted


def test_missing_intermediate_leaves_no_verified_chain(lab: Material) -> None:
    connection = TLSConnection(context(lab), "localhost")
    with pytest.raises(TLSError):
        shake_hands(connection, server(lab, "mutual", chain=()))
    facts = connection.handshake_facts()
    assert facts.peer.verified is None
    assert 20 in {e.code for e in facts.peer.errors}


def test_an_intermediate_in_a_bundle_is_enough_to_trust(lab: Material) -> None:
    issuer = lab.servers["mutual"].intermediates[0]
    trust = TrustStore((Bundle("issuer only", (issuer,)),))
    connection = TLSConnection(ClientContext(None, trust, TLSPolicy()), "localhost")
    shake_hands(connection, server(lab))
    assert connection.handshake_facts().peer.trust == "issuer only"


def test_refused_in_tls_1_3_arrives_on_the_first_read(lab: Material) -> None:
    end = server(lab, require=True)
    connection = TLSConnection(context(lab), "localhost")
    shake_hands(connection, end)
    assert connection.complete
    with pytest.raises(TLSError) as caught:
        connection.read(100)
    assert caught.value.alert
    facts = connection.handshake_facts()
    assert facts.client.requested
    assert facts.client.sent == ()
    assert [(a.direction, a.level, a.description, a.code) for a in facts.alerts] == [
        ("received", "fatal", "certificate_required", 116)
    ]


def test_resumption_shows_the_first_handshake_and_says_so(lab: Material) -> None:
    alice = lab.identities["alice"]
    for version in (Version.TLS1_2, Version.TLS1_3):
        end = server(lab, require=True)
        ours = context(lab, alice, TLSPolicy(maximum=version))
        first = TLSConnection(ours, "localhost")
        shake_hands(first, end)
        first.receive(end.say(b"hello"))
        assert first.read(100) == b"hello"
        first.close()
        end.accept()
        second = TLSConnection(ours, "localhost", address="127.0.0.1:2")
        shake_hands(second, end)
        before, after = first.handshake_facts(), second.handshake_facts()
        assert not before.resumed
        assert after.resumed
        assert after.peer == replace(before.peer, address="127.0.0.1:2")
        assert after.client == before.client
        assert "Certificate" not in {m.type for m in after.messages}


def test_a_refused_session_is_not_offered_again(lab: Material) -> None:
    ours = context(lab, lab.identities["expired"])
    connection = TLSConnection(ours, "localhost")
    shake_hands(connection, server(lab, require=True))
    with pytest.raises(TLSError):
        connection.read(1)
    connection.close()
    assert ours.sessions == {}


def test_no_server_name_for_addresses_or_when_told_so(lab: Material) -> None:
    for host, policy, expected in [
        ("127.0.0.1", TLSPolicy(), None),
        ("[::1]", TLSPolicy(), None),
        ("localhost", TLSPolicy(sni=""), None),
        ("localhost", TLSPolicy(sni="bücher.example"), "xn--bcher-kva.example"),
    ]:
        end = server(lab)
        connection = TLSConnection(context(lab, policy=policy), host)
        shake_hands(connection, end)
        facts = connection.handshake_facts()
        assert facts.sni == expected
        assert end.names == ([expected.encode()] if expected else [None])
        assert facts.peer.trusted


def test_data_flows_both_ways_and_a_close_without_notice_is_noted(lab: Material) -> None:
    end = server(lab)
    connection = TLSConnection(context(lab), "localhost")
    shake_hands(connection, end)
    assert connection.write(b"x" * 100_000) > 0
    end.connection.bio_write(connection.outgoing())
    assert end.connection.recv(10) == b"x" * 10
    connection.receive(end.say(b"bye"))
    assert connection.read(100) == b"bye"
    assert connection.read(100) is None
    connection.receive(b"")
    assert connection.read(100) == b""
    assert connection.unexpected_eof


def test_facts_are_made_again_only_when_something_happened(lab: Material) -> None:
    connection, end = TLSConnection(context(lab), "localhost"), server(lab)
    shake_hands(connection, end)
    before = connection.handshake_facts()
    assert connection.handshake_facts() is before
    end.connection.shutdown()
    connection.receive(end.connection.bio_read(65536))
    assert connection.read(100) == b""
    after = connection.handshake_facts()
    assert [alert.description for alert in after.alerts] == ["close_notify"]
    assert before.alerts == ()


def test_garbage_and_silence_are_told_apart(lab: Material) -> None:
    connection = TLSConnection(context(lab), "localhost")
    connection.handshake()
    connection.receive(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with pytest.raises(TLSError) as caught:
        connection.handshake()
    assert not caught.value.eof
    silent = TLSConnection(context(lab), "localhost")
    silent.handshake()
    silent.receive(b"")
    with pytest.raises(TLSError) as caught:
        silent.handshake()
    assert caught.value.eof


def test_no_shared_version(lab: Material) -> None:
    end = server(lab, configure=lambda c: c.set_max_proto_version(SSL.TLS1_2_VERSION))
    connection = TLSConnection(context(lab, policy=TLSPolicy(minimum=Version.TLS1_3)), "localhost")
    with pytest.raises(TLSError) as caught:
        shake_hands(connection, end)
    assert caught.value.alert
    assert [a.description for a in connection.handshake_facts().alerts] == ["protocol_version"]


def test_old_versions_only_when_the_floor_is_lowered(lab: Material) -> None:
    def old(server_context: SSL.Context) -> None:
        server_context.set_min_proto_version(SSL.TLS1_VERSION)
        server_context.set_max_proto_version(SSL.TLS1_VERSION)
        server_context.set_cipher_list(b"ALL@SECLEVEL=0")

    refused = TLSConnection(context(lab), "localhost")
    with pytest.raises(TLSError):
        shake_hands(refused, server(lab, configure=old))
    allowed = TLSConnection(context(lab, policy=TLSPolicy(minimum=Version.TLS1_0)), "localhost")
    shake_hands(allowed, server(lab, configure=old))
    assert allowed.handshake_facts().version == "TLSv1"


def test_hello_retry_request_is_shown_as_such(lab: Material) -> None:
    def only_p384(server_context: SSL.Context) -> None:
        from workbench.core.tls import bindings

        bindings.set_groups(server_context, "secp384r1")

    connection = TLSConnection(context(lab, policy=TLSPolicy(groups="x25519:secp384r1")), "localhost")
    shake_hands(connection, server(lab, configure=only_p384))
    facts = connection.handshake_facts()
    assert [m.type for m in facts.messages][:2] == ["ClientHello", "HelloRetryRequest"]
    assert facts.group == "secp384r1"


def test_the_key_log_has_the_secrets_of_this_connection(lab: Material) -> None:
    lines: list[bytes] = []
    ours = ClientContext(None, TrustStore((lab.bundle,)), TLSPolicy(), keylog=lines.append)
    shake_hands(TLSConnection(ours, "localhost"), server(lab))
    assert any(line.startswith(b"CLIENT_HANDSHAKE_TRAFFIC_SECRET ") for line in lines)
