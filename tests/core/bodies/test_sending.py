"""Bodies that a real server receives: streamed, of a length known before, and sent again where HTTP asks for it."""

import asyncio
import email
import email.policy
import hashlib
import json
import os
import tracemalloc
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.core.conftest import TIMEOUTS, Stock
from workbench.core.auth import Digest
from workbench.core.bodies import Content, content
from workbench.core.draft import FileBody, FileChoice, MultipartBody, Part
from workbench.core.errors import InvalidInput
from workbench.core.exchange import Exchange
from workbench.core.http.bodies import outgoing, size_of
from workbench.core.request import Payload, Request, Stream
from workbench.core.session import Session

MB = 1024 * 1024
VERSIONS = pytest.mark.parametrize("version", ["1.1", "2"])


def post(url: str, made: Content, **more: Any) -> Request:
    headers = (("Content-Type", made.media_type),) if made.media_type else ()
    return Request(
        "POST", url, headers, made.data, trust=("lab",), timeouts=TIMEOUTS, proxy="", follow_redirects=True, **more
    )


def send(stock: Stock, request: Request, heard: list[int] | None = None) -> Exchange:
    async def plan() -> Exchange:
        session = Session(stock.identities, stock.trust)
        try:
            return await session.send(
                request, progress=lambda step: heard.append(step.done) if heard is not None else None
            )
        finally:
            await session.aclose()

    return asyncio.run(plan())


def echo(exchange: Exchange) -> dict[str, Any]:
    assert exchange.response is not None, exchange.failure
    assert exchange.response.status == 200
    said: dict[str, Any] = json.loads(exchange.response.body.read())
    return said


def form(folder: Path, *files: str) -> Content:
    parts = (Part("note", "ü {{x}}"), *(Part("upload", files=(file,)) for file in files), Part("last", "1"))
    return content(MultipartBody(parts), lambda text: text.replace("{{x}}", "filled"), folder)


def check_form(said: dict[str, Any], **files: bytes) -> None:
    got = {name.lower(): value for name, value in said["headers"]}
    data = said["body"].encode()
    assert got["content-length"] == str(len(data)) == str(said["body_size"])
    assert "transfer-encoding" not in got
    head = f"Content-Type: {got['content-type']}\r\n\r\n".encode()
    message = email.message_from_bytes(head + data, policy=email.policy.HTTP)
    parts = list(message.iter_parts())
    assert not message.defects
    assert parts[0].get_payload(decode=True) == "ü filled".encode()
    assert {part.get_filename(): part.get_payload(decode=True) for part in parts[1:-1]} == files
    assert parts[-1].get_payload(decode=True) == b"1"


@VERSIONS
def test_a_form_with_files_arrives_whole(version: str, stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"first\n")
    (tmp_path / "b").write_bytes(b"")
    request = post(stock.lab.urls["one-way"], form(tmp_path, "a", "b"), http_version=version)
    check_form(echo(send(stock, request)), a=b"first\n", b=b"")


@VERSIONS
@pytest.mark.parametrize("status", [307, 308])
def test_a_form_goes_with_a_redirect_that_asks_for_it(version: str, status: int, stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"again")
    home = stock.lab.urls["one-way"]
    url = f"{home}redirect-to?url={quote(home + 'end', safe='')}&status={status}"
    exchange = send(stock, post(url, form(tmp_path, "a"), http_version=version))
    assert [hop.status for hop in exchange.hops] == [status, 200]
    check_form(echo(exchange), a=b"again")


@VERSIONS
def test_a_form_is_sent_again_with_the_answer_to_a_challenge(version: str, stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"again")
    url = f"{stock.lab.urls['one-way']}digest-auth?algorithm=SHA-256"
    request = post(url, form(tmp_path, "a"), http_version=version, auth=Digest("lab", "lab-password"))
    check_form(echo(send(stock, request)), a=b"again")


@VERSIONS
def test_a_large_form_is_sent_in_bounded_memory(version: str, stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "one").write_bytes(os.urandom(MB) * 6)
    (tmp_path / "two").write_bytes(os.urandom(MB) * 6)
    request = post(stock.lab.urls["one-way"], form(tmp_path, "one", "two"), http_version=version)
    expected = hashlib.sha256()
    assert isinstance(request.body, Stream)
    for piece in request.body.pieces:
        expected.update(piece if isinstance(piece, bytes) else piece.read_bytes())
    heard: list[int] = []
    tracemalloc.start()
    try:
        exchange = send(stock, request, heard)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 5 * MB  # the lab's own memory is counted too
    said = echo(exchange)
    assert said["body_sha256"] == expected.hexdigest()
    assert said["body_size"] == request.body_size == max(heard) > 12 * MB


@VERSIONS
def test_a_file_arrives_with_its_type(version: str, stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'{"a": 1}')
    made = content(FileBody((FileChoice("a.json"),)), str, tmp_path)
    said = echo(send(stock, post(stock.lab.urls["one-way"], made, http_version=version)))
    assert said["body"] == '{"a": 1}'
    assert [value for name, value in said["headers"] if name.lower() == "content-type"] == ["application/json"]


@VERSIONS
def test_a_file_that_vanished_since_fails_with_its_name(version: str, stock: Stock, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    request = post(stock.lab.urls["one-way"], form(tmp_path, "a"), http_version=version)
    (tmp_path / "a").unlink()
    exchange = send(stock, request)
    assert exchange.failure is not None
    assert str(tmp_path / "a") in exchange.failure.detail
    (tmp_path / "a").write_bytes(b"back")
    check_form(echo(send(stock, replace(request, reuse=False))), a=b"back")


# Without a server


def pieces(body: Payload) -> tuple[list[bytes], list[int]]:
    heard: list[int] = []

    async def run() -> list[bytes]:
        source: AsyncIterator[bytes] = outgoing(body, heard.append)
        return [piece async for piece in source]

    return asyncio.run(run()), heard


def test_pieces_come_in_order_and_are_counted(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(bytes(100_000))
    body = Stream((b"head", file, b"", b"tail", file))
    assert size_of(body) == 200_008
    sent, heard = pieces(body)
    assert b"".join(sent) == b"head" + bytes(100_000) + b"tail" + bytes(100_000)
    assert heard[-1] == 200_008
    assert max(map(len, sent)) <= 64 * 1024
    assert pieces(Stream())[0] == []
    assert size_of(Stream()) == 0


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, tmp_path / "gone"):
        with pytest.raises(InvalidInput) as caught:
            size_of(Stream((b"x", path)))
        assert str(path) in caught.value.detail


def test_a_file_that_grows_or_shrinks_meanwhile(tmp_path: Path) -> None:
    file = tmp_path / "f"
    file.write_bytes(b"a" * 100_000)

    async def run(change: bytes) -> int:
        source = outgoing(Stream((b"x" * 10, file)), lambda _done: None)
        size = len(await anext(source))
        file.write_bytes(change)
        return size + sum([len(piece) async for piece in source])

    assert asyncio.run(run(b"b" * 200_000)) == 100_010
    with pytest.raises(InvalidInput, match="changed"):
        asyncio.run(run(b"c"))
