"""``gnutls-serv --http``: the GnuTLS stack, with a page about the connection.

It has no option for the address, so unlike the others it listens on every interface.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers.material import Material
from tests.support.servers.process import Server, listening, need


@contextmanager
def gnutls(material: Material, folder: Path, *options: str) -> Iterator[Server]:
    program = need("gnutls-serv")
    folder.mkdir(parents=True, exist_ok=True)

    def command(port: int) -> list[str]:
        files = {"cafile": material.root_file}
        files |= {"certfile": material.chain_file("server"), "keyfile": material.key_file("server")}
        named = [f"--x509{kind}={path}" for kind, path in files.items()]
        return [program, "--http", f"--port={port}", "--require-client-cert", "--verify-client-cert", *named, *options]

    with listening("gnutls", folder, command) as server:
        yield server
