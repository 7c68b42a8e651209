"""text/event-stream (WHATWG HTML 9.2.6)."""

from hypothesis import given
from hypothesis import strategies as st

from workbench.core.content.events import LONGEST, Event, EventParser


def events(text: str) -> list[Event]:
    return EventParser().feed(text.encode())


def test_an_event_is_what_stands_before_an_empty_line() -> None:
    assert events("event: add\nid: 7\ndata: one\ndata:two\n\ndata: unfinished") == [Event("add", "one\ntwo", "7")]


def test_the_last_id_stays_and_can_be_taken_back() -> None:
    assert [event.id for event in events("id: 1\ndata: a\n\ndata: b\n\nid\ndata: c\n\n")] == ["1", "1", ""]


def test_without_data_there_is_no_event() -> None:
    assert events("event: x\n\ndata\n\n") == [Event("message", "")]


def test_comments_are_counted_and_the_retry_time_is_kept() -> None:
    parser = EventParser()
    assert parser.feed(b": keep alive\n\nretry: 3000\nretry: soon\nunknown: x\nid: a\0b\ndata:  x\n\n") == [
        Event("message", " x", "")
    ]
    assert (parser.comments, parser.retry_ms) == (1, 3000)


def test_a_byte_order_mark_at_the_beginning_is_none_of_the_text() -> None:
    assert events("\ufeffdata: x\n\n") == [Event("message", "x")]


@given(st.lists(st.sampled_from(["\n", "\r", "\r\n", "data: ü", "id: 1", "event: e", ":c", "data"])), st.integers(1, 5))
def test_pieces_of_any_size_give_the_same_events(parts: list[str], size: int) -> None:
    data = "".join(parts).encode()
    parser = EventParser()
    pieces = [event for at in range(0, len(data), size) for event in parser.feed(data[at : at + size])]
    assert pieces == EventParser().feed(data)


def test_a_very_long_event_is_cut_and_says_so() -> None:
    (event,) = events(f"data: {'x' * (LONGEST + 5)}\n\n")
    assert event.cut
    assert len(event.data) == LONGEST
