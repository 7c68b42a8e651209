"""Which folder."""

import os
import stat
from pathlib import Path

import pytest

from tests.support import authority
from tests.support.keyring import MemoryKeyring
from workbench.core.storage import Home, IdentityStore, TrustLibrary
from workbench.core.workspace import registry


def test_the_variable_decides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MTLS_WORKBENCH_HOME", str(tmp_path / "here"))
    home = Home.default()
    assert home.root == tmp_path / "here"
    for path in (home.identities, home.trust, home.settings):
        assert path.parent == home.root
    assert not home.root.exists()


def test_else_the_platform_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MTLS_WORKBENCH_HOME")
    assert "mtls-workbench" in str(Home.default().root)
    monkeypatch.setenv("MTLS_WORKBENCH_HOME", "")
    assert "mtls-workbench" in str(Home.default().root)


def test_a_relative_folder_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MTLS_WORKBENCH_HOME", "here")
    assert Home.default().root == tmp_path / "here"


@pytest.mark.skipif(os.name == "nt", reason="permissions of another kind")
@pytest.mark.parametrize("store", ["identity", "bundle", "workspace"])
def test_a_folder_that_was_open_to_others_is_closed_to_them(tmp_path: Path, store: str) -> None:
    home = Home(tmp_path / "home")
    home.root.mkdir(mode=0o755)
    home.root.chmod(0o755)
    made = authority.client(None, "alice")
    if store == "identity":
        IdentityStore(home, MemoryKeyring()).add(made.identity("alice"))
    elif store == "bundle":
        TrustLibrary(home).add("corporate", [authority.root().certificate])
    else:
        registry.make(home, registry.DEFAULT, "Default")
    assert stat.S_IMODE(home.root.stat().st_mode) == 0o700
