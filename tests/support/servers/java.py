"""Java's HttpsServer with ``needClientAuth``: the JSSE stack, its keys from a PKCS#12 file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers.material import P12_PASSWORD, Material
from tests.support.servers.process import Server, announcing, need

SOURCE = Path(__file__).parent / "programs" / "Server.java"


@contextmanager
def java(material: Material, folder: Path) -> Iterator[Server]:
    program = need("java")
    folder.mkdir(parents=True, exist_ok=True)
    command = [program, "-XX:TieredStopAtLevel=1", "-Xshare:auto", str(SOURCE)]
    command += [str(material.pkcs12_file("server")), str(material.root_file)]
    with announcing("java", folder, command, r"port (\d+)", env={"P12": P12_PASSWORD}) as server:
        yield server
