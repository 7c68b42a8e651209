"""Access tokens (RFC 6749): fetched when needed, kept in memory, refreshed when their time is over."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.core.auth import grants
from workbench.core.auth.consent import Browser, Consent
from workbench.core.auth.endpoint import Answer, ask
from workbench.core.auth.refusal import TokenRefused
from workbench.core.draft import Flow, OAuth2Auth
from workbench.core.errors import InvalidInput
from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.url import parse

LEEWAY = 30.0
"""Seconds before its end at which a token counts as expired: it must still be good when it arrives."""
Send = Callable[[Request], Awaitable[Exchange]]


@dataclass(frozen=True, slots=True)
class Key:
    """What a token is kept under: who asked for it, with which identity, on behalf of what, for which origin."""

    settings: OAuth2Auth
    identity: str | None
    collection: Path | None
    origin: tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Token:
    """An access token. ``ends`` is of the monotonic clock, None when nobody said. ``fresh``: fetched just now."""

    text: str = field(repr=False)
    kind: str = "Bearer"
    ends: float | None = None
    refresh: str = field(default="", repr=False)
    fresh: bool = True

    @property
    def credentials(self) -> str:
        """The value of an Authorization field (RFC 6750 2.1)."""
        return f"{self.kind} {self.text}"

    @property
    def expired(self) -> bool:
        """Whether it is not worth sending any more."""
        return self.ends is not None and time.monotonic() >= self.ends - LEEWAY


class Tokens:
    """The access tokens of one workspace, in memory only.

    A token serves the identity, the collection and the origin that it was fetched for, and no other.
    ``browser`` opens a page for the person, where the flow needs their consent; without one that flow is refused.
    """

    def __init__(self, browser: Browser | None = None) -> None:
        self._browser = browser
        self._collection: Path | None = None
        self._kept: dict[Key, Token] = {}
        self._turns: dict[Key, asyncio.Lock] = {}

    def of(self, collection: Path | None) -> "Tokens":
        """The tokens of the requests in ``collection``, None: of those that belong to none. ``forget`` is for all."""
        part = Tokens(self._browser)
        part._collection, part._kept, part._turns = collection, self._kept, self._turns
        return part

    def forget(self) -> None:
        """Forget every token: the next request fetches one."""
        self._kept.clear()

    def key(self, settings: OAuth2Auth, request: Request) -> Key:
        """What the token for ``request`` is kept under. Raises ``InvalidInput`` for a URL that cannot be used."""
        return Key(settings, request.identity, self._collection, parse(request.url).origin)

    def known(self, settings: OAuth2Auth, request: Request) -> Token | None:
        """The token that ``request`` would use without asking anybody, None when there is none."""
        token = self._kept.get(self.key(settings, request))
        return token if token is not None and not token.expired else None

    async def get(self, settings: OAuth2Auth, request: Request, send: Send) -> Token:
        """A token for ``request``, whose identity, trust and policy the token call uses as well (RFC 8705).

        Several requests at once wait for one call. Raises ``TokenRefused``, ``InvalidInput``, ``NotAuthorized``.
        """
        key = self.key(settings, request)
        async with self._turns.setdefault(key, asyncio.Lock()):
            token = self._kept.get(key)
            if token is not None and not token.expired:
                return replace(token, fresh=False)
            if token is not None:
                refreshed = await self._refreshed(key, token, request, send)
                if refreshed is not None:
                    return refreshed
            return await self._fetched(key, request, send)

    async def renewed(self, settings: OAuth2Auth, request: Request, send: Send, refused: Token) -> Token | None:
        """Another token in place of one that the server refused; None when asking again would make no sense.

        A token that was fetched just now is not fetched again, and nobody is asked to consent a second time
        unasked: then the next request begins anew. Raises as ``get``.
        """
        if refused.fresh:
            return None
        key = self.key(settings, request)
        async with self._turns.setdefault(key, asyncio.Lock()):
            token = self._kept.get(key)
            if token is not None and token.text != refused.text:  # another request was quicker
                return token
            self._kept.pop(key, None)
            refreshed = await self._refreshed(key, refused, request, send)
            if refreshed is not None or settings.flow is Flow.AUTHORIZATION_CODE:
                return refreshed
            return await self._fetched(key, request, send)

    async def _refreshed(self, key: Key, token: Token, request: Request, send: Send) -> Token | None:
        settings = key.settings
        if not token.refresh or not settings.refresh:
            return None
        try:
            answer = await ask(grants.refreshing(settings, token.refresh, request), send)
        except TokenRefused as refused:
            if refused.error is None:  # no answer at all: the next flow would fare no better
                raise
            self._kept.pop(key, None)
            return None
        return self._keep(key, answer, token.refresh)

    async def _fetched(self, key: Key, request: Request, send: Send) -> Token:
        settings = key.settings
        match settings.flow:
            case Flow.CLIENT_CREDENTIALS:
                wanted = grants.client_credentials(settings, request)
            case Flow.PASSWORD:
                wanted = grants.password(settings, request)
            case Flow.AUTHORIZATION_CODE:
                consent = await Consent.ask(settings, self._browser)
                wanted = grants.authorization_code(settings, consent.code, consent.redirect, consent.verifier, request)
            case Flow.IMPLICIT:
                raise _implicit()
        return self._keep(key, await ask(wanted, send))

    def _keep(self, key: Key, answer: Answer, refresh: str = "") -> Token:
        ends = None if answer.lifetime is None else time.monotonic() + answer.lifetime
        token = Token(answer.token, answer.kind, ends, answer.refresh or refresh)
        self._kept[key] = token
        return token


def _implicit() -> InvalidInput:
    return InvalidInput(
        _("The implicit flow is not supported."),
        detail=_("It puts the token into the browser's address bar, where it can leak; OAuth 2.1 removed it."),
        hint=_("Use “authorization code” with PKCE: most servers support it too."),
    )
