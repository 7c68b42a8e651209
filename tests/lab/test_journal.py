import threading

from workbench.lab.journal import Journal, Kind


def test_a_reader_follows_beyond_what_is_held() -> None:
    journal = Journal(limit=3)
    for number in range(1, 6):
        journal.record("mutual", Kind.REQUEST, f"event {number}")
    assert [event.number for event in journal.events()] == [3, 4, 5]
    assert [event.what for event in journal.events(after=4)] == ["event 5"]
    journal.record("mutual", Kind.REQUEST, "event 6")
    assert [event.what for event in journal.events(after=5)] == ["event 6"]


def test_waiting_ends_when_the_event_comes_or_the_time_is_over() -> None:
    journal = Journal()
    assert journal.wait_for(Kind.BROKEN, "mutual", timeout=0.01) is None
    writer = threading.Thread(target=journal.record, args=("mutual", Kind.BROKEN, "it broke"))
    writer.start()
    event = journal.wait_for(Kind.BROKEN, "mutual")
    writer.join()
    assert event is not None
    assert event.what == "it broke"
