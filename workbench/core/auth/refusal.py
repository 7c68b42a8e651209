"""No access token."""

from workbench.core.exchange import Exchange, Failure


class TokenRefused(Exception):
    """No token came. ``exchange`` is the call as it went; ``error`` the server's code, None when it gave no answer.

    Not a ``WorkbenchError``: what happened between us and a server is told as a ``Failure``.
    """

    def __init__(self, exchange: Exchange, failure: Failure, error: str | None = None) -> None:
        super().__init__(failure.title)
        self.exchange = exchange
        self.failure = failure
        self.error = error
