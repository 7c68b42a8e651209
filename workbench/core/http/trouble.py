"""The border to foreign errors: one table from what libraries raise to what happened."""

import logging
import re
import socket
import traceback
from collections.abc import Callable

from workbench.core.exchange import Phase, Trouble
from workbench.core.http import errors
from workbench.core.http.bodies import TooLargeError
from workbench.core.http.codings import CutError, DecodingError
from workbench.core.http.hop_record import HopRecord
from workbench.core.tls.connection import TLSError

_log = logging.getLogger(__name__)

_IDEMPOTENT = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"})
"""Methods that may be sent once more without asking (RFC 9110 9.2.2)."""


class HopFailed(Exception):
    """A hop brought no whole response. ``message`` is in the words of the system or library, ``reason`` OpenSSL's."""

    def __init__(self, trouble: Trouble, message: str, reason: str, record: HopRecord) -> None:
        super().__init__(message)
        self.trouble = trouble
        self.message = message
        self.reason = reason
        self.record = record

    @property
    def stale(self) -> bool:
        """Whether a kept connection turned out to have ended before any answer."""
        hop = self.record
        unanswered = hop.reused and hop.first_byte_ms is None and hop.phase in (Phase.SEND, Phase.WAIT)
        return unanswered and self.trouble in (Trouble.EOF, Trouble.RESET)

    @property
    def untouched(self) -> bool:
        """Whether the server says that it has not looked at the request (RFC 9113 8.7)."""
        return self.message.endswith("REFUSED_STREAM")

    def repeatable(self, method: str) -> bool:
        """Whether the request may go out once more unasked: unread, or idempotent on a connection just closed."""
        return self.untouched or (self.stale and method in _IDEMPOTENT)

    @property
    def wants_http1(self) -> bool:
        """Whether the server asks for the same over HTTP/1.1 and has done nothing yet (RFC 9113 7)."""
        return self.message.endswith("HTTP_1_1_REQUIRED")


def _tls(error: BaseException) -> Trouble:
    if not isinstance(error, TLSError):
        return Trouble.TLS
    if error.stopped:
        return Trouble.VERIFICATION
    if error.alert:
        return Trouble.ALERT
    return Trouble.EOF if error.eof else Trouble.TLS


def _os(error: BaseException) -> Trouble:
    return Trouble.REFUSED if "refused" in str(error).lower() else Trouble.UNREACHABLE


def _protocol(error: BaseException) -> Trouble:
    if _http2_code(error) is not None:
        return Trouble.RESET
    words = str(error)
    return next((trouble for part, trouble in _SAID if part in words), Trouble.HTTP)


# Why a proxy could not be reached; whatever else happens on the way is between it and us.
_NO_PROXY = (
    *(Trouble.DNS, Trouble.REFUSED, Trouble.UNREACHABLE, Trouble.TIMEOUT),
    *(Trouble.RESET, Trouble.EOF, Trouble.VERIFICATION),
)

# What h11, h2 and hpack say of an answer that is not only malformed.
_SAID = (
    ("Server disconnected", Trouble.EOF),
    ("without sending complete message body", Trouble.TRUNCATED),
    ("incomplete", Trouble.TRUNCATED),
    ("unexpectedly closed", Trouble.TRUNCATED),
    ("buffer too long", Trouble.TOO_LARGE),
    ("Oversized header", Trouble.TOO_LARGE),
)

# They raise errors of their own for what the peer sent, and for nothing else that we do not check before.
_PROTOCOL_LIBRARIES = ("h11", "h2", "hpack", "httpcore2", "hyperframe", "socksio")

# RFC 9113 7, by number.
_HTTP2_CODES = dict(
    enumerate(
        (
            *(
                "NO_ERROR",
                "PROTOCOL_ERROR",
                "INTERNAL_ERROR",
                "FLOW_CONTROL_ERROR",
                "SETTINGS_TIMEOUT",
                "STREAM_CLOSED",
            ),
            *("FRAME_SIZE_ERROR", "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR"),
            *("ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED"),
        )
    )
)

_QUOTED = re.compile(r"""bytearray\(b(?P<mark>['"])(?P<text>(?:\\.|(?!(?P=mark))[^\\])*+)(?P=mark)\)""")
"""How h11 quotes a line."""

Judge = Trouble | Callable[[BaseException], Trouble]

# First match decides: the specific before the general.
_TABLE: tuple[tuple[type[BaseException], Judge], ...] = (
    (TLSError, _tls),
    (socket.gaierror, Trouble.DNS),
    (UnicodeError, Trouble.DNS),
    (ConnectionRefusedError, Trouble.REFUSED),
    (ConnectionError, Trouble.RESET),
    (TimeoutError, Trouble.TIMEOUT),
    (OSError, _os),
    (errors.TimedOut, Trouble.TIMEOUT),
    (errors.ProxyError, Trouble.PROXY),
    (errors.ProtocolError, _protocol),
    (errors.NetworkError, Trouble.RESET),
    (TooLargeError, Trouble.TOO_LARGE),
    (CutError, Trouble.TRUNCATED),
    (DecodingError, Trouble.HTTP),
)


def _http2_code(error: BaseException) -> str | None:
    """RFC 9113 7's name of the code with which the server ended a stream or the connection."""
    event = error.args[0] if error.args else None
    code = getattr(event, "error_code", None)
    if code is None or isinstance(event, BaseException):  # an exception is our library's own complaint
        return None
    return str(getattr(code, "name", "")) or _HTTP2_CODES.get(int(code), f"error {int(code)}")


def _words(error: BaseException) -> str:
    code = _http2_code(error)
    nothing = "" if isinstance(error, TimeoutError | errors.TimedOut) else type(error).__name__
    said = f"HTTP/2 {code}" if code is not None else str(error) or nothing
    return _QUOTED.sub("“\\g<text>”", said)


def _cause(error: BaseException) -> BaseException:
    # What happened is the first argument.
    while isinstance(error, errors.NetworkError | errors.TimedOut) and error.args:
        inner = error.args[0]
        if not isinstance(inner, BaseException):
            break
        error = inner
    return error


def failed(error: Exception, record: HopRecord, *, proxied: bool) -> HopFailed:
    """What ``error`` means for the hop that ``record`` is about."""
    cause = _cause(error)
    judge = next((judge for kind, judge in _TABLE if isinstance(cause, kind)), None)
    if judge is None:
        judge = _protocol if _is_protocol(cause) else _unforeseen
    trouble = judge if isinstance(judge, Trouble) else judge(cause)
    on_the_way = proxied and record.phase in (Phase.DNS, Phase.CONNECT, Phase.PROXY)
    if on_the_way and trouble not in _NO_PROXY:
        trouble = Trouble.PROXY
    reason = cause.reason if isinstance(cause, TLSError) else ""
    words = type(cause).__name__ if trouble is Trouble.UNEXPECTED else _words(cause)  # its text may hold anything
    return HopFailed(trouble, words, reason, record)


def _unforeseen(error: BaseException) -> Trouble:
    tell_bug(error)
    return Trouble.UNEXPECTED


def tell_bug(error: BaseException) -> None:
    """Log where an error came from that nothing foresaw; never its text, which may hold anything, secrets included."""
    where = "".join(traceback.format_tb(error.__traceback__))
    _log.error("An unforeseen %s:\n%s", type(error).__name__, where)


def _is_protocol(error: BaseException) -> bool:
    return any(kind.__module__.partition(".")[0] in _PROTOCOL_LIBRARIES for kind in type(error).__mro__)
