"""``openssl s_server -www``: answers one connection after the other with a page about the connection.

What other servers cannot be told to do, it can: old protocols, one cipher, no safe renegotiation.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers.material import Material
from tests.support.servers.process import HOST, Server, announcing, need

REQUIRE = ("-Verify", "3", "-verify_return_error")
OPTIONAL = ("-verify", "3")


@contextmanager
def s_server(
    material: Material, folder: Path, *options: str, holder: str = "server", client: Sequence[str] = REQUIRE
) -> Iterator[Server]:
    """``options`` go to s_server as they are; ``client`` are those about the client's certificate."""
    program = need("openssl")
    folder.mkdir(parents=True, exist_ok=True)
    proof = ["-cert", str(material.chain_file(holder)), "-key", str(material.key_file(holder))]
    if material.issuers_file(holder).stat().st_size:
        proof += ["-cert_chain", str(material.issuers_file(holder))]
    command = [program, "s_server", "-accept", f"{HOST}:0", "-www", "-CAfile", str(material.root_file)]
    command += [*proof, *client, *options]
    with announcing("s_server", folder, command, r"ACCEPT \S+:(\d+)") as server:
        yield server
