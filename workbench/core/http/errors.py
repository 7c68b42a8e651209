"""What goes wrong on a connection, raised where it happens and judged by ``trouble``.

The names and their order are those of httpcore2, which only HTTP/2 loads: a command that speaks HTTP/1.1 starts in half
the time without it. The first argument is the error of the system or of TLS, where there was one.

::

    NetworkError             ConnectError   ReadError   WriteError
    TimedOut                 ConnectTimeout ReadTimeout WriteTimeout
    ProtocolError            the peer does not keep to its protocol
    ProxyError               the proxy does not do what it is asked for
    ConnectionNotAvailable   the connection takes no more requests; this one was not looked at
"""


class NetworkError(Exception):
    """The connection failed."""


class ConnectError(NetworkError):
    """It could not be made."""


class ReadError(NetworkError):
    """It failed while it was read."""


class WriteError(NetworkError):
    """It failed while it was written to."""


class TimedOut(Exception):
    """A limit of time has passed."""


class ConnectTimeout(TimedOut):
    """While connecting or shaking hands."""


class ReadTimeout(TimedOut):
    """While waiting for the peer."""


class WriteTimeout(TimedOut):
    """While the peer took nothing."""


class ProtocolError(Exception):
    """The peer does not keep to its protocol."""


class ProxyError(Exception):
    """The proxy does not do what it is asked for."""


class ConnectionNotAvailable(Exception):
    """The connection takes no more requests; this one was not looked at."""
