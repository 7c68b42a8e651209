"""A lab that was kept goes on with the same authority."""

from pathlib import Path

from tests.support import authority
from tests.support.keyring import MemoryKeyring
from workbench.core.storage import Home, IdentityStore
from workbench.lab.identities import make_material
from workbench.lab.keep import ROOT, keep, kept


def test_the_next_lab_issues_from_the_root_that_was_kept(tmp_path: Path) -> None:
    keyring = MemoryKeyring()
    first = make_material()
    assert kept(IdentityStore(Home(tmp_path), keyring)) is None
    keep(first.root, IdentityStore(Home(tmp_path), keyring))
    second = make_material(kept(IdentityStore(Home(tmp_path), keyring)))
    assert second.authority == first.authority
    assert second.bundle == first.bundle
    assert second.identities["alice"].chain[-1].is_issued_by(first.authority)
    assert all(b"BEGIN PRIVATE KEY" not in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_a_persons_own_identity_of_that_name_is_no_root(tmp_path: Path) -> None:
    store = IdentityStore(Home(tmp_path), MemoryKeyring())
    store.add(authority.root().identity(ROOT))
    assert kept(store) is None
