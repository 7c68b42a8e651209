"""``lab --send``, which shows a newcomer without a display what the program does."""

import json
import os
from pathlib import Path

import pytest

from workbench.__main__ import main

SEND = ("lab", "--send")


def test_status_line_and_tls_facts_are_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(SEND) == 0
    said = capsys.readouterr()
    assert "200" in said.out.splitlines()[0]
    assert "TLS 1.3" in said.out
    assert "alice" in said.out
    assert said.err == ""


def test_both_sides_proved_who_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert main((*SEND, "--json")) == 0
    document = json.loads(capsys.readouterr().out)
    recognised = json.loads(document["response"]["body"])["client"]
    sent = document["tls"]["client"]["sent"]
    assert document["tls"]["peer"]["trusted"]
    assert document["tls"]["client"]["identity"] == "alice"
    assert recognised["sha256"] == sent[0]["sha256"]


def test_a_proxy_of_the_surroundings_does_not_matter(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert main(SEND) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("capsys")
def test_it_works_without_a_keyring_and_keeps_nothing() -> None:
    assert os.environ["PYTHON_KEYRING_BACKEND"] == "keyring.backends.fail.Keyring"
    assert main(SEND) == 0
    assert not Path(os.environ["MTLS_WORKBENCH_HOME"]).exists()
