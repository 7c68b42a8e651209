"""The report for a ticket: whole, and without a secret."""

import pytest

from tests.ui.response import exchanges
from workbench.core.exchange import Exchange
from workbench.ui.response.masking import masked_field, masked_url
from workbench.ui.response.remedies import remedies
from workbench.ui.response.report import report


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://me:pass@host:8443/a?b=1", "https://•••@host:8443/a?b=1"),
        ("https://host/?api_key=abc&page=2", "https://host/?api_key=•••&page=2"),
        ("https://host/?Token=abc;user_password=x", "https://host/?Token=•••;user_password=•••"),
        ("https://host/#access_token=abc", "https://host/#access_token=•••"),
        ("https://host/plain", "https://host/plain"),
        ("http://[broken", "•••"),
    ],
)
def test_urls_lose_their_secrets(url: str, masked: str) -> None:
    assert masked_url(url) == masked


@pytest.mark.parametrize(
    ("name", "value", "masked"),
    [
        ("Authorization", "Bearer abc", "Bearer •••"),
        ("proxy-authorization", "Basic abc", "Basic •••"),
        ("Authorization", "abc", "•••"),
        ("Cookie", "sid=abc; x=y", "•••"),
        ("Set-Cookie", "sid=abc", "•••"),
        ("X-Api-Key", "abc", "•••"),
        ("Accept", "text/html", "text/html"),
        ("Location", "/next?token=abc", "/next?token=•••"),
    ],
)
def test_fields_lose_their_secrets(name: str, value: str, masked: str) -> None:
    assert masked_field(name, value) == masked


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
        "choose-identity",
        "import-identity",
        "send-again",
    ]
    first, *_others = remedies(exchanges.untrusted())
    root = exchanges.server_chain(days=-12)[2]
    assert first.action == f"trust-authority:{root.sha256}"
