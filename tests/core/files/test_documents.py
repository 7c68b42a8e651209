"""Documents name their format; newer ones are refused in words, and damaged ones are told."""

import os
from pathlib import Path

import pytest

from workbench.core.errors import NewerFormat, StorageError
from workbench.core.files import Damaged, Format

NOTES = Format(3, newer="The notes “{name}” are newer.", newer_hint="Update the program.")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes.json"


@pytest.mark.parametrize("indent", [2, None])
def test_what_is_written_is_read(path: Path, indent: int | None) -> None:
    odd = os.fsdecode(b"/caf\xe9")  # a path that is not UTF-8
    NOTES.write(path, {"folder": odd, "name": "ü", "format": "of someone else"}, indent=indent)
    assert NOTES.read(path) == {"folder": odd, "name": "ü"}


def test_a_newer_one_is_refused_by_name(path: Path) -> None:
    path.write_text('{"format": 4, "name": "Groceries"}')
    with pytest.raises(NewerFormat) as refused:
        NOTES.read(path)
    assert refused.value.title == "The notes “Groceries” are newer."
    assert refused.value.hint == "Update the program."
    assert refused.value.detail == f"{path} has format 4; this version supports 3."
    with pytest.raises(NewerFormat):
        NOTES.checked({"format": 4})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"{}",
        b"[" * 100_000,
        b'{"format": 0}',
        b'{"format": true}',
        b'{"format": "3"}',
        b'{"format": 3.0}',
        b'{"format": null}',
        b'{"format": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda content: content[:20].decode("latin-1"),
)
def test_what_is_no_document_is_damage(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Damaged):
        NOTES.read(path)


def test_one_that_may_name_no_format(path: Path) -> None:
    path.write_text('{"a": 1}')
    assert Format(1, newer="", unnamed=1).read(path) == {"a": 1}


def test_what_the_disk_refuses_is_told(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        NOTES.read(path)
    path.mkdir()
    with pytest.raises(StorageError, match="cannot be read or written") as refused:
        NOTES.write(path, {})
    assert str(path) in refused.value.detail
