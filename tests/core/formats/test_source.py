"""Reading files: each way in which that fails has its own words."""

import os
from pathlib import Path

import pytest

from workbench.core.errors import InvalidInput
from workbench.core.formats import Source, load_source


def test_name_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a key.pem").write_bytes(b"abc\r\n")
    assert load_source(tmp_path / "a key.pem") == Source("a key.pem", b"abc\r\n")


def test_two_hundred_megabytes_are_not_read(tmp_path: Path) -> None:
    large = tmp_path / "certificate.pem"
    with large.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    with pytest.raises(InvalidInput, match="too large") as caught:
        load_source(large)
    assert "200 MB" in caught.value.detail
    assert str(large) in caught.value.detail


@pytest.mark.parametrize(
    ("name", "words"), [("missing.pem", "does not exist"), ("", "a folder"), ("\0", "cannot be read")]
)
def test_what_is_no_file(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(InvalidInput, match=words) as caught:
        load_source(tmp_path / name)
    assert caught.value.detail
    assert caught.value.hint


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(InvalidInput, match="a device or a pipe"):
        load_source(tmp_path / "pipe")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_of_someone_else(tmp_path: Path) -> None:
    path = tmp_path / "secret.key"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(InvalidInput, match="do not have permission"):
        load_source(path)
