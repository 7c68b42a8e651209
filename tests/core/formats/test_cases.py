"""Public test material of other projects, where this machine has it."""

import json
from pathlib import Path
from typing import Any

import pytest

from workbench.core.formats import load_source, read_bundle, read_identity

CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the collection of foreign files is not here")


def _identities() -> list[dict[str, Any]]:
    path = CASES / "identities.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def _name(case: dict[str, Any]) -> str:
    return str(case["key_path"])


@pytest.mark.parametrize("case", _identities(), ids=_name)
def test_identity(case: dict[str, Any]) -> None:
    paths = dict.fromkeys([case["key_path"], case["cert_path"]])
    imported = read_identity([load_source(CASES / path) for path in paths], case.get("password"))
    assert imported.was_encrypted == bool(case.get("password"))
    # Two lines name one path with different thumbprints: only one of the two files is there.
    same = [other for other in _identities() if other["cert_path"] == case["cert_path"] and "sha256" in other]
    if same:
        certificate = imported.identity.certificate
        facts = {(other["sha256"], other["serial"], other["subject"], other["key"].split("-")[0]) for other in same}
        assert (certificate.sha256, certificate.serial, certificate.subject, certificate.key.split("-")[0]) in facts


def _truststores() -> list[tuple[str, int]]:
    path = CASES / "truststores.json"
    return list(json.loads(path.read_text()).items()) if path.exists() else []


@pytest.mark.parametrize(("name", "count"), _truststores())
def test_truststore(name: str, count: int) -> None:
    assert len(read_bundle(load_source(CASES / "truststores" / name))) == count


@pytest.mark.parametrize("path", sorted(CASES.glob("chains/*.pem")), ids=lambda path: path.name)
def test_chain(path: Path) -> None:
    for certificate in read_bundle(load_source(path)):
        assert certificate.sha256
        assert certificate.subject or certificate.subject_alternative_names
