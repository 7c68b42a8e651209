"""What a server's TLS says: to whom shows nothing, to whom shows an identity, and to all that can be offered.

::

    inspection   the two handshakes, and what is learned from them
    survey       versions, cipher suites, groups, resumption and ALPN, found by offering
"""

from workbench.core.inspection.inspection import (
    NEVER_ASKED,
    OPTIONAL,
    REQUIRED,
    UNKNOWN,
    Inspection,
    Survey,
    VersionSupport,
    is_post_quantum,
    judge,
)

__all__ = [
    "NEVER_ASKED",
    "OPTIONAL",
    "REQUIRED",
    "UNKNOWN",
    "Inspection",
    "Survey",
    "VersionSupport",
    "is_post_quantum",
    "judge",
]
