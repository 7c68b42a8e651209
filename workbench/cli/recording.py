"""``--keylog`` and ``--pcap``: files that a run writes for Wireshark while it talks."""

import os
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from workbench.cli.capture import Capture
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _


@dataclass(frozen=True, slots=True)
class Recording:
    """What a ``Session`` calls while it works; None for what was not asked for."""

    keylog: Callable[[bytes], None] | None = None
    tap: Capture | None = None


def add_recording_options(parser: ArgumentParser) -> None:
    """Add ``--keylog`` and ``--pcap``."""
    group = parser.add_argument_group(_("for Wireshark"))
    group.add_argument(
        "--keylog", metavar="FILE", help=_("append the TLS secrets to FILE; anyone who has it can decrypt the traffic")
    )
    group.add_argument("--pcap", metavar="FILE", help=_("write the raw bytes of every connection to FILE"))


def recording(args: Namespace, stack: ExitStack) -> Recording:
    """Open the files that the options name; ``stack`` closes them. Raises ``InvalidInput``."""
    keylog = tap = None
    if args.keylog is not None:
        secrets = _open(args.keylog, os.O_APPEND, stack)
        keylog = _line_writer(secrets)
    if args.pcap is not None:
        tap = Capture(_open(args.pcap, os.O_TRUNC, stack))
    return Recording(keylog, tap)


def _line_writer(stream: BinaryIO) -> Callable[[bytes], None]:
    def write(line: bytes) -> None:
        stream.write(line.rstrip(b"\n") + b"\n")
        stream.flush()  # a capture that runs beside us wants the secrets before the data

    return write


def _open(name: str, flag: int, stack: ExitStack) -> BinaryIO:
    try:
        descriptor = os.open(Path(name), os.O_WRONLY | os.O_CREAT | flag | getattr(os, "O_BINARY", 0), 0o600)
    except (OSError, ValueError) as error:
        raise InvalidInput(
            _("The file “{name}” cannot be written.").format(name=name),
            detail=getattr(error, "strerror", None) or str(error),
            hint=_("Choose another file, in an existing folder that you can write to."),
        ) from error
    return stack.enter_context(os.fdopen(descriptor, "wb"))
