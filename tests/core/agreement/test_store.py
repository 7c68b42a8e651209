"""``agreements.json``: what others wrote into it is never misread, and never written over."""

from pathlib import Path

import pytest

from workbench.core.agreement import Agreements, Thing, Want
from workbench.core.errors import NewerFormat, StorageError
from workbench.core.storage import Home

WANT = Want(Thing.IDENTITY, "alice", "api.example", "request Get.yml")


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "theirs").mkdir()
    return tmp_path / "theirs"


def test_nothing_is_kept_of_what_nobody_agreed_to(home: Home, folder: Path) -> None:
    agreements = Agreements(home)
    assert agreements.restricted(folder)
    agreements.agree(folder, ())
    agreements.revoke(folder, [WANT])
    assert not home.agreements.exists()


def test_order_and_words_are_kept_and_nothing_twice(home: Home, folder: Path) -> None:
    other = Want(Thing.FILES, "/etc/hosts", "api.example:8443")
    Agreements(home).agree(folder, [WANT])
    Agreements(home).agree(folder, [other, WANT])
    assert [(one, one.source) for one in Agreements(home).agreed(folder)] == [(WANT, WANT.source), (other, "")]
    Agreements(home).revoke(folder, [WANT])
    assert Agreements(home).agreed(folder) == (other,)


def test_a_link_to_the_folder_is_the_folder(home: Home, folder: Path) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)
    Agreements(home).add_made(link)
    assert not Agreements(home).restricted(folder)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("{", StorageError),
        ('{"format": 1, "folders": [{"folder": "1"}]}', StorageError),
        (
            '{"format": 1, "folders": [{"folder": "1", "path": "", "made": true, "agreed": [{"thing": "x"}]}]}',
            StorageError,
        ),
        ('{"format": 2, "folders": []}', NewerFormat),
    ],
)
def test_what_cannot_be_read_is_told_and_left_alone(
    home: Home, folder: Path, content: str, error: type[StorageError]
) -> None:
    home.root.mkdir()
    home.agreements.write_text(content)
    with pytest.raises(error):
        Agreements(home).restricted(folder)
    with pytest.raises(error):
        Agreements(home).agree(folder, [WANT])
    assert home.agreements.read_text() == content
