"""Every server against every bad client: one cause, one code, whatever the server says or fails to say.

What each sends is pinned in ``test_servers``; with a request under way a reset may overtake even that.
So the code must come from what we know of our own certificate and of the authorities that the server named.
"""

import pytest

from tests.endtoend.client import VERSIONS, get, only, said, send_one
from tests.endtoend.conftest import Servers
from tests.endtoend.test_servers import SENT_BY
from tests.support.servers.material import BAD, Material
from workbench.core.exchange import Outcome, Phase
from workbench.core.tls.handshake import RECEIVED

pytestmark = pytest.mark.endtoend

CAUSES = {
    "none": {"client-certificate-required"},
    "expired": {"client-certificate-expired"},
    "not-yet-valid": {"client-certificate-not-yet-valid"},
    "other-ca": {"client-certificate-untrusted"},
    "wrong-usage": {"client-certificate-wrong-purpose"},
    # A leaf alone does not tell whether its missing issuer would lead to a root that the server trusts.
    "missing-intermediate": {"client-certificate-chain-incomplete", "client-certificate-untrusted"},
}
CLIENTS = ("none", *BAD)


def identity(client: str) -> str | None:
    return None if client == "none" else client


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("name", SENT_BY)
def test_a_refusal_in_tls_names_its_cause(
    name: str, client: str, version: str, servers: Servers, issued: Material
) -> None:
    expected = SENT_BY[name][client, version]
    exchange = send_one(issued, get(servers(name).url, identity(client), policy=only(version)))
    tls = exchange.handshake
    assert tls is not None
    assert tls.client.requested
    assert tls.client.acceptable_authorities == ("CN=Test root,O=Test",)
    assert tls.client.sent == (issued.identity(client).chain if client in BAD else ())
    if expected == "accepted":
        assert exchange.outcome is Outcome.RESPONSE
        return
    failure = exchange.failure
    assert exchange.outcome is Outcome.FAILURE
    assert failure is not None
    assert failure.code in CAUSES[client]
    assert failure.phase in {Phase.TLS, Phase.SEND, Phase.WAIT}
    assert failure.title
    assert failure.detail
    assert failure.hint
    received = {alert.description.replace("_", " ") for alert in tls.alerts if alert.direction == RECEIVED}
    assert received <= {expected, "close notify"}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize(("name", "status"), [("nginx", 400), ("haproxy-http", 403), ("node-http", 401)])
def test_a_refusal_over_http_names_its_cause(
    name: str, status: int, client: str, version: str, servers: Servers, issued: Material
) -> None:
    exchange = send_one(issued, get(servers(name).url, identity(client), policy=only(version)))
    assert exchange.outcome is Outcome.RESPONSE
    assert exchange.response is not None
    assert exchange.response.status == status
    assert said(exchange) & CAUSES[client]


@pytest.mark.parametrize("version", VERSIONS)
def test_an_optional_server_judges_what_it_gets(version: str, servers: Servers, issued: Material) -> None:
    exchange = send_one(issued, get(servers("nginx-optional").url, "expired", policy=only(version)))
    assert exchange.response is not None
    assert exchange.response.status == 400
    assert "client-certificate-expired" in said(exchange)


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("client", ["none", "expired", "other-ca"])
@pytest.mark.parametrize("name", [*SENT_BY, "nginx", "nginx-http1"])
def test_a_refusal_while_a_body_is_sent_names_its_cause(
    name: str, client: str, version: str, servers: Servers, issued: Material
) -> None:
    """The refusal arrives, or is lost to a reset, while our writes fail."""
    request = get(servers(name).url, identity(client), policy=only(version), method="POST", body=bytes(4_000_000))
    exchange = send_one(issued, request)
    assert said(exchange) & CAUSES[client]
    if exchange.failure is not None:
        assert exchange.failure.code in CAUSES[client]
    else:
        assert exchange.response is not None
        assert exchange.response.status == 400
