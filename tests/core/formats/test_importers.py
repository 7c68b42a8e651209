"""One registry for whatever is dropped, opened or named on the command line."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support import authority
from workbench.core.draft import Defaults
from workbench.core.draft_tree import DraftFolder, DraftTree
from workbench.core.errors import IdentityError
from workbench.core.formats import Imported, Source, Wanted, import_sources, importers
from workbench.core.formats.importers import IMPORTERS, Importer, importer_of

ROOT = authority.root()
ONE = authority.client(ROOT, "one")
CA = Source("ca.txt", authority.chain_pem(ROOT))
PAIR = Source("one.txt", authority.chain_pem(ONE) + authority.key_pem(ONE.key))


class Notes:
    """An importer of another kind: one declaration makes it known."""

    def recognises(self, path: Path, head: bytes) -> bool:
        return path.suffix == ".notes" and head.startswith(b"#")

    def read(self, sources: Sequence[Source], password: str | None, wanted: Wanted, name: str | None) -> Imported:
        tree = DraftTree(DraftFolder(Defaults(name or sources[0].name)))
        return Imported(tree.name, collection=tree, left_out=("a script",))


def test_what_is_meant_decides_what_is_read() -> None:
    found = import_sources([PAIR, CA])
    assert found.identity is not None
    assert import_sources([CA]).authorities == (ROOT.certificate,)
    assert import_sources([PAIR], wanted=Wanted.AUTHORITIES).identity is None
    with pytest.raises(IdentityError):
        import_sources([CA], wanted=Wanted.IDENTITY)


def test_what_is_not_taken_is_told() -> None:
    stranger = Source("other.pem", authority.chain_pem(authority.root("Stranger")))
    assert import_sources([PAIR, stranger]).left_out == ("1 certificate that is not part of the chain",)


@pytest.mark.parametrize(
    ("name", "data", "known"),
    [
        ("a.txt", b"Bag Attributes\n-----BEGIN CERTIFICATE-----", True),
        ("a", b"\x30\x82\x01", True),
        ("store", b"\xfe\xed\xfe\xed\x00", True),
        ("a.P12", b"", True),
        ("collection.json", b'{"info": {}}', False),
    ],
)
def test_a_file_is_recognised_by_what_it_is(name: str, data: bytes, known: bool) -> None:
    assert IMPORTERS[-1].recognises(Path(name), data) is known


def test_another_kind_is_one_declaration(monkeypatch: pytest.MonkeyPatch) -> None:
    notes: Importer = Notes()
    monkeypatch.setattr(importers, "IMPORTERS", (notes, *IMPORTERS))
    found = import_sources([Source("my.notes", b"# one")], name="Mine")
    assert found.collection is not None
    assert (found.name, found.left_out) == ("Mine", ("a script",))
    assert importer_of([PAIR]) is IMPORTERS[-1]
