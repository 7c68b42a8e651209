"""multipart/form-data bodies (RFC 7578), in memory while they are small and in a temporary file beyond."""

import mimetypes
import secrets
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import BinaryIO

MEMORY_LIMIT = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One field: a value, or a file that is sent under its own name."""

    name: str
    value: bytes | Path

    @property
    def size(self) -> int:
        """Bytes of the value."""
        return len(self.value) if isinstance(self.value, bytes) else self.value.stat().st_size


def encode(parts: Sequence[Part], stack: ExitStack) -> tuple[bytes | Path, str]:
    """The body and its Content-Type.

    A body over ``MEMORY_LIMIT`` is written to a file that ``stack`` deletes when it closes.
    """
    boundary = secrets.token_hex(16)
    media_type = f"multipart/form-data; boundary={boundary}"
    if sum(part.size for part in parts) <= MEMORY_LIMIT:
        buffer = BytesIO()
        _write(buffer, parts, boundary)
        return buffer.getvalue(), media_type
    path = Path(stack.enter_context(TemporaryDirectory(prefix="mtls-workbench-"))) / "body"
    with path.open("wb") as file:
        _write(file, parts, boundary)
    return path, media_type


def _write(stream: BinaryIO, parts: Sequence[Part], boundary: str) -> None:
    for part in parts:
        stream.write(f"--{boundary}\r\n{_headers(part)}\r\n".encode("utf-8", "surrogateescape"))
        if isinstance(part.value, bytes):
            stream.write(part.value)
        else:
            with part.value.open("rb") as source:
                copyfileobj(source, stream, 1024 * 1024)
        stream.write(b"\r\n")
    stream.write(f"--{boundary}--\r\n".encode())


def _headers(part: Part) -> str:
    disposition = f'Content-Disposition: form-data; name="{_quoted(part.name)}"'
    if isinstance(part.value, bytes):
        return f"{disposition}\r\n"
    media_type = mimetypes.guess_type(part.value.name)[0] or "application/octet-stream"
    return f'{disposition}; filename="{_quoted(part.value.name)}"\r\nContent-Type: {media_type}\r\n'


def _quoted(text: str) -> str:
    """As browsers write names (WHATWG HTML 4.10.21.8), which is what servers read."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
