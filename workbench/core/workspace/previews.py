"""The header fields that will be added to a draft when it is sent, worked out without sending it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from workbench.core.auth import AWSSignature, Digest, HeaderKey, OAuth2
from workbench.core.choices import ASK, NONE, PREFIX, read, write
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Defaults, Draft, Placement
from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _, ngettext
from workbench.core.preparation import generated_headers, inherited_headers, prepare
from workbench.core.request import Authentication, Request
from workbench.core.variables import Scope, resolve
from workbench.core.visible import HIDDEN
from workbench.core.workspace.surroundings import AddedField
from workbench.core.workspace.workspace import Workspace


def added_fields(
    workspace: Workspace, draft: Draft, location: DraftLocation | None, environment: str | None, fallback: Request
) -> tuple[tuple[AddedField, ...], str]:
    """The header fields that are added when ``draft`` is sent. Where it cannot be sent: none, and why, in words.

    KeyringSecrets among their values are hidden.
    """
    try:
        chain = workspace.collections.get(location.collection).chain(location.path) if location is not None else ()
        folder = location.collection if location is not None else workspace.folder
        scope = workspace.scope(draft, location, environment)
        if _asks(scope):  # which one it will be changes no field
            draft = replace(draft, variables=write(draft.variables, replace(read(draft.variables), identity=NONE)))
            scope = workspace.scope(draft, location, environment)
        request = prepare(draft, scope, folder=folder, inherited=chain, fallback=fallback)
        return (*_of_http(request), *_of_draft(request, _written(draft, chain, scope)), *_of_auth(request.auth),
                *_of_cookies(workspace, request)), ""  # fmt: skip
    except WorkbenchError as error:
        return (), " ".join(part for part in (error.title, error.detail) if part)


def _asks(scope: Scope) -> bool:
    value = scope.find(f"{PREFIX}identity")
    return value is not None and value.text.strip() == ASK


def _written(draft: Draft, chain: Sequence[Defaults], scope: Scope) -> set[str]:
    """The names that somebody wrote, here or above, in lower case."""
    fields = (*(each for each in draft.headers if each.on), *(each.field for each in inherited_headers(chain)))
    return {resolve(each.name, scope).strip().lower() for each in fields}


def _of_http(request: Request) -> Iterator[AddedField]:
    for name, value in generated_headers(request):
        if name == "Authorization":  # user and password of the URL
            yield AddedField(name, f"Basic {HIDDEN}", _("from the URL"))
        else:
            yield AddedField(name, value, _("added when sending"))


def _of_draft(request: Request, written: set[str]) -> Iterator[AddedField]:
    for name, value in request.headers:
        if name.lower() in written:
            continue
        if name.lower() == "authorization":
            scheme, space, _secret = value.partition(" ")
            yield AddedField(name, f"{scheme}{space}{HIDDEN}", _("from the authorization"))
        else:
            yield AddedField(name, value, _("from the body"))


def _of_auth(auth: Authentication | None) -> Iterator[AddedField]:
    why = _("from the authorization")
    match auth:
        case HeaderKey():
            yield AddedField(auth.name, HIDDEN, why)
        case Digest():
            yield AddedField("Authorization", _("the answer to the server's challenge, once received"), why)
        case OAuth2() if auth.settings.token_placement is Placement.HEADER:
            name = auth.settings.token_name or "Authorization"
            yield AddedField(name, _("the access token, fetched first if there is none"), why)
        case AWSSignature():
            yield AddedField("Authorization", _("the signature of this request"), why)
            yield AddedField("X-Amz-Date", _("the time of sending"), why)
            if auth.session_token:
                yield AddedField("X-Amz-Security-Token", HIDDEN, why)


def _of_cookies(workspace: Workspace, request: Request) -> Iterator[AddedField]:
    written = [pair for name, value in request.headers if name.lower() == "cookie" for pair in value.split(";")]
    own = [pair.partition("=")[0].strip() for pair in written]
    if request.cookies and (sent := workspace.cookies.header_for(request.url, without=own)):
        names = [pair.partition("=")[0] for pair in sent.split("; ")]
        words = ngettext("{count} cookie: {names}", "{count} cookies: {names}", len(names))
        yield AddedField("Cookie", words.format(count=len(names), names=", ".join(names)), _("from the workspace"))
