"""Node's https server, which refuses bad certificates by closing, or lets the program judge (here: 401)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.servers.material import Material
from tests.support.servers.process import Server, announcing, need

SOURCE = Path(__file__).parent / "programs" / "server.js"


@contextmanager
def node(material: Material, folder: Path, *, judge: str = "tls") -> Iterator[Server]:
    program = need("node")
    folder.mkdir(parents=True, exist_ok=True)
    files = (material.chain_file("server"), material.key_file("server"), material.root_file)
    with announcing("node", folder, [program, str(SOURCE), *map(str, files), judge], r"port (\d+)") as server:
        yield server
