import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from workbench.cli.command import DONE
from workbench.cli.lab_exchange import lab_exchange, show_lab_exchange
from workbench.cli.output import Output
from workbench.lab import Lab


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with Lab.start() as lab:
        yield lab


def test_both_sides_proved_who_they_are(lab: Lab) -> None:
    exchange = lab_exchange(lab)
    assert exchange.response is not None
    assert exchange.response.status == 200
    assert exchange.handshake is not None
    assert exchange.handshake.peer.trusted
    assert exchange.handshake.client.sent == lab.identities["alice"].chain


def test_status_line_and_facts_are_the_result(lab: Lab, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_lab_exchange(lab, Output()) == DONE
    said = capsys.readouterr()
    assert "200" in said.out.splitlines()[0]
    assert "TLS 1.3" in said.out
    assert "alice" in said.out
    assert said.err == ""


def test_as_a_document(lab: Lab, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_lab_exchange(lab, Output(json=True)) == DONE
    document = json.loads(capsys.readouterr().out)
    assert document["tls"]["client"]["identity"] == "alice"


def test_a_proxy_of_the_surroundings_does_not_matter(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert lab_exchange(lab).response is not None


def test_nothing_is_kept(lab: Lab) -> None:
    lab_exchange(lab)
    assert not Path(os.environ["MTLS_WORKBENCH_HOME"]).exists()
