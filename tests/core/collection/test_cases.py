"""Collections of other projects, where this machine has them: they open, and save back as they were."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from ruamel.yaml import YAML

from tests.core.collection.drafts import OPENCOLLECTION
from workbench.core.collection import Collection, Node, NodeKind
from workbench.core.collection.yml.format import OpenCollection
from workbench.core.draft import Draft, Field

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
SCHEMA = CASES / "schemas" / "opencollection-1.0.schema.json"
ROOTS = [path.parent for name in ("opencollection.yml", "bruno.json") for path in (CASES / "collections").rglob(name)]

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the collection of foreign files is not here")


@pytest.fixture(params=ROOTS, ids=lambda root: root.name)
def collection(request: pytest.FixtureRequest, tmp_path: Path) -> Collection:
    root = tmp_path / "copy"
    shutil.copytree(request.param, root, copy_function=shutil.copyfile)
    for path in root.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
    root.chmod(0o700)
    return Collection.open(root)


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _nodes(child)


def _contents(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_all_is_read_and_saved_back_unchanged(collection: Collection) -> None:
    before = _contents(collection.root)
    for node in _nodes(collection.tree()):
        assert node.kind is not NodeKind.BROKEN, node
        assert not node.error
        if node.kind is NodeKind.FOLDER:
            defaults, stamp = collection.defaults(node.path)
            assert collection.save_defaults(node.path, defaults, stamp) == stamp
        else:
            loaded = collection.load(node.path)
            assert (loaded.draft.name, loaded.draft.method) == (node.name, node.method)
            assert collection.save(node.path, loaded.draft, loaded.stamp) == loaded.stamp
    for environment in collection.environments():
        found, stamp = collection.environment(environment.name)
        assert collection.save_environment(found, stamp) == stamp
    assert _contents(collection.root) == before


def test_an_edit_of_each_request_is_read_again(collection: Collection) -> None:
    for node in list(_nodes(collection.tree()))[:60]:
        if node.kind not in {NodeKind.REQUEST, NodeKind.GRAPHQL}:
            continue
        loaded = collection.load(node.path)
        before = (collection.root / node.path).read_text()
        wanted = replace(loaded.draft, headers=(*loaded.draft.headers, Field("X-New", "1")))
        collection.save(node.path, wanted, loaded.stamp)
        assert collection.load(node.path).draft == wanted
        gone = set(before.splitlines()) - set((collection.root / node.path).read_text().splitlines())
        assert not gone


def _schema(definition: str) -> Any:
    schema = json.loads(SCHEMA.read_text())
    return {"$schema": schema["$schema"], "$ref": f"#/$defs/{definition}", "$defs": schema["$defs"]}


@settings(deadline=None, max_examples=60)
@given(OPENCOLLECTION)
def test_new_requests_are_valid(draft: Draft) -> None:
    written = YAML(typ="safe", pure=True).load(OpenCollection().new_item(draft, 1))
    jsonschema.validate(written, _schema("GraphQLRequest" if "graphql" in written else "HttpRequest"))
