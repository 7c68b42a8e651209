"""This program and the libraries that decide what TLS can do, by name and version."""

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from workbench.core.i18n import _
from workbench.version import __version__

PROGRAM = "mtls-workbench"
_LIBRARIES = (
    ("Qt", "PySide6-Essentials"),
    ("pyOpenSSL", "pyOpenSSL"),
    ("cryptography", "cryptography"),
    ("httpx2", "httpx2"),
)


def versions() -> Iterator[tuple[str, str]]:
    """Names and versions; Qt's is read from its package, not from Qt, which takes long to load."""
    yield PROGRAM, __version__
    yield "Python", f"{platform.python_version()} ({platform.system()} {platform.machine()})"
    yield "OpenSSL", openssl_version()
    for name, package in _LIBRARIES:
        try:
            yield name, version(package)
        except PackageNotFoundError:
            yield name, _("not installed")


def openssl_version() -> str:
    """The OpenSSL inside ``cryptography``'s wheel, which is the one that every handshake uses."""
    from cryptography.hazmat.backends.openssl import backend

    return backend.openssl_version_text().removeprefix("OpenSSL ")
