import pytest

from tests.cli.conftest import RunCommand
from tests.support.keyring import MemoryKeyring
from workbench.cli import self_test


def test_it_passes_here(run: RunCommand) -> None:
    done = run("self-test", "--json")
    document = done.document
    assert [check for check in document["checks"] if not check["ok"]] == []
    assert [check["name"] for check in document["checks"]] == [
        "resources",
        "OpenSSL",
        "keyring",
        "mutual exchange with the lab",
        "PKCS#12 import",
        "window",
    ]
    assert document["ok"] is True
    assert done.status == 0
    assert done.stderr.count("\nok ") == 5


def test_a_missing_keyring_is_named_and_fails_nothing(
    run: RunCommand, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_test, "CHECKS", self_test.CHECKS[:3])
    keyring.available = False
    done = run("self-test", "--json")
    assert done.status == 0
    assert done.document["checks"][2]["ok"] is None
    assert "switched off" in done.stderr


def test_what_breaks_is_exit_status_1(run: RunCommand, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> str:
        raise OSError("no such disk")

    monkeypatch.setattr(self_test, "CHECKS", (("disk", broken), *self_test.CHECKS[:1]))
    done = run("self-test", "--json")
    assert done.status == 1
    assert done.document["ok"] is False
    assert done.document["checks"][0] == {"name": "disk", "ok": False, "detail": "OSError: no such disk"}
    assert done.document["checks"][1]["ok"] is True
    assert "FAILED" in run("self-test", "--quiet").stderr
