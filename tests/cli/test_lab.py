import json
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import RunCommand
from tests.cli.test_document import CERT_KEYS

Spawn = Callable[..., subprocess.Popen[bytes]]

SERVERS = ["mutual", "optional", "one-way", "tls12", "expired", "wrong-name", "untrusted", "incomplete"]
IDENTITIES = ["alice", "bob", "expired", "not-yet-valid", "wrong-ca", "wrong-usage", "missing-intermediate"]


def first_document(process: subprocess.Popen[bytes]) -> Any:
    """The JSON document that a process prints while it goes on running."""
    assert process.stdout is not None
    text = ""
    for line in process.stdout:
        text += line.decode()
        if line == b"}\n":
            return json.loads(text)
    raise AssertionError(text)


def stored() -> list[Path]:
    home = Path(os.environ["MTLS_WORKBENCH_HOME"])
    return [*home.glob("identities/*"), *home.glob("trust/*")]


def test_print_says_what_there_is_and_ends(run: RunCommand) -> None:
    document = run("lab", "--print", "--json").document
    assert list(document["authority"]) == CERT_KEYS
    assert [server["name"] for server in document["servers"]] == SERVERS
    assert [identity["name"] for identity in document["identities"]] == IDENTITIES
    assert all(list(server) == ["name", "url", "what"] and server["what"] for server in document["servers"])
    assert all(identity["what"] and identity["sha256"] for identity in document["identities"])
    assert stored() == []
    text = run("lab", "--print").stdout.decode()
    assert all(name in text for name in (*SERVERS, *IDENTITIES))


def test_send_is_one_mutual_exchange(run: RunCommand) -> None:
    done = run("lab", "--send")
    assert done.status == 0
    text = done.stdout.decode()
    assert text.startswith("HTTP/2 200")
    assert "both sides proved their identity" in text
    assert "alice" in text
    assert stored() == []
    assert run("lab", "--send", "--json").document["tls"]["client"]["identity"] == "alice"


@pytest.mark.parametrize("port", ["x", "65536", "-1"])
def test_what_is_no_port(run: RunCommand, port: str) -> None:
    assert run("lab", "--port", port).status == 2


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_by_name_until_it_is_told_to_end(run: RunCommand, spawn: Spawn, ending: signal.Signals) -> None:
    process = spawn("lab", "--json")
    document = first_document(process)
    url = next(server["url"] for server in document["servers"] if server["name"] == "mutual")
    os.environ["LAB_PASSWORD"] = document["password"]  # no keyring in tests
    try:
        done = run("send", url, "--identity", "alice", "--trust", "lab", "--password-env", "LAB_PASSWORD", "--json")
    finally:
        del os.environ["LAB_PASSWORD"]
    assert done.status == 0
    assert done.document["tls"]["client"]["sent"][0]["sha256"] == document["identities"][0]["sha256"]
    assert stored()
    process.send_signal(ending)
    assert process.wait(20) == 130
    assert stored() == []


def test_commands_to_copy(spawn: Spawn) -> None:
    process = spawn("lab")
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line.decode())
        if "inspect" in lines[-1]:
            break
    text = "".join(lines)
    assert "export LAB_PASSWORD=" in text
    assert "--identity alice --trust lab --password-env LAB_PASSWORD" in text
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 130


def test_a_port_that_is_taken(run: RunCommand, lab: object) -> None:
    url: str = lab.urls["mutual"]  # type: ignore[attr-defined]
    done = run("lab", "--print", "--port", url.rstrip("/").rpartition(":")[2], "--json")
    assert done.status == 2
    assert done.document["failure"]["code"] == "invalid-input"


def test_a_lab_is_kept_only_where_a_keyring_keeps_its_key(spawn: Spawn) -> None:
    process = spawn("lab", "--keep")
    assert process.wait(20) == 2
    assert stored() == []
