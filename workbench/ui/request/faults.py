"""Where in a text that a person typed something is wrong, found again from what the failure says."""

from collections.abc import Iterable, Sequence

from workbench.core.draft import Part
from workbench.core.exchange import Failure, Spot
from workbench.core.variables import tokens
from workbench.core.variables.templates import unclosed


def fault(text: str, spot: Spot) -> tuple[int, int] | None:
    """From where to where ``text`` holds the trouble of ``spot``: its variable, or braces that do not close."""
    if spot.variable:
        return next(((token.start, token.end) for token in tokens(text) if token.name == spot.variable), None)
    trouble = unclosed(text)
    return (trouble.start, trouble.end) if trouble is not None else None


def cell_of(rows: Iterable[tuple[str, ...]], spot: Spot) -> tuple[int, int] | None:
    """Row and column of the text with the trouble, else the row whose first text is the name of ``spot``."""
    named = None
    for row, texts in enumerate(rows):
        if spot.name and spot.name != texts[0]:
            continue
        for column, text in enumerate(texts):
            if fault(text, spot) is not None:
                return row, column
        if spot.name and named is None:
            named = row, len(texts) - 1
    return named


def part_of(parts: Sequence[Part], failure: Failure) -> int | None:
    """The part of a form whose file ``failure`` names."""
    for row, part in enumerate(parts):
        if part.on and any(path and path.rpartition("/")[2] in failure.detail for path in part.files or ()):
            return row
    return None


def words_of(failure: Failure) -> str:
    """What to say at the place itself; what to do about it stands with the response."""
    detail = failure.spot.detail if failure.spot is not None else ""
    return " ".join(part for part in (failure.title, detail or failure.detail) if part)
