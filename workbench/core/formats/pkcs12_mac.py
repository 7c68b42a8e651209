"""The MAC of PKCS#12 files: what shows that a password is theirs and nothing in them was changed (RFC 7292 5.1)."""

import hashlib
import hmac

from workbench.core.formats import pbes2
from workbench.core.formats.costs import Budget
from workbench.core.tls import der
from workbench.core.tls.der import Value

_PBMAC1 = "1.2.840.113549.1.5.14"
_DIGESTS = {
    "1.2.840.113549.2.5": ("md5", 64),
    "1.3.14.3.2.26": ("sha1", 64),
    "2.16.840.1.101.3.4.2.4": ("sha224", 64),
    "2.16.840.1.101.3.4.2.1": ("sha256", 64),
    "2.16.840.1.101.3.4.2.2": ("sha384", 128),
    "2.16.840.1.101.3.4.2.3": ("sha512", 128),
}
"""Names and block sizes in bytes."""

_HMACS = {
    "1.2.840.113549.2.7": "sha1",
    "1.2.840.113549.2.8": "sha224",
    "1.2.840.113549.2.9": "sha256",
    "1.2.840.113549.2.10": "sha384",
    "1.2.840.113549.2.11": "sha512",
}
_SHA1 = bytes.fromhex("06052b0e03021a")
_PURPOSE = 3  # B.3
_ROUND_WEIGHT = 3  # a round of ours takes longer than one of OpenSSL's
_LONGEST_KEY = 64


def spend(mac: Value, budget: Budget) -> None:
    """Pay for checking a MacData. Raises as ``Budget.spend``."""
    info, _salt, *rounds = mac.children()
    algorithm = info.children()[0].children()
    if algorithm[0].oid == _PBMAC1:
        kind, parameters = algorithm[1].children()[0].children()
        budget.spend_derivation(kind.oid, parameters.children())
    else:
        budget.spend_rounds(rounds[0].number if rounds else 1, _ROUND_WEIGHT)


def is_of(contents: bytes, mac: Value, password: str | None) -> bool:
    """Whether ``mac`` (MacData) is that of ``contents`` under ``password``. Raises ``ValueError`` for unknown kinds."""
    info, salt, *rounds = mac.children()
    algorithm, expected = info.children()
    kind, *parameters = algorithm.children()
    if kind.oid == _PBMAC1:
        key, digest = _pbmac1(parameters[0], password or "")
    else:
        digest, block = _DIGESTS.get(kind.oid, ("", 0))
        key = _key(digest, block, password, salt.content, rounds[0].number if rounds else 1)
    return hmac.compare_digest(hmac.digest(key, contents, digest), expected.content)


def make(contents: bytes, password: str) -> bytes:
    """A MacData of one round, for a file that lives in memory only."""
    digest = hmac.digest(_key("sha1", 64, password, b"", 1), contents, "sha1")
    info = der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, _SHA1), der.encode(der.OCTET_STRING, digest))
    return der.encode(der.SEQUENCE, info, der.encode(der.OCTET_STRING))


def _pbmac1(parameters: Value, password: str) -> tuple[bytes, str]:
    """RFC 9579: the key, and what to hash with."""
    derivation, scheme = parameters.children()
    values = derivation.children()[1].children()
    size = next((one.number for one in values[2:] if one.tag == der.INTEGER), 0)
    if not 0 < size <= _LONGEST_KEY:
        raise ValueError(f"a key of {size} bytes for the MAC")
    key = pbes2.derive(derivation, password.encode("utf-8", "surrogateescape"), size)
    return key, _HMACS.get(scheme.children()[0].oid, "")


def _key(digest: str, block: int, password: str | None, salt: bytes, rounds: int) -> bytes:
    """RFC 7292 B.2 for a key as long as the hash; of a password the BMPString with its end, of none nothing."""
    if not digest:
        raise ValueError("a MAC of an unknown kind")
    text = b"" if password is None else (password + "\0").encode("utf-16-be", "surrogatepass")
    key = bytes([_PURPOSE]) * block + _filled(salt, block) + _filled(text, block)
    make_hash = getattr(hashlib, digest)
    for _round in range(rounds):
        key = make_hash(key, usedforsecurity=False).digest()
    return key


def _filled(data: bytes, block: int) -> bytes:
    """``data`` repeated until it fills whole blocks."""
    size = -(-len(data) // block) * block
    return (data * (size // len(data) + 1))[:size] if data else b""
