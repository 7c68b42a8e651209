"""What is known of a stored identity without its password, and the record that says it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from workbench.core.errors import InvalidInput
from workbench.core.storage import certificates, names, records
from workbench.core.tls.certificate import Certificate

RECORD, KEY, CHAIN = "identity.json", "key.pem", "chain.pem"
"""The files of an identity's folder."""

_RANDOM = "random"  # how the password was made, in the record


class PasswordKept(enum.Enum):
    """Where the password of a stored key is: a random one in the keyring, or nowhere, and the person is asked."""

    KEYRING = "keyring"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class StoredIdentity:
    """What can be known of a stored identity without its password. ``created`` is UTC.

    ``id`` names its folder and keyring entry; a change of password gives a new one. ``random``: nobody knows the
    password but the keyring. Versions before kept what the person had typed there; ``open`` replaces it.
    """

    id: str
    name: str
    chain: tuple[Certificate, ...]
    password: PasswordKept
    created: datetime
    random: bool = False

    @property
    def certificate(self) -> Certificate:
        """The leaf."""
        return self.chain[0]


def record_of(stored: StoredIdentity, *, replaces: str | None = None) -> dict[str, str]:
    """The values of the record; ``replaces`` is the id of the identity that this one replaces."""
    record = {"name": stored.name, "created": stored.created.isoformat(), "password": stored.password.value}
    record |= {"made": _RANDOM} if stored.random else {}
    return record | ({"replaces": replaces} if replaces else {})


def read_stored(folder: Path, record: Mapping[str, str]) -> StoredIdentity:
    """What ``record`` and the chain in ``folder`` say. Raises ``StorageError`` where they make no sense."""
    try:
        created = datetime.fromisoformat(record["created"])
        return StoredIdentity(
            id=folder.name,
            name=names.checked(record["name"]),
            chain=certificates.read(folder / CHAIN),
            password=PasswordKept(record["password"]),
            created=created if created.tzinfo else created.replace(tzinfo=UTC),
            random=record.get("made") == _RANDOM,
        )
    except (KeyError, ValueError, InvalidInput) as error:
        raise records.damaged(folder / RECORD, error) from error
