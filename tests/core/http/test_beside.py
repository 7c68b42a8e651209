"""Our connections are ours alone: whoever else uses the same libraries in the process gets them as they are."""

import asyncio
import ssl

import h11
import httpx2

from tests.core.conftest import Stock
from workbench.core.exchange import Exchange, Outcome
from workbench.core.request import Request
from workbench.core.session import Session


def test_a_plain_client_works_in_the_same_process(stock: Stock) -> None:
    url = stock.lab.urls["one-way"]
    context = ssl.create_default_context(cadata=stock.lab.bundle.certificates[0].pem)

    async def plan() -> tuple[Exchange, httpx2.Response, Exchange]:
        session = Session(stock.identities, stock.trust)
        try:
            async with httpx2.AsyncClient(http2=True, verify=context, trust_env=False) as client:
                before = await session.send(Request(url=url, trust=("lab",), proxy=""))
                other = await client.get(f"{url}bytes/300000")
                return before, other, await session.send(Request(url=f"{url}bytes/300000", trust=("lab",), proxy=""))
        finally:
            await session.aclose()

    before, other, after = asyncio.run(plan())
    assert before.outcome is after.outcome is Outcome.RESPONSE
    assert (other.http_version, len(other.content)) == ("HTTP/2", 300_000)
    assert after.response is not None
    assert after.response.http_version == "HTTP/2"
    assert type(h11.Connection(h11.SERVER)._receive_buffer).__module__ == "h11._receivebuffer"
