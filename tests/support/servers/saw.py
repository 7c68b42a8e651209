"""What a server says that it saw of a connection, in the words that the program uses too.

Every server names things its own way: OpenSSL's cipher names or IANA's, ``X25519`` or ``x25519``,
serial numbers with colons, upper case or a leading zero. Here they become comparable.
"""

import hashlib
import json
import re
import ssl
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

# OpenSSL's and GnuTLS's names of the groups that come up here, by IANA name.
_GROUPS = {"X25519": "x25519", "prime256v1": "secp256r1", "SECP256R1": "secp256r1", "secp384r1": "secp384r1"}


@dataclass(frozen=True, slots=True)
class Saw:
    """None where the server does not say; ``""`` where it says that there was none."""

    version: str
    cipher: str | None = None
    group: str | None = None
    sni: str | None = None
    alpn: str | None = None
    http: str | None = None
    method: str | None = None
    resumed: bool | None = None
    subject: str | None = None
    serial: str | None = None
    presented: int | None = None
    sha1: str | None = None
    sha256: str | None = None


def from_json(body: str) -> Saw:
    """From the JSON that nginx, Apache, HAProxy, Go, Java and Node answer here."""
    said: dict[str, Any] = json.loads(body.replace('"(none)"', '""'))  # Apache's word for nothing
    resumed = said.get("resumed")
    return Saw(
        version=said["version"],
        cipher=iana_cipher(said["cipher"]),
        group=_optional(said.get("group"), iana_group),
        sni=said.get("sni"),
        alpn=said.get("alpn"),
        http=_optional(said.get("http"), lambda name: name.replace("HTTP/2.0", "HTTP/2")),
        method=said.get("method"),
        resumed=None if resumed is None else resumed in (True, "r", "Resumed", "1"),
        subject=said["subject"],
        serial=plain_hex(said["serial"]),
        presented=said.get("presented"),
        sha1=_optional(said.get("sha1"), str.lower),
        sha256=said.get("sha256"),
    )


def from_s_server(page: str) -> Saw:
    """From the page of ``openssl s_server -www``, which ends with the client's certificate."""
    pem = page[page.find("-----BEGIN CERTIFICATE") :].partition("</pre>")[0].strip()
    return Saw(
        version=_find(r"^\s+Protocol\s*: (\S+)", page),
        cipher=iana_cipher(_find(r"^(?:New|Reused), \S+, Cipher is (\S+)", page)),
        resumed=bool(re.search(r"^Reused, ", page, re.MULTILINE)),
        subject=",".join(reversed(_find(r"^\s+Subject: (.+)$", page).split(", "))),
        sha256=hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem)).hexdigest() if pem else "",
        serial=plain_hex(_find(r"Serial Number:\s*([0-9a-f:]+)", page)),
    )


def from_gnutls(page: str) -> Saw:
    """From the page of ``gnutls-serv --http``."""
    return Saw(
        version=_find(r"Protocol version:</TD><TD>([^<]+)", page).replace("TLS", "TLSv"),
        group=iana_group(_find(r"\(ECDHE-([A-Z0-9]+)\)", page)),
        sni=_find(r"<p>Server Name: ([^<]+)</p>", page),
        subject=_find(r"^\tSubject: (.+)$", page),
        serial=plain_hex(_find(r"Serial Number \(hex\): ([0-9a-f]+)", page)),
    )


def iana_cipher(name: str) -> str:
    """IANA name of a cipher that may be named OpenSSL's way."""
    return _standard_names().get(name, name)


def iana_group(name: str) -> str:
    return _GROUPS.get(name, name)


def plain_hex(text: str) -> str:
    """Hexadecimal in lower case, without colons and leading zeros."""
    return text.replace(":", "").lower().lstrip("0")


@cache
def _standard_names() -> dict[str, str]:
    listing = subprocess.run(
        ["openssl", "ciphers", "-stdname", "ALL:@SECLEVEL=0"], capture_output=True, text=True, check=True
    ).stdout
    rows = (line.split() for line in listing.splitlines())
    return {row[2]: row[0] for row in rows}


def _find(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    return found[1].strip() if found else ""


def _optional(value: str | None, change: Callable[[str], str]) -> str | None:
    return None if value is None else change(value)
