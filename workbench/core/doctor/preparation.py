"""Our side, before any byte is sent: the error tree's members as failures."""

from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Failure, Phase


def failure_of(error: WorkbenchError, phase: Phase = Phase.PREPARE) -> Failure:
    """The failure that says what ``error`` says, under the same code."""
    return Failure(code=error.code, title=error.title, detail=error.detail, hint=error.hint, phase=phase)
