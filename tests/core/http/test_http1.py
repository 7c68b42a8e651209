"""h11 with our buffer reads what it reads with its own, however the bytes come."""

from itertools import pairwise

import h11
import pytest
from h11._receivebuffer import ReceiveBuffer
from hypothesis import given
from hypothesis import strategies as some

from workbench.core.http.http1 import Buffer

_HEAD = b"HTTP/1.1 200 OK\r\n"
_ANSWERS = {
    "length": _HEAD + b"Content-Length: 40\r\n\r\n" + bytes(range(40)),
    "chunks": _HEAD
    + b"Transfer-Encoding: chunked\r\n\r\n5\r\n\r\n\r\n\r\r\n10;a=b\r\n0123456789abcdef\r\n0\r\nX-Sum: 7\r\n\r\n",
    "to the end": _HEAD + b"\r\n" + bytes(range(40)),
    "after others": b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + _HEAD + b"Content-Length: 3\r\n\r\nabc",
    "more than said": _HEAD + b"Content-Length: 3\r\n\r\nabcdef",
}


def read(pieces: list[bytes], buffer: ReceiveBuffer) -> tuple[list[object], bytes]:
    """The events, with neighbouring data as one, and what is left over."""
    connection = h11.Connection(h11.CLIENT)
    connection._receive_buffer = buffer
    connection.send(h11.Request(method="GET", target="/", headers=[("Host", "localhost")]))
    connection.send(h11.EndOfMessage())
    events: list[object] = []
    body = b""
    for piece in [*pieces, b""]:
        connection.receive_data(piece)
        while (event := connection.next_event()) not in (h11.NEED_DATA, h11.PAUSED, h11.ConnectionClosed()):
            if isinstance(event, h11.Data):
                body += event.data
            else:
                events += [body, event]
                body = b""
            if isinstance(event, h11.EndOfMessage):
                return events, connection.trailing_data[0]
    return events, b""


@pytest.mark.parametrize("name", _ANSWERS)
@given(cuts=some.sets(some.integers(1, 130), max_size=12))
def test_the_same_in_whatever_pieces(name: str, cuts: set[int]) -> None:
    answer = _ANSWERS[name]
    places = sorted({0, len(answer), *(cut for cut in cuts if cut < len(answer))})
    pieces = [answer[start:end] for start, end in pairwise(places)]
    assert read(pieces, Buffer()) == read(pieces, ReceiveBuffer())


def test_a_piece_that_is_wanted_whole_is_not_copied() -> None:
    piece, buffer = bytes(1000), Buffer()
    buffer += piece
    assert buffer.maybe_extract_at_most(5000) is piece
    assert not buffer
