"""Bodies in both directions: streamed, counted, decoded with a bound, spilled to disk when large."""

import os
import tempfile
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import IO

from workbench.core import blocking
from workbench.core.errors import InvalidInput
from workbench.core.exchange import Body
from workbench.core.i18n import _

MEMORY_LIMIT = 8 * 1024 * 1024
"""Decoded bytes of a response body that stay in memory; more go to a file."""
BOMB_SIZE = 256 * 1024 * 1024
BOMB_RATIO = 100
"""A body that decodes to more than ``BOMB_SIZE`` bytes and ``BOMB_RATIO`` times what was received is not read on."""

_CHUNK = 64 * 1024
_CODINGS = ("gzip", "x-gzip", "deflate", "br", "zstd")


class TooLargeError(Exception):
    """The body would decode to more than the limits above allow."""


def size_of(body: bytes | Path) -> int:
    """Bytes that a request body will take. Raises ``InvalidInput`` for a file that cannot be sent."""
    if isinstance(body, bytes):
        return len(body)
    try:
        with body.open("rb") as stream:
            return os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise InvalidInput(
            _("The body's file cannot be read."),
            detail=f"{body}: {error.strerror}",
            hint=_("Choose a file that exists and that you may read."),
        ) from error


async def outgoing(body: bytes | Path, progress: Callable[[int], None]) -> AsyncIterator[bytes]:
    """The request body piece by piece; ``progress`` hears how many bytes have been handed over."""
    done = 0
    if isinstance(body, bytes):
        for at in range(0, len(body), _CHUNK):
            piece = body[at : at + _CHUNK]
            yield piece
            done += len(piece)
            progress(done)
        return
    with await blocking.call(lambda: body.open("rb")) as stream:
        while piece := stream.read(_CHUNK):
            yield piece
            done += len(piece)
            progress(done)


class Collector:
    """Takes a response body piece by piece and keeps it: in memory, then in a file of ``folder`` (mode 0600)."""

    def __init__(self, folder: Callable[[], Path]) -> None:
        self._folder = folder
        self._pieces: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._path: Path | None = None
        self.size = 0
        self.wire_size = 0

    def add(self, piece: bytes) -> None:
        """Keep one more piece. Raises ``TooLargeError``, ``OSError`` when the disk is full."""
        self.size += len(piece)
        if self.size > BOMB_SIZE and self.size > BOMB_RATIO * max(self.wire_size, 1):
            raise TooLargeError(
                _("The body grows past {limit} MB, more than {ratio} times the {wire} bytes received.").format(
                    limit=BOMB_SIZE // 1024 // 1024, ratio=BOMB_RATIO, wire=self.wire_size
                )
            )
        if self._file is None:
            self._pieces.append(piece)
            if self.size > MEMORY_LIMIT:
                self._spill()
        else:
            self._file.write(piece)

    def _spill(self) -> None:
        handle, name = tempfile.mkstemp(prefix="body-", dir=self._folder())
        self._path = Path(name)
        self._file = os.fdopen(handle, "wb")
        self._file.writelines(self._pieces)
        self._pieces.clear()

    def finish(self) -> Body:
        """The whole body."""
        if self._file is not None:
            self._file.close()
            return Body(file=self._path, size=self.size, wire_size=self.wire_size)
        return Body(data=b"".join(self._pieces), size=self.size, wire_size=self.wire_size)

    def discard(self) -> None:
        """Keep nothing."""
        self._pieces.clear()
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self._path = None


def is_coded(content_encoding: str | None) -> bool:
    """Whether a Content-Encoding names a coding that we undo."""
    return any(name.strip().lower() in _CODINGS for name in (content_encoding or "").split(","))


async def decoded(stream: AsyncIterator[bytes], content_encoding: str) -> AsyncIterator[bytes]:
    """Undo content codings (RFC 9110 8.4) in pieces of bounded size. Raises ``httpx2.DecodingError``."""
    import httpx2  # only where a body is coded: the import costs a tenth of a second

    class Source(httpx2.AsyncByteStream):
        def __aiter__(self) -> AsyncIterator[bytes]:
            return stream

    response = httpx2.Response(200, headers={"Content-Encoding": content_encoding}, stream=Source())
    async for piece in response.aiter_bytes():
        yield piece
