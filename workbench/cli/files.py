"""Key and certificate files as the command line names them, pipes included."""

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

if TYPE_CHECKING:
    from workbench.core.formats import Source


def read_source(name: str) -> "Source":
    """What the file ``name`` holds; a pipe, such as a shell's ``<(command)``, is read to its end.

    Raises ``InvalidInput`` for what is missing, not readable or too large.
    """
    from workbench.core.formats import Source, load_source
    from workbench.core.formats.source import MAXIMUM_SIZE

    path = Path(name)
    try:
        if not stat.S_ISFIFO(path.stat().st_mode):
            return load_source(path)
        with path.open("rb") as pipe:
            data = pipe.read(MAXIMUM_SIZE + 1)
    except (OSError, ValueError):
        return load_source(path)  # it says best what is wrong
    if len(data) > MAXIMUM_SIZE:
        raise InvalidInput(
            _("The input from “{name}” is too large to be a key or certificate.").format(name=name),
            hint=_("Check the command that writes to the pipe."),
        )
    return Source(name, data)
