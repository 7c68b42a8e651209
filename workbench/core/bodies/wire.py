"""What a body is on the wire."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import assert_never

from workbench.core.bodies import files, forms, graphql
from workbench.core.bodies.json_text import without_comments
from workbench.core.draft import Body, FileBody, FormBody, GraphQLBody, MultipartBody, RawBody, RawKind
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Payload

Resolve = Callable[[str], str]

_RAW = {
    RawKind.JSON: "application/json",
    RawKind.XML: "application/xml",
    RawKind.TEXT: "text/plain; charset=utf-8",
    RawKind.SPARQL: "application/sparql-query",
}
_DECLARATION = re.compile(r"""<\?xml\s[^>]*?encoding\s*=\s*["']([A-Za-z][\w.-]*)["']""")


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes to send and what Content-Type says of them; both are empty for no body."""

    media_type: str = ""
    data: Payload = field(default=b"", repr=False)


def content(body: Body | None, resolve: Resolve, folder: Path, *, boundary: str = "") -> Content:
    """What ``body`` is on the wire, its texts put through ``resolve``, its paths relative to ``folder``.

    ``boundary`` is the one to part a multipart body by, where somebody has named it; empty makes one up. Raises
    ``InvalidInput`` for files that cannot be sent and for texts that are not what they must be, and whatever
    ``resolve`` raises. Text of a raw body is sent even when it breaks the rules of its language; comments in JSON
    are not sent, as other clients do not send them.
    """
    match body:
        case None:
            return Content()
        case RawBody():
            text = without_comments(body.text) if body.kind is RawKind.JSON else body.text
            return Content(_RAW[body.kind], _encoded(resolve(text), body.kind))
        case FormBody():
            return Content(forms.URLENCODED, forms.urlencoded(body.fields, resolve))
        case MultipartBody():
            boundary = boundary or forms.new_boundary()
            return Content(
                f"multipart/form-data; boundary={boundary}", forms.multipart(body.parts, resolve, folder, boundary)
            )
        case FileBody():
            return _file(body, resolve, folder)
        case GraphQLBody():
            return Content("application/json", _graphql(body, resolve))
        case _:
            assert_never(body)


def media_type(body: Body | None) -> str:
    """What Content-Type will say as far as it can be told without variables and files; empty when it cannot."""
    match body:
        case RawBody():
            return _RAW[body.kind]
        case FormBody():
            return forms.URLENCODED
        case MultipartBody():
            return "multipart/form-data"
        case GraphQLBody():
            return "application/json"
        case FileBody():
            chosen = next((each for each in body.files if each.selected), None)
            return (chosen.content_type or files.guessed_type(Path(chosen.path))) if chosen else ""
    return ""


def _graphql(body: GraphQLBody, resolve: Resolve) -> bytes:
    return graphql.request(resolve(body.query), resolve(without_comments(body.variables)))


def _file(body: FileBody, resolve: Resolve, folder: Path) -> Content:
    chosen = next((each for each in body.files if each.selected), None)
    if chosen is None or not chosen.path.strip():
        raise InvalidInput(
            _("No file is chosen for the body."),
            detail=_("The body type is File, but no file is chosen."),
            hint=_("Choose a file on the Body page, or another body type."),
        )
    path = files.readable(resolve(chosen.path), folder)
    return Content(resolve(chosen.content_type).strip() or files.guessed_type(path), path)


def _encoded(text: str, kind: RawKind) -> bytes:
    # XML says itself what it is encoded in; all else is UTF-8 (RFC 8259 8.1).
    declared = _DECLARATION.match(text) if kind is RawKind.XML else None
    encoding = declared[1] if declared else "utf-8"
    try:
        return text.encode(encoding)
    except LookupError:
        return text.encode("utf-8", "surrogatepass")
    except UnicodeEncodeError as error:
        line = text.count("\n", 0, error.start) + 1
        raise InvalidInput(
            _("The body cannot be encoded as {encoding}.").format(encoding=encoding),
            detail=_("Line {line} holds U+{code:04X}, which {encoding} does not have.").format(
                line=line, code=ord(text[error.start]), encoding=encoding
            ),
            hint=_("Remove the character, or declare another encoding, such as UTF-8."),
        ) from error
