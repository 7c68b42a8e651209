"""``.env`` files: ``NAME=value`` line by line, with quotes, comments and ``export`` as shells have them."""

import re
from collections.abc import Mapping
from io import StringIO
from typing import Final

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

_BLANKS: Final = re.compile(r"[^\S\r\n]+")
_MOST_BLANKS: Final = 200


def read_dotenv(text: str, source: str = ".env") -> Mapping[str, str]:
    """The variables of a ``.env`` file's ``text``; of two of the same name the last counts.

    Nothing is filled in: ``$OTHER`` stays as it is. A name without ``=`` defines nothing. ``source`` names the
    file in errors. Raises ``InvalidInput`` with the number of a line that cannot be read, not its text.
    """
    _refuse_long_blanks(text, source)
    from dotenv.parser import parse_stream  # only where an environment has such a file

    values: dict[str, str] = {}
    for binding in parse_stream(StringIO(text)):
        if binding.error:
            written = binding.original.string
            blank = written[: len(written) - len(written.lstrip())].count("\n")
            raise InvalidInput(
                _("{file} cannot be read.").format(file=source),
                detail=_("Line {line} is not of the form NAME=value.").format(line=binding.original.line + blank),
                hint=_("Close the quotes, or make the line a comment with “#”."),
            )
        if binding.key is not None and binding.value is not None:
            values[binding.key] = binding.value
    return values


def _refuse_long_blanks(text: str, source: str) -> None:
    # The parser looks for a comment behind each of them, to the end of all: minutes for 200,000.
    for found in _BLANKS.finditer(text):
        if found.end() - found.start() > _MOST_BLANKS:
            raise InvalidInput(
                _("{file} cannot be read.").format(file=source),
                detail=_("Line {line} has more than {most} spaces in a row.").format(
                    line=text.count("\n", 0, found.start()) + 1, most=_MOST_BLANKS
                ),
                hint=_("Take them out."),
            )
