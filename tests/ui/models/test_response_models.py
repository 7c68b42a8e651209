"""The models of the response pane: each passes Qt's own tester and speaks to a screen reader."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from tests.ui.response import exchanges
from workbench.core.exchange import ClientAuthentication, Exchange, Timings
from workbench.core.tls.handshake import (
    RECEIVED,
    Alert,
    ClientProof,
    Handshake,
    PeerProof,
    Revocation,
    VerificationError,
)
from workbench.ui.look.marks import Mark
from workbench.ui.models.chain import TITLES, chain_nodes
from workbench.ui.models.facts import fact_columns, header_columns
from workbench.ui.models.findings import finding_columns
from workbench.ui.models.handshake_rows import Step, direction_words, message_columns, message_lines, name_words
from workbench.ui.models.proof import proof_nodes
from workbench.ui.models.table import Column, TableModel
from workbench.ui.models.timeline import hop_columns, stretch_columns, stretches
from workbench.ui.models.tree import Node, TreeModel
from workbench.ui.response.tls.tls_words import summary_mark, tls_facts

pytestmark = pytest.mark.usefixtures("qapp")


def watched(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def tables() -> list[tuple[Sequence[Column[Any]], Sequence[Any]]]:
    exchange = exchanges.succeeded()
    handshake = exchanges.untrusted().handshake
    assert handshake is not None
    assert exchange.response is not None
    return [
        (fact_columns(), tls_facts(handshake)),
        (header_columns(), exchange.response.headers),
        (finding_columns(), exchanges.findings()),
        (message_columns(), message_lines(handshake)),
        (stretch_columns(), stretches(exchange.timings)),
        (hop_columns("alice"), exchange.hops),
    ]


@pytest.mark.parametrize("which", range(6))
def test_tables_keep_the_rules_and_speak(which: int) -> None:
    columns, rows = tables()[which]
    model: TableModel[Any] = TableModel(columns)
    tester = watched(model)
    model.show_rows(rows)
    assert model.rowCount() == len(rows) > 0
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            said = model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)
            assert said.startswith(columns[column].title + ": ")
    model.sort(0, Qt.SortOrder.DescendingOrder)
    model.show_rows(())
    assert model.rowCount() == 0
    assert tester is not None


def test_sorting_takes_the_selection_along() -> None:
    model: TableModel[tuple[str, str]] = TableModel(header_columns())
    model.show_rows((("b", "1"), ("a", "2"), ("c", "3")))
    kept = QPersistentModelIndex(model.index(1, 0))
    model.sort(0)
    assert [name for name, _value in model.rows()] == ["a", "b", "c"]
    assert kept.row() == 0
    assert kept.data() == "a"


@pytest.mark.parametrize("exchange", [exchanges.succeeded(), exchanges.untrusted(), exchanges.refused()])
def test_trees_keep_the_rules_and_speak(exchange: Exchange) -> None:
    assert exchange.handshake is not None
    for nodes in (chain_nodes(exchange.handshake.peer), proof_nodes(exchange.handshake.client)):
        model = TreeModel(TITLES)
        tester = watched(model)
        model.show_nodes(nodes)
        for index in model.indexes():
            assert index.data(Qt.ItemDataRole.AccessibleTextRole)
        model.show_nodes(())
        assert tester is not None


def lines(nodes: Sequence[Node]) -> list[str]:
    return [line for node in nodes for line in (node.say(), *lines(node.children))]


def test_the_verified_path_hangs_from_its_root_and_names_the_bundle() -> None:
    verified, presented = chain_nodes(exchanges.mutual().peer)
    assert "Corp CA" in verified.texts[0]
    root = verified.children[0]
    assert root.texts[0] == "Corp Root CA"
    assert root.texts[2] == "root, from your trust bundles"
    assert root.children[0].children[0].texts[0] == "api.corp.example"
    assert [node.texts[0] for node in presented.children] == ["api.corp.example", "Corp Issuing CA 3"]


def test_every_verification_error_stands_at_its_certificate() -> None:
    exchange = exchanges.untrusted()
    assert exchange.handshake is not None
    verified, presented = chain_nodes(exchange.handshake.peer)
    assert not verified.children
    leaf, middle, root = presented.children
    assert [child.texts[0] for child in leaf.children] == [
        "Error 10: certificate has expired",
        "Error 62: hostname mismatch",
    ]
    assert not middle.children
    assert [child.texts[0] for child in root.children] == ["Error 19: self-signed certificate in certificate chain"]


def test_an_error_without_a_certificate_is_shown_all_the_same() -> None:
    peer = PeerProof(errors=(VerificationError(0, 20, "unable to get local issuer certificate"),))
    assert "Error 20: unable to get local issuer certificate" in lines(chain_nodes(peer))


def test_an_expired_certificate_says_so_in_words() -> None:
    exchange = exchanges.untrusted()
    assert exchange.handshake is not None
    assert any("expired 12 days ago" in line for line in lines(chain_nodes(exchange.handshake.peer)))


def test_our_proof_marks_the_authority_that_issued_what_we_sent() -> None:
    sent, _others, authorities, algorithms = proof_nodes(exchanges.mutual().client)
    assert len(sent.children) == 2
    assert [node.texts[0] for node in authorities.children] == [
        "CN=Corp People CA · issued what you sent",
        "CN=Corp Machines CA",
    ]
    assert [node.texts[0] for node in algorithms.children][-1] == "ed25519"


def test_a_server_that_named_nothing_is_told_apart_from_one_that_did_not_ask() -> None:
    assert proof_nodes(ClientProof()) == ()
    said = lines(proof_nodes(ClientProof(requested=True)))
    assert said[0] == "Sent: no certificate"
    assert said[1] == "None of your identities matches"
    assert "none named" in said[2]


def test_messages_and_alerts_are_one_story_in_order_of_time() -> None:
    exchange = exchanges.untrusted()
    assert exchange.handshake is not None
    rows = message_lines(exchange.handshake)
    assert [row.at_ms for row in rows] == sorted(row.at_ms for row in rows)
    assert name_words(rows[-2]) == "Alert (fatal): unknown_ca, 48"
    assert direction_words(rows[-2]) == "→ sent"
    assert name_words(rows[-1]) == "The handshake stopped here"


def test_certificates_are_grouped_by_who_sent_them() -> None:
    steps = {
        (row.message.direction, row.message.type): row.step for row in message_lines(exchanges.mutual()) if row.message
    }
    assert steps["received", "Certificate"] is Step.SERVER
    assert steps["sent", "Certificate"] is Step.CLIENT
    assert steps["received", "CertificateRequest"] is Step.CLIENT


def test_a_handshake_without_a_single_message_still_says_that_it_stopped() -> None:
    assert [name_words(row) for row in message_lines(Handshake())] == ["The handshake stopped here"]


def test_bars_follow_one_another_and_end_with_the_total() -> None:
    rows = stretches(Timings(dns=10, connect=20, tls=30, first_byte=80, total=100))
    assert [(row.start, row.ms) for row in rows] == [(0, 10), (10, 20), (30, 30), (60, 20), (80, 20), (0, 100)]
    assert rows[3].part == (0.6, 0.2)


def test_a_reused_connection_has_no_bars_for_what_did_not_happen() -> None:
    rows = stretches(Timings(first_byte=4, total=5))
    assert [row.ms for row in rows] == [None, None, None, 4, 1, 5]
    assert all(row.part == (0.0, 0.0) for row in rows[:3])


def test_a_hop_says_whether_the_identity_was_offered_or_withheld() -> None:
    hop = exchanges.succeeded().hops[0]
    identity = hop_columns("alice")[3]
    assert identity.text(hop) == "“alice” offered"
    assert identity.text(replace(hop, identity=None)) == "“alice” withheld"
    assert identity.text(replace(hop, handshake=None, status=None)) == "“alice” set", "nothing came to a handshake"
    assert hop_columns(None)[3].text(replace(hop, identity=None)) == "none set"


@pytest.mark.parametrize(
    ("version", "level", "code", "broke"),
    [
        ("TLSv1.3", "warning", 49, True),  # its level byte means nothing
        ("TLSv1.2", "warning", 100, False),
        ("TLSv1.3", "warning", 0, False),  # close_notify
    ],
)
def test_an_alert_broke_the_connection_or_came_afterwards(version: str, level: str, code: int, broke: bool) -> None:
    alert = Alert(99.0, RECEIVED, level, "", code)
    handshake = replace(exchanges.mutual(), version=version, alerts=(alert,))
    row = next(row for row in message_lines(handshake) if row.alert is not None)
    assert row.step is (Step.BROKEN if broke else Step.AFTER)
    assert (summary_mark(handshake, ClientAuthentication.PROVED) is Mark.BAD) is broke


@pytest.mark.parametrize(
    ("leaf", "words"), [("good", "not revoked"), ("revoked", "stapled: revoked"), ("unknown", "cannot be believed")]
)
def test_what_a_stapled_answer_says(leaf: str, words: str) -> None:
    handshake = exchanges.mutual()
    peer = replace(handshake.peer, ocsp_stapled=True, revocation=Revocation(leaf, "staple"))
    values = [fact.value for fact in tls_facts(replace(handshake, peer=peer))]
    assert any(words in value for value in values)
    assert "not stapled" in [fact.value for fact in tls_facts(handshake)]
