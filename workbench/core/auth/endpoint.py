"""What a token endpoint says (RFC 6749 5)."""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from workbench.core import url
from workbench.core.auth.refusal import TokenRefused
from workbench.core.exchange import Exchange, Failure, Phase, Response
from workbench.core.i18n import _
from workbench.core.request import Request

_LIMIT = 1024 * 1024
_SHOWN = 300
CODE = "authorization-failed"


@dataclass(frozen=True, slots=True)
class Answer:
    """A token that was given. ``lifetime`` is in seconds, None when the server does not say."""

    token: str = field(repr=False)
    kind: str = "Bearer"
    lifetime: float | None = None
    refresh: str = field(default="", repr=False)


async def ask(request: Request, send: Callable[[Request], Awaitable[Exchange]]) -> Answer:
    """Send a token request and read the answer. Raises ``TokenRefused``."""
    exchange = await send(request)
    if exchange.response is None:
        raise TokenRefused(exchange, _not_reached(exchange))
    said = _document(exchange.response)
    token = said.get("access_token")
    if exchange.response.status < 400 and isinstance(token, str) and token:
        return Answer(token, _kind(said), _lifetime(said.get("expires_in")), _text(said, "refresh_token"))
    raise TokenRefused(exchange, _refusal(exchange, said), _text(said, "error") or str(exchange.response.status))


def explained(said: Mapping[str, Any]) -> str:
    """The error fields of an answer (RFC 6749 4.1.2.1, 5.2) as one line for a person."""
    error, described, address = (
        " ".join(_text(said, name).split())[:_SHOWN] for name in ("error", "error_description", "error_uri")
    )
    words = ": ".join(part for part in (error, described) if part)
    return f"{words} ({address})" if words and address else words


def _document(response: Response) -> Mapping[str, Any]:
    if response.body.size > _LIMIT or response.body.file is not None:
        return {}
    text = response.body.data.decode("utf-8", "replace")
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        form = (response.header("Content-Type") or "").lower().startswith("application/x-www-form-urlencoded")
        return dict(parse_qsl(text)) if form else {}
    return said if isinstance(said, dict) else {}


def _kind(said: Mapping[str, Any]) -> str:
    kind = _text(said, "token_type")
    return "Bearer" if kind.lower() in ("", "bearer") or not kind.isascii() or not kind.isalnum() else kind


def _lifetime(said: object) -> float | None:
    try:
        seconds = float(said) if isinstance(said, int | float | str) else None
    except ValueError:
        return None
    return seconds if seconds is not None and 0 < seconds < 1e10 else None


def _text(said: Mapping[str, Any], name: str) -> str:
    value = said.get(name)
    return value if isinstance(value, str) else ""


def _not_reached(exchange: Exchange) -> Failure:
    where = url.masked(exchange.request.url)
    known = exchange.failure
    if known is None:
        return Failure(CODE, _("No access token was obtained."), detail=where, phase=Phase.PREPARE)
    return Failure(
        code=known.code,
        title=_("No access token was obtained: {why}").format(why=known.title),
        detail="\n".join(part for part in (where, known.detail) if part),
        hint=known.hint,
        phase=known.phase,
        candidates=known.candidates,
    )


def _refusal(exchange: Exchange, said: Mapping[str, Any]) -> Failure:
    response = exchange.response
    status = f"{response.status} {response.reason}".strip() if response is not None else ""
    words = explained(said) or _("The answer contains neither an access token nor a reason.")
    return Failure(
        code=CODE,
        title=_("The authorization server refused to issue an access token."),
        detail=_("{url} answered {status}. {words}").format(
            url=url.masked(exchange.request.url), status=status, words=words
        ),
        hint=_hint(_text(said, "error"), response.status if response is not None else 0),
        phase=Phase.RECEIVE,
    )


def _hint(error: str, status: int) -> str:
    hints = {
        "invalid_client": _(
            "Check client ID and secret, whether the server expects them in a header or in the "
            "body, and which identity it expects."
        ),
        "invalid_grant": _(
            "User name and password, the code or the refresh token are wrong or have expired. Try again."
        ),
        "unauthorized_client": _(
            "The client is not allowed to use this flow. Choose another flow, or have it allowed."
        ),
        "unsupported_grant_type": _("The server does not support this flow. Choose another one."),
        "invalid_scope": _("Check the scope against the server's documentation."),
    }
    if status in (404, 405):
        return _("Check the token URL against the server's documentation.")
    return hints.get(error, _("Check the Authorization page against the server's documentation."))
