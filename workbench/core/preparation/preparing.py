"""The one function that makes a ``Request`` of a ``Draft``."""

from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from pathlib import Path

from workbench.core import auth, bodies, choices, url
from workbench.core.draft import HTTP, Auth, Defaults, Draft, Field, InheritAuth, MultipartBody, Settings
from workbench.core.errors import InvalidInput
from workbench.core.http import bodies as sending
from workbench.core.http import headers
from workbench.core.i18n import _
from workbench.core.preparation.address import address
from workbench.core.preparation.inheritance import (
    inherited_auth,
    inherited_headers,
    inherited_settings,
    stands,
)
from workbench.core.preparation.places import Place, at
from workbench.core.preparation.secrecy import carries_secret
from workbench.core.request import Headers, Request
from workbench.core.variables import Scope, look_up, resolve

Resolve = Callable[[str], str]


def prepare(draft: Draft, scope: Scope, *, folder: Path, inherited: Sequence[Defaults], fallback: Request) -> Request:
    """The request that ``draft`` asks for, ready to be sent.

    ``folder`` is what paths of body files are relative to. ``inherited`` is the collection, then its folders,
    outermost first. ``fallback`` says what nobody else does: trust, timeouts, proxy, redirects. Looks at the files
    of the body, so not for a thread that must not wait. Raises ``DraftError`` with the place in the draft.
    """

    def fill(text: str) -> str:
        return resolve(text, scope)

    settings = inherited_settings(draft.settings, inherited)
    with at(Place.METHOD):
        _check_protocol(draft.protocol)
        method = headers.check_method(fill(draft.method).strip())
    target = address(draft, fill, encode=settings.encode_url is not False)
    fields, secret = _headers(draft, inherited, scope)
    with at(Place.BODY):
        content = bodies.content(draft.body, fill, folder, boundary=_boundary(draft, fields))
    request = replace(
        _chosen(settled(fallback, settings), scope),
        method=method,
        url=target,
        headers=_typed(fields, content.media_type),
        body=content.data,
        private_headers=secret,
    )
    effective, whose = _effective_auth(draft, inherited)
    with at(Place.AUTH, whose):
        request = auth.carry(effective, fill, request)
        key = ((request.auth.name, request.auth.value),) if isinstance(request.auth, auth.HeaderKey) else ()
        headers.check((*request.headers, *key))
    return request


def generated_headers(request: Request) -> Headers:
    """What will be added to the headers of ``request`` when it is sent to its URL, in the order they go out.

    Cookies and what ``request.auth`` makes are not among them: they are known when it is sent. Over HTTP/2 the first
    one goes as ``:authority``. Looks at the files of the body. Raises ``InvalidInput``.
    """
    target = url.parse(request.url)
    complete = headers.complete(request, target, sending.size_of(request.body))
    return complete[: len(complete) - len(request.headers)]


def _check_protocol(protocol: str) -> None:
    if protocol != HTTP:
        raise InvalidInput(
            _("{protocol} requests cannot be sent here.").format(protocol=protocol),
            hint=_("A newer version of the program may be able to."),
        )


def _headers(draft: Draft, inherited: Sequence[Defaults], scope: Scope) -> tuple[Headers, tuple[str, ...]]:
    """The header fields, and the names, in lower case, of those that hold a secret."""
    own = _resolved([field for field in draft.headers if stands(field)], scope)
    names = {name.lower() for name, _value, _secret in own}
    above = _resolved([each.field for each in inherited_headers(inherited)], scope, names)
    found = (*(each for each in above if each[0].lower() not in names), *own)
    headers = tuple((name, value) for name, value, _secret in found)
    return headers, tuple(sorted({name.lower() for name, _value, secret in found if secret}))


def _resolved(fields: Sequence[Field], scope: Scope, hidden: Container[str] = ()) -> list[tuple[str, str, bool]]:
    """Name, value, and whether the value holds a secret."""
    found: list[tuple[str, str, bool]] = []
    for field in fields:
        if field.name.strip().lower() in hidden:  # an undefined variable in it matters to nobody
            continue
        with at(Place.HEADERS, field.name):
            name, value = resolve(field.name, scope).strip(), resolve(field.value, scope)
            headers.check(((name, value),))
        found.append((name, value, carries_secret(field.value, scope)))
    return found


def _boundary(draft: Draft, fields: Headers) -> str:
    """The boundary that somebody named in Content-Type for a body of several parts."""
    if not isinstance(draft.body, MultipartBody):
        return ""
    from email.message import Message

    said = Message()
    for name, value in fields:
        if name.lower() == "content-type":
            said["Content-Type"] = value
            return said.get_boundary("")
    return ""


def _typed(fields: Headers, media_type: str) -> Headers:
    """``fields`` with a Content-Type; one that somebody wrote stays, but for the boundary that it lacks."""
    if not media_type:
        return fields
    if all(name.lower() != "content-type" for name, _value in fields):
        return (*fields, ("Content-Type", media_type))
    _kind, mark, boundary = media_type.partition("boundary=")
    if not mark:
        return fields
    return tuple(
        (name, f"{value.rstrip('; ')}; {mark}{boundary}")
        if name.lower() == "content-type" and value.lower().startswith("multipart/") and mark not in value.lower()
        else (name, value)
        for name, value in fields
    )


def _effective_auth(draft: Draft, inherited: Sequence[Defaults]) -> tuple[Auth | None, str]:
    return inherited_auth(inherited) if isinstance(draft.auth, InheritAuth) else (draft.auth, "")


def settled(request: Request, settings: Settings) -> Request:
    """``request`` with what ``settings`` say; what they leave open stays."""
    if settings.timeout_ms is not None:
        total = settings.timeout_ms / 1000 if settings.timeout_ms > 0 else None
        request = replace(request, timeouts=replace(request.timeouts, total=total))
    if settings.follow_redirects is not None:
        request = replace(request, follow_redirects=settings.follow_redirects)
    if settings.max_redirects is not None:
        request = replace(request, max_redirects=max(settings.max_redirects, 0))
    return request


def _chosen(request: Request, scope: Scope) -> Request:
    def value(name: str) -> str | None:
        with at(Place.TLS, name):
            found = look_up(name, scope)
        return found.text if found is not None else None

    with at(Place.TLS):
        return choices.apply(choices.of_scope(value), request)
