"""``Session.send(request) -> Exchange``: identities and trust by name, hop after hop, and what went wrong.

::

    session    the public door: send, inspect; errors become exchanges
    hops       from hop to hop: redirects, authentication, another version of HTTP
    record     what is known of an exchange under way, and the exchange made of it
    evidence   what the doctor is told about it
    shaking    handshakes with nothing after them, for an inspection
"""

from workbench.core.session.session import Session

__all__ = ["Session"]
