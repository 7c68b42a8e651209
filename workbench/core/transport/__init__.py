"""HTTPX over our connections: mutual TLS with a stored identity, and what the two TLS peers said.

``workbench.Transport`` is the door to it from outside.
"""

from workbench.core.transport.errors import DiagnosedError
from workbench.core.transport.transport import Transport

__all__ = ["DiagnosedError", "Transport"]
