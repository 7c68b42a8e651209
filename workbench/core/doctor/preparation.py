"""What needs no weighing: the error tree's members as failures, and what nobody foresaw."""

from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Failure, Phase
from workbench.core.i18n import _


def failure_of(error: WorkbenchError, phase: Phase = Phase.PREPARE) -> Failure:
    """The failure that says what ``error`` says, under the same code."""
    return Failure(code=error.code, title=error.title, detail=error.detail, hint=error.hint, phase=phase)


def unforeseen(error: Exception, phase: Phase) -> Failure:
    """The failure for an error that nothing foresaw; its text is left out, since it may quote anything."""
    return Failure(
        code="tls-internal-error" if phase is Phase.TLS else "unknown",
        title=_("An unexpected error occurred."),
        detail=_("Reported: {error}, in the phase “{phase}”.").format(error=type(error).__name__, phase=phase.value),
        hint=_("Please report this, with the location given in the program's log."),
        phase=phase,
    )
