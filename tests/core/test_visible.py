"""What cannot be seen is made visible; what can be is left alone."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.visible import isolated, visible, visible_json, visible_lines, without_invisible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain, größer, 日本語, שלום, 👍🏽", "plain, größer, 日本語, שלום, 👍🏽"),
        ("a\x1b[31m\r\n\t\0\x7f\x9b", "a\\x1b[31m\\r\\n\\t\\x00\\x7f\\x9b"),
        ("invoice\u202egpj.exe", "invoice\\u202egpj.exe"),
        ("\u2066\u2067\u2068\u2069\u200e\u200f\u061c", "\\u2066\\u2067\\u2068\\u2069\\u200e\\u200f\\u061c"),
        ("a\u200bb\u200cc\u200dd\u2060\ufeff\xad", "a\\u200bb\\u200cc\\u200dd\\u2060\\ufeff\\xad"),
        ("a\u2028b\u2029", "a\\u2028b\\u2029"),
        ("\ud800", "\\ud800"),
        ("\u3164\u115f", "\\u3164\\u115f"),  # letters that are drawn as nothing
        ("\U000e0041", "\\U000e0041"),
        ("a\xa0b\u3000c", "a\xa0b\u3000c"),
        ("👩\u200d💻", "👩\u200d💻"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("م\u200d\u200d\u200dم", "م\\u200d\\u200d\\u200dم"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_lines_stay_lines_where_the_text_is_ours() -> None:
    assert visible_lines("one\n\ttwo\u202e\r\n") == "one\n\ttwo\\u202e\\r\n"


def test_right_to_left_names_leave_the_sentence_in_order() -> None:
    assert isolated("plain") == "plain"
    name = isolated("שלום")
    assert name == "\u2068שלום\u2069"
    assert visible(f"“{name}” · 200") == f"“{name}” · 200"
    assert isolated(name) == name


def test_an_isolate_of_others_does_not_open_another() -> None:
    assert visible("\u2068left") == "\\u2068left"
    assert visible("\u2068left\u2069") == "\\u2068left\\u2069"
    assert isolated("א\u2068ב\u2069ג") == "\u2068א\\u2068ב\\u2069ג\u2069"
    assert isolated("א\u2069\u202eb") == "\u2068א\\u2069\\u202eb\u2069"


_TEXTS = st.text(st.one_of(st.characters(), st.sampled_from("\u2068\u2069\u202e\u200d\u200c\x1bאa")))


@given(_TEXTS)
def test_nothing_invisible_is_left_of_any_text(text: str) -> None:
    shown = visible(text)
    assert visible(shown) == shown
    kept = {c for c in shown if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert kept <= set("\u2068\u2069\u200c\u200d")
    assert shown.count("\u2068") == shown.count("\u2069")


@given(_TEXTS)
def test_without_the_invisible_all_is_visible(text: str) -> None:
    kept = without_invisible(text)
    assert set(kept) <= set(text)
    assert visible(kept) == kept


@given(_TEXTS)
def test_json_means_the_same(text: str) -> None:
    document = json.dumps({text: text}, ensure_ascii=False, indent=2)
    assert json.loads(visible_json(document)) == {text: text}
    assert all(c == "\n" or unicodedata.category(c)[0] != "C" for c in visible_json(document))
