"""Requests of other people, where this machine has them: looking at one on every page changes nothing of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from workbench.core.collection import Collection, Node, NodeKind
from workbench.core.draft import Draft
from workbench.ui.request.panel import RequestPanel
from workbench.ui.request.request_pages import KINDS

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases" / "collections"
ROOTS = [path.parent for name in ("opencollection.yml", "bruno.json") for path in CASES.rglob(name)]

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the collection of foreign files is not here")


def drafts(collection: Collection, node: Node) -> Iterator[tuple[Path, Draft]]:
    if node.kind in (NodeKind.REQUEST, NodeKind.GRAPHQL):
        yield node.path, collection.load(node.path).draft
    for child in node.children:
        yield from drafts(collection, child)


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_what_is_only_looked_at_stays_as_it_is(root: Path, qtbot: QtBot) -> None:
    panel = RequestPanel()
    qtbot.addWidget(panel)
    for kind in KINDS:
        panel.pages.go_to(kind.key)
    collection = Collection.open(root)
    changed = []
    for path, draft in drafts(collection, collection.tree()):
        panel.show_draft(draft)
        if panel.draft() != draft:
            changed.append(path)
    assert changed == []
