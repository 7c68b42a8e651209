"""The command line as a script uses it, against foreign servers: one JSON document, one exit status."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.endtoend.client import VERSIONS
from tests.endtoend.conftest import Servers
from tests.support.servers.material import BAD, GOOD, Material

pytestmark = pytest.mark.endtoend

ROOT = Path(__file__).parents[2]


def send(issued: Material, client: str, *words: str) -> tuple[int, dict[str, Any], str]:
    """``send --json`` with the client's files; exit status, document, stderr."""
    command = [sys.executable, "-m", "workbench", "send", "--json", "--cacert", str(issued.root_file)]
    if client != "none":
        command += ["--cert", str(issued.chain_file(client)), "--key", str(issued.key_file(client))]
    done = subprocess.run([*command, *words], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    document: dict[str, Any] = json.loads(done.stdout)
    return done.returncode, document, done.stderr


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("name", ["nginx", "apache-private", "go", "java"])
def test_a_mutual_request(name: str, version: str, servers: Servers, issued: Material) -> None:
    foreign = servers(name)
    number = version.removeprefix("TLSv")
    status, document, _errors = send(issued, GOOD, "--tls-min", number, "--tls-max", number, foreign.url)
    tls, response = document["tls"], document["response"]
    saw = foreign.kind.read(response["body"])
    chain = issued.identity(GOOD).chain
    assert status == 0
    assert document["outcome"] == "response"
    assert document["failure"] is None
    assert response["status"] == 200
    assert tls["version"] == saw.version == version
    assert saw.cipher == tls["cipher"]
    assert tls["sni"] == "localhost"
    assert [c["sha256"] for c in tls["client"]["sent"]] == [c.sha256 for c in chain]
    assert tls["client"]["sent"][0]["serial"] == saw.serial
    assert tls["client"]["sent"][0]["subject"] == saw.subject
    assert tls["client"]["acceptable_authorities"] == ["CN=Test root,O=Test"]
    assert [c["sha256"] for c in tls["peer"]["presented"]] == [c.sha256 for c in issued.servers["server"].chain]
    assert tls["peer"]["trusted"]


@pytest.mark.parametrize("client", ["none", *BAD])
@pytest.mark.parametrize("name", ["go", "java"])
def test_a_refusal(name: str, client: str, servers: Servers, issued: Material) -> None:
    status, document, _errors = send(issued, client, servers(name).url)
    assert status == 3
    assert document["outcome"] == "failure"
    assert document["response"] is None
    assert document["failure"]["code"].startswith("client-certificate-")
    assert document["failure"]["hint"]
    assert document["tls"]["client"]["requested"]
    assert len(document["tls"]["client"]["sent"]) == (0 if client == "none" else len(issued.identity(client).chain))


def test_an_http_refusal_is_a_response(servers: Servers, issued: Material) -> None:
    status, document, _errors = send(issued, "expired", servers("nginx").url)
    assert status == 0
    assert document["response"]["status"] == 400
    assert "client-certificate-expired" in [finding["code"] for finding in document["findings"]]


def test_a_post_over_one_connection(servers: Servers, issued: Material) -> None:
    foreign = servers("apache-private")
    words = ("-H", "X-One: 1", "-d", "x=1", "--repeat", "3", "POST", foreign.url)
    status, document, _errors = send(issued, GOOD, *words)
    assert status == 0
    assert foreign.kind.read(document["response"]["body"]).method == "POST"
