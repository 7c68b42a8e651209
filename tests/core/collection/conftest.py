"""A small collection of ours."""

from pathlib import Path

import pytest

from workbench.core.collection import Collection
from workbench.core.draft import Draft


@pytest.fixture
def collection(tmp_path: Path) -> Collection:
    """``Users`` with ``list`` and ``create`` in it, ``Empty``, and ``ping``."""
    made = Collection.create(tmp_path / "payments", "Payments")
    users = made.add_folder(Path(), "Users")
    made.add_folder(Path(), "Empty")
    made.add(users, Draft(name="list", url="https://{{host}}/users"))
    made.add(users, Draft(name="create", method="POST", url="https://{{host}}/users"))
    made.add(Path(), Draft(name="ping", url="https://{{host}}/ping"))
    return made
