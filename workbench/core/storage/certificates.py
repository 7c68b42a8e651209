"""Certificates in PEM files that we know to be well-formed: ours, and those of the platform.

Only the Base64 is undone; a certificate is parsed when someone asks what is in it. A store of 140 roots
loads in a few milliseconds this way.
"""

import binascii
import re
from collections.abc import Iterable
from pathlib import Path

from workbench.core.storage.records import damaged
from workbench.core.tls import der
from workbench.core.tls.certificate import Certificate

_BLOCK = re.compile(
    rb"-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END (?:X509 |TRUSTED )?CERTIFICATE-----"
)


def encode(certificates: Iterable[Certificate]) -> bytes:
    """PEM, one after the other."""
    return "".join(certificate.pem for certificate in certificates).encode("ascii")


def decode(pem: bytes) -> tuple[Certificate, ...]:
    """The certificates in a PEM file, each once; what is not whole is left out."""
    found: dict[bytes, None] = {}
    for block in _BLOCK.finditer(pem):
        try:
            found[der.read(binascii.a2b_base64(block[1])).encoding] = None  # "trusted" ones carry more behind
        except (binascii.Error, ValueError):
            continue
    return tuple(Certificate(encoding) for encoding in found)


def read(path: Path) -> tuple[Certificate, ...]:
    """The certificates of a file of ours, checked. Raises ``StorageError`` when it is missing or damaged."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise damaged(path, error) from error
    found = decode(data)
    if not found or len(found) != data.count(b"-----BEGIN "):
        raise damaged(path, ValueError("a certificate is missing or damaged"))
    return found
