"""What is open comes back, after a kill too, and without secrets."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.core.draft import SENSITIVE, BearerAuth, Draft, Field, RawBody
from workbench.core.errors import StorageError
from workbench.core.storage.drafts import CLOSED_LIMIT, Drafts, OpenTab, OpenTabs, Restored


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace" / "drafts.json"


def tab(url: str, **more: object) -> OpenTab:
    return OpenTab(Draft(url=url, method="PUT"), **more)  # type: ignore[arg-type]


def test_nothing_was_open(path: Path) -> None:
    assert Drafts(path).load() == Restored()


def test_everything_comes_back(path: Path) -> None:
    tabs = OpenTabs(
        (tab("https://a/", collection=Path("/c"), item=Path("users/list.yml"), base="abc", dirty=True), tab("ü {{x}}")),
        current=1,
        split="AAAA",
        closed=(tab("https://closed/"),),
    )
    Drafts(path).save(tabs)
    assert Drafts(path).load() == Restored(tabs)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_secrets_stay_out_and_the_tab_says_so(path: Path) -> None:
    draft = Draft(auth=BearerAuth("SECRET"), headers=(Field("X-Api-Key", "SECRET"),), body=RawBody(text='{"a": 1}'))
    Drafts(path).save(OpenTabs((OpenTab(draft),), 0))
    assert b"SECRET" not in path.read_bytes()
    back = Drafts(path).load().tabs.tabs[0]
    assert len(back.missing) == 2
    assert back.draft.body == draft.body
    Drafts(path).save(OpenTabs((back,), 0))  # restored, and saved before anybody has filled it in
    assert Drafts(path).load().tabs.tabs[0].missing == back.missing


def test_the_body_of_a_sensitive_request_stays_out(path: Path) -> None:
    draft = Draft(url="https://a/", body=RawBody(text="nothing says that this is a secret"), tags=(SENSITIVE,))
    Drafts(path).save(OpenTabs((OpenTab(draft, dirty=True),), 0, closed=(OpenTab(draft),)))
    assert b"nothing says" not in path.read_bytes()
    back = Drafts(path).load().tabs.tabs[0]
    assert back.missing == ("the body",)
    assert (back.draft.url, back.draft.tags) == (draft.url, draft.tags)


def test_a_tab_that_stayed_the_same_is_not_written_anew(path: Path) -> None:
    drafts, same = Drafts(path), tab("https://same/")
    drafts.save(OpenTabs((same, tab("https://a/")), 0))
    drafts.save(OpenTabs((same, tab("https://b/")), 0))
    assert [one.draft.url for one in Drafts(path).load().tabs.tabs] == ["https://same/", "https://b/"]


def test_only_the_last_closed_tabs_are_remembered(path: Path) -> None:
    Drafts(path).save(OpenTabs(closed=tuple(tab(f"https://{number}/") for number in range(CLOSED_LIMIT + 5))))
    closed = Drafts(path).load().tabs.closed
    assert len(closed) == CLOSED_LIMIT
    assert closed[0].draft.url == "https://0/"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[]", b'{"format": "one"}', b"[" * 100_000])
def test_a_damaged_file_is_set_aside_with_words(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    restored = Drafts(path).load()
    assert restored.tabs == OpenTabs()
    assert len(restored.troubles) == 1
    (aside,) = path.parent.glob("*.damaged-*")
    assert aside.read_bytes() == content
    assert str(aside) in restored.troubles[0].hint


def test_one_damaged_tab_does_not_take_the_others_with_it(path: Path) -> None:
    Drafts(path).save(OpenTabs((tab("https://a/"), tab("https://b/"), tab("https://c/")), current=2))
    document = json.loads(path.read_bytes())
    document["tabs"][1]["draft"]["method"] = 7
    path.write_text(json.dumps(document))
    restored = Drafts(path).load()
    assert [one.draft.url for one in restored.tabs.tabs] == ["https://a/", "https://c/"]
    assert restored.tabs.current == 1
    assert restored.troubles
    assert list(path.parent.glob("*.damaged-*"))


def test_a_newer_file_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"format": 99}')
    drafts = Drafts(path)
    with pytest.raises(StorageError, match="newer version"):
        drafts.load()
    with pytest.raises(StorageError, match="newer version"):
        drafts.save(OpenTabs())
    assert path.read_text() == '{"format": 99}'


def test_a_file_that_cannot_be_read_is_never_overwritten(path: Path) -> None:
    path.parent.mkdir()
    path.symlink_to(path)
    drafts = Drafts(path)
    with pytest.raises(StorageError, match="cannot be read"):
        drafts.load()
    with pytest.raises(StorageError, match="cannot be read"):
        drafts.save(OpenTabs())
    assert path.is_symlink()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        Drafts(tmp_path / "file" / "drafts.json").save(OpenTabs())


_TYPING = """
import sys
from pathlib import Path
from workbench.core.draft import Draft
from workbench.core.storage.drafts import *
drafts = Drafts(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    drafts.save(OpenTabs((OpenTab(Draft(url=f"https://{number}/" + "x" * 50_000)),), 0))
    if number == 20:
        print("typing", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no SIGKILL there")
def test_a_kill_while_writing_leaves_a_whole_file(path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", _TYPING, str(path)], stdout=subprocess.PIPE) as typist:
        assert typist.stdout is not None
        assert typist.stdout.readline() == b"typing\n"
        typist.send_signal(signal.SIGKILL)
    restored = Drafts(path).load()
    assert restored.troubles == ()
    assert restored.tabs.tabs[0].draft.url.endswith("x" * 50_000)
