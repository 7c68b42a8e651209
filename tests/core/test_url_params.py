"""The parameters of a URL and its text, kept in step."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.core.draft import Param, ParamKind
from workbench.core.url_params import fill_path, params_of, path_names, url_with

TEXT = st.text(alphabet=st.characters(exclude_characters="{}", exclude_categories=["Cs"]), max_size=8)
VALUE = st.lists(TEXT | st.sampled_from(["{{a}}", "{{x=y&z}}", "%20", "+", "a=b", "&", "#", "?"]), max_size=3).map(
    "".join
)
URL = st.lists(st.sampled_from([*"abc/:?&=#%+ é{}", "{{v}}", "{{a?b}}", "https://", "&&", "=="]), max_size=14)
PARAM = st.builds(Param, name=VALUE, value=VALUE, on=st.booleans(), description=TEXT)


def path(name: str, value: str = "", **more: str) -> Param:
    return Param(name, value, ParamKind.PATH, **more)  # type: ignore[arg-type]  # only descriptions are given


@pytest.mark.parametrize(
    ("url", "params"),
    [
        ("", []),
        ("https://h/", []),
        ("https://h/?", []),
        ("https://h/?a=1&b=2", [("a", "1"), ("b", "2")]),
        ("h?a&a=&a=1&a=1", [("a", ""), ("a", ""), ("a", "1"), ("a", "1")]),
        ("h?a=b=c", [("a", "b=c")]),
        ("h?a=x+y%20z&é=ü", [("a", "x+y%20z"), ("é", "ü")]),
        ("h?a=1#f?b=2", [("a", "1")]),
        ("h#?a=1", []),
        ("h?&&a&&", [("a", "")]),
        ("h?=1", [("", "1")]),
        ("h?a=1?b=2", [("a", "1?b=2")]),
        ("{{base}}?q={{a&b}}&{{c=d}}={{e#f}}", [("q", "{{a&b}}"), ("{{c=d}}", "{{e#f}}")]),
        ('h?filter={"a":{"b":1}}', [("filter", '{"a":{"b":1}}')]),
    ],
)
def test_what_stands_in_a_url(url: str, params: list[tuple[str, str]]) -> None:
    assert [(param.name, param.value) for param in params_of(url)] == params
    assert url_with(url, params_of(url)) == url


@given(URL.map("".join))
@example("h?a\n=\r&b= ")
def test_to_read_and_write_changes_nothing(url: str) -> None:
    params = params_of(url)
    assert url_with(url, params) == url
    assert params_of(url, params) == params


@given(st.lists(PARAM, max_size=6), st.sampled_from(["h", "https://h:1/p?x=1&y#f", "{{b}}/:id?a", "h?"]))
def test_to_write_and_read_changes_nothing(params: list[Param], url: str) -> None:
    table = (*params, *(path(name) for name in path_names(url)))
    written = url_with(url, table)
    assert params_of(written, table) == table
    assert url_with(written, table) == written
    assert written.partition("?")[0].partition("#")[0] == url.partition("?")[0].partition("#")[0]
    assert written.endswith("#f") == url.endswith("#f")


def test_only_what_was_changed_is_written_anew() -> None:
    url = "https://h/p?a&b=&c=x%2fy&&d#frag"
    a, b, c, d = params_of(url)
    assert url_with(url, (a, b, replace(c, value="z"), d)) == "https://h/p?a&b=&c=z&d#frag"
    assert url_with(url, (d, a)) == "https://h/p?d&a#frag"
    assert url_with(url, ()) == "https://h/p#frag"
    assert url_with("h", (Param("n", ""),)) == "h?n="


def test_characters_that_would_end_a_parameter_are_encoded_and_the_table_keeps_them() -> None:
    table = (Param("a=b", "c&d#e=f"), Param("n", "two\nlines "))
    url = url_with("h", table)
    assert url == "h?a%3Db=c%26d%23e=f&n=two%0Alines%20"
    assert params_of(url, table) == table


def test_a_parameter_that_is_off_stays_in_its_place() -> None:
    url = "h?a=1&c=3"
    table = (
        Param("z", "0", on=False),
        Param("a", "1"),
        Param("b", "2", on=False, description="words"),
        Param("c", "3"),
    )
    assert params_of(url, table) == table
    assert url_with(url, table) == url
    edited = params_of("h?new=1&a=9&c=3", table)
    assert [param.name for param in edited] == ["z", "new", "a", "b", "c"]
    assert [param.on for param in edited] == [False, True, True, False, True]
    assert [param.name for param in params_of("h", table)] == ["z", "b"]
    switched = tuple(replace(param, on=True) for param in table)
    assert url_with(url, switched) == "h?z=0&a=1&b=2&c=3"


def test_a_description_stays_with_its_parameter_while_it_is_typed() -> None:
    table: tuple[Param, ...] = (Param("a", "1", description="A"), Param("b", "2", description="B"))
    for url in ("h?a=12&b=2", "h?ax=12&b=2", "h?ax=12&b=", "h?x=0&ax=12&b="):
        table = params_of(url, table)
    assert [(param.name, param.description) for param in table] == [("x", ""), ("ax", "A"), ("b", "B")]
    assert [param.description for param in params_of("h?b=&ax=12", table)] == ["B", "A"]


def test_an_empty_row_of_the_table_is_not_lost_and_not_sent() -> None:
    table = (Param("a", "1"), Param(), Param("b", "2"))
    assert url_with("h", table) == "h?a=1&b=2"
    assert params_of("h?a=1&b=2", table) == table


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("https://h:8443/users/:id/x/:other", ["id", "other"]),
        ("h:8443/:id", ["id"]),
        ("{{a:b}}/:id", ["id"]),
        ("{{base}}:8443/v1", []),
        ("https://h/{{a/:b}}/:c", ["c"]),
        ("https://user:pass@h/:x?y=/:z#/:f", ["x"]),
        ("http://[::1]:80/:id", ["id"]),
        ("https://h/v1/thing:cancel/:id:verb", ["id:verb"]),
        ("https://h/:/::", [":"]),
        ("h/:{{x}}", []),
        ("/:id/:id", ["id"]),
        (":8080", []),
    ],
)
def test_path_variables_stand_in_the_path_only(url: str, names: list[str]) -> None:
    assert list(path_names(url)) == names
    assert [param.name for param in params_of(url) if param.kind is ParamKind.PATH] == names


def test_path_variables_keep_value_and_description_when_renamed() -> None:
    table = (Param("q", "1"), path("id", "7", description="which"), path("other", "8"))
    edited = params_of("h/:user/:other?q=1", table)
    assert edited == (Param("q", "1"), path("user", "7", description="which"), path("other", "8"))
    assert params_of("h/:other?q=1", table) == (Param("q", "1"), path("other", "8"))
    assert params_of("h/:id/:new?q=1", (path("id", "7"), Param("q", "1")))[:2] == (path("id", "7"), path("new"))


def test_filling_in_the_path() -> None:
    values = {"id": "a b", "x": "{{v}}"}
    assert fill_path("https://h:1/:id/:x/:none?:id", values.get) == "https://h:1/a b/{{v}}/:none?:id"


def test_thousands_of_parameters_alike_are_paired_by_their_places() -> None:
    """Each compared with each would take minutes."""
    url = "https://h/?" + "&".join(["a=b"] * 30_000)
    params = params_of(url)
    assert params_of(url, params) == params
    assert url_with(url, params) == url
