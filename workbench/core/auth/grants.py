"""Requests to a token endpoint (RFC 6749 4), made of the request that needs the token."""

import base64
from dataclasses import replace
from urllib.parse import quote_plus, urlencode

from workbench.core import url
from workbench.core.auth import extras
from workbench.core.draft import OAuth2Auth
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.request import Headers, Request


def client_credentials(settings: OAuth2Auth, request: Request) -> Request:
    """RFC 6749 4.4. Raises ``InvalidInput``."""
    return _call(settings, {"grant_type": "client_credentials", "scope": settings.scope}, request)


def password(settings: OAuth2Auth, request: Request) -> Request:
    """RFC 6749 4.3. Raises ``InvalidInput``."""
    form = {"grant_type": "password", "username": settings.username, "password": settings.password}
    return _call(settings, {**form, "scope": settings.scope}, request)


def authorization_code(settings: OAuth2Auth, code: str, redirect: str, verifier: str, request: Request) -> Request:
    """RFC 6749 4.1.3, with the verifier of RFC 7636 where there is one. Raises ``InvalidInput``."""
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect, "code_verifier": verifier}
    return _call(settings, form, request)


def refreshing(settings: OAuth2Auth, refresh: str, request: Request) -> Request:
    """RFC 6749 6. Raises ``InvalidInput``."""
    form = {"grant_type": "refresh_token", "refresh_token": refresh, "scope": settings.scope}
    return _call(
        replace(settings, access_token_url=settings.refresh_token_url or settings.access_token_url), form, request
    )


def _call(settings: OAuth2Auth, form: dict[str, str], request: Request) -> Request:
    """The call over the same identity, trust, policy and proxy as ``request``; nothing else of it goes along."""
    if not settings.access_token_url.strip():
        raise InvalidInput(
            _("The token URL is missing."),
            detail=_("Without it no token can be requested."),
            hint=_("Enter it on the Authorization page; see the service's documentation."),
        )
    headers: Headers = (("Content-Type", "application/x-www-form-urlencoded"), ("Accept", "application/json"))
    if settings.client_secret and not settings.credentials_in_body:
        # RFC 6749 2.3.1: both are form-encoded before they are joined.
        pair = f"{quote_plus(settings.client_id)}:{quote_plus(settings.client_secret)}"
        headers = (*headers, ("Authorization", "Basic " + base64.b64encode(pair.encode()).decode("ascii")))
    else:  # without a secret the client id alone says who asks: the certificate proves it (RFC 8705 2.1.2)
        form = {**form, "client_id": settings.client_id, "client_secret": settings.client_secret}
    more = extras.pairs_of(settings.token_parameters) if form["grant_type"] != "refresh_token" else ()
    body = urlencode([*((name, value) for name, value in form.items() if value), *more]).encode("ascii")
    endpoint = settings.access_token_url.strip()
    same = url.parse(endpoint).origin == url.parse(request.url).origin
    return Request(
        method="POST",
        url=endpoint,
        headers=headers,
        body=body,
        identity=request.identity,
        trust=request.trust,
        policy=request.policy if same else replace(request.policy, sni=None, pin=None),  # those are one server's
        connect_to=request.connect_to if same else None,
        http_version=request.http_version,
        timeouts=request.timeouts,
        proxy=request.proxy,
        reuse=request.reuse,
        cookies=False,
    )
