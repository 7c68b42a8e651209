"""Keys and certificates for foreign servers and for the clients that call them, as files and as identities.

::

    root (RSA)
    ├── server authority (RSA)   server, server-ec, server-expired, server-not-yet-valid, server-wrong-name,
    │                            server-client-only, server-incomplete (its issuer is not presented)
    └── client authority (RSA)   alice (RSA-3072), alice-ec, expired, not-yet-valid, wrong-usage,
                                 missing-intermediate (its issuer is not sent)
    stranger (EC)                other-ca, server-untrusted
    server-self-signed (EC)

Servers trust the root alone, and the two sides have an authority each: a server that could find the
client's intermediate among its own would hide that the client did not send it.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509

from tests.support import authority
from tests.support.authority import days
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import Bundle
from workbench.lab.authority import Credential, host_names

GOOD = "alice"
BAD = ("expired", "not-yet-valid", "other-ca", "wrong-usage", "missing-intermediate")
HOST = "service.test"  # a second name of every server, that no resolver knows
P12_PASSWORD = "only for the tests"

_HOSTS = (*authority.LOCAL, HOST)


@dataclass(frozen=True, slots=True)
class Material:
    """What one test authority issued. ``folder`` holds ``NAME.pem`` (the chain), ``NAME.key`` and more."""

    folder: Path
    root: Credential
    servers: dict[str, Credential]
    clients: dict[str, Credential]

    @property
    def root_file(self) -> Path:
        return self.folder / "root.pem"

    @property
    def bundle(self) -> Bundle:
        return Bundle("test root", (self.root.certificate,))

    def chain_file(self, name: str) -> Path:
        return self.folder / f"{name}.pem"

    def key_file(self, name: str) -> Path:
        return self.folder / f"{name}.key"

    def issuers_file(self, name: str) -> Path:
        """The chain without the leaf; may be empty."""
        return self.folder / f"{name}.issuers"

    def combined_file(self, name: str) -> Path:
        """Chain and key in one file, as HAProxy wants them."""
        return self.folder / f"{name}.both"

    def pkcs12_file(self, name: str) -> Path:
        """A server's chain and key under ``P12_PASSWORD``, as Java wants them."""
        return self.folder / f"{name}.p12"

    def identity(self, name: str) -> Identity:
        return self.clients[name].identity(name)


@contextmanager
def material() -> Iterator[Material]:
    """Issue everything into a folder of its own, which others may enter: Apache serves files as another user."""
    with tempfile.TemporaryDirectory(prefix="servers-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        root = authority.root("Test root", key="rsa-2048")
        stranger = authority.root("Somebody else's root")
        made = Material(folder, root, _servers(root, stranger), _clients(root, stranger))
        made.root_file.write_text(root.certificate.pem)
        for holder, credential in (made.servers | made.clients).items():
            _write(made, holder, credential)
        yield made


def _servers(root: Credential, stranger: Credential) -> dict[str, Credential]:
    issuer = authority.intermediate(root, "Server authority", key="rsa-2048")
    client_only = [x509.SubjectAlternativeName(host_names(*_HOSTS))]
    return {
        "server": authority.server(issuer, _HOSTS, key="rsa-2048"),
        "server-ec": authority.server(issuer, _HOSTS),
        "server-expired": authority.server(issuer, _HOSTS, not_before=days(-30), not_after=days(-2)),
        "server-not-yet-valid": authority.server(issuer, _HOSTS, not_before=days(20), not_after=days(90)),
        "server-wrong-name": authority.server(issuer, ["elsewhere.test"]),
        "server-client-only": authority.client(issuer, "server", add=client_only),
        "server-incomplete": _alone(authority.server(issuer, _HOSTS)),
        "server-untrusted": authority.server(stranger, _HOSTS),
        "server-self-signed": authority.server(None, _HOSTS),
    }


def _clients(root: Credential, stranger: Credential) -> dict[str, Credential]:
    issuer = authority.intermediate(root, "Client authority", key="rsa-2048")
    return {
        GOOD: authority.client(issuer, "Alice", key="rsa-3072"),
        "alice-ec": authority.client(issuer, "Alice on a curve"),
        "expired": authority.client(issuer, "Expired", not_before=days(-30), not_after=days(-2)),
        "not-yet-valid": authority.client(issuer, "Not yet valid", not_before=days(20), not_after=days(90)),
        "other-ca": authority.client(stranger, "Of another CA"),
        "wrong-usage": authority.server(issuer, [], common_name="For servers only"),
        "missing-intermediate": _alone(authority.client(issuer, "Alone")),
    }


def _alone(credential: Credential) -> Credential:
    return Credential(credential.certificate, credential.key)


def _write(made: Material, name: str, credential: Credential) -> None:
    chain, key = authority.chain_pem(credential), authority.key_pem(credential.key)
    made.chain_file(name).write_bytes(chain)
    made.issuers_file(name).write_text("".join(certificate.pem for certificate in credential.intermediates))
    made.key_file(name).write_bytes(key)
    made.combined_file(name).write_bytes(chain + key)
    if name in made.servers:
        made.pkcs12_file(name).write_bytes(authority.pkcs12_file(credential, P12_PASSWORD, friendly_name="server"))
