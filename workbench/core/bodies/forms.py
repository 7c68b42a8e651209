"""Forms: ``application/x-www-form-urlencoded`` (WHATWG URL 5) and ``multipart/form-data`` (RFC 7578)."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from urllib.parse import quote_plus

from workbench.core.bodies import files
from workbench.core.draft import Field, Part
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Payload, Stream

URLENCODED = "application/x-www-form-urlencoded"
Resolve = Callable[[str], str]


def urlencoded(fields: Iterable[Field], resolve: Resolve) -> bytes:
    """The fields that are on, in their order."""
    pairs = ((resolve(each.name), resolve(each.value)) for each in fields if each.on)
    return "&".join(f"{_form_quoted(name)}={_form_quoted(value)}" for name, value in pairs).encode("ascii")


def _form_quoted(text: str) -> str:
    return quote_plus(text, safe="*-._", errors="replace").replace("~", "%7E")


def new_boundary() -> str:
    """A boundary that no part holds: nobody guesses 128 bits."""
    return f"----workbench-{secrets.token_hex(16)}"


def multipart(parts: Iterable[Part], resolve: Resolve, folder: Path, boundary: str) -> Payload:
    """The parts that are on; files are named in it and read when it is sent.

    Raises ``InvalidInput`` for a file that cannot be read and for a content type that breaks out of its line.
    """
    pieces: list[bytes | Path] = []
    for part in parts:
        if part.on:
            for head, value in _entries(part, resolve, folder):
                pieces += _encoded(f"--{boundary}\r\n{head}\r\n\r\n"), value, b"\r\n"
    pieces.append(f"--{boundary}--\r\n".encode())
    joined = tuple(_joined(pieces))
    return joined[0] if len(joined) == 1 else Stream(joined)


def _entries(part: Part, resolve: Resolve, folder: Path) -> Iterator[tuple[str, bytes | Path]]:
    name = resolve(part.name)
    disposition = f'Content-Disposition: form-data; name="{_quoted(name)}"'
    kind = _checked_type(resolve(part.content_type).strip(), name)
    if part.files is None:
        head = f"{disposition}\r\nContent-Type: {kind}" if kind else disposition
        yield head, _encoded(resolve(part.value))
        return
    chosen = [file for file in part.files if file.strip()]
    if not chosen:
        raise InvalidInput(
            _("No file is chosen for the field “{field}”.").format(field=name),
            detail=_("This is a file field, but no file is chosen."),
            hint=_("Choose a file, or turn the field off."),
        )
    for file in chosen:
        path = files.readable(resolve(file), folder, name or "?")
        media_type = kind or files.guessed_type(path)
        yield f'{disposition}; filename="{_quoted(path.name)}"\r\nContent-Type: {media_type}', path


def _encoded(text: str) -> bytes:
    """UTF-8; bytes that a command line or a file's name held beside it stay what they were."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def _quoted(text: str) -> str:
    """As browsers write names (WHATWG HTML 4.10.21.8), which is what servers read: UTF-8, three characters escaped."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")


def _checked_type(media_type: str, name: str) -> str:
    bad = next((char for char in media_type if not 0x20 <= ord(char) < 0x7F), None)
    if bad is not None:
        raise InvalidInput(
            _("The content type of the field “{field}” cannot be sent.").format(field=name),
            detail=_("It contains U+{code:04X}.").format(code=ord(bad)),
            hint=_("Write it like text/plain; charset=utf-8."),
        )
    return media_type


def _joined(pieces: Iterable[bytes | Path]) -> Iterator[bytes | Path]:
    """The same with neighbouring bytes put together."""
    gathered: list[bytes] = []
    for piece in pieces:
        if isinstance(piece, bytes):
            gathered.append(piece)
        else:
            yield b"".join(gathered)
            gathered.clear()
            yield piece
    yield b"".join(gathered)
