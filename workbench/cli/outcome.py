"""How an exchange ends for a script: the exit status, and the exchange that never began."""

from workbench.cli.command import DONE, INTERRUPTED, NO_RESPONSE, UNUSABLE
from workbench.core.doctor import failure_of
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange, Outcome
from workbench.core.request import Request

# What was given cannot be used: exit status 2. Every other failure means that no response came: 3.
_UNUSABLE_CODES = frozenset(
    {
        "invalid-input",
        "identity-not-found",
        "identity-unreadable",
        "key-mismatch",
        "password-needed",
        "wrong-password",
        "trust-unreadable",
    }
)


def failed(request: Request, error: WorkbenchError) -> Exchange:
    """The exchange that never began, because of ``error``."""
    return Exchange(request, Outcome.FAILURE, failure=failure_of(error))


def exit_status(exchange: Exchange) -> int:
    """0 for any response, 2 when what was given could not be used, 130 when interrupted, else 3."""
    if exchange.outcome is Outcome.RESPONSE:
        return DONE
    if exchange.outcome is Outcome.CANCELLED:
        return INTERRUPTED
    unusable = exchange.failure is not None and exchange.failure.code in _UNUSABLE_CODES
    return UNUSABLE if unusable else NO_RESPONSE
