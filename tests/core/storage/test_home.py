"""Which folder."""

from pathlib import Path

import pytest

from workbench.core.storage import Home


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
