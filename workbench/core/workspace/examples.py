"""Responses kept as examples in the files of their requests, for others to see what to expect."""

import base64
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from workbench.core.collection import Example
from workbench.core.collection.location import DraftLocation
from workbench.core.content.charset import charset_of, decode
from workbench.core.content.kinds import Kind, kind_of
from workbench.core.draft import Draft, Field, RawBody
from workbench.core.errors import InvalidInput
from workbench.core.exchange import Body, Exchange, Outcome, Response
from workbench.core.i18n import _
from workbench.core.masking import without_secrets
from workbench.core.request import Request
from workbench.core.workspace.workspace import Workspace

if TYPE_CHECKING:
    from workbench.core.collection import Stamp

_LARGEST = 1_000_000  # bytes of a body that belongs into a file that people read
_SECRET = ("set-cookie", "authorization", "www-authenticate", "proxy-authenticate")


@dataclass(frozen=True, slots=True)
class KeptExample:
    """An example of a file, and the exchange that it was made of as far as the file says."""

    name: str
    exchange: Exchange


def keep_example(workspace: Workspace, location: DraftLocation, draft: Draft, response: Response) -> "Stamp":
    """Put ``response`` into the file of ``location``; the file's stamp afterwards. Raises ``WorkbenchError``."""
    if location.item is None:
        raise InvalidInput(_("Only a saved request can have an example."), hint=_("Save the request first."))
    if response.body.size > _LARGEST:
        raise InvalidInput(
            _("This response is too large for an example."), hint=_("Save its body to a separate file instead.")
        )
    return workspace.collections.get(location.collection).add_example(location.item, example_of(draft, response))


def kept_examples(workspace: Workspace, location: DraftLocation) -> tuple[KeptExample, ...]:
    """The examples in the file of ``location``, oldest first. Raises ``WorkbenchError``."""
    examples = workspace.collections.get(location.collection).examples(location.path)
    return tuple(KeptExample(one.name, _exchange_of(one)) for one in examples)


def _exchange_of(example: Example) -> Exchange:
    try:
        data = base64.b64decode(example.body, validate=True) if example.body_kind == "binary" else example.body.encode()
    except ValueError:  # somebody wrote it by hand
        data = example.body.encode()
    headers = tuple((field.name, field.value) for field in example.headers)
    response = Response(example.status, example.reason, headers=headers, body=Body(data, size=len(data)))
    return Exchange(Request(example.method, example.url), Outcome.RESPONSE, response=response)


def example_of(draft: Draft, response: Response) -> Example:
    """The request as it is written, variables and all, without its secrets, and the response to it."""
    asked = without_secrets(draft).draft
    body, kind = _body(response)
    raw = asked.body if isinstance(asked.body, RawBody) else None
    return Example(
        name=f"{response.status} {_reason(response)}".strip(),
        method=asked.method,
        url=asked.url,
        request_headers=tuple(field for field in asked.headers if field.on),
        params=asked.params,
        request_body=raw.text if raw is not None else "",
        request_body_kind=raw.kind.value if raw is not None else "",
        status=response.status,
        reason=_reason(response),
        headers=tuple(Field(name, value) for name, value in response.headers if name.lower() not in _SECRET),
        body=body,
        body_kind=kind,
    )


def _reason(response: Response) -> str:
    # HTTP/2 sends none; an example without is hard to find among others.
    known = {status.value: status.phrase for status in HTTPStatus}
    return response.reason or known.get(response.status, "")


def _body(response: Response) -> tuple[str, str]:
    content_type = response.header("content-type") or ""
    data = response.body.read()
    kind = kind_of(data, content_type)
    named = kind.value if kind in (Kind.JSON, Kind.HTML, Kind.XML) else "text"
    try:
        text, _troubles = decode(data, charset_of(data, content_type), whole=True)
    except (LookupError, ValueError):
        text = "\0"
    if "\0" in text or "\ufffd" in text:
        return base64.b64encode(data).decode("ascii"), "binary"
    return text, named
