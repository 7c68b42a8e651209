"""Any name becomes a file name that every file system takes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.core.collection.names import copy_name, file_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Get users", "Get users.yml"),
        ("GET /users/{id}", "GET -users-{id}.yml"),
        ("../../etc/passwd", "etc-passwd.yml"),
        ("C:\\Windows", "C--Windows.yml"),
        ("con", "con_.yml"),
        ("NUL.txt", "_NUL.txt.yml"),
        ("folder", "_folder.yml"),
        (".hidden", "hidden.yml"),
        ("ends. . ", "ends.yml"),
        ("a\nb\0c\u202e", "a bc.yml"),
        ("a\u200bb\u200dc\u3164\u2028d", "abc d.yml"),
        ("👩\u200d💻", "👩\u200d💻.yml"),
        ("Größe 漢字 🔐", "Größe 漢字 🔐.yml"),
        ("", "Untitled.yml"),
        ("...", "Untitled.yml"),
    ],
)
def test_names(name: str, expected: str) -> None:
    assert file_name(name, ".yml") == expected


def test_taken_names_are_told_apart_whatever_the_file_system() -> None:
    assert file_name("Users", ".yml", ["users.yml"]) == "Users 2.yml"
    assert file_name("Users", ".yml", ["users.yml", "USERS 2.YML"]) == "Users 3.yml"
    assert file_name("é", ".yml", ["e\u0301.yml"]) == "é 2.yml"


@given(st.text(max_size=400), st.sampled_from(("", ".yml", ".bru")))
def test_every_name_is_safe(name: str, suffix: str) -> None:
    safe = file_name(name, suffix)
    assert 0 < len(safe.encode()) <= 200
    assert safe.endswith(suffix)
    assert not set(safe) & set('/\\:*?"<>|\0')
    assert not any(unicodedata.category(character) in {"Cc", "Cs"} for character in safe)
    assert not safe.startswith(".")
    assert safe == safe.strip()
    assert not safe.removesuffix(suffix).endswith((".", " "))
    assert file_name(name, suffix, [safe]).casefold() != safe.casefold()


def test_copies_are_counted() -> None:
    assert copy_name("a", []) == "a copy"
    assert copy_name("a", ["a copy"]) == "a copy 2"
    assert copy_name("a copy", ["a", "A Copy", "a copy 2"]) == "a copy 3"
