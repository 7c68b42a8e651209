"""The command line in this process: what it wrote, its exit status, and what its keyring holds."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.keyring import MemoryKeyring
from workbench.__main__ import main
from workbench.core.tls.sealed_key import seal
from workbench.lab import Lab

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Run:
    """One finished command."""

    status: int
    stdout: bytes
    stderr: str

    @property
    def document(self) -> Any:
        """What it printed with ``--json``: all of stdout is the document."""
        return json.loads(self.stdout)


RunCommand = Callable[..., Run]


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyring:
    """The keyring that commands of this test use."""
    memory = MemoryKeyring()
    monkeypatch.setattr("workbench.core.storage.Keyring", lambda: memory)
    return memory


@pytest.fixture
def run(keyring: MemoryKeyring, capfdbinary: pytest.CaptureFixture[bytes]) -> RunCommand:
    """Run a command in this process."""

    def command(*words: object) -> Run:
        capfdbinary.readouterr()
        status = main([str(word) for word in words])
        out, err = capfdbinary.readouterr()
        return Run(status, out, err.decode())

    return command


@pytest.fixture
def spawn() -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start ``python -m workbench`` with these words as a process; what still runs in the end is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def process(*words: object, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "workbench", *map(str, words)],
                cwd=ROOT,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
        return started[-1]

    yield process
    for one in started:
        with one:
            one.kill()


@pytest.fixture(scope="session")
def lab() -> Iterator[Lab]:
    with Lab.start() as running:
        yield running


@pytest.fixture
def lab_files(lab: Lab, tmp_path: Path) -> Path:
    """A folder with ``ca.pem`` and, for alice and bob, ``NAME.crt`` and ``NAME.key`` under the password ``secret``."""
    (tmp_path / "ca.pem").write_text(lab.authority.pem)
    for name in ("alice", "bob"):
        identity = lab.identities[name]
        (tmp_path / f"{name}.crt").write_text("".join(certificate.pem for certificate in identity.chain))
        (tmp_path / f"{name}.key").write_bytes(seal(identity.key, "secret"))
    return tmp_path
