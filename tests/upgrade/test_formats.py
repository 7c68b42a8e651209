"""What every released version stored opens in this one; what a newer one stored is refused and left as it is."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import workbench
from tests.support.keyring import MemoryKeyring
from tests.upgrade.make import COLLECTION, PASSWORD, PLACE, REQUEST, SAMPLES
from workbench.core.collection import Collection
from workbench.core.errors import WorkbenchError, WrongPassword
from workbench.core.history import History
from workbench.core.preferences import HISTORY_SIZE
from workbench.core.session import Session
from workbench.core.storage import Home, IdentityStore, TrustLibrary
from workbench.core.storage.drafts import Drafts, OpenTabs
from workbench.core.workspace import Workspace
from workbench.ui.settings import Stored, WindowState

VERSIONS = sorted(folder.name for folder in SAMPLES.iterdir() if folder.is_dir())
_NEWER = 99


@dataclass(frozen=True)
class Sample:
    """A copy of what one version left behind."""

    place: Path
    keyring: MemoryKeyring

    @property
    def home(self) -> Home:
        return Home(self.place / "home")

    @property
    def workspace_folder(self) -> Path:
        return self.home.workspaces / "default"

    @property
    def collection_folder(self) -> Path:
        return self.place / COLLECTION

    def open_workspace(self) -> Workspace:
        session = Session(IdentityStore(self.home, self.keyring), TrustLibrary(self.home))
        return Workspace.open(self.home, session, self.keyring)


@pytest.fixture(params=VERSIONS)
def sample(request: pytest.FixtureRequest, tmp_path: Path) -> Sample:
    place = tmp_path / "sample"
    shutil.copytree(SAMPLES / request.param, place)
    for file in place.rglob("*.json"):
        file.write_text(file.read_text("utf-8").replace(PLACE, str(place)), "utf-8")
    keyring = MemoryKeyring()
    keyring.entries = json.loads((place / "keyring.json").read_text("utf-8"))
    return Sample(place, keyring)


def _contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def test_this_version_has_a_sample() -> None:
    """Before a release: ``python -m tests.upgrade.make``."""
    assert workbench.__version__ in VERSIONS


def test_identities_open(sample: Sample) -> None:
    store = IdentityStore(sample.home, sample.keyring)
    assert [one.name for one in store.list()] == ["alice", "bob"]
    assert store.unreadable() == ()
    assert store.open("bob").certificate.subject == "CN=bob,O=Test"
    assert store.open("alice", PASSWORD).key is not None
    with pytest.raises(WrongPassword):
        store.open("alice", "another")


def test_bundles_open(sample: Sample) -> None:
    library = TrustLibrary(sample.home)
    assert [bundle.name for bundle in library.list()] == ["corporate"]
    assert library.unreadable() == ()
    assert [one.subject for one in library.find("corporate").certificates] == ["CN=Sample Root CA,O=Test"]


def test_settings_open(sample: Sample) -> None:
    stored = Stored.load(sample.home.settings)
    assert stored.trouble is None
    assert stored.section("preferences") == {HISTORY_SIZE.key: 8}
    assert stored.section("shortcuts") == {"send": ["Ctrl+Shift+S"]}
    assert stored.window() == WindowState(page="trust")


def test_the_workspace_opens_with_its_secrets_and_cookies(sample: Sample) -> None:
    workspace = sample.open_workspace()
    assert workspace.problems == ()
    (opened,) = workspace.collections.opened()
    assert (opened.folder, opened.error) == (sample.collection_folder, None)
    assert workspace.collections.chosen_environment(opened.folder) == "Local"
    assert workspace.secrets.read(opened.folder, "Local", "token") == "sample secret"
    assert [(one.name, one.value, one.domain) for one in workspace.cookies.cookies()] == [
        ("session", "abc", "api.example.org")
    ]
    workspace.close()


def test_what_was_open_opens(sample: Sample) -> None:
    restored = Drafts(sample.workspace_folder / "drafts.json").load()
    assert restored.troubles == ()
    first, second = restored.tabs.tabs
    assert first.draft == REQUEST
    assert (first.collection, first.dirty, restored.tabs.current) == (sample.collection_folder, True, 0)
    assert second.draft.url == "https://localhost/"


def test_the_history_opens(sample: Sample) -> None:
    history = History.open(sample.workspace_folder / "history.sqlite")
    assert history.notice is None
    (row,) = history.search()
    entry = history.get(row.id)
    history.close()
    assert entry is not None
    assert entry.draft is not None
    assert entry.draft.url == REQUEST.url
    assert (row.status, row.host, row.identity) == (200, "api.example.org", "alice")


def test_a_collection_opens_and_a_save_changes_nothing(sample: Sample) -> None:
    before = _contents(sample.collection_folder)
    collection = Collection.open(sample.collection_folder)
    assert collection.name == COLLECTION
    path = Path("Orders/Order.yml")
    loaded = collection.load(path)
    assert loaded.draft == REQUEST
    assert [one.name for one in collection.environments()] == ["Local"]
    assert [field.name for field in collection.chain(path)[-1].headers] == ["Accept"]
    collection.save(path, loaded.draft, loaded.stamp)
    assert _contents(sample.collection_folder) == before


def _refused_identities(sample: Sample) -> WorkbenchError:
    store = IdentityStore(sample.home, sample.keyring)
    assert len(store.list()) == 1
    return store.unreadable()[0]


def _refused_bundles(sample: Sample) -> WorkbenchError:
    library = TrustLibrary(sample.home)
    assert library.list() == ()
    return library.unreadable()[0]


def _refused_settings(sample: Sample) -> WorkbenchError:
    trouble = Stored.load(sample.home.settings).trouble
    assert trouble is not None
    with pytest.raises(WorkbenchError, match="newer version"):
        WindowState(page="lab").save(sample.home.settings)
    return trouble


def _refused_workspace(sample: Sample) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as refused:
        sample.open_workspace()
    return refused.value


def _refused_cookies(sample: Sample) -> WorkbenchError:
    workspace = sample.open_workspace()
    assert workspace.cookies.cookies() == ()
    workspace.cookies.store("https://localhost/", ["new=1; Max-Age=1000"])
    workspace.cookies.save()
    (problem,) = workspace.problems
    workspace.close()
    return problem


def _refused_drafts(sample: Sample) -> WorkbenchError:
    drafts = Drafts(sample.workspace_folder / "drafts.json")
    with pytest.raises(WorkbenchError) as refused:
        drafts.load()
    with pytest.raises(WorkbenchError, match="newer version"):
        drafts.save(OpenTabs())
    return refused.value


def _refused_history(sample: Sample) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as refused:
        History.open(sample.workspace_folder / "history.sqlite")
    return refused.value


def _refused_collection(sample: Sample) -> WorkbenchError:
    with pytest.raises(WorkbenchError) as refused:
        Collection.open(sample.collection_folder)
    return refused.value


def _renumber(file: Path) -> None:
    """Make it look as a version far ahead would have written it."""
    if file.suffix == ".sqlite":
        connection = sqlite3.connect(file)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA user_version = {_NEWER}")
        connection.close()
    elif file.suffix == ".yml":
        file.write_text(file.read_text("utf-8").replace('"1.0.0"', f'"{_NEWER}.0.0"'), "utf-8")
    else:
        document = json.loads(file.read_text("utf-8"))
        assert isinstance(document["format"], int), "no version to tell it by"
        file.write_text(json.dumps(document | {"format": _NEWER, "unknown": [1]}), "utf-8")


@pytest.mark.parametrize(
    ("pattern", "refused"),
    [
        ("home/identities/*/identity.json", _refused_identities),
        ("home/trust/*/bundle.json", _refused_bundles),
        ("home/settings.json", _refused_settings),
        ("home/workspaces/default/workspace.json", _refused_workspace),
        ("home/workspaces/default/cookies.json", _refused_cookies),
        ("home/workspaces/default/drafts.json", _refused_drafts),
        ("home/workspaces/default/history.sqlite", _refused_history),
        ("Payments/opencollection.yml", _refused_collection),
    ],
)
def test_a_newer_format_is_refused_with_words_and_left_as_it_is(
    sample: Sample, pattern: str, refused: Callable[[Sample], WorkbenchError]
) -> None:
    file = min(sample.place.glob(pattern))
    _renumber(file)
    before = _contents(sample.place)
    error = refused(sample)
    assert "newer" in error.title
    assert str(file) in error.detail
    assert str(_NEWER) in error.detail
    assert "Update the program" in error.hint
    assert _contents(sample.place) == before


def test_every_file_of_the_program_names_its_format(sample: Sample) -> None:
    """A kind of file that comes to the sample comes to the tests above too."""
    for file in sample.home.root.rglob("*"):
        if file.is_file() and file.suffix == ".json":
            assert json.loads(file.read_text("utf-8"))["format"] == 1, file
        elif file.is_file():
            assert file.suffix in {".pem", ".sqlite", ".lock"}, file
