"""Writes the sample of the version that is checked out; run once for each release, then never changed.

    .venv/bin/python -m tests.upgrade.make

The key in it was made for it and opens nothing; its password is beside it. A folder that a file names is
``@SAMPLE@``, which whoever uses the sample replaces by where it lies.
"""

import json
import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import workbench
from tests.core.history.examples import exchange
from tests.support import authority
from tests.support.keyring import MemoryKeyring
from workbench.core import preferences
from workbench.core.collection import Collection
from workbench.core.cookies import Cookie
from workbench.core.draft import Assertion, BearerAuth, Draft, Environment, Field, RawBody, Variable
from workbench.core.history import History
from workbench.core.session import Session
from workbench.core.storage import Home, IdentityStore, PasswordKept, TrustLibrary, settings
from workbench.core.storage.drafts import Drafts, OpenTab, OpenTabs
from workbench.core.workspace import Workspace

SAMPLES = Path(__file__).parent / "samples"
PLACE = "@SAMPLE@"
PASSWORD = "sample password"
FAR = datetime(2099, 1, 1, tzinfo=UTC)
REQUEST = Draft(
    name="Order",
    method="POST",
    url="https://{{host}}/order",
    headers=(Field("X-Request-Id", "7"),),
    body=RawBody(text='{"order": 4711}\n'),
    auth=BearerAuth("{{token}}"),
    assertions=(Assertion("res.status", "eq", "200"),),
)
COLLECTION = "Payments"


def main() -> None:
    """Make it anew in ``samples/VERSION``, unless it is there: what was released does not change."""
    target = SAMPLES / workbench.__version__
    if target.exists():
        sys.exit(f"{target} is there already")
    with TemporaryDirectory() as folder:
        place = Path(folder) / "sample"
        _write(place)
        for file in (path for path in place.rglob("*") if path.suffix == ".json"):
            file.write_text(file.read_text("utf-8").replace(str(place), PLACE), "utf-8")
        for lock in place.rglob("*.lock"):
            lock.unlink()
        shutil.copytree(place, target)


def _write(place: Path) -> None:
    home, keyring = Home(place / "home"), MemoryKeyring()
    root = authority.root("Sample Root CA")
    identities, trust = IdentityStore(home, keyring), TrustLibrary(home)
    for name, keep in (("alice", PasswordKept.ASK), ("bob", PasswordKept.KEYRING)):
        identities.add(authority.client(root, name).identity(name), password=PASSWORD, keep=keep)
    trust.add("corporate", [root.certificate])
    settings.change(
        home.settings,
        lambda _none: {
            "preferences": {preferences.HISTORY_SIZE.key: 8},
            "shortcuts": {"send": ["Ctrl+Shift+S"]},
            "windows": {"default": {"page": "trust"}},
        },
    )
    workspace = Workspace.open(home, Session(identities, trust), keyring)
    collection = workspace.collections.create(place / COLLECTION, COLLECTION)
    item = _fill(collection)
    workspace.collections.choose_environment(collection.root, "Local")
    workspace.secrets.keep(collection.root, "Local", {"token": "sample secret"})
    workspace.cookies.put(Cookie("session", "abc", "api.example.org", expires=FAR))
    tab = OpenTab(REQUEST, collection.root, item, base="", dirty=True)
    Drafts(workspace.folder / "drafts.json").save(OpenTabs((tab, OpenTab(Draft(url="https://localhost/"))), 0))
    history = History.open(workspace.folder / "history.sqlite")
    kept = exchange()
    history.note(kept)
    history.add(REQUEST, kept)
    history.close()
    workspace.close()
    (place / "keyring.json").write_text(json.dumps(keyring.entries, indent=2, sort_keys=True) + "\n", "utf-8")


def _fill(collection: Collection) -> Path:
    collection.save_environment(
        Environment("Local", variables=(Variable("host", "localhost"), Variable("token", secret=True))), None
    )
    folder = collection.add_folder(Path(), "Orders")
    item = collection.add(folder, REQUEST)
    defaults, stamp = collection.defaults(folder)
    collection.save_defaults(folder, replace(defaults, headers=(Field("Accept", "application/json"),)), stamp)
    return item


if __name__ == "__main__":
    main()
