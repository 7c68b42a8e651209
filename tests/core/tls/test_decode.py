"""Messages of real handshakes, taken apart."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.core.conftest import TIMEOUTS, Stock
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.tls.decode import fields
from workbench.core.tls.handshake import Handshake, Message


def shaken(stock: Stock, server: str) -> Handshake:
    async def send() -> Handshake:
        session = Session(stock.identities, stock.trust)
        request = Request(
            url=stock.lab.urls[server], identity="alice", trust=("lab",), proxy="", timeouts=TIMEOUTS, reuse=False
        )
        try:
            exchange = await session.send(request)
            assert exchange.handshake is not None
            return exchange.handshake
        finally:
            await session.aclose()

    return asyncio.run(send())


def of(handshake: Handshake, kind: str, direction: str) -> dict[str, tuple[str, ...]]:
    message = next(m for m in handshake.messages if (m.type, m.direction) == (kind, direction))
    return {field.name: field.values for field in fields(message, handshake.version)}


@pytest.mark.parametrize(("server", "version"), [("mutual", "TLSv1.3"), ("tls12", "TLSv1.2")])
def test_messages_say_what_was_agreed_on(stock: Stock, server: str, version: str) -> None:
    handshake = shaken(stock, server)
    assert handshake.version == version
    offered, chosen = of(handshake, "ClientHello", "sent"), of(handshake, "ServerHello", "received")
    assert offered["server_name"] == ("localhost",)
    assert handshake.cipher in offered["Offered cipher suites"]
    assert handshake.group in offered["supported_groups"]
    assert handshake.signature_algorithm in offered["signature_algorithms"]
    assert "h2" in offered["application_layer_protocol_negotiation"]
    assert chosen["Chosen cipher suite"] == (handshake.cipher,)
    asked = of(handshake, "CertificateRequest", "received")
    assert asked["Acceptable CAs"] == handshake.client.acceptable_authorities
    assert asked["Signature algorithms"] == handshake.client.signature_algorithms
    ours, theirs = of(handshake, "Certificate", "sent"), of(handshake, "Certificate", "received")
    assert ours["Certificate 1"][0] == handshake.client.sent[0].subject
    assert theirs["Certificate 1"][-1] == f"SHA-256 {handshake.peer.presented[0].sha256}"
    assert of(handshake, "CertificateVerify", "sent")["Signature"][0].endswith("bytes")


def test_tls_1_3_names_version_and_group_in_extensions(stock: Stock) -> None:
    handshake = shaken(stock, "mutual")
    chosen = of(handshake, "ServerHello", "received")
    assert chosen["supported_versions"] == ("TLSv1.3",)
    assert chosen["key_share"] == (handshake.group,)
    assert of(handshake, "EncryptedExtensions", "received")["application_layer_protocol_negotiation"] == ("h2",)


def test_tls_1_2_signs_its_key_exchange(stock: Stock) -> None:
    handshake = shaken(stock, "tls12")
    exchanged = of(handshake, "ServerKeyExchange", "received")
    assert exchanged["Group"] == (handshake.group,)
    assert exchanged["Signature algorithm"] == (handshake.signature_algorithm,)


def test_what_is_not_kept_has_no_fields(stock: Stock) -> None:
    ticket = next(m for m in shaken(stock, "mutual").messages if m.type == "NewSessionTicket")
    assert fields(ticket, "TLSv1.3") == ()


@given(st.sampled_from(["ClientHello", "ServerHello", "Certificate", "CertificateRequest"]), st.binary(max_size=80))
def test_garbage_gives_what_can_be_read_of_it(kind: str, data: bytes) -> None:
    fields(Message(0.0, "received", kind, len(data), data), "TLSv1.3")
    fields(Message(0.0, "received", kind, len(data), data), "TLSv1.2")


def test_a_message_cut_short_gives_its_beginning(stock: Stock) -> None:
    hello = shaken(stock, "mutual").messages[0]
    cut = replace(hello, size=60, body=hello.body[:60])
    assert [field.name for field in fields(cut, "TLSv1.3")][:2] == ["Legacy version", "Random"]
