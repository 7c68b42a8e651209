"""Go's net/http with ``RequireAndVerifyClientCert``: Go's own TLS stack.

The program is built once and again only when its source changes: ``go build`` with a warm cache takes a second.
"""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.servers.material import Material
from tests.support.servers.process import Server, announcing, need

SOURCE = Path(__file__).parent / "programs" / "server.go"


def build(folder: Path, cache: Path) -> Path:
    """Compile into ``folder`` without asking the network for anything."""
    program = need("go")
    folder.mkdir(parents=True, exist_ok=True)
    built = folder / "server"
    done = subprocess.run(
        [program, "build", "-o", str(built), str(SOURCE)],
        cwd=folder,
        env={
            "PATH": "/usr/bin:/bin",
            "HOME": str(folder),
            "GOCACHE": str(cache),
            "GOPATH": str(folder / "gopath"),
            "GOFLAGS": "-mod=mod",
            "GO111MODULE": "off",
            "GOPROXY": "off",
            "CGO_ENABLED": "0",
        },
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"go build failed:\n{done.stderr}")
    return built


@contextmanager
def go(material: Material, folder: Path, built: Path) -> Iterator[Server]:
    folder.mkdir(parents=True, exist_ok=True)
    files = (material.chain_file("server"), material.key_file("server"), material.root_file)
    with announcing("go", folder, [str(built), *map(str, files)], r"port (\d+)") as server:
        yield server
