"""httpx2 over our connections: identity and facts, errors with a diagnosis, redirects that keep the identity."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest

import workbench
from tests.core.conftest import Stock
from tests.support.keyring import MemoryKeyring
from tests.support.servers import broken
from tests.support.servers.broken import playing
from workbench import TLSPolicy, Transport
from workbench.core.storage import Home, IdentityStore, TrustLibrary
from workbench.core.tls.policy import Version
from workbench.core.tls.trust import TrustStore
from workbench.core.transport import sources

Plan = Callable[[httpx2.AsyncClient], Awaitable[Any]]


def transport(stock: Stock, identity: str | None = "alice", **more: Any) -> Transport:
    who = stock.lab.identities[identity] if identity is not None else None
    return Transport(who, TrustStore((stock.lab.bundle,)), proxy="", **more)


def run(through: Transport, plan: Plan, **options: Any) -> Any:
    async def whole() -> Any:
        async with httpx2.AsyncClient(transport=through, timeout=30, **options) as client:
            return await plan(client)

    return asyncio.run(whole())


def get(through: Transport, *urls: str, **options: Any) -> list[httpx2.Response]:
    async def plan(client: httpx2.AsyncClient) -> list[httpx2.Response]:
        return [await client.get(url) for url in urls]

    responses: list[httpx2.Response] = run(through, plan, **options)
    return responses


def failure(through: Transport, url: str) -> workbench.DiagnosedError:
    with pytest.raises(workbench.DiagnosedError) as caught:
        get(through, url)
    assert caught.value.diagnosis.title in str(caught.value)
    return caught.value


@pytest.mark.parametrize("version", ["1.1", "2"])
def test_a_response_carries_what_tls_did(stock: Stock, version: str) -> None:
    url = stock.lab.urls["mutual"]
    first, second = get(transport(stock, http_version=version), url, url)
    assert first.http_version == {"1.1": "HTTP/1.1", "2": "HTTP/2"}[version]
    assert first.json()["client"]["subject"] == stock.lab.identities["alice"].certificate.subject
    handshake = first.extensions["handshake"]
    assert handshake.client.sent == stock.lab.identities["alice"].chain
    document = json.loads(json.dumps(handshake.as_json()))
    assert document["version"] == "TLSv1.3"
    assert document["client"]["identity"] == "alice"
    assert document["peer"]["trusted"] is True
    assert (first.extensions["reused"], second.extensions["reused"]) == (False, True)
    assert first.extensions["timings"].tls > 0
    assert second.extensions["timings"].tls is None


def test_names_come_from_the_programs_store(stock: Stock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring = MemoryKeyring()
    monkeypatch.setattr(sources, "Keyring", lambda: keyring)
    home = Home(tmp_path)
    alice = stock.lab.identities["alice"]
    IdentityStore(home, keyring).add(alice)
    TrustLibrary(home).add("lab", stock.lab.bundle.certificates)
    (response,) = get(Transport("alice", ["lab"], proxy="", home=tmp_path), stock.lab.urls["mutual"])
    assert response.extensions["handshake"].client.identity == "alice"
    error = failure(Transport("nobody", "lab", proxy="", home=tmp_path), stock.lab.urls["mutual"])
    assert error.diagnosis.code == "identity-not-found"
    assert type(error) is workbench.DiagnosedError


def test_the_policy_holds(stock: Stock) -> None:
    old = transport(stock, policy=TLSPolicy(maximum=Version.TLS1_2))
    (response,) = get(old, stock.lab.urls["mutual"])
    assert response.extensions["handshake"].version == "TLSv1.2"


def test_the_method_and_the_target_go_out_as_they_are_asked_for(stock: Stock) -> None:
    async def plan(client: httpx2.AsyncClient) -> httpx2.Response:
        target = {"target": b"/a/../b?x=%7e"}
        return await client.request("POST", stock.lab.urls["one-way"], content=b"12345", extensions=target)

    said = run(transport(stock, None), plan).json()
    assert (said["method"], said["path"], said["query"]) == ("POST", "/a/../b", "x=%7e")


def test_a_body_is_streamed_and_its_coding_undone(stock: Stock) -> None:
    async def plan(client: httpx2.AsyncClient) -> tuple[int, str]:
        async with client.stream("GET", f"{stock.lab.urls['one-way']}bytes/300000") as response:
            size = sum([len(piece) async for piece in response.aiter_bytes()])
        coded = await client.get(f"{stock.lab.urls['one-way']}gzip")
        return size, coded.json()["method"]

    assert run(transport(stock, None), plan) == (300_000, "GET")


def test_a_redirect_elsewhere_does_not_get_the_identity(stock: Stock) -> None:
    home, other = stock.lab.urls["mutual"], stock.lab.urls["optional"]
    there = f"{home}redirect-to?url={quote(other, safe='')}"
    back = f"{home}redirect-to?url={quote(f'{other}redirect-to?url={quote(home, safe=str())}', safe='')}"
    (elsewhere,) = get(transport(stock), there, follow_redirects=True)
    assert elsewhere.extensions["handshake"].client.requested
    assert elsewhere.extensions["handshake"].client.sent == ()
    (returned,) = get(transport(stock), back, follow_redirects=True)
    assert [hop.status_code for hop in returned.history] == [302, 302]
    assert returned.extensions["handshake"].client.sent


def test_errors_are_those_of_httpx2_with_a_diagnosis(stock: Stock) -> None:
    refused = failure(transport(stock, None), stock.lab.urls["mutual"])
    assert isinstance(refused, httpx2.ReadError)
    assert refused.diagnosis.code == "client-certificate-required"
    assert refused.request.url == stock.lab.urls["mutual"]
    expired = failure(transport(stock, "expired"), stock.lab.urls["mutual"])
    assert expired.diagnosis.code == "client-certificate-expired"
    with playing(lambda peer: peer.close()) as stage:
        untrusted = failure(transport(stock), stage.url)
    assert isinstance(untrusted, httpx2.ConnectError)
    nobody = failure(transport(stock), stage.url)
    assert isinstance(nobody, httpx2.ConnectError)
    assert nobody.diagnosis.code == "connection-refused"


def test_what_the_server_is_not_trusted_for_is_said(stock: Stock) -> None:
    error = failure(transport(stock), stock.lab.urls["expired"])
    assert isinstance(error, httpx2.ConnectError)
    assert error.diagnosis.code == "server-expired"


def test_a_response_cut_short_is_diagnosed_while_it_is_read(stock: Stock) -> None:
    with playing(broken.sends(broken.head("Content-Length: 5") + b"ok")) as stage:
        error = failure(transport(stock, None), f"http://127.0.0.1:{stage.port}/")
    assert isinstance(error, httpx2.RemoteProtocolError)
    assert error.diagnosis.code == "response-truncated"


def test_a_hundred_at_once_share_connections(stock: Stock) -> None:
    async def plan(client: httpx2.AsyncClient) -> list[int]:
        urls = [stock.lab.urls["mutual"]] * 100
        return [response.status_code for response in await asyncio.gather(*map(client.get, urls))]

    assert run(transport(stock), plan) == [200] * 100


def test_importing_it_needs_no_qt() -> None:
    script = "import sys, workbench; workbench.Transport; assert not [m for m in sys.modules if 'PySide' in m]"
    subprocess.run([sys.executable, "-c", script], check=True)
