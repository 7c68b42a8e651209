"""The report for a ticket: whole, and without a secret."""

from dataclasses import replace

import pytest

from tests.ui.response import exchanges
from workbench.core.exchange import Exchange
from workbench.ui.response.remedies import Remedy, RemedyAction, remedies
from workbench.ui.response.report import report


@pytest.mark.parametrize(
    "exchange", [exchanges.succeeded(), exchanges.refused(), exchanges.untrusted(), exchanges.cancelled()]
)
def test_no_secret_reaches_a_report(exchange: Exchange) -> None:
    text = report(exchange)
    assert "s3cr3t" not in text
    assert "sid=abc" not in text
    assert text.startswith(f"{exchange.request.method} https://api.corp.example:8443/order/update?token=•••")


def test_a_report_tells_the_whole_story() -> None:
    text = report(exchanges.untrusted())
    for part in (
        "server-untrusted",
        "Also possible: server-expired, server-name-mismatch",
        "certificate has expired",
        "CN=Corp Issuing CA 3",
        "Alert (fatal): unknown_ca, 48",
        "X-Request: 7",
        "TLSv1.3",
    ):
        assert part in text


def test_remedies_fit_the_diagnosis() -> None:
    assert [remedy.action for remedy in remedies(exchanges.refused())] == [
        RemedyAction.CHOOSE_IDENTITY,
        RemedyAction.IMPORT_IDENTITY,
        RemedyAction.SEND_AGAIN,
    ]
    first, *_others = remedies(exchanges.untrusted())
    root = exchanges.server_chain(days=-12)[2]
    assert first == Remedy(RemedyAction.TRUST_AUTHORITY, root.sha256)


def test_a_missing_intermediate_is_imported_before_anything_else_is_tried() -> None:
    whole = exchanges.untrusted()
    assert whole.failure is not None
    first = remedies(replace(whole, failure=replace(whole.failure, code="server-chain-incomplete")))[0]
    assert (first.action, first.words) == (RemedyAction.IMPORT_TRUST, "Import Missing Certificate…")
