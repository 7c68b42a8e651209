"""``text/event-stream`` as it comes in (WHATWG HTML 9.2.6)."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbench.core.messages import Direction, Message

LONGEST = 1_000_000
"""Characters of one event's data that are kept; the rest is in the body."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``id`` is the last one that was named, ``data`` without its last line end."""

    type: str = "message"
    data: str = field(default="", repr=False)
    id: str = ""
    cut: bool = False

    def message(self, at_ms: float | None = None) -> Message:
        """The event as a message that came ``at_ms`` after the stream began."""
        return Message(Direction.RECEIVED, self.type, self.data, at_ms, len(self.data.encode()), self.id, self.cut)


class EventParser:
    """Takes bytes in pieces of any size. ``retry_ms`` is what the server last said, ``comments`` their number."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest: list[str] = []
        self._rest_length = 0
        self._begun = False
        self._after_return = False
        self._data: list[str] = []
        self._length = 0
        self._type = ""
        self._id = ""
        self.retry_ms: int | None = None
        self.comments = 0

    def feed(self, data: bytes) -> list[Event]:
        """The events that are whole now."""
        text = self._decoder.decode(data)
        if text and not self._begun:
            self._begun = True
            text = text.removeprefix("\ufeff")
        events = []
        for line in self._lines(text):
            event = self._line(line)
            if event is not None:
                events.append(event)
        return events

    def _lines(self, text: str) -> Iterator[str]:
        if self._after_return and text:
            text = text.removeprefix("\n")
            self._after_return = False
        pieces = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        if text.endswith("\r"):
            self._after_return = True
        for number, piece in enumerate(pieces):
            if number:
                yield "".join(self._rest)
                self._rest.clear()
                self._rest_length = 0
            if piece and self._rest_length <= 2 * LONGEST:
                self._rest.append(piece)
                self._rest_length += len(piece)

    def _line(self, line: str) -> Event | None:
        if not line:
            return self._dispatch()
        name, colon, value = line.partition(":")
        if not name and colon:
            self.comments += 1
            return None
        value = value.removeprefix(" ")
        if name == "data":
            self._length += len(value) + 1
            if self._length <= LONGEST or not self._data:
                self._data.append(value[:LONGEST])
        elif name == "event":
            self._type = value
        elif name == "id" and "\0" not in value:
            self._id = value
        elif name == "retry" and value.isascii() and value.isdigit():
            self.retry_ms = int(value[:12])
        return None

    def _dispatch(self) -> Event | None:
        data, kind, cut = "\n".join(self._data), self._type, self._length > LONGEST
        there_is = bool(self._data)
        self._data, self._type, self._length = [], "", 0
        return Event(kind or "message", data, self._id, cut) if there_is else None
