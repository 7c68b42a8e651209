"""Where variables stand in a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.variables import Token, template, tokens


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("a{b}c", []),
        ("{{a}}", [(0, 5, "a")]),
        ("x{{ a b }}y{{c}}", [(1, 10, "a b"), (11, 16, "c")]),
        ("{{{a}}}", [(1, 6, "a")]),
        ("{{}} {{ }}", []),
        ("{{a {{b}}", [(4, 9, "b")]),
        ("{{$randomInt}}{{process.env.X}}", [(0, 14, "$randomInt"), (14, 31, "process.env.X")]),
    ],
)
def test_tokens(text: str, found: list[tuple[int, int, str]]) -> None:
    assert tokens(text) == tuple(Token(*each) for each in found)


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="{}"), min_size=1)), st.text(alphabet="{} a"))
def test_tokens_stand_where_they_say(names: list[str], between: str) -> None:
    text = between.join(template(name) for name in names)
    for token in tokens(text):
        assert text[token.start : token.end].startswith("{{")
        assert text[token.start : token.end][2:-2].strip() == token.name


@pytest.mark.parametrize("text", ["{{" * 500_000, "{{a" * 300_000, "{{" + "a" * 1_000_000, "{{a}}" * 20_000])
def test_no_text_takes_for_ever(text: str) -> None:
    assert all(text[token.start : token.end] for token in tokens(text))
