from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from tests.support.keyring import MemoryKeyring
from workbench.core.storage import Home, IdentityStore, TrustLibrary
from workbench.lab import Lab

Inspect = Callable[..., tuple[int, dict[str, object]]]


@pytest.fixture(scope="module")
def installed(lab: Lab, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, MemoryKeyring]:
    """The program's folder and its keyring with the lab's identities: slow to make, and only read here."""
    folder, keyring = tmp_path_factory.mktemp("installed"), MemoryKeyring()
    lab.install(IdentityStore(Home(folder), keyring), TrustLibrary(Home(folder)))
    return folder, keyring


@pytest.fixture(autouse=True)
def _installed(installed: tuple[Path, MemoryKeyring], keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, kept = installed
    monkeypatch.setenv("MTLS_WORKBENCH_HOME", str(folder))
    keyring.entries.update(kept.entries)


@pytest.fixture
def inspect(run: RunCommand, lab: Lab) -> Inspect:
    def look(server: str, *options: str) -> tuple[int, dict[str, object]]:
        target = lab.urls[server].removeprefix("https://").rstrip("/")
        done = run("inspect", target, "--trust", "lab", "--json", *options)
        return done.status, done.document

    return look


@pytest.mark.parametrize(
    ("server", "wanted"), [("mutual", "required"), ("optional", "optional"), ("one-way", "never-asked")]
)
def test_whether_a_certificate_is_wanted(inspect: Inspect, server: str, wanted: str) -> None:
    status, document = inspect(server)
    assert status == 0
    assert document["client_certificate"] == wanted
    assert document["with_identity"] is None


def test_what_the_server_names_and_which_identities_match(inspect: Inspect, lab: Lab) -> None:
    _status, document = inspect("mutual")
    assert lab.authority.subject in document["acceptable_authorities"]  # type: ignore[operator]
    assert "ecdsa_secp256r1_sha256" in document["signature_algorithms"]  # type: ignore[operator]
    identities = {one["name"]: one for one in document["identities"]}  # type: ignore[attr-defined]
    assert identities["alice"] == {"name": "alice", "fits": True, "reasons": []}
    refused = {
        name: [reason["code"] for reason in one["reasons"]] for name, one in identities.items() if not one["fits"]
    }
    assert refused["wrong-ca"] == ["client-certificate-untrusted"]
    assert refused["expired"] == ["client-certificate-expired"]


def test_what_the_server_said_is_shown_though_the_stored_identities_cannot_be_read(
    run: RunCommand, lab: Lab, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "not a folder").touch()
    (tmp_path / "ca.pem").write_text(lab.authority.pem)
    monkeypatch.setenv("MTLS_WORKBENCH_HOME", str(tmp_path / "not a folder"))
    target = lab.urls["mutual"].removeprefix("https://").rstrip("/")
    done = run("inspect", target, "--cacert", tmp_path / "ca.pem", "--json")
    assert (done.status, done.document["client_certificate"]) == (0, "required")
    assert done.document["identities"] == []
    assert "The program's folder cannot be read" in done.stderr


def test_what_the_server_takes(inspect: Inspect) -> None:
    _status, document = inspect("mutual", "--identity", "alice")
    versions = {one["version"]: one for one in document["versions"]}  # type: ignore[attr-defined]
    assert list(versions) == ["TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1"]
    assert "TLS_AES_256_GCM_SHA384" in versions["TLSv1.3"]["ciphers"]
    assert "X25519MLKEM768" in versions["TLSv1.3"]["groups"]
    assert {"x25519", "secp256r1"} <= {*versions["TLSv1.3"]["groups"]}
    assert not versions["TLSv1"]["accepted"]
    assert document["post_quantum_group"] == "X25519MLKEM768"
    assert document["resumption"] == {"tickets": True, "resumed": True}
    assert document["revocation"] == {"leaf": "not-checked", "source": None, "produced_at": None}
    verdicts = {one["trust"]: one for one in document["verdicts"]}  # type: ignore[attr-defined]
    assert verdicts["lab"]["trusted"]
    assert not verdicts["mozilla"]["trusted"]
    assert verdicts["mozilla"]["errors"][0]["code"]


def test_quick_leaves_the_enumeration_out(inspect: Inspect) -> None:
    _status, document = inspect("mutual", "--quick")
    assert document["versions"] is None
    assert document["reachable"] is True


def test_with_an_identity_both_handshakes_are_told(inspect: Inspect, lab: Lab) -> None:
    status, document = inspect("mutual", "--identity", "alice", "--check")
    assert status == 0
    assert document["without_identity"]["outcome"] == "failure"  # type: ignore[index]
    assert document["with_identity"]["client_authentication"] == "proved"  # type: ignore[index]
    assert document["with_identity"]["tls"]["client"]["sent"][0]["sha256"] == lab.identities["alice"].certificate.sha256  # type: ignore[index]
    assert [(check["name"], check["holds"]) for check in document["checks"]] == [  # type: ignore[attr-defined]
        ("server-proved", True),
        ("handshake-completed", True),
        ("identity-accepted", True),
    ]


@pytest.mark.parametrize(
    ("server", "options", "status"),
    [
        ("one-way", (), 0),
        ("optional", (), 0),
        ("mutual", (), 1),
        ("mutual", ("--identity", "expired"), 1),
        ("mutual", ("--identity", "wrong-ca"), 1),
        ("one-way", ("--identity", "alice"), 1),
        ("expired", (), 1),
        ("expired", ("--insecure",), 1),
        ("wrong-name", (), 1),
        ("untrusted", (), 1),
        ("incomplete", (), 1),
    ],
)
def test_check_is_the_exit_status(inspect: Inspect, server: str, options: tuple[str, ...], status: int) -> None:
    assert inspect(server, "--quick", "--check", *options)[0] == status
    assert inspect(server, "--quick", *options)[0] == 0


def test_nobody_listens(run: RunCommand) -> None:
    done = run("inspect", "localhost:1", "--json", "--check")
    assert done.status == 3
    assert done.document["without_identity"]["failure"]["code"] == "connection-refused"
    assert done.document["client_certificate"] == "unknown"


@pytest.mark.parametrize("words", [(), ("a", "b"), ("host:port",), ("localhost:1", "--identity", "nobody")])
def test_what_cannot_be_inspected(run: RunCommand, words: tuple[str, ...]) -> None:
    assert run("inspect", *words).status == 2


def test_for_people(run: RunCommand, lab: Lab) -> None:
    done = run("inspect", "--trust", "lab", lab.urls["mutual"], "--identity", "alice", "--check", "--verbose")
    text = done.stdout.decode()
    assert "A client certificate is required." in text
    assert lab.authority.subject in text
    assert "Without an identity:" in text
    assert "As “alice”:" in text
    assert "identity-accepted: passed" in done.stderr


def test_recordings(run: RunCommand, lab: Lab, tmp_path: Path) -> None:
    keylog, capture = tmp_path / "keys", tmp_path / "capture"
    run("inspect", lab.urls["one-way"], "--trust", "lab", "--keylog", keylog, "--pcap", capture)
    assert keylog.stat().st_size
    assert capture.stat().st_size > 24


def test_no_proxy_stands_between(inspect: Inspect) -> None:
    status, document = inspect("mutual", "--identity", "alice", "--quick", "--check", "--proxy", "http://localhost:1")
    assert status == 0
    assert document["with_identity"]["client_authentication"] == "proved"  # type: ignore[index]
