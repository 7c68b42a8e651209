"""Bodies: spilled to disk, decoded with a bound, refused when they swell without end, and sent in pieces."""

import asyncio
import gzip
import os
import stat
import tempfile
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import brotli  # type: ignore[import-untyped]  # it comes without annotations
import pytest

from workbench.core.errors import InvalidInput, StorageError
from workbench.core.http import bodies
from workbench.core.http.bodies import MEMORY_LIMIT, Collector, TooLargeError, outgoing, size_of
from workbench.core.http.codings import CutError, DecodingError, decoded, is_coded
from workbench.lab.samples import CODINGS

MB = 1024 * 1024
TEXT = b"the same words again and again, " * 4096


def collect(wire: bytes, coding: str, folder: Path, piece: int = 64 * 1024) -> Collector:
    collector = Collector(lambda: folder)

    async def run() -> None:
        async def pieces() -> AsyncIterator[bytes]:
            for at in range(0, len(wire), piece):
                collector.wire_size += len(wire[at : at + piece])
                yield wire[at : at + piece]

        async for clear in decoded(pieces(), coding):
            collector.add(clear)

    try:
        asyncio.run(run())
    except BaseException:
        collector.discard()
        raise
    return collector


def test_a_small_body_stays_in_memory(tmp_path: Path) -> None:
    collector = Collector(lambda: tmp_path)
    collector.add(b"a" * MEMORY_LIMIT)
    body = collector.finish()
    assert body.file is None
    assert (body.size, len(body.read())) == (MEMORY_LIMIT, MEMORY_LIMIT)
    assert not list(tmp_path.iterdir())


def test_a_large_one_goes_to_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    collector = Collector(lambda: tmp_path)
    for letter in b"abc":
        collector.add(bytes([letter]) * (MEMORY_LIMIT // 2))
    body = collector.finish()
    assert body.file is not None
    assert body.data == b""
    assert stat.S_IMODE(body.file.stat().st_mode) == 0o600
    assert body.size == body.file.stat().st_size == MEMORY_LIMIT // 2 * 3
    assert body.read(3) == b"aaa"
    assert body.read()[-1:] == b"c"


def test_what_is_discarded_leaves_no_file(tmp_path: Path) -> None:
    collector = Collector(lambda: tmp_path)
    collector.add(bytes(MEMORY_LIMIT + 1))
    collector.discard()
    assert not list(tmp_path.iterdir())


def test_a_disk_that_takes_no_more_is_not_the_networks_fault(tmp_path: Path) -> None:
    collector = Collector(lambda: tmp_path / "missing")
    with pytest.raises(StorageError) as caught:
        collector.add(bytes(MEMORY_LIMIT + 1))
    assert "8 MB" in caught.value.detail
    collector.discard()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    collector = Collector(lambda: tmp_path)

    def full(**_options: object) -> tuple[int, str]:
        return os.open("/dev/full", os.O_WRONLY), str(tmp_path / "full")

    monkeypatch.setattr(tempfile, "mkstemp", full)
    with pytest.raises(StorageError, match="disk"):
        collector.add(bytes(MEMORY_LIMIT + 1))
    collector.discard()


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_codings(coding: str, tmp_path: Path) -> None:
    assert is_coded(coding)
    wire = CODINGS[coding](TEXT)
    body = collect(wire, coding.upper(), tmp_path, piece=100).finish()
    assert body.read() == TEXT
    assert body.wire_size == len(wire)


def test_codings_on_top_of_each_other_and_by_older_names(tmp_path: Path) -> None:
    assert collect(brotli.compress(gzip.compress(TEXT)), "gzip, br", tmp_path).finish().read() == TEXT
    assert collect(gzip.compress(TEXT), "X-GZIP", tmp_path).finish().read() == TEXT
    assert collect(gzip.compress(TEXT), "identity, gzip", tmp_path).finish().read() == TEXT


def test_codings_without_number_are_not_undone(tmp_path: Path) -> None:
    wire = TEXT
    for _layer in range(8):
        wire = gzip.compress(wire)
    assert collect(wire, ", ".join(["gzip"] * 8), tmp_path).finish().read() == TEXT
    with pytest.raises(DecodingError, match="5000"):
        collect(wire, ",".join(["gzip"] * 5000), tmp_path)


@pytest.mark.parametrize("coding", [None, "", "identity", "compress", "aws-chunked", "gzip, aws-chunked", "aes, gzip"])
def test_what_is_left_as_it_came(coding: str | None) -> None:
    assert not is_coded(coding)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("wire", [b"this is not compressed at all", b"\xff" * 100])
def test_what_is_not_in_its_coding(coding: str, wire: bytes, tmp_path: Path) -> None:
    with pytest.raises(DecodingError):
        collect(wire, coding, tmp_path)


def test_gzip_that_breaks_in_the_middle(tmp_path: Path) -> None:
    wire = bytearray(gzip.compress(os.urandom(100_000)))
    wire[-8:-4] = b"\0\0\0\0"  # its checksum
    with pytest.raises(DecodingError):
        collect(bytes(wire), "gzip", tmp_path)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize("missing", [1, 5, 20])
def test_half_a_body_is_none(coding: str, missing: int, tmp_path: Path) -> None:
    wire = CODINGS[coding](TEXT)
    with pytest.raises(CutError, match=coding):
        collect(wire[:-missing], coding, tmp_path, piece=100)
    with pytest.raises(CutError):
        collect(gzip.compress(wire[:-missing]), f"{coding}, gzip", tmp_path)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
def test_no_body_at_all_is_whole(coding: str, tmp_path: Path) -> None:
    assert collect(b"", coding, tmp_path).finish().size == 0


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
@pytest.mark.parametrize("piece", [1, 7, 100_000])
def test_several_one_after_the_other(coding: str, piece: int, tmp_path: Path) -> None:
    wire = CODINGS[coding](b"first, ") + CODINGS[coding](b"") + CODINGS[coding](b"second")
    assert collect(wire, coding, tmp_path, piece=piece).finish().read() == b"first, second"


def test_padding_after_gzip_and_deflate_without_its_frame(tmp_path: Path) -> None:
    assert collect(gzip.compress(TEXT) + bytes(100), "gzip", tmp_path, piece=50).finish().read() == TEXT
    packer = zlib.compressobj(wbits=-15)
    assert collect(packer.compress(TEXT) + packer.flush(), "deflate", tmp_path).finish().read() == TEXT


def bomb(coding: str, size: int) -> bytes:
    """Zeros, compressed piece by piece."""
    chunk, count = bytes(MB), size // MB
    if coding == "gzip":
        packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        return b"".join(packer.compress(chunk) for _ in range(count)) + packer.flush()
    if coding == "br":
        compressor = brotli.Compressor(quality=1)
        return b"".join([*(compressor.process(chunk) for _ in range(count)), compressor.finish()])
    return CODINGS["zstd"](bytes(16 * MB)) * (count // 16)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_stops_at_the_limit_in_bounded_memory(
    coding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "BOMB_SIZE", 32 * MB)
    wire = bomb(coding, 256 * MB)
    assert len(wire) < MB
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError, match="32 MB"):
            collect(wire, coding, tmp_path, piece=256 * 1024)
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 3 * MEMORY_LIMIT
    assert not list(tmp_path.iterdir())


def test_a_large_body_that_came_in_full_is_no_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BOMB_SIZE", MB)
    collector = Collector(lambda: tmp_path)
    collector.wire_size = MB
    collector.add(bytes(50 * MB))
    assert collector.finish().size == 50 * MB


async def sent(body: bytes | Path) -> tuple[bytes, list[int]]:
    heard: list[int] = []
    return b"".join([piece async for piece in outgoing(body, heard.append)]), heard


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 100_000])
def test_outgoing_is_told_in_pieces(size: int, tmp_path: Path) -> None:
    data = os.urandom(size)
    file = tmp_path / "body"
    file.write_bytes(data)
    for body in (data, file):
        assert size_of(body) == size
        whole, heard = asyncio.run(sent(body))
        assert whole == data
        assert heard == sorted(heard)
        assert (heard or [0])[-1] == size


def test_a_file_that_cannot_be_sent(tmp_path: Path) -> None:
    for body in (tmp_path / "missing", tmp_path):
        with pytest.raises(InvalidInput) as caught:
            size_of(body)
        assert str(body) in caught.value.detail


def test_a_file_that_changes_while_it_is_sent(tmp_path: Path) -> None:
    file = tmp_path / "body"
    file.write_bytes(bytes(200_000))

    async def run(size: int) -> bytes:
        pieces = outgoing(file, lambda _done: None)
        first = await anext(pieces)
        os.truncate(file, size)
        return first + b"".join([piece async for piece in pieces])

    assert len(asyncio.run(run(300_000))) == 200_000
    file.write_bytes(bytes(400_000))
    with pytest.raises(InvalidInput, match="changed"):
        asyncio.run(run(100_000))
