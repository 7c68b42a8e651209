"""Two versions of a request, told apart part by part; secrets are not told."""

from workbench.core.draft import BasicAuth, BearerAuth, Draft, Field, RawBody, Settings
from workbench.ui.models.differences import Difference, differences, part_words


def test_the_same_is_no_difference() -> None:
    assert differences(Draft(url="a"), Draft(url="a")) == ()


def test_rows_are_matched_by_their_names() -> None:
    mine = Draft(headers=(Field("A", "1"), Field("B", "2"), Field("C", "3", on=False)))
    theirs = Draft(headers=(Field("A", "1"), Field("B", "two"), Field("D", "4")))
    assert differences(mine, theirs) == (
        Difference("Header B", "2", "two"),
        Difference("Header C", "3 · off", ""),
        Difference("Header D", "", "4"),
    )
    turned = Draft(headers=tuple(reversed(mine.headers)))
    assert differences(mine, turned)[0].mine == "in a different order"


def test_authorization_is_told_by_its_kind_only() -> None:
    found = differences(Draft(auth=BearerAuth("s3cret")), Draft(auth=BasicAuth("me", "pa55")))
    assert found == (Difference("Authorization", "Bearer", "Basic"),)
    assert differences(Draft(auth=None), Draft(auth=BearerAuth("x")))[0].mine == "none"


def test_bodies_and_settings_are_texts() -> None:
    (body, settings) = differences(
        Draft(body=RawBody(text="{}")), Draft(settings=Settings(timeout_ms=5), body=RawBody(text="[]"))
    )
    assert (body.mine, body.theirs) == ("json {}", "json []")
    assert settings.theirs == "5"


def test_parts_in_conflict_have_names() -> None:
    assert part_words("url") == "URL"
    assert part_words("headers.accept") == "Header accept"
