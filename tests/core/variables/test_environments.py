"""Environments that extend others, and ``.env`` files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.draft import Environment
from workbench.core.errors import InvalidInput
from workbench.core.variables import inheritance, read_dotenv


def chain(name: str, **extends: str) -> list[str]:
    environments = [Environment(each, extends=base) for each, base in extends.items()]
    return [environment.name for environment in inheritance(environments, name)]


def test_nearest_first() -> None:
    assert chain("c", a="", b="a", c="b", d="") == ["c", "b", "a"]
    assert chain("a", a="") == ["a"]
    assert chain("", a="") == []


def test_environments_that_extend_each_other_are_told_with_the_way() -> None:
    with pytest.raises(InvalidInput) as caught:
        chain("x", x="a", a="b", b="a")
    assert caught.value.detail == "x → a → b → a"
    with pytest.raises(InvalidInput, match="extends itself"):
        chain("a", a="a")


def test_an_environment_that_is_not_there() -> None:
    with pytest.raises(InvalidInput) as caught:
        chain("b", a="", b="gone")
    assert "“b” extends one that does not exist" in caught.value.title
    assert "“gone”" in caught.value.detail
    with pytest.raises(InvalidInput) as caught:
        chain("gone", a="", b="")
    assert "“gone”" in caught.value.title
    assert "a, b" in caught.value.detail


def test_what_a_dotenv_file_says() -> None:
    text = "\ufeff# words\nexport A=1\r\nB = 'x # y'\n\nC=\"two\\nlines\"\nD=$A # rest\nE=\nF\nG=a=b\nA=2\nÜ='π'\n"
    assert read_dotenv(text) == {
        "A": "2", "B": "x # y", "C": "two\nlines", "D": "$A", "E": "", "G": "a=b", "Ü": "π",
    }  # fmt: skip


def test_a_line_that_cannot_be_read_is_named_without_its_text() -> None:
    with pytest.raises(InvalidInput) as caught:
        read_dotenv("A=1\n\n\nPASSWORD='hunter2\nB=2\n", "prod.env")
    assert "prod.env" in caught.value.title
    assert "Line 4 " in caught.value.detail
    assert "hunter2" not in str(caught.value)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        values = read_dotenv(text)
    except InvalidInput:
        return
    assert all(isinstance(value, str) for value in values.values())
