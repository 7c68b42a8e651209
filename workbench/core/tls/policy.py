"""How a TLS connection may be made: versions, algorithms, names, verification."""

import enum
from dataclasses import dataclass


class Version(enum.Enum):
    """TLS protocol versions by the number on the wire (RFC 8446 4.2.1); ``str()`` gives ``TLSv1.3``."""

    TLS1_0 = 0x0301
    TLS1_1 = 0x0302
    TLS1_2 = 0x0303
    TLS1_3 = 0x0304

    def __str__(self) -> str:
        return {0x0301: "TLSv1", 0x0302: "TLSv1.1", 0x0303: "TLSv1.2", 0x0304: "TLSv1.3"}[self.value]

    @property
    def number(self) -> str:
        """``1.3``."""
        return f"1.{self.value - 0x0301}"

    @classmethod
    def parse(cls, text: str) -> "Version":
        """``1.2``, ``TLSv1.2`` or ``TLS 1.2``. Raises ``ValueError`` for anything else."""
        number = text.strip().lower().removeprefix("tls").strip().removeprefix("v")
        versions = {"1": cls.TLS1_0, **{version.number: version for version in cls}}
        if number not in versions:
            raise ValueError(f"not a TLS version: {text!r} (1.0, 1.1, 1.2 or 1.3)")
        return versions[number]


def read_pin(text: str) -> str:
    """A SHA-256 in hex of any case, with or without colons and spaces, as lower-case hex. Raises ``ValueError``."""
    pin = text.replace(":", "").replace(" ", "").lower()
    if len(pin) != 64 or set(pin) - set("0123456789abcdef"):
        raise ValueError(f"not a SHA-256 in hexadecimal: {text!r}")
    return pin


@dataclass(frozen=True, slots=True)
class TLSPolicy:
    """Everything about a connection that is not identity or trust.

    ``ciphers`` is an OpenSSL cipher list for TLS 1.2 and older, ``suites`` the IANA names of TLS 1.3
    suites, ``groups`` and ``signature_algorithms`` OpenSSL's colon-separated names; None leaves
    OpenSSL's default. ``sni`` is the name to send: None means the URL's host, ``""`` means none at
    all. ``verify`` off still verifies and records every error; it only does not stop.
    ``pin`` is a SHA-256 that the leaf or its public key must have, in hex as ``read_pin`` takes it.
    """

    minimum: Version = Version.TLS1_2
    maximum: Version = Version.TLS1_3
    ciphers: str | None = None
    suites: str | None = None
    groups: str | None = None
    signature_algorithms: str | None = None
    sni: str | None = None
    verify: bool = True
    pin: str | None = None
    resume: bool = True
