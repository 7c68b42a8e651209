"""Content codings undone (RFC 9110 8.4): in pieces of bounded size, and whole or not at all.

What ends before its coding says so is no body: half a gzip file looks like a whole one to whoever does not ask.
"""

import sys
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Protocol

from workbench.core.i18n import _

_PIECE = 64 * 1024
_MOST = 8  # codings of one body
_GZIP = 16 + zlib.MAX_WBITS
_RAW = -zlib.MAX_WBITS


class DecodingError(Exception):
    """The body is not in the coding that it is said to be in."""


class CutError(DecodingError):
    """The body ends before its coding does."""


class Decoder(Protocol):
    """Undoes one coding."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Pieces of at most 64 KB. Raises ``DecodingError``."""

    @property
    def whole(self) -> bool:
        """Whether nothing is missing after what was fed."""


class _Deflated:
    """Gzip, of one member or several (RFC 1952 2.2), and deflate, with the frame that it should have or without."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._unpacking = zlib.decompressobj(_GZIP if gzip else zlib.MAX_WBITS)
        self._fresh = True

    @property
    def whole(self) -> bool:
        return self._fresh or self._unpacking.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and (self._unpacking.eof is False or self._next_member(data)):
            yield from self._unpack(data)
            data = self._unpacking.unused_data if self._unpacking.eof else b""

    def _next_member(self, data: bytes) -> bool:
        # What follows otherwise is padding, which everybody leaves out.
        if not self._gzip or not data.startswith(b"\x1f"):
            return False
        self._unpacking = zlib.decompressobj(_GZIP)
        return True

    def _unpack(self, data: bytes) -> Iterator[bytes]:
        try:
            piece = self._unpacking.decompress(data, _PIECE)
        except zlib.error:
            if self._gzip or not self._fresh:
                raise
            self._unpacking = zlib.decompressobj(_RAW)  # some servers took RFC 9110 8.4.1.2 at its name
            piece = self._unpacking.decompress(data, _PIECE)
        self._fresh = False
        while piece:
            yield piece
            piece = self._unpacking.decompress(self._unpacking.unconsumed_tail, _PIECE)


class _Brotli:
    """RFC 7932."""

    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]  # it comes without annotations

        self._unpacking = brotli.Decompressor()
        self._fresh = True

    @property
    def whole(self) -> bool:
        return self._fresh or bool(self._unpacking.is_finished())

    def feed(self, data: bytes) -> Iterator[bytes]:
        self._fresh = self._fresh and not data
        while piece := self._unpacking.process(data, output_buffer_limit=_PIECE):
            yield piece
            data = b""


class _Zstandard:
    """RFC 8878, of one frame or several."""

    def __init__(self) -> None:
        self._zstd = _zstandard()
        self._unpacking = self._zstd.ZstdDecompressor()
        self._fresh = True

    @property
    def whole(self) -> bool:
        return self._fresh or self._unpacking.eof

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._unpacking.eof:
                self._unpacking = self._zstd.ZstdDecompressor()
            self._fresh = False
            piece = self._unpacking.decompress(data, _PIECE)
            while piece:
                yield piece
                if self._unpacking.eof or self._unpacking.needs_input:
                    break
                piece = self._unpacking.decompress(b"", _PIECE)
            data = self._unpacking.unused_data if self._unpacking.eof else b""


def _zstandard() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "gzip": lambda: _Deflated(gzip=True),
    "x-gzip": lambda: _Deflated(gzip=True),  # RFC 9110 8.4.1.3
    "deflate": lambda: _Deflated(gzip=False),
    "br": _Brotli,
    "zstd": _Zstandard,
}


def _names(content_encoding: str) -> list[str]:
    names = (name.strip().lower() for name in content_encoding.split(","))
    return [name for name in names if name not in ("", "identity")]


def is_coded(content_encoding: str | None) -> bool:
    """Whether a Content-Encoding names codings that we undo, all of them: below an unknown one is nothing to see."""
    names = _names(content_encoding or "")
    return bool(names) and all(name in _DECODERS for name in names)


async def decoded(stream: AsyncIterator[bytes], content_encoding: str) -> AsyncIterator[bytes]:
    """Undo the codings of a body, the last named first. Raises ``DecodingError``, also for more than anybody needs."""
    names = _names(content_encoding)
    if len(names) > _MOST:
        raise DecodingError(_("{count} nested content codings").format(count=len(names)))
    for name in reversed(names):
        stream = _undone(stream, name)
    async for piece in stream:
        yield piece


async def _undone(stream: AsyncIterator[bytes], name: str) -> AsyncIterator[bytes]:
    decoder = _DECODERS[name]()
    async for data in stream:
        pieces = decoder.feed(data)
        while piece := _next(pieces, name):
            yield piece
    if not decoder.whole:
        raise CutError(_("the {coding} data ends too early").format(coding=name))


def _next(pieces: Iterator[bytes], name: str) -> bytes:
    try:
        return next(pieces, b"")
    except Exception as error:  # each library has its own, and only data can be at fault here
        raise DecodingError(_("not valid {coding} data ({reason})").format(coding=name, reason=error)) from error
