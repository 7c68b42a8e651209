"""Something wrong at a place of a text."""

from dataclasses import dataclass

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _


@dataclass(frozen=True, slots=True)
class Problem:
    """One sentence, and the place it is about: line and column in characters, from 1."""

    message: str
    line: int
    column: int


def problem_at(text: str, position: int, message: str) -> Problem:
    """The problem at ``position`` of ``text``, in characters from 0."""
    position = min(position, len(text))
    return Problem(message, text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position))


def unfit(problem: Problem) -> InvalidInput:
    """The error that says that ``problem`` keeps a text from being laid out."""
    return InvalidInput(
        _("The text cannot be formatted."),
        detail=_("Line {line}, column {column}: {message}").format(
            line=problem.line, column=problem.column, message=problem.message
        ),
        hint=_("Fix the error first; the text was not changed."),
    )
