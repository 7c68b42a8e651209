"""From a draft's authorization to what its request carries."""

import base64
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, TypeVar, assert_never
from urllib.parse import quote

from workbench.core.auth import extras
from workbench.core.auth.kinds import AWSSignature, Digest, HeaderKey, OAuth2
from workbench.core.draft import (
    ApiKeyAuth,
    Auth,
    AWSAuth,
    BasicAuth,
    BearerAuth,
    DigestAuth,
    InheritAuth,
    OAuth2Auth,
    OtherAuth,
    Placement,
)
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Request

Resolve = Callable[[str], str]
_A = TypeVar("_A", BasicAuth, BearerAuth, ApiKeyAuth, DigestAuth, AWSAuth, OAuth2Auth)


def carry(auth: Auth | None, resolve: Resolve, request: Request) -> Request:
    """``request`` with what ``auth`` gives it; ``resolve`` fills variables in.

    A header that the person wrote is left alone, and then counts in place of one that would be made.
    ``InheritAuth`` must have been followed up before; alone it means none. Raises ``InvalidInput`` for what
    cannot be done, and what ``resolve`` raises.
    """
    match auth:
        case None | InheritAuth():
            return request
        case BasicAuth():
            return _with_authorization(request, basic(resolved(auth, resolve)))
        case BearerAuth():
            return _with_authorization(request, f"Bearer {resolved(auth, resolve).token}")
        case ApiKeyAuth():
            return _with_key(request, resolved(auth, resolve))
        case DigestAuth():
            known = resolved(auth, resolve)
            return replace(request, auth=Digest(known.username, known.password))
        case AWSAuth():
            return replace(request, auth=_aws(resolved(auth, resolve)))
        case OAuth2Auth():
            return replace(request, auth=OAuth2(resolved(auth, resolve)))
        case OtherAuth():
            raise _cannot(auth)
        case _:
            assert_never(auth)


def resolved(auth: _A, resolve: Resolve) -> _A:
    """``auth`` with every text resolved."""
    given = {one.name: getattr(auth, one.name) for one in fields(auth)}
    changed: dict[str, Any] = {
        name: extras.resolved(text, resolve) if name.endswith("_parameters") else resolve(text)
        for name, text in given.items()
        if isinstance(text, str)
    }
    return replace(auth, **changed)


def basic(auth: BasicAuth) -> str:
    """The value of the Authorization header (RFC 7617 2, in UTF-8). Raises ``InvalidInput`` for a name with a colon."""
    if ":" in auth.username:
        raise InvalidInput(
            _("The user name cannot be used for basic authentication."),
            detail=_("It contains a colon, which would end it at the server (RFC 7617 2)."),
            hint=_("Use another user name or another authorization type."),
        )
    return "Basic " + base64.b64encode(f"{auth.username}:{auth.password}".encode()).decode("ascii")


def _with_authorization(request: Request, value: str) -> Request:
    if any(name.lower() == "authorization" for name, _value in request.headers):
        return request
    return replace(request, headers=(*request.headers, ("Authorization", value)))


def _with_key(request: Request, auth: ApiKeyAuth) -> Request:
    if not auth.key:
        raise InvalidInput(
            _("The API key has no name."),
            detail=_("Without a name there is no header or query parameter to put it in."),
            hint=_("Enter the name that the service expects, such as X-API-Key."),
        )
    if auth.placement is Placement.QUERY:
        return replace(request, url=with_query(request.url, auth.key, auth.value))
    if any(name.lower() == auth.key.lower() for name, _value in request.headers):
        return request
    return replace(request, auth=HeaderKey(auth.key, auth.value))


def with_query(url: str, name: str, value: str) -> str:
    """``url`` with one more query parameter, behind the others and before the fragment."""
    address, mark, fragment = url.partition("#")
    joint = "" if address.endswith(("?", "&")) else "&" if "?" in address else "?"
    return f"{address}{joint}{quote(name, safe='')}={quote(value, safe='')}{mark}{fragment}"


def _aws(auth: AWSAuth) -> AWSSignature:
    return AWSSignature(
        auth.access_key_id,
        auth.secret_access_key,
        auth.session_token,
        auth.service.strip(),
        auth.region.strip(),
        auth.profile.strip(),
    )


def _cannot(auth: OtherAuth) -> InvalidInput:
    return InvalidInput(
        _("Authorization type not supported: {kind}.").format(kind=auth.kind or "?"),
        detail=_("The file keeps it unchanged, but the request cannot be sent with it."),
        hint=_("Choose another type on the Authorization page, or choose None and write the header yourself."),
    )
