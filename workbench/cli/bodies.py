"""What to send: ``-d``, ``--json-body`` and ``-F`` made into a body and its media type."""

import json
import sys
from argparse import ArgumentParser, Namespace
from dataclasses import dataclass, field
from pathlib import Path

from workbench.cli.command import invalid, wrong_usage
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Payload

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Content:
    """A body, and what Content-Type says when nobody else does."""

    body: Payload = field(repr=False)
    media_type: str


def add_body_options(parser: ArgumentParser) -> None:
    """Add the options that give a request a body; at most one kind of them may be used."""
    group = parser.add_argument_group(_("what to send"))
    group.add_argument(
        "-d",
        "--data",
        metavar="DATA|@FILE",
        action="append",
        help=_("request body, or @FILE to read it from a file (@- is stdin); several are joined with “&”"),
    )
    group.add_argument("--json-body", metavar="DATA|@FILE", help=_("JSON body, checked before it is sent"))
    group.add_argument(
        "-F",
        "--form",
        metavar="NAME=VALUE|NAME=@FILE",
        action="append",
        help=_("one field of a multipart/form-data body"),
    )


def content(args: Namespace) -> Content | None:
    """The body that the options describe, or None.

    Raises ``InvalidInput`` for a file that cannot be read and for JSON that is none.
    """
    kinds = [args.data is not None, args.json_body is not None, args.form is not None]
    if sum(kinds) > 1:
        wrong_usage(args, _("-d, --json-body and -F cannot be combined: a request has one body"))
    if args.data is not None:
        return Content(_joined(args.data), FORM)
    if args.json_body is not None:
        return Content(_checked_json(args.json_body), JSON)
    if args.form is not None:
        return _form(args.form)
    return None


def _form(entries: list[str]) -> Content:
    from workbench.core.bodies import content as content_of
    from workbench.core.draft import MultipartBody, Part

    parts = []
    for name, value in map(_entry, entries):
        file = readable_file(value[1:]).absolute() if value.startswith("@") else None
        parts.append(Part(name, value) if file is None else Part(name, files=(str(file),)))
    found = content_of(MultipartBody(tuple(parts)), str, Path())
    return Content(found.data, found.media_type)


def _joined(values: list[str]) -> bytes | Path:
    if len(values) == 1 and values[0].startswith("@") and values[0] != "@-":
        return readable_file(values[0][1:])  # streamed: it may be large
    return b"&".join(_bytes(value) for value in values)


def _bytes(value: str) -> bytes:
    if not value.startswith("@"):
        return value.encode("utf-8", "surrogateescape")
    if value == "@-":
        return sys.stdin.buffer.read()
    return readable_file(value[1:]).read_bytes()


def _checked_json(value: str) -> bytes:
    data = _bytes(value)
    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        source = _("in {file}").format(file=value[1:]) if value.startswith("@") else _("in the value of --json-body")
        raise invalid(
            _("The JSON body is not valid."),
            detail=_("Line {line}, column {column} {source}: {reason}.").format(
                line=error.lineno, column=error.colno, source=source, reason=error.msg
            ),
            hint=_("Fix it there, or send it unchecked with -d and -H 'Content-Type: application/json'."),
        ) from error
    except UnicodeDecodeError as error:
        raise invalid(
            _("The JSON body is not UTF-8 text."),
            detail=_("Byte {position}: {reason}.").format(position=error.start, reason=error.reason),
            hint=_("JSON must be UTF-8 (RFC 8259 8.1)."),
        ) from error
    except RecursionError as error:
        raise invalid(_("The JSON body is nested too deeply to check."), hint=_("Send it with -d instead.")) from error
    return data


def _entry(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise invalid(
            _("A form field must be NAME=VALUE or NAME=@FILE."), detail=_("Not valid: {field}").format(field=text)
        )
    return name, value


def readable_file(name: str) -> Path:
    """The path ``name`` once it is known to open. Raises ``InvalidInput`` naming it."""
    path = Path(name)
    try:
        with path.open("rb"):
            return path
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InvalidInput(
            _("A file to send cannot be read."),
            detail=f"{name}: {reason}",
            hint=_("A value that begins with “@” names a file; check the path."),
        ) from error
