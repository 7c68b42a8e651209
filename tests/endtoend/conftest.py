"""Foreign servers for the tests here: each is started when first asked for and lives as long as the session."""

from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.servers.apache import apache
from tests.support.servers.gnutls import gnutls
from tests.support.servers.go import build, go
from tests.support.servers.haproxy import haproxy
from tests.support.servers.java import java
from tests.support.servers.material import Material, material
from tests.support.servers.nginx import nginx
from tests.support.servers.node import node
from tests.support.servers.process import Server
from tests.support.servers.s_server import s_server
from tests.support.servers.saw import Saw, from_gnutls, from_json, from_s_server

Start = Callable[[Material, Path], AbstractContextManager[Server]]


@dataclass(frozen=True, slots=True)
class Kind:
    """How to start one kind of server, and how to read what it answers at ``path``."""

    start: Start
    read: Callable[[str], Saw] = from_json
    path: str = ""


@dataclass(frozen=True, slots=True)
class Foreign:
    """A running server of one kind."""

    server: Server
    kind: Kind

    @property
    def url(self) -> str:
        """By name, so that SNI is sent."""
        return f"https://localhost:{self.server.port}/{self.kind.path}"


def kinds(cache: Path) -> dict[str, Kind]:
    """Every kind by name. ``cache`` keeps what the Go compiler made, from one session to the next."""
    return {
        "nginx": Kind(nginx),
        "nginx-http1": Kind(lambda m, folder: nginx(m, folder, http2=False)),
        "nginx-optional": Kind(lambda m, folder: nginx(m, folder, client="optional")),
        "nginx-one-way": Kind(lambda m, folder: nginx(m, folder, client="none")),
        "nginx-ec": Kind(lambda m, folder: nginx(m, folder, holder="server-ec")),
        "apache": Kind(apache),
        "apache-private": Kind(lambda m, folder: apache(m, folder, client="none"), path="private/"),
        "apache-http2": Kind(lambda m, folder: apache(m, folder, client="none", http2=True), path="private/"),
        "haproxy": Kind(haproxy),
        "haproxy-http": Kind(lambda m, folder: haproxy(m, folder, judge="http")),
        "s_server": Kind(s_server, from_s_server),
        "gnutls": Kind(gnutls, from_gnutls),
        "go": Kind(lambda m, folder: go(m, folder, build(folder, cache))),
        "java": Kind(java),
        "node": Kind(node),
        "node-late": Kind(lambda m, folder: node(m, folder, judge="late")),
        "node-http": Kind(lambda m, folder: node(m, folder, judge="http")),
    }


@dataclass(slots=True)
class Servers:
    """The servers that a test asked for, so that their logs can be shown when it fails."""

    start: Callable[[str], Foreign]
    used: list[Foreign] = field(default_factory=list)

    def __call__(self, name: str) -> Foreign:
        foreign = self.start(name)
        self.used.append(foreign)
        return foreign


@pytest.fixture(scope="session")
def issued() -> Iterator[Material]:
    """The keys and certificates of all servers and clients here."""
    with material() as made:
        yield made


@pytest.fixture(scope="session")
def _started(issued: Material, pytestconfig: pytest.Config) -> Iterator[Callable[[str], Foreign]]:
    table = kinds(pytestconfig.cache.mkdir("go-build"))
    running: dict[str, Foreign] = {}
    with ExitStack() as stack:

        def start(name: str) -> Foreign:
            if name not in running:
                kind = table[name]
                running[name] = Foreign(stack.enter_context(kind.start(issued, issued.folder / f"run-{name}")), kind)
            return running[name]

        yield start


@pytest.fixture
def servers(_started: Callable[[str], Foreign]) -> Servers:
    """``servers(name)`` gives the running server of that kind."""
    return Servers(_started)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the logs of the servers that a failed test used."""
    report = yield
    used = getattr(item, "funcargs", {}).get("servers")
    if report.failed and isinstance(used, Servers):
        report.sections += [(f"log of {one.server.name}", one.server.said()) for one in used.used]
    return report
