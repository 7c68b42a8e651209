"""Two changed the same request: what does not touch goes together, the rest is named."""

from dataclasses import replace

from workbench.core.collection import Conflicts, merge
from workbench.core.draft import Draft, Field, Param, ParamKind, RawBody, Settings, Variable

BASE = Draft(
    name="a",
    url="u",
    headers=(Field("A", "1"), Field("B", "2"), Field("C", "3")),
    params=(Param("id", "1", ParamKind.PATH), Param("id", "2")),
    tags=("x", "y"),
)


def test_changes_of_different_parts_go_together() -> None:
    mine = replace(BASE, url="mine", docs="d")
    theirs = replace(BASE, name="theirs", body=RawBody(text="{}"), settings=Settings(timeout_ms=5))
    merged = replace(
        BASE, url="mine", docs="d", name="theirs", body=RawBody(text="{}"), settings=Settings(timeout_ms=5)
    )
    assert merge(BASE, mine, theirs) == merge(BASE, theirs, mine) == merged
    assert merge(BASE, mine, BASE) == mine
    assert merge(BASE, BASE, theirs) == theirs
    assert merge(BASE, mine, mine) == mine


def test_rows_are_merged_by_name() -> None:
    mine = replace(BASE, headers=(Field("A", "mine"), Field("B", "2"), Field("C", "3"), Field("M", "m")))
    theirs = replace(BASE, headers=(Field("T", "t"), Field("A", "1"), Field("C", "theirs")))
    merged = merge(BASE, mine, theirs)
    assert isinstance(merged, Draft)
    assert merged.headers == (Field("T", "t"), Field("A", "mine"), Field("C", "theirs"), Field("M", "m"))


def test_settings_and_tags_are_merged_one_by_one() -> None:
    mine = replace(BASE, settings=Settings(timeout_ms=1), tags=("x", "m"))
    theirs = replace(BASE, settings=Settings(max_redirects=2), tags=("x", "y", "t"))
    merged = merge(BASE, mine, theirs)
    assert isinstance(merged, Draft)
    assert (merged.settings, merged.tags) == (Settings(timeout_ms=1, max_redirects=2), ("x", "m", "t"))


def test_a_quarrel_is_named_and_mine_stands_meanwhile() -> None:
    mine = replace(BASE, url="mine", headers=(replace(BASE.headers[0], value="mine"), *BASE.headers[1:]))
    theirs = replace(BASE, url="theirs", headers=(replace(BASE.headers[0], value="theirs"), *BASE.headers[1:]))
    theirs = replace(theirs, variables=(Variable("v", "1"),))
    conflicts = merge(BASE, mine, theirs)
    assert isinstance(conflicts, Conflicts)
    assert conflicts.fields == ("url", "headers.a")
    assert conflicts.draft == replace(mine, variables=(Variable("v", "1"),))


def test_removed_here_and_changed_there_is_a_quarrel() -> None:
    mine = replace(BASE, params=BASE.params[:1])
    theirs = replace(BASE, params=(BASE.params[0], Param("id", "9")))
    conflicts = merge(BASE, mine, theirs)
    assert isinstance(conflicts, Conflicts)
    assert conflicts.fields == ("params.id",)
    assert conflicts.draft.params[1] == Param("id", "9")


def test_very_many_rows_of_one_name_are_merged_soon() -> None:
    many = tuple(Field("same", str(number)) for number in range(20_000))
    base = Draft(headers=many)
    mine = replace(base, headers=(*many, Field("mine", "1")))
    theirs = replace(base, headers=(Field("theirs", "1"), *many))
    merged = merge(base, mine, theirs)
    assert isinstance(merged, Draft)
    assert merged.headers == (Field("theirs", "1"), *many, Field("mine", "1"))
