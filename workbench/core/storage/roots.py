"""The two built-in bundles: what the operating system trusts, and what Mozilla does."""

import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from workbench.core.errors import TrustError
from workbench.core.i18n import _
from workbench.core.storage.certificates import decode
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.trust import MOZILLA, SYSTEM, Bundle

_WELL_KNOWN = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Ubuntu, Arch, Gentoo
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",  # Fedora, RHEL
    "/etc/pki/tls/certs/ca-bundle.crt",  # older Fedora, RHEL
    "/etc/ssl/ca-bundle.pem",  # openSUSE
    "/etc/ssl/cert.pem",  # Alpine, BSD
    "/usr/local/share/certs/ca-root-nss.crt",  # FreeBSD
    "/etc/ssl/certs",
    "/etc/pki/tls/certs",
)
_HASHED = re.compile(r"[0-9a-f]{8}\.[0-9]+")
_KEYCHAINS = (
    "/System/Library/Keychains/SystemRootCertificates.keychain",
    "/Library/Keychains/System.keychain",
)


def mozilla() -> Bundle:
    """Mozilla's roots for servers, as ``certifi`` ships them. Raises ``TrustError``."""
    import certifi

    path = Path(certifi.where())
    found = _read(path)
    if not found:
        raise _nothing(MOZILLA, [path])
    return Bundle(MOZILLA, found)


def system() -> Bundle:
    """What the operating system trusts.

    ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` hold in its place where they are set, as for OpenSSL's programs.
    Raises ``TrustError`` when nothing is found.
    """
    chosen = [os.environ.get(variable, "") for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR")]
    if any(chosen):
        paths = [Path(part) for value in chosen for part in value.split(os.pathsep) if part]
        found = tuple(dict.fromkeys(one for path in paths for one in _read(path)))
    elif sys.platform == "win32":
        paths = []
        found = _windows()
    elif sys.platform == "darwin":
        paths = [Path(path) for path in _KEYCHAINS]
        found = _macos()
    else:
        paths = list(_unix_paths())
        found = next((found for path in paths if (found := _read(path))), ())
    if not found:
        raise _nothing(SYSTEM, paths)
    return Bundle(SYSTEM, found)


def _unix_paths() -> Iterator[Path]:
    """Where roots may be, best first: OpenSSL's own idea is right for the Python of a distribution only."""
    defaults = ssl.get_default_verify_paths()
    for path in (defaults.cafile, *_WELL_KNOWN, defaults.capath):
        if path:
            yield Path(path)


def _read(path: Path) -> tuple[Certificate, ...]:
    """The certificates of a PEM file, or of the files in a folder; none when there is nothing to read.

    In a folder OpenSSL finds certificates by their hashed names; where there are such, the others are the same again.
    """
    try:
        if not path.is_dir():
            return decode(path.read_bytes())
        with os.scandir(path) as children:
            files = sorted(child.name for child in children if child.is_file())
    except OSError:
        return ()
    hashed = [file for file in files if _HASHED.fullmatch(file)]
    return tuple(dict.fromkeys(one for file in hashed or files for one in _read(path / file)))


def _windows() -> tuple[Certificate, ...]:
    enumerate_store = getattr(ssl, "enum_certificates", None)
    if enumerate_store is None:
        return ()
    return tuple(dict.fromkeys(_for_servers(entry for store in ("ROOT", "CA") for entry in enumerate_store(store))))


def _for_servers(entries: Iterable[tuple[bytes, str, bool | set[str]]]) -> Iterator[Certificate]:
    for encoded, form, purposes in entries:
        if form == "x509_asn" and (purposes is True or (purposes and "1.3.6.1.5.5.7.3.1" in purposes)):
            yield Certificate(encoded)


def _macos() -> tuple[Certificate, ...]:
    try:
        listing = subprocess.run(  # noqa: S603 -- a fixed command of the system
            ["/usr/bin/security", "find-certificate", "-a", "-p", *_KEYCHAINS],
            capture_output=True,
            timeout=30,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return decode(listing.stdout)


def _nothing(name: str, paths: Iterable[Path]) -> TrustError:
    looked = ", ".join(str(path) for path in paths)
    return TrustError(
        _("The trust bundle “{name}” contains no certificates.").format(name=name),
        detail=_("Searched: {paths}.").format(paths=looked) if looked else "",
        hint=_("Install the system's CA certificates (package ca-certificates), or use the bundle “mozilla”."),
    )
