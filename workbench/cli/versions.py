"""What ``--version`` and ``self-test`` name."""

from workbench.core.versions import openssl_version, versions

__all__ = ["openssl_version", "versions"]
