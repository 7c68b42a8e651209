"""mTLS Workbench: client identities, requests over mutual TLS, and what TLS did.

For Python programs (neither Qt nor a display is needed)::

    Transport        what an httpx2.AsyncClient sends through: identity, trust and policy by name or as objects
    DiagnosedError   the httpx2.TransportError that it raises, with ``diagnosis``
    TLSPolicy        versions, algorithms, names, verification
"""

from typing import TYPE_CHECKING, Any

from workbench.version import __version__

if TYPE_CHECKING:
    from workbench.core.tls.policy import TLSPolicy
    from workbench.core.transport import DiagnosedError, Transport

__all__ = ["DiagnosedError", "TLSPolicy", "Transport", "__version__"]


def __getattr__(name: str) -> Any:
    # Imported when first asked for: the command line starts without HTTP and TLS.
    from workbench.core.lazily import lazily

    modules = {"Transport": "core.transport", "DiagnosedError": "core.transport", "TLSPolicy": "core.tls.policy"}
    return lazily("workbench", modules)(name)
