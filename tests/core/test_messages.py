"""Messages: in order, bounded, and read from any thread while they come."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from workbench.core import messages
from workbench.core.messages import Direction, Message, Messages


def said(*words: str) -> list[Message]:
    return [Message(Direction.RECEIVED, "text", word, size=len(word)) for word in words]


def test_each_is_read_once_by_whoever_counts() -> None:
    log = Messages()
    assert log.since(0) == (0, ())
    log.add(said("a", "b"))
    log.add([Message(Direction.SENT, "text", "c")])
    first, new = log.since(1)
    assert (first, [message.data for message in new], log.total) == (1, ["b", "c"], 3)
    assert log.since(3) == (3, ())


def test_the_oldest_make_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(messages, "MOST", 3)
    monkeypatch.setattr(messages, "MOST_BYTES", 10)
    log = Messages()
    log.add(said("1", "2", "3", "4"))
    assert log.since(0) == (1, tuple(said("2", "3", "4")))
    log.add(said("twelve bytes"))
    assert log.since(0) == (4, tuple(said("twelve bytes")))
    assert log.total == 5


def test_nothing_is_lost_or_doubled_between_threads() -> None:
    log = Messages()

    def write() -> None:
        for number in range(2000):
            log.add(said(str(number)))

    def read() -> list[str | bytes]:
        seen: list[str | bytes] = []
        while len(seen) < 2000:
            first, new = log.since(len(seen))
            assert first == len(seen)
            seen += [message.data for message in new]
        return seen

    with ThreadPoolExecutor(3) as threads:
        readers = [threads.submit(read) for _number in range(2)]
        threads.submit(write).result()
        assert [reader.result() for reader in readers] == [[str(number) for number in range(2000)]] * 2
