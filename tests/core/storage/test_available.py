"""Identities and bundles in memory have names of the same kind as stored ones: unique and found whatever the case."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support import authority
from tests.support.keyring import MemoryKeyring
from workbench.core.errors import InvalidInput
from workbench.core.storage import Home, IdentityStore, TrustLibrary
from workbench.core.storage.available import AvailableBundles, AvailableIdentities
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import Bundle

ROOT = authority.root()
ONE = authority.client(ROOT, "one")


@pytest.fixture
def identities(tmp_path: Path) -> AvailableIdentities:
    """“Alice” is stored, “lab-alice” held."""
    made = AvailableIdentities(IdentityStore(Home(tmp_path), MemoryKeyring()))
    stored = Identity("Alice", (ONE.certificate,), ONE.key)
    made._store.add(stored)
    made.memory["lab-alice"] = replace(stored, name="lab-alice")
    return made


def test_a_held_identity_is_found_whatever_the_case(identities: AvailableIdentities) -> None:
    assert identities.open("LAB-ALICE").name == "lab-alice"


@pytest.mark.parametrize("name", ["Alice", "ALICE", " alice ", ""])
def test_a_held_identity_takes_no_name_that_is_taken_or_none(identities: AvailableIdentities, name: str) -> None:
    with pytest.raises(InvalidInput):
        identities.rename("lab-alice", name)
    assert [row.name for row in identities.rows()] == ["Alice", "lab-alice"]


def test_a_held_identity_may_change_its_case(identities: AvailableIdentities) -> None:
    identities.rename("lab-alice", "Lab-Alice")
    assert [row.name for row in identities.rows()] == ["Alice", "Lab-Alice"]


def test_a_held_bundle_stands_before_the_stored_one_whatever_the_case(tmp_path: Path) -> None:
    trust = AvailableBundles(TrustLibrary(Home(tmp_path)))
    trust.add("Lab", (ONE.certificate,))
    trust.memory["lab"] = Bundle("lab", (ROOT.certificate,))
    assert trust.open(["LAB"]).bundles == (trust.memory["lab"],)
    assert [row.name for row in trust.rows() if not row.built_in] == ["lab"]
