"""Requests to nginx in a process of its own: on a warm connection, over new ones, and one large download.

Everybody shows the same identity, trusts the same root and speaks HTTP/1.1 over TLS 1.3.
"""

import asyncio
import os
import ssl
import subprocess
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2

from tests.benchmarks.rounds import Case, Rival
from tests.endtoend.client import TRUST, Identities, Trust
from tests.support.servers.material import GOOD, Material
from tests.support.servers.nginx import nginx
from tests.support.servers.process import need
from workbench.core.exchange import Outcome
from workbench.core.request import Request
from workbench.core.session import Session

_WARM = 200  # requests in a round
_NEW = 20  # connections in a round
_DOWNLOAD = 100 * 1000 * 1000
_RATIO = 1.1  # to the asynchronous client
_LOOP_RATIO = 1.2  # to the synchronous one, which needs no event loop
_NEW_RATIO = 1.0
_CURL_RATIO = 1.5  # to a file, as ours

Work = Callable[[], Coroutine[Any, Any, None]]


@contextmanager
def cases(issued: Material) -> Iterator[tuple[Case, ...]]:
    """The three cases, for as long as their server runs."""
    folder = issued.folder / "benchmark"
    with (
        nginx(issued, folder, http2=False) as server,
        asyncio.Runner() as runner,
    ):
        large = folder / "files" / "large"
        with large.open("wb") as file:
            file.truncate(_DOWNLOAD)
        url = f"https://localhost:{server.port}/"
        yield (
            _warm(runner, issued, url),
            _new(runner, issued, url),
            _download(runner, issued, f"{url}files/large", folder),
        )


def context(issued: Material) -> ssl.SSLContext:
    """The standard library's TLS with the same identity and root."""
    made = ssl.create_default_context(cafile=issued.root_file)
    made.load_cert_chain(issued.chain_file(GOOD), issued.key_file(GOOD))
    return made


def curl(issued: Material) -> list[str]:
    """The command line of curl up to the URL."""
    files = ["--cacert", issued.root_file, "--cert", issued.chain_file(GOOD), "--key", issued.key_file(GOOD)]
    return [need("curl"), "--silent", "--show-error", "--fail", "--http1.1", "--noproxy", "*", *map(str, files)]


def _rounds(runner: asyncio.Runner, times: int, work: Work) -> Callable[[], float]:
    async def all_of_them() -> float:
        began = time.perf_counter()
        for _number in range(times):
            await work()
        return (time.perf_counter() - began) / times

    return lambda: runner.run(all_of_them())


def _timed(times: int, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _number in range(times):
        work()
    return (time.perf_counter() - began) / times


def _session(issued: Material, spool: Path | None = None) -> Session:
    return Session(Identities(issued), Trust(issued), spool=spool)


async def _send(session: Session, request: Request) -> None:
    exchange = await session.send(request)
    if exchange.outcome is not Outcome.RESPONSE or exchange.response is None or exchange.response.status != 200:
        raise RuntimeError(f"{exchange.outcome}: {exchange.failure}")
    body = exchange.response.body
    if body.file is not None:
        body.file.unlink()


def _request(url: str, *, reuse: bool = True) -> Request:
    return Request(url=url, identity=GOOD, trust=(TRUST,), http_version="1.1", proxy="", reuse=reuse)


def _warm(runner: asyncio.Runner, issued: Material, url: str) -> Case:
    session = _session(issued)
    request = _request(url)
    client = httpx2.AsyncClient(verify=context(issued), trust_env=False)

    looping = httpx2.Client(verify=context(issued), trust_env=False)

    async def theirs() -> None:
        (await client.get(url)).raise_for_status()

    def loop() -> float:
        return _timed(_WARM, lambda: looping.get(url).raise_for_status())

    def curls() -> float:
        return sum(_curl_times(issued, f"{url}[0-{_WARM}]")[1:]) / _WARM  # the first one shook hands

    return Case(
        f"a request on a warm connection ({_WARM} a round)",
        _rounds(runner, _WARM, lambda: _send(session, request)),
        {
            "httpx2.Client": Rival(loop, _LOOP_RATIO),
            "httpx2.AsyncClient": Rival(_rounds(runner, _WARM, theirs), _RATIO),
            "curl": Rival(curls),
        },
        rounds=15,
    )


def _new(runner: asyncio.Runner, issued: Material, url: str) -> Case:
    session = _session(issued)
    request = _request(url, reuse=False)
    tls = context(issued)

    async def theirs() -> None:
        async with httpx2.AsyncClient(verify=tls, trust_env=False) as client:
            (await client.get(url)).raise_for_status()

    def once() -> None:
        with httpx2.Client(verify=tls, trust_env=False) as client:
            client.get(url).raise_for_status()

    def curls() -> float:
        options = ["--no-sessionid", "--header", "Connection: close"]
        return sum(_curl_times(issued, f"{url}[1-{_NEW}]", *options)) / _NEW

    return Case(
        f"a request over a new connection ({_NEW} a round)",
        _rounds(runner, _NEW, lambda: _send(session, request)),
        {
            "httpx2.Client": Rival(lambda: _timed(_NEW, once), _NEW_RATIO),
            "httpx2.AsyncClient": Rival(_rounds(runner, _NEW, theirs), _RATIO),
            "curl": Rival(curls),
        },
        rounds=15,
    )


def _download(runner: asyncio.Runner, issued: Material, url: str, folder: Path) -> Case:
    session = _session(issued, folder)
    request = _request(url)
    client = httpx2.AsyncClient(verify=context(issued), trust_env=False)
    target = folder / "downloaded"

    async def theirs() -> None:
        with target.open("wb") as file:
            async with client.stream("GET", url) as response:
                response.raise_for_status()
                async for piece in response.aiter_bytes():
                    file.write(piece)
        target.unlink()

    return Case(
        f"a download of {_DOWNLOAD // 1000**2} MB",
        _rounds(runner, 1, lambda: _send(session, request)),
        {
            "httpx2, to a file": Rival(_rounds(runner, 1, theirs), _RATIO),
            "curl, to a file": Rival(lambda: sum(_curl_times(issued, url, output=target)), _CURL_RATIO),
            "curl, to /dev/null": Rival(lambda: sum(_curl_times(issued, url))),
        },
        rounds=9,
    )


def _curl_times(issued: Material, url: str, *options: str, output: Path = Path(os.devnull)) -> list[float]:
    """Seconds that each request took, by curl's own clock: its start as a process is not part of it."""
    command = [*curl(issued), *options, "--output", str(output), "--write-out", "%{time_total}\n", url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()]
