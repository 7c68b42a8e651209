"""What can be imported: one importer for each kind of file, found by what a file is.

The window (drop, open, paste) and the command line go through ``import_sources``. A new kind of file is one more
``Importer`` in ``IMPORTERS``.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from workbench.core.draft_tree import DraftTree
from workbench.core.errors import IdentityError, KeyMismatch, PasswordNeeded, WorkbenchError, WrongPassword
from workbench.core.formats.bundle import read_bundle
from workbench.core.formats.identity import ImportedIdentity, read_identity
from workbench.core.formats.source import Source
from workbench.core.tls.certificate import Certificate

HEAD = 4096
"""Bytes of a file that an importer recognises it by."""
_SUFFIXES = (".p12", ".pfx", ".pem", ".crt", ".cer", ".key", ".der", ".p8", ".p7b", ".p7c", ".jks", ".pkcs12", ".ks")
_KEYSTORES = (b"\xfe\xed\xfe\xed", b"\xce\xce\xce\xce")  # JKS, JCEKS
_PEM, _SEQUENCE = b"-----BEGIN ", b"\x30"


class Wanted(enum.Enum):
    """What the person means the files to hold, where they said so."""

    ANYTHING = enum.auto()
    IDENTITY = enum.auto()
    AUTHORITIES = enum.auto()


@dataclass(frozen=True, slots=True)
class Imported:
    """What files hold, read and not stored: an identity, authorities or a collection; ``name`` is what to call it.

    ``left_out`` tells in words what of the files was not taken.
    """

    name: str
    identity: ImportedIdentity | None = None
    authorities: tuple[Certificate, ...] = ()
    collection: DraftTree | None = None
    left_out: tuple[str, ...] = ()


class Importer(Protocol):
    """Reads files of one kind."""

    def recognises(self, path: Path, head: bytes) -> bool:
        """Whether a file is of this kind, by its name and its first ``HEAD`` bytes."""

    def read(self, sources: Sequence[Source], password: str | None, wanted: Wanted, name: str | None) -> Imported:
        """What ``sources`` hold together. ``password`` is tried on all that is encrypted. Raises ``WorkbenchError``."""


class Certificates:
    """Private keys and certificates, alone or together, in any of their formats."""

    def recognises(self, path: Path, head: bytes) -> bool:
        """PEM somewhere in it, the beginning of DER or of a Java keystore, or a name that says so."""
        return _PEM in head or head.startswith((_SEQUENCE, *_KEYSTORES)) or path.suffix.lower() in _SUFFIXES

    def read(self, sources: Sequence[Source], password: str | None, wanted: Wanted, name: str | None) -> Imported:
        """An identity, or else authorities.

        Raises ``PasswordNeeded``, ``WrongPassword``, ``KeyMismatch``, ``IdentityError`` and ``TrustError``.
        """
        if wanted is Wanted.AUTHORITIES:
            return _authorities(sources, password, name)
        try:
            found = read_identity(sources, password, name)
        except (PasswordNeeded, WrongPassword, KeyMismatch):
            raise
        except IdentityError as error:
            if wanted is Wanted.IDENTITY:
                raise
            try:
                authorities = _authorities(sources, password, name)
            except WorkbenchError:
                raise error from None  # the first answer says what an identity lacks
            if not any(certificate.is_ca for certificate in authorities.authorities):
                raise error from None  # somebody's certificate without its key
            return authorities
        return Imported(found.identity.name or _stem(sources), found, left_out=found.left_out)


IMPORTERS: tuple[Importer, ...] = (Certificates(),)
"""Asked in this order. The last one reads what nobody recognises, and says what it is."""


def importer_of(sources: Sequence[Source]) -> Importer:
    """The first importer that recognises one of ``sources``."""
    for importer in IMPORTERS:
        if any(importer.recognises(Path(source.name), source.data[:HEAD]) for source in sources):
            return importer
    return IMPORTERS[-1]


def import_sources(
    sources: Sequence[Source],
    password: str | None = None,
    wanted: Wanted = Wanted.ANYTHING,
    name: str | None = None,
) -> Imported:
    """What ``sources`` hold together, called ``name`` if that is given.

    Raises ``WorkbenchError``; ``PasswordNeeded`` and ``WrongPassword`` ask for another call.
    """
    return importer_of(sources).read(sources, password, wanted, name)


def _authorities(sources: Sequence[Source], password: str | None, name: str | None) -> Imported:
    found = [certificate for source in sources for certificate in read_bundle(source, password)]
    return Imported(name or _stem(sources), authorities=tuple(dict.fromkeys(found)))


def _stem(sources: Sequence[Source]) -> str:
    return Path(sources[0].name).stem
