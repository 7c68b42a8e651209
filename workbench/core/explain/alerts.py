"""Alerts in other programs' texts: which one it was, by name or number, and what it means."""

import re
from collections.abc import Iterator

from workbench.core.tls.registry import ALERTS as NUMBERS

# What an alert that a client received means, by its name without spaces (RFC 8446 6); Go and rustls have names of their
# own. Beside it what the same alert means that a server received.
MEANINGS = {
    "certificaterequired": ("client-certificate-required", "client-certificate-required"),
    "nocertificate": ("client-certificate-required", "client-certificate-required"),
    "unknownca": ("client-certificate-untrusted", "server-untrusted"),
    "unknowncertificateauthority": ("client-certificate-untrusted", "server-untrusted"),
    "certificateexpired": ("client-certificate-expired", "server-expired"),
    "expiredcertificate": ("client-certificate-expired", "server-expired"),
    "certificaterevoked": ("client-certificate-revoked", "server-revoked"),
    "revokedcertificate": ("client-certificate-revoked", "server-revoked"),
    "unsupportedcertificate": ("client-certificate-wrong-purpose", "server-wrong-purpose"),
    "badcertificate": ("client-certificate-rejected", "server-untrusted"),
    "certificateunknown": ("client-certificate-rejected", "server-untrusted"),
    "unknowncertificate": ("client-certificate-rejected", "server-untrusted"),
    "accessdenied": ("client-certificate-rejected", "server-untrusted"),
    "decrypterror": ("client-certificate-rejected", "tls-internal-error"),
    "handshakefailure": ("no-shared-cipher", "no-shared-cipher"),
    "insufficientsecurity": ("no-shared-cipher", "no-shared-cipher"),
    "protocolversion": ("protocol-version-mismatch", "protocol-version-mismatch"),
    "unrecognizedname": ("unrecognized-name", "unrecognized-name"),
    "noapplicationprotocol": ("alpn-mismatch", "alpn-mismatch"),
    "internalerror": ("tls-internal-error", "tls-internal-error"),
    "norenegotiation": ("post-handshake-authentication", "post-handshake-authentication"),
}

_NUMBER = re.compile(r"alert (?:number )?\[?(?P<number>\d{1,3})\b")
_NAME = re.compile(
    r"(?:\btls alert,? ?|remote error: tls: |fatal alert: ?|\balert[:,'\"( ]{1,4})['\"]?(?P<name>[a-z][a-z ]{3,40})"
)
_BRACKET = re.compile(r"\[(?P<number>\d{1,3})\]: (?P<name>[a-z][a-z ]{3,40})")
_AFTER = re.compile(
    r"(?P<name>unknown ca|bad cert|certificate required|expired cert|revoked cert|handshake failure) alert"
)


def alerts(plain: str, *, at_server: bool) -> Iterator[tuple[int, str]]:
    """Where each alert stands in ``plain``, a text made ``phrases.comparable``, and the code that it means."""
    patterns = (_NAME, _BRACKET, _AFTER)
    named = ((found.start(), found["name"]) for pattern in patterns for found in pattern.finditer(plain))
    numbered = ((found.start(), NUMBERS.get(int(found["number"]), "")) for found in _NUMBER.finditer(plain))
    for at, name in (*numbered, *named):
        squeezed = name.replace(" ", "").replace("_", "")
        known = next((one for one in MEANINGS if squeezed.startswith(one)), None)
        if known is not None:
            yield at, MEANINGS[known][at_server]
