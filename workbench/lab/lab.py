"""The lab as a whole: made and started in one call, stopped in another."""

from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING, Self

from OpenSSL import SSL

from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import Bundle
from workbench.lab.authority import Credential
from workbench.lab.identities import Material, make_material
from workbench.lab.journal import Event, Journal
from workbench.lab.server import Server
from workbench.lab.stream import make_context

if TYPE_CHECKING:
    from workbench.core.storage import IdentityStore, TrustLibrary
    from workbench.lab.install import Installed

MUTUAL = "mutual"


class Lab:
    """A running lab. ``start`` is the way in; ``stop``, or leaving the ``with`` block, the way out.

    Its keys are made anew each time and live in memory only, but for the root of a lab that was kept (``lab.keep``).
    """

    def __init__(self, material: Material, servers: Mapping[str, Server], journal: Journal) -> None:
        self._material = material
        self._servers = servers
        self.journal = journal

    @classmethod
    def start(cls, *, port: int = 0, root: Credential | None = None) -> Self:
        """Make certificates and start all servers; they answer when this returns.

        ``port`` is the mutual server's, 0 for any; the others take what is free. ``root`` issues them
        all when an earlier lab's is to go on. Raises
        ``InvalidInput`` when the port cannot be had.
        """
        material = make_material(root)
        journal = Journal()
        contexts = _contexts(material)
        servers: dict[str, Server] = {}
        with ExitStack() as undo:
            for name, context in contexts.items():
                servers[name] = Server(name, context, journal, port if name == MUTUAL else 0)
                undo.callback(servers[name].stop)
            undo.pop_all()
        for server in servers.values():
            server.start()
        return cls(material, servers, journal)

    @property
    def authority(self) -> Certificate:
        """The root that issued everything good here."""
        return self._material.authority

    @property
    def root(self) -> Credential:
        """The root with its key."""
        return self._material.root

    @property
    def identities(self) -> Mapping[str, Identity]:
        """Client identities by name: alice and bob are good, each of the others is bad in one way."""
        return self._material.identities

    @property
    def bundle(self) -> Bundle:
        """The trust bundle that believes the lab's servers."""
        return self._material.bundle

    @property
    def urls(self) -> Mapping[str, str]:
        """Where each server answers, by name; all end in a slash."""
        return {name: server.url for name, server in self._servers.items()}

    @property
    def log(self) -> tuple[Event, ...]:
        """What happened so far, oldest first."""
        return self.journal.events()

    def install(self, store: "IdentityStore", library: "TrustLibrary") -> "Installed":
        """Put all identities and the bundle into a person's store, to be used by name; see ``lab.install``."""
        from workbench.lab.install import install

        return install(self.identities, self.bundle, store, library)

    def stop(self) -> None:
        """Close every connection and every port. Stopping twice does nothing."""
        for server in self._servers.values():
            server.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _contexts(material: Material) -> Mapping[str, SSL.Context]:
    clients = material.client_authorities
    certificates = material.servers
    return {
        MUTUAL: make_context(MUTUAL, certificates[MUTUAL], clients),
        "optional": make_context("optional", certificates["optional"], clients, required=False),
        "one-way": make_context("one-way", certificates["one-way"]),
        "tls12": make_context("tls12", certificates["tls12"], clients, maximum=SSL.TLS1_2_VERSION),
        # The rest ask for nothing: what goes wrong there has one cause, the server's certificate.
        **{
            name: make_context(name, certificates[name])
            for name in ("expired", "wrong-name", "untrusted", "incomplete")
        },
    }
