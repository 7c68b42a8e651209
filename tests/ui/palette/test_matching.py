"""What a few letters find, and what comes first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.ui.palette.entry import Entry, Kind
from workbench.ui.palette.matching import Index, fold, locate, search


def titles(typed: str, *entries: Entry | str, limit: int = 50) -> list[str]:
    made = [entry if isinstance(entry, Entry) else Entry(Kind.REQUEST, entry) for entry in entries]
    return [hit.entry.title for hit in Index(made).search(typed, limit)]


@pytest.mark.parametrize(
    ("typed", "offered", "first"),
    [
        ("order", ["Reorder list", "Get order", "Order"], ["Order", "Get order", "Reorder list"]),
        ("nr", ["Enrich", "New Request"], ["New Request", "Enrich"]),
        ("uord", ["Update order", "Unblocked word"], ["Update order"]),
        ("ORD", ["order"], ["order"]),
        ("uber", ["Über uns"], ["Über uns"]),
        ("straße", ["STRASSE 5", "Straße"], ["Straße"]),
        ("list us", ["List orders", "List users"], ["List users"]),
        ("us list", ["List orders", "List users"], ["List users"]),
        ("订单", ["更新订单", "更新用户"], ["更新订单"]),
        ("/orders", ["GET /orders"], ["GET /orders"]),
    ],
)
def test_the_likeliest_comes_first(typed: str, offered: list[str], first: list[str]) -> None:
    assert titles(typed, *offered)[: len(first)] == first


def test_letters_too_far_apart_are_not_meant() -> None:
    assert titles("gtxq", "Get the export of every quarter in the year") == []


def test_details_are_searched_but_count_less() -> None:
    here = Entry(Kind.REQUEST, "Health", "Payments")
    assert titles("payments", here, Entry(Kind.REQUEST, "Payments list")) == ["Payments list", "Health"]
    assert titles("pay health", here) == ["Health"]


def test_prefixes_ask_for_kinds() -> None:
    entries = (
        Entry(Kind.ACTION, "Send"),
        Entry(Kind.IDENTITY, "sender"),
        Entry(Kind.BUNDLE, "Senate CA"),
        Entry(Kind.ENVIRONMENT, "sending"),
        Entry(Kind.REQUEST, "Send money"),
        Entry(Kind.SETTING, "Send it"),
    )
    assert titles(">send", *entries) == ["Send"]
    assert titles("@ sen", *entries) == ["Senate CA", "sender"] or titles("@ sen", *entries) == ["sender", "Senate CA"]
    assert titles("#sen", *entries) == ["sending"]
    assert titles("/", *entries) == ["Send money"]
    assert titles(",", *entries) == ["Send it"]


def test_what_cannot_be_done_comes_last() -> None:
    entries = (Entry(Kind.ACTION, "Send", unavailable="Open a request first."), Entry(Kind.ACTION, "Resend"))
    assert titles("send", *entries)[-1] == "Resend" or titles("send", *entries) == ["Send", "Resend"]
    assert titles("", *entries) == ["Resend", "Send"]


def test_without_words_they_come_in_their_order_and_limit() -> None:
    assert titles("", *(f"{n}" for n in range(80)))[:3] == ["0", "1", "2"]
    assert len(titles("", *(f"{n}" for n in range(80)))) == 50


def test_several_indexes_are_one_list() -> None:
    one, other = Index([Entry(Kind.REQUEST, "Reorder")]), Index([Entry(Kind.REQUEST, "Order")])
    assert [hit.entry.title for hit in search((one, other), "order", 5)] == ["Order", "Reorder"]


def test_what_was_made_ready_before_is_used_again() -> None:
    entries = [Entry(Kind.REQUEST, f"GET Order {number}", "", lambda: None) for number in range(5)]
    before = Index(entries[:4])
    after = Index(entries[1:], before)
    assert [hit.entry for hit in after.search("order")] == [hit.entry for hit in Index(entries[1:]).search("order")]
    made = before.ready()
    assert [after.ready()[id(entry)] is made.get(id(entry)) for entry in entries[1:]] == [True, True, True, False]


def test_the_meant_letters() -> None:
    assert locate("ord", "reorder order") == (8, 9, 10)
    assert locate("or", "reorder") == (2, 3)
    assert locate("nr", "new request") == (0, 4)
    assert locate("x", "new") == ()
    assert Index([Entry(Kind.REQUEST, "Ünder")]).search("un")[0].places == (0, 1)


@given(st.text(max_size=30), st.text(max_size=8))
def test_no_text_is_too_strange(title: str, typed: str) -> None:
    assert len(fold(title)) == len(title)
    for hit in Index([Entry(Kind.REQUEST, title, title)]).search(typed):
        assert all(place < len(hit.entry.title) for place in hit.places)


def test_ten_thousand_entries_are_told_apart_by_what_is_typed() -> None:
    words = ("order", "user", "payment", "invoice", "customer", "list", "health", "token", "report", "export")
    entries = [
        Entry(Kind.REQUEST, f"{words[n % 10]} {words[n // 10 % 10]} {n}", f"Payments / {words[n // 100 % 10]}")
        for n in range(10_000)
    ]
    index = Index(entries)
    assert index.search("zzz") == ()
    assert len(index.search("", limit=10_000)) == 10_000
    assert index.search("invoice token 4873")[0].entry.title == "invoice token 4873"
    assert all(hit.entry.title.startswith("order") for hit in index.search("order"))
