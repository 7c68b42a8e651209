"""The hash of a request's body, as signatures and digests need it before the body is sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbench.core import blocking
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Payload, pieces_of

_CHUNK = 1024 * 1024


async def hexdigest(body: Payload, algorithm: Callable[[], Any]) -> str:
    """The hash of the whole body in lower-case hex; files are read off the loop. Raises ``InvalidInput``."""
    pieces = pieces_of(body)
    if all(isinstance(piece, bytes) and len(piece) <= _CHUNK for piece in pieces):
        return _hash(pieces, algorithm)
    return await blocking.call(lambda: _hash(pieces, algorithm), "hash a body")


def _hash(pieces: tuple[bytes | Path, ...], algorithm: Callable[[], Any]) -> str:
    state = algorithm()
    for piece in pieces:
        if isinstance(piece, bytes):
            state.update(piece)
            continue
        try:
            with piece.open("rb") as stream:
                while data := stream.read(_CHUNK):
                    state.update(data)
        except (OSError, ValueError) as error:
            raise InvalidInput(
                _("The body's file cannot be read."),
                detail=f"{piece}: {getattr(error, 'strerror', None) or error}",
                hint=_("Choose an existing file that you can read."),
            ) from error
    return str(state.hexdigest())
