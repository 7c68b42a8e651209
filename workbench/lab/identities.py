"""Who exists in the lab: its authorities, the client identities, and the servers' certificates.

Each bad one is bad in exactly one way, so that what it provokes has one cause.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from cryptography import x509

from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import Bundle
from workbench.lab.authority import (
    CLIENT_AUTH,
    ORGANIZATION,
    SERVER_AUTH,
    Credential,
    host_names,
    new_authority,
    new_leaf,
)

BUNDLE = "lab"
_DAY = timedelta(days=1)
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a lab's authority issued. Keys live here, in memory, and nowhere else.

    ``authority`` is the root: what clients trust, and what servers trust and name to them. Clients and
    servers have certificates from an intermediate each, which has to be sent along.
    """

    root: Credential = field(repr=False)
    identities: Mapping[str, Identity]
    servers: Mapping[str, Credential] = field(repr=False)

    @property
    def authority(self) -> Certificate:
        """The root's certificate."""
        return self.root.certificate

    @property
    def client_authorities(self) -> tuple[Certificate, ...]:
        """The authorities whose clients the servers admit, as they name them in a certificate request."""
        return (self.authority,)

    @property
    def bundle(self) -> Bundle:
        """The trust bundle that believes this lab's servers."""
        return Bundle(BUNDLE, (self.authority,))


def make_material(root: Credential | None = None) -> Material:
    """Make an authority, unless ``root`` is a kept one, and all that it issues; takes some tens of milliseconds."""
    root = root or new_authority("mTLS Workbench Lab CA")
    stranger = new_authority("mTLS Workbench Lab Stranger CA")
    return Material(
        root=root,
        identities=_identities(new_authority("mTLS Workbench Lab Client CA", root), stranger),
        servers=_servers(
            new_authority("mTLS Workbench Lab Server CA", root),
            new_authority("mTLS Workbench Lab Stranger Server CA", stranger),
        ),
    )


def is_from_a_lab(certificate: Certificate) -> bool:
    """Whether this or an earlier lab made the certificate, judged by the organization in its subject."""
    try:
        names = certificate.x509.subject.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    except ValueError:  # a subject that does not decode: not ours
        return False
    return any(name.value == ORGANIZATION for name in names)


def _identities(clients: Credential, stranger: Credential) -> Mapping[str, Identity]:
    now = datetime.now(UTC)
    made = {
        "alice": new_leaf("alice", clients, CLIENT_AUTH),
        "bob": new_leaf("bob", clients, CLIENT_AUTH),
        "expired": new_leaf("expired", clients, CLIENT_AUTH, not_before=now - 30 * _DAY, not_after=now - _DAY),
        "not-yet-valid": new_leaf("not-yet-valid", clients, CLIENT_AUTH, not_before=now + 30 * _DAY),
        "wrong-ca": replace(
            new_leaf("wrong-ca", stranger, CLIENT_AUTH), intermediates=(stranger.certificate,)
        ),  # its root goes along, so that nothing is missing
        "wrong-usage": new_leaf("wrong-usage", clients, SERVER_AUTH),
        "missing-intermediate": replace(new_leaf("missing-intermediate", clients, CLIENT_AUTH), intermediates=()),
    }
    return {name: credential.identity(name) for name, credential in made.items()}


def _servers(issuer: Credential, stranger: Credential) -> Mapping[str, Credential]:
    now = datetime.now(UTC)
    local = host_names(*_LOCAL)
    good = new_leaf("localhost", issuer, SERVER_AUTH, names=local)
    return {
        "mutual": good,
        "optional": good,
        "one-way": good,
        "tls12": good,
        "expired": new_leaf(
            "localhost", issuer, SERVER_AUTH, names=local, not_before=now - 30 * _DAY, not_after=now - _DAY
        ),
        "wrong-name": new_leaf("elsewhere.example", issuer, SERVER_AUTH, names=host_names("elsewhere.example")),
        "untrusted": new_leaf("localhost", stranger, SERVER_AUTH, names=local),
        "incomplete": replace(new_leaf("localhost", issuer, SERVER_AUTH, names=local), intermediates=()),
    }
