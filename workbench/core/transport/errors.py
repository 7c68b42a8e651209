"""What goes wrong in a transport: errors of httpx2 that carry the diagnosis.

::

    httpx2.TransportError
    └── DiagnosedError         diagnosis: code, title, detail, hint, candidates
        ├── ConnectFailed      also httpx2.ConnectError: name, address, TLS
        ├── ConnectTimedOut    also httpx2.ConnectTimeout
        ├── WriteFailed        also httpx2.WriteError
        ├── WriteTimedOut      also httpx2.WriteTimeout
        ├── ReadFailed         also httpx2.ReadError; in TLS 1.3 a refused certificate is heard of here
        ├── ReadTimedOut       also httpx2.ReadTimeout
        ├── ProxyFailed        also httpx2.ProxyError
        └── MalformedResponse  also httpx2.RemoteProtocolError

What our own side refuses before anything is sent, such as an identity that does not exist, is a plain
``DiagnosedError``.
"""

import httpx2

from workbench.core.exchange import Failure, Phase, Trouble


class DiagnosedError(httpx2.TransportError):
    """No response came. ``diagnosis`` says whose fault that is and what to do; ``str()`` gives its sentences."""

    def __init__(self, diagnosis: Failure, request: httpx2.Request) -> None:
        words = (diagnosis.title, diagnosis.detail, diagnosis.hint)
        super().__init__(" ".join(part for part in words if part), request=request)
        self.diagnosis = diagnosis


class ConnectFailed(DiagnosedError, httpx2.ConnectError):
    """No connection was made, or TLS did not come about."""


class ConnectTimedOut(DiagnosedError, httpx2.ConnectTimeout):
    """Connecting, or the TLS handshake, took too long."""


class WriteFailed(DiagnosedError, httpx2.WriteError):
    """The connection ended while the request was sent."""


class WriteTimedOut(DiagnosedError, httpx2.WriteTimeout):
    """The server took the request too slowly."""


class ReadFailed(DiagnosedError, httpx2.ReadError):
    """The connection ended before the response did, or was ended by an alert."""


class ReadTimedOut(DiagnosedError, httpx2.ReadTimeout):
    """The response was too long in coming."""


class ProxyFailed(DiagnosedError, httpx2.ProxyError):
    """The proxy did not let the connection through."""


class MalformedResponse(DiagnosedError, httpx2.RemoteProtocolError):
    """What came is not HTTP, or more than we take."""


_CONNECTING = (Phase.PREPARE, Phase.DNS, Phase.CONNECT, Phase.PROXY, Phase.TLS)
_MALFORMED = (Trouble.HTTP, Trouble.TRUNCATED, Trouble.TOO_LARGE)


def error_of(diagnosis: Failure, trouble: Trouble, phase: Phase, request: httpx2.Request) -> DiagnosedError:
    """The error that a user of httpx2 expects for ``trouble`` in ``phase``."""
    timed_out = trouble is Trouble.TIMEOUT
    if trouble is Trouble.PROXY:
        kind: type[DiagnosedError] = ProxyFailed
    elif trouble in _MALFORMED:
        kind = MalformedResponse
    elif phase in _CONNECTING:
        kind = ConnectTimedOut if timed_out else ConnectFailed
    elif phase is Phase.SEND:
        kind = WriteTimedOut if timed_out else WriteFailed
    else:
        kind = ReadTimedOut if timed_out else ReadFailed
    return kind(diagnosis, request)
