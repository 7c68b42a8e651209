"""What was deleted stays in the workspace's folder for a while, and not beside anybody's collection."""

import os
import time
from pathlib import Path

from tests.support.keyring import MemoryKeyring
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.ui.bridge.services import Services

_DAY = 86_400


def age(entry: Path, days: float) -> None:
    moment = time.time() - days * _DAY
    os.utime(entry, (moment, moment))


def test_it_is_emptied_of_what_is_older_than_thirty_days(tmp_path: Path, keyring: MemoryKeyring) -> None:
    made = Collection.create(tmp_path / "mine" / "payments", "Payments")
    paths = [made.add(Path(), Draft(name=name, url="https://localhost")) for name in ("Old", "New")]
    first = Services()
    first.library.open(made.root)
    removals = [first.library.remove([DraftLocation(made.root, path)]) for path in paths]
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["payments"]
    trash = first.workspace.folder / "trash"
    old, new = (removal[0][1].places[0][1].parent for removal in removals)
    assert {old, new} == set(trash.iterdir())
    age(old, 30.5)
    age(new, 29.5)
    first.workspace.close()
    second = Services()
    room = second.library
    assert set(trash.iterdir()) == {new}
    room.restore(removals[1])
    assert (made.root / "New.yml").exists()
    second.workspace.close()
    assert not keyring.entries
