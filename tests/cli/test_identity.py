import os
from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from tests.cli.test_document import CERT_KEYS
from tests.support import authority
from tests.support.keyring import MemoryKeyring

ROOT = authority.root()
ALICE = authority.client(ROOT, "alice")


@pytest.fixture
def pem(tmp_path: Path) -> Path:
    """Key under the password ``secret``, certificate and chain."""
    file = tmp_path / "client.pem"
    file.write_bytes(authority.pem(ALICE, "secret"))
    return file


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "secret")
    monkeypatch.setenv("OTHER", "other")


def test_import_says_what_it_found_and_stores_it(run: RunCommand, pem: Path, keyring: MemoryKeyring) -> None:
    done = run("identity", "import", pem, "--name", "me", "--password-env", "SECRET", "--json")
    assert done.status == 0
    assert done.document["name"] == "me"
    assert done.document["sha256"] == ALICE.certificate.sha256
    assert [found["sha256"] for found in done.document["chain"]] == [one.sha256 for one in ALICE.chain]
    assert done.document["password"] == "keyring"
    assert done.document["format"]
    assert [finding["code"] for finding in done.document["findings"]] == ["client-certificate-chain-incomplete"]
    assert ALICE.certificate.subject in done.stderr
    assert done.stderr.index("Found:") < done.stderr.index("Stored as")
    (kept,) = keyring.entries.values()
    assert len(kept) >= 43, "random, and not the file's own"
    assert b"secret" not in done.stdout
    assert "secret" not in done.stderr


def test_list_is_name_and_cert(run: RunCommand, pem: Path) -> None:
    assert run("identity", "list", "--json").document == {"identities": []}
    run("identity", "import", pem, "--name", "me", "--password-env", "SECRET")
    (one,) = run("identity", "list", "--json").document["identities"]
    assert list(one) == ["name", *CERT_KEYS]
    shown = run("identity", "list")
    assert ALICE.certificate.subject in shown.stdout.decode()
    assert run("identity", "list", "--quiet").stderr == ""


def test_show(run: RunCommand, pem: Path) -> None:
    run("identity", "import", pem, "--name", "me", "--password-env", "SECRET")
    document, text = run("identity", "show", "ME", "--json").document, run("identity", "show", "me").stdout.decode()
    assert document["name"] == "me"
    for key in ("sha256", "sha1", "spki_sha256", "serial", "subject", "issuer"):
        assert document[key] in text
    assert "keyring" in text


def test_rename_and_remove(run: RunCommand, pem: Path, keyring: MemoryKeyring) -> None:
    run("identity", "import", pem, "--name", "me", "--password-env", "SECRET")
    assert run("identity", "rename", "me", "you", "--json").document["name"] == "you"
    assert run("identity", "show", "me").status == 2
    assert run("identity", "remove", "you").status == 0
    assert run("identity", "list", "--json").document == {"identities": []}
    assert keyring.entries == {}
    assert run("identity", "remove", "you").status == 2


@pytest.mark.parametrize(
    "words", [("identity", "import", "FILE", "--name", "None"), ("identity", "rename", "me", "none")]
)
def test_the_name_none_stays_free(run: RunCommand, pem: Path, words: tuple[str, ...]) -> None:
    run("identity", "import", pem, "--name", "me", "--password-env", "SECRET")
    done = run(*(str(pem) if word == "FILE" else word for word in words), "--json")
    assert done.status == 2
    assert done.document["failure"]["code"] == "invalid-input"


@pytest.mark.parametrize(
    ("options", "code"), [(("--password-env", "OTHER"), "wrong-password"), ((), "password-needed")]
)
def test_without_the_password_nothing_is_stored(
    run: RunCommand, pem: Path, options: tuple[str, ...], code: str, keyring: MemoryKeyring
) -> None:
    done = run("identity", "import", pem, *options, "--json")
    assert done.status == 2
    assert done.document["failure"]["code"] == code
    assert run("identity", "list", "--json").document == {"identities": []}
    assert keyring.entries == {}


def test_no_terminal_to_ask_on_names_the_options(run: RunCommand, pem: Path) -> None:
    assert "--password-env" in run("identity", "import", pem).stderr


def test_a_password_variable_that_is_not_set(run: RunCommand, pem: Path) -> None:
    done = run("identity", "import", pem, "--password-env", "NOT_SET")
    assert done.status == 2
    assert "NOT_SET" in done.stderr


def test_a_password_from_the_first_line_of_a_file(run: RunCommand, pem: Path, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_bytes(b"secret\r\nsecond line")
    assert run("identity", "import", pem, "--password-file", file).status == 0
    assert run("identity", "import", pem, "--password-file", tmp_path / "missing").status == 2
    file.write_bytes(b"\xff")
    assert run("identity", "import", pem, "--password-file", file).status == 2


def test_without_a_keyring_it_says_what_to_do(run: RunCommand, pem: Path, keyring: MemoryKeyring) -> None:
    keyring.available = False
    refused = run("identity", "import", pem, "--name", "me", "--password-env", "SECRET", "--json")
    assert refused.status == 2
    assert refused.document["failure"]["code"] == "keyring-unavailable"
    assert "--ask-every-time" in refused.stderr
    assert run("identity", "list", "--json").document == {"identities": []}
    kept = run("identity", "import", pem, "--name", "me", "--password-env", "SECRET", "--ask-every-time", "--json")
    assert kept.status == 0
    assert kept.document["password"] == "ask"


def test_asking_every_time_needs_a_password(run: RunCommand, tmp_path: Path) -> None:
    file = tmp_path / "open.pem"
    file.write_bytes(authority.pem(ALICE))
    done = run("identity", "import", file, "--ask-every-time", "--json")
    assert done.status == 2
    assert done.document["failure"]["code"] == "password-needed"


def test_a_name_that_is_taken(run: RunCommand, pem: Path) -> None:
    first = run("identity", "import", pem, "--name", "me", "--password-env", "SECRET")
    again = run("identity", "import", pem, "--name", "ME", "--password-env", "SECRET")
    replaced = run("identity", "import", pem, "--name", "ME", "--password-env", "SECRET", "--replace")
    assert (first.status, again.status, replaced.status) == (0, 2, 0)
    assert len(run("identity", "list", "--json").document["identities"]) == 1


def test_password_is_changed(run: RunCommand, pem: Path, keyring: MemoryKeyring) -> None:
    run("identity", "import", pem, "--name", "me", "--password-env", "SECRET")
    before = dict(keyring.entries)
    for options in ((), ("--random",)):
        assert run("identity", "password", "me", *options).status == 0
        assert len(keyring.entries) == 1
        assert keyring.entries.items().isdisjoint(before.items())
        before |= keyring.entries


def test_a_password_that_the_keyring_has_no_use_for(run: RunCommand, pem: Path, keyring: MemoryKeyring) -> None:
    run("identity", "import", pem, "--name", "me", "--password-env", "SECRET")
    done = run("identity", "password", "me", "--password-env", "OTHER")
    assert done.status == 0
    assert "--ask-every-time" in done.stderr
    assert "random" in done.stderr
    assert "other" not in keyring.entries.values()


def test_password_moves_out_of_the_keyring_and_back(run: RunCommand, pem: Path, keyring: MemoryKeyring) -> None:
    run("identity", "import", pem, "--name", "me", "--password-env", "SECRET")
    out = run("identity", "password", "me", "--password-env", "OTHER", "--ask-every-time", "--json")
    assert out.document["password"] == "ask"
    assert keyring.entries == {}
    wrong = run("identity", "password", "me", "--random", "--keyring", "--old-password-env", "SECRET", "--json")
    assert wrong.document["failure"]["code"] == "wrong-password"
    back = run("identity", "password", "me", "--random", "--keyring", "--old-password-env", "OTHER", "--json")
    assert back.document["password"] == "keyring"
    assert len(keyring.entries) == 1


@pytest.mark.parametrize(
    "options", [("--ask-every-time",), ("--random", "--ask-every-time"), ("--random", "--password-env", "OTHER")]
)
def test_password_wants_to_know_which(run: RunCommand, pem: Path, options: tuple[str, ...]) -> None:
    run("identity", "import", pem, "--name", "me", "--password-env", "SECRET")
    assert run("identity", "password", "me", *options).status == 2


@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_is_no_identity_is_named(run: RunCommand, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.pem"
    file.write_bytes(content)
    done = run("identity", "import", file, "--json")
    assert done.status == 2
    assert "broken.pem" in done.stderr
    assert all(done.document["failure"][key] for key in ("code", "title", "hint"))


def test_a_damaged_entry_is_shown_and_the_others_too(
    run: RunCommand, pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        run("identity", "import", pem, "--name", name, "--password-env", "SECRET")
    home = Path(os.environ["MTLS_WORKBENCH_HOME"])
    broken = next(file for file in home.glob("identities/*/identity.json") if '"one"' in file.read_text())
    broken.write_text("{")
    done = run("identity", "list", "--json")
    assert [one["name"] for one in done.document["identities"]] == ["two"]
    assert str(broken.parent) in done.stderr
