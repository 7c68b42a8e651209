"""Hop by hop: what ``Request.auth`` adds to each request at the request's own origin."""

import hashlib
from dataclasses import replace
from typing import Protocol
from urllib.parse import quote

from workbench.core import blocking
from workbench.core.auth import aws, aws_profile, digest
from workbench.core.auth.kinds import AWSSignature, Digest, HeaderKey, OAuth2
from workbench.core.auth.payload import hexdigest
from workbench.core.auth.tokens import Send, Token, Tokens
from workbench.core.draft import Placement
from workbench.core.request import Headers, Request
from workbench.core.url import URL


class Signer(Protocol):
    """Lives as long as one exchange. ``send`` in each call sends a request of the signer's own."""

    async def ready(self, request: Request, send: Send) -> None:
        """Get what the first hop needs; may wait for the person. Raises ``WorkbenchError``, ``TokenRefused``."""

    async def sign(self, hop: Request, url: URL) -> tuple[Request, URL]:
        """The hop as it goes out. Raises ``WorkbenchError``."""

    async def again(self, hop: Request, status: int, headers: Headers, send: Send) -> bool:
        """Whether to sign and send the hop once more, after the response with this head."""


def signer_for(request: Request, tokens: Tokens) -> Signer | None:
    """Who signs for ``request``, None where there is nothing to sign."""
    match request.auth:
        case HeaderKey() as key:
            return _KeySigner(key)
        case Digest() as auth:
            return _DigestSigner(auth)
        case AWSSignature() as auth:
            return _AWSSigner(auth)
        case OAuth2() as auth:
            return _TokenSigner(auth, tokens)
    return None


class _Signer:
    async def ready(self, request: Request, send: Send) -> None:
        pass

    async def again(self, hop: Request, status: int, headers: Headers, send: Send) -> bool:
        return False


class _KeySigner(_Signer):
    def __init__(self, key: HeaderKey) -> None:
        self._key = key

    async def sign(self, hop: Request, url: URL) -> tuple[Request, URL]:
        return _with_header(hop, self._key.name, self._key.value), url


class _AWSSigner(_Signer):
    def __init__(self, auth: AWSSignature) -> None:
        self._auth = auth

    async def ready(self, request: Request, send: Send) -> None:
        if self._auth.profile:
            self._auth = await blocking.call(lambda: aws_profile.opened(self._auth), "read an AWS profile")

    async def sign(self, hop: Request, url: URL) -> tuple[Request, URL]:
        aws.check_host(hop.headers, url)
        auth = aws.placed(self._auth, url.host)
        body = await hexdigest(hop.body, hashlib.sha256)
        return replace(hop, headers=aws.signed(auth, hop.method, url, hop.headers, body)), url


class _DigestSigner(_Signer):
    def __init__(self, auth: Digest) -> None:
        self._auth = auth
        self._answer: digest.Answer | None = None
        self._was_late = False

    async def sign(self, hop: Request, url: URL) -> tuple[Request, URL]:
        if self._answer is None:
            return hop, url
        answer = self._answer
        body = await hexdigest(hop.body, answer.body_hash) if answer.covers_body else ""
        return _with_header(hop, "Authorization", answer.header(hop.method, url.target, body)), url

    async def again(self, hop: Request, status: int, headers: Headers, send: Send) -> bool:
        challenge = digest.best_challenge(headers) if status == 401 else None
        first = self._answer is None
        if challenge is None or not (first or (challenge.stale and not self._was_late)):
            self._was_late = False
            return False  # refused: the answer was wrong and not late, or nothing is ever in time
        self._was_late = not first
        self._answer = digest.Answer(self._auth, challenge)
        return True


class _TokenSigner(_Signer):
    def __init__(self, auth: OAuth2, tokens: Tokens) -> None:
        self._auth = auth
        self._tokens = tokens
        self._token: Token | None = None
        self._renewed = False

    async def ready(self, request: Request, send: Send) -> None:
        self._token = await self._tokens.get(self._auth.settings, request, send)

    async def sign(self, hop: Request, url: URL) -> tuple[Request, URL]:
        settings, token = self._auth.settings, self._token
        if token is None:
            return hop, url
        name = settings.token_name
        if settings.token_placement is Placement.QUERY:
            name = name if name.lower() != "authorization" else "access_token"  # RFC 6750 2.3
            joint = "&" if "?" in url.target else "?"
            query = f"{joint}{quote(name, safe='')}={quote(token.text, safe='')}"
            return hop, replace(url, target=url.target + query)
        value = token.credentials if name.lower() in ("authorization", "proxy-authorization") else token.text
        return _with_header(hop, name, value), url

    async def again(self, hop: Request, status: int, headers: Headers, send: Send) -> bool:
        if status != 401 or self._token is None or self._renewed:
            return False
        self._renewed = True
        fresh = await self._tokens.renewed(self._auth.settings, hop, send, self._token)
        if fresh is None:
            return False
        self._token = fresh
        return True


def _with_header(hop: Request, name: str, value: str) -> Request:
    kept = tuple((key, text) for key, text in hop.headers if key.lower() != name.lower())
    return replace(hop, headers=(*kept, (name, value)))
