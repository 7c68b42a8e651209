"""What was deleted stays in the workspace's folder for a while, and not beside anybody's collection."""

import os
import time
from pathlib import Path

from tests.core.workspace.conftest import Computer
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft
from workbench.core.workspace.collection_editor import CollectionEditor

_DAY = 86_400


def age(entry: Path, days: float) -> None:
    moment = time.time() - days * _DAY
    os.utime(entry, (moment, moment))


def test_it_is_emptied_of_what_is_older_than_thirty_days(tmp_path: Path, computer: Computer) -> None:
    made = Collection.create(tmp_path / "mine" / "payments", "Payments")
    paths = [made.add(Path(), Draft(name=name, url="https://localhost")) for name in ("Old", "New")]
    first = computer.open()
    editor = CollectionEditor(first)
    editor.open(made.root)
    removals = [editor.remove([DraftLocation(made.root, path)]) for path in paths]
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == ["payments"]
    trash = first.folder / "trash"
    old, new = (removal[0][1].places[0][1].parent for removal in removals)
    assert {old, new} == set(trash.iterdir())
    age(old, 30.5)
    age(new, 29.5)
    first.close()
    again = CollectionEditor(computer.open())
    assert set(trash.iterdir()) == {new}
    again.restore(removals[1])
    assert (made.root / "New.yml").exists()
