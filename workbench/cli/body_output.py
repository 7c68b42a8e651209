"""Where the response body goes: to a file, to stdout byte for byte, or readable to a terminal."""

import contextlib
import json
import os
import stat
from pathlib import Path

from workbench.cli.document import body_text
from workbench.cli.output import Output, stdout_is_terminal, write, write_stream
from workbench.core.content.kinds import says_json
from workbench.core.errors import InvalidInput
from workbench.core.exchange import Response
from workbench.core.i18n import _
from workbench.core.words import size_words

STDOUT = "-"
_SHOWN = 1024 * 1024  # bytes of a body that a terminal shows


def check_output_file(name: str | None) -> None:
    """Raise ``InvalidInput`` now when ``name`` could not be written after the response came."""
    if name in (None, STDOUT):
        return
    path = Path(str(name))
    if path.is_dir():
        raise _not_writable(path, _("it is a folder"))
    if not path.parent.is_dir():
        raise _not_writable(path, _("the folder does not exist"))
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise _not_writable(path, _("permission denied"))


def spool_of(name: str | None) -> Path | None:
    """Where large bodies wait for ``write_body``: beside ``name``, so that none is copied; None for the usual place."""
    if name in (None, STDOUT):
        return None
    path = Path(str(name))
    is_plain = path.is_file() if path.exists() else not path.is_symlink()
    return path.parent if is_plain and os.access(path.parent, os.W_OK) else None


def write_body(response: Response, name: str) -> None:
    """Write the body to the file ``name``, or to stdout for ``-``. Raises ``InvalidInput``.

    The file of a large body takes the name itself where it can.
    """
    if name == STDOUT:
        _to_stdout(response)
        return
    path = Path(name)
    try:
        if response.body.file is not None and _replaced(path, response.body.file):
            return
        with path.open("wb") as target:
            target.writelines(response.body.pieces())
    except OSError as error:
        raise _not_writable(path, error.strerror or str(error)) from error


def _replaced(path: Path, body: Path) -> bool:
    """Whether ``body`` became ``path``: not where that is a link, a device, somebody else's, or on another disk."""
    with contextlib.suppress(FileExistsError), path.open("xb"):
        pass  # a new file has the mode that the umask leaves it
    there, ours = path.lstat(), body.stat()
    if not stat.S_ISREG(there.st_mode) or there.st_nlink > 1 or there.st_uid != ours.st_uid:
        return False
    if not os.access(path, os.W_OK):  # a folder's owner may replace what nobody may write
        return False
    try:
        body.chmod(stat.S_IMODE(there.st_mode))
        body.replace(path)
    except OSError:
        body.chmod(stat.S_IMODE(ours.st_mode))
        return False
    return True


def show_body(response: Response, output: Output) -> None:
    """The body to stdout: byte for byte into a pipe, readable text for a person at a terminal."""
    if not stdout_is_terminal():
        _to_stdout(response)
        return
    size = response.body.size
    data = response.body.read(_SHOWN)
    text = body_text(response, data)
    if text is None and size > len(data):
        text = data.decode("utf-8", "replace")  # cut within a character, perhaps
    if text is None or "\0" in text:
        output.say(_("The body is not text ({size}): write it to a file with -o.").format(size=size_words(size)))
        return
    is_json = says_json(response.media_type)
    output.text(_indented(text) if is_json else text, is_json=is_json)
    if size > len(data):
        output.say(
            _("Only the first {shown} of {size} are shown; use -o to write all of it to a file.").format(
                shown=size_words(len(data)), size=size_words(size)
            )
        )


def _indented(text: str) -> str:
    """JSON over several lines, unless that would show anything but what was sent: repeated names, long numbers."""
    try:
        indented = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text
    return indented if "".join(indented.split()) == "".join(text.split()) else text


def _to_stdout(response: Response) -> None:
    if response.body.file is None:
        write(response.body.data)
        return
    with response.body.file.open("rb") as source:
        write_stream(source)


def _not_writable(path: Path, reason: str) -> InvalidInput:
    return InvalidInput(
        _("The body cannot be written to “{path}”.").format(path=path),
        detail=reason,
        hint=_("Choose another file for -o."),
    )
