"""Two bodies as texts that can be compared line by line. Reads files: for the worker."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.content.charset import charset_of, decode
from workbench.core.content.kinds import Kind, kind_of
from workbench.core.content.layout_json import pretty_json
from workbench.core.content.layout_markup import pretty_xml
from workbench.core.exchange import Response
from workbench.core.i18n import _
from workbench.ui.compare.diff_lines import DiffLine, Sign, text_lines
from workbench.ui.look.words import size_words

LIMIT = 1_000_000
"""Bytes of each body that are compared."""
LINE_LIMIT = 20_000
"""Lines of each body that are compared."""


@dataclass(frozen=True, slots=True)
class _Text:
    lines: tuple[str, ...]
    notes: tuple[str, ...] = ()


def body_lines(left: Response | None, right: Response | None) -> tuple[DiffLine, ...]:
    """The bodies line by line, JSON and XML laid out first, and sentences about what was not compared."""
    one, other = _text(left, _("left")), _text(right, _("right"))
    notes = [DiffLine(Sign.NOTE, words) for words in (*one.notes, *other.notes)]
    return (*notes, *text_lines(one.lines, other.lines))


def _text(response: Response | None, side: str) -> _Text:
    if response is None or not response.body.size:
        return _Text(())
    try:
        data = response.body.read(LIMIT)
    except OSError as error:
        words = _("The body on the {side} can no longer be read: {reason}.")
        return _Text((), (words.format(side=side, reason=error.strerror or error),))
    if not data:
        return _Text(
            (), (_("The body on the {side} ({size}) was not stored.").format(side=side, size=_size(response)),)
        )
    content_type = response.header("content-type") or ""
    kind = kind_of(data, content_type)
    whole = len(data) >= response.body.size
    if not kind.is_text:
        return _Text((_fingerprint(response, data, whole=whole),))
    text, _notices = decode(data, charset_of(data, content_type), whole=whole)
    return _cut(_laid_out(text, kind).splitlines(), side, whole=whole)


def _laid_out(text: str, kind: Kind) -> str:
    if kind is Kind.JSON:
        return pretty_json(text)
    return pretty_xml(text) if kind is Kind.XML else text


def _cut(lines: Sequence[str], side: str, *, whole: bool) -> _Text:
    notes = []
    if not whole:
        words = _("Only the first {size} of the body on the {side} are compared.")
        notes.append(words.format(size=size_words(LIMIT), side=side))
    if len(lines) > LINE_LIMIT:
        words = _("Only the first {count} lines of the body on the {side} are compared.")
        notes.append(words.format(count=LINE_LIMIT, side=side))
    return _Text(tuple(lines[:LINE_LIMIT]), tuple(notes))


def _fingerprint(response: Response, data: bytes, *, whole: bool) -> str:
    if not whole:
        return _("{size}; its beginning has SHA-256 {digest}").format(
            size=_size(response), digest=hashlib.sha256(data).hexdigest()
        )
    return _("{size}, SHA-256 {digest}").format(size=_size(response), digest=hashlib.sha256(data).hexdigest())


def _size(response: Response) -> str:
    return size_words(response.body.size)
