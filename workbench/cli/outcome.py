"""How an exchange ends for a script: the exit status, and the exchange that never began."""

from workbench.cli.command import DONE, INTERRUPTED, NO_RESPONSE, UNUSABLE
from workbench.core.agreement.refusal import NotAgreed
from workbench.core.doctor import failure_of
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange, Failure, Outcome, Phase
from workbench.core.request import Request

# What was given cannot be used, though that came out when something had been sent already.
_UNUSABLE_CODES = frozenset(
    {"invalid-input", "identity-unreadable", "key-mismatch", "password-needed", "wrong-password"}
)


def failed(request: Request, error: WorkbenchError) -> Exchange:
    """The exchange that never began, because of ``error``."""
    return Exchange(request, Outcome.FAILURE, failure=failure_of(error))


def exit_status(exchange: Exchange) -> int:
    """0 for any response, 2 when what was given could not be used, 130 when interrupted, else 3.

    A request that nobody agreed to could be sent: it is among those without a response.
    """
    if exchange.outcome is Outcome.RESPONSE:
        return DONE
    if exchange.outcome is Outcome.CANCELLED:
        return INTERRUPTED
    answered = any(hop.status is not None for hop in exchange.hops)  # then the fault is not in what was given
    failure = exchange.failure
    return UNUSABLE if failure is not None and not answered and _is_ours(failure) else NO_RESPONSE


def _is_ours(failure: Failure) -> bool:
    if failure.code == NotAgreed.code:
        return False
    return failure.phase is Phase.PREPARE or failure.code in _UNUSABLE_CODES
