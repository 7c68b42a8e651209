"""Bodies in both directions: streamed, counted, kept within bounds, spilled to disk when large."""

import contextlib
import io
import os
import stat
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import IO

from workbench.core import blocking
from workbench.core.errors import InvalidInput, StorageError
from workbench.core.exchange import Body
from workbench.core.i18n import _
from workbench.core.request import Payload, pieces_of
from workbench.core.words import size_words

MEMORY_LIMIT = 8 * 1024 * 1024
"""Decoded bytes of a response body that stay in memory; more go to a file."""
BOMB_SIZE = 256 * 1024 * 1024
BOMB_RATIO = 100
"""A body that decodes to more than ``BOMB_SIZE`` bytes and ``BOMB_RATIO`` times what was received is not read on."""

_CHUNK = 64 * 1024


class TooLargeError(Exception):
    """The body is larger than is allowed, or would decode to more than the limits above allow."""


def size_of(body: Payload) -> int:
    """Bytes that a request body will take. Raises ``InvalidInput`` for a file that cannot be sent."""
    return sum(_size(piece) for piece in pieces_of(body))


def _size(piece: bytes | Path) -> int:
    if isinstance(piece, bytes):
        return len(piece)
    try:
        if not stat.S_ISREG(piece.stat().st_mode):  # to open a pipe would wait for whoever writes to it
            raise _unreadable(piece, _("It is a folder or a device, not a file."))
        with piece.open("rb") as stream:
            return os.fstat(stream.fileno()).st_size  # once it is open, it may be read
    except (OSError, ValueError) as error:
        raise _unreadable(piece, (error.strerror if isinstance(error, OSError) else None) or str(error)) from error


def _unreadable(path: Path, why: str) -> InvalidInput:
    return InvalidInput(
        _("The body's file cannot be read."),
        detail=f"{path}: {why}",
        hint=_("Choose an existing file that you can read."),
    )


async def outgoing(body: Payload, progress: Callable[[int], None]) -> AsyncIterator[bytes]:
    """The request body piece by piece; ``progress`` hears how many bytes have been handed over."""
    done = 0
    for part, size in [(part, _size(part)) for part in pieces_of(body)]:
        with await _opened(part) as stream:
            end = done + size
            while done < end:
                piece = _read(stream, min(_CHUNK, end - done))
                yield piece
                done += len(piece)
                progress(done)


class Outgoing:
    """A request body as ``outgoing`` gives it, each time from its beginning: it may have to be sent again."""

    def __init__(self, body: Payload, progress: Callable[[int], None]) -> None:
        self._body = body
        self._progress = progress

    def __aiter__(self) -> AsyncIterator[bytes]:
        return outgoing(self._body, self._progress)


async def _opened(part: bytes | Path) -> IO[bytes]:
    if isinstance(part, bytes):
        return io.BytesIO(part)
    path = part
    return await blocking.call(lambda: path.open("rb"))


def _read(stream: IO[bytes], size: int) -> bytes:
    try:
        piece, why = stream.read(size), _("It became shorter.")
    except OSError as error:
        piece, why = b"", error.strerror or str(error)
    if not piece:
        raise InvalidInput(
            _("The body's file changed while it was being sent."),
            detail=f"{stream.name}: {why}",
            hint=_("Send it again once no other program is writing to it."),
        )
    return piece


@contextlib.contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StorageError(
            _("The response could not be stored on disk."),
            detail=_("Bodies over {limit} MB go to a temporary file: {why}.").format(
                limit=MEMORY_LIMIT // 1024 // 1024, why=error.strerror or error
            ),
            hint=_("Free some space, or check that the temporary folder is writable."),
        ) from error


class Collector:
    """Takes a response body piece by piece and keeps it: in memory, then in a file of ``folder`` (mode 0600)."""

    def __init__(self, folder: Callable[[], Path], largest: int | None = None) -> None:
        self._folder = folder
        self._largest = largest
        self._pieces: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._path: Path | None = None
        self.size = 0
        self.wire_size = 0

    def expect(self, size: int) -> None:
        """The body will have ``size`` bytes. Raises ``TooLargeError`` when more than the largest may."""
        if self._largest is not None and size > self._largest:
            raise TooLargeError(
                _("The body is larger than the limit of {limit}.").format(limit=size_words(self._largest))
            )

    def add(self, piece: bytes) -> None:
        """Keep one more piece. Raises ``TooLargeError``, ``StorageError`` when the disk takes no more."""
        self.size += len(piece)
        self.expect(self.size)
        if self.size > BOMB_SIZE and self.size > BOMB_RATIO * max(self.wire_size, 1):
            raise TooLargeError(
                _("The body exceeds {limit} MB and is more than {ratio} times the {wire} bytes received.").format(
                    limit=BOMB_SIZE // 1024 // 1024, ratio=BOMB_RATIO, wire=self.wire_size
                )
            )
        if self._file is None:
            self._pieces.append(piece)
            if self.size > MEMORY_LIMIT:
                with _disk():
                    self._spill()
        else:
            with _disk():
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
            with _disk():
                self._file.close()
            return Body(file=self._path, size=self.size, wire_size=self.wire_size)
        return Body(data=b"".join(self._pieces), size=self.size, wire_size=self.wire_size)

    def discard(self) -> None:
        """Keep nothing."""
        self._pieces.clear()
        if self._file is not None:
            with contextlib.suppress(OSError):  # what a full disk did not take
                self._file.close()
            self._file = None
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self._path = None
