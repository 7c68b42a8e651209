"""The person's consent in their own browser (RFC 6749 4.1, RFC 7636, RFC 8252 7.3: a loopback redirect)."""

import asyncio
import base64
import hashlib
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import parse_qsl, urlencode, urlsplit

from workbench.core import blocking, url
from workbench.core.auth import extras, page
from workbench.core.auth.endpoint import explained
from workbench.core.draft import OAuth2Auth
from workbench.core.errors import InvalidInput, NotAuthorized
from workbench.core.i18n import _
from workbench.core.tls.names import is_address

Browser = Callable[[str], None]
"""Opens a URL for the person; called off the loop."""
PATIENCE = 600.0
"""Seconds that a person has to sign in."""
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Consent:
    """A code that the authorization server gave to the person, and what it is bound to."""

    code: str = field(repr=False)
    redirect: str
    verifier: str = field(repr=False)

    @classmethod
    async def ask(cls, settings: OAuth2Auth, browser: Browser | None) -> Self:
        """Open the authorization page and wait until it leads back to this computer. Can be cancelled.

        Raises ``InvalidInput`` for settings that cannot work, ``NotAuthorized`` with what the server said.
        """
        if browser is None:
            raise NotAuthorized(
                _("Signing in needs a browser."),
                detail=_(
                    "This flow needs a person to sign in and agree, but there is no window to open the browser from."
                ),
                hint=_("Send the request from the window, or use the client credentials flow."),
            )
        redirect = _Redirect.of(settings.callback_url)
        state = settings.state or secrets.token_urlsafe(24)
        verifier = secrets.token_urlsafe(48) if settings.pkce else ""
        async with redirect.listening(state) as landing:
            address = authorization_url(settings, landing.address, state, verifier)
            await blocking.call(lambda: browser(address), "open the browser")
            code = await landing.code()
        return cls(code, landing.address, verifier)


def authorization_url(settings: OAuth2Auth, redirect: str, state: str, verifier: str) -> str:
    """Where the person signs in. Raises ``InvalidInput`` for a URL that cannot be used."""
    if not settings.authorization_url.strip():
        raise InvalidInput(
            _("The authorization URL is missing."),
            detail=_("It is the page where you sign in and agree."),
            hint=_("Enter it on the Authorization page; see the service's documentation."),
        )
    # As it was read, not as it was written: the desktop would open "file:" and whatever else it has a program for.
    address = str(url.parse(settings.authorization_url))
    parameters = {
        "response_type": "code",
        "client_id": settings.client_id,
        "redirect_uri": redirect,
        "scope": settings.scope,
        "state": state,
    }
    if verifier:
        plain = settings.pkce.lower() == "plain"
        parameters["code_challenge"] = verifier if plain else challenge_of(verifier)
        parameters["code_challenge_method"] = "plain" if plain else "S256"
    joint = "&" if "?" in address else "?"
    more = extras.pairs_of(settings.authorization_parameters)
    return address + joint + urlencode([*((name, value) for name, value in parameters.items() if value), *more])


def challenge_of(verifier: str) -> str:
    """The S256 code challenge (RFC 7636 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode("ascii")).digest()).rstrip(b"=").decode("ascii")


@dataclass(frozen=True, slots=True)
class _Redirect:
    """Where the browser is to come back to; ``port`` 0 takes any that is free (RFC 8252 7.3)."""

    host: str
    port: int
    path: str

    @classmethod
    def of(cls, callback: str) -> Self:
        if not callback.strip():
            return cls("127.0.0.1", 0, "/callback")
        parts = urlsplit(callback.strip())
        target = url.parse(callback)
        if target.scheme != "http" or not url.is_loopback(target.host) or "?" in target.target:
            raise InvalidInput(
                _("The redirect URL does not lead to this program."),
                detail=_("{url} is not a plain http address on this computer.").format(url=target),
                hint=_("Use http://127.0.0.1:PORT/callback and register it with the server, or leave it empty."),
            )
        return cls(target.host, parts.port or 0, target.target)

    def listening(self, state: str) -> "_Landing":
        return _Landing(self, state)


class _Landing:
    """A small web server for one visit of the browser."""

    def __init__(self, redirect: _Redirect, state: str) -> None:
        self._redirect = redirect
        self._state = state
        self._server: asyncio.Server | None = None
        self._visits: set[asyncio.Task[None]] = set()
        self._answer: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._strangers = False
        self.address = ""

    async def __aenter__(self) -> Self:
        host = self._redirect.host if is_address(self._redirect.host) else "127.0.0.1"
        try:
            self._server = await asyncio.start_server(self._visited, host, self._redirect.port, limit=_HEAD)
        except OSError as error:
            raise NotAuthorized(
                _("The browser cannot return to this program."),
                detail=_("Cannot listen on port {port} of this computer: {why}").format(
                    port=self._redirect.port, why=error.strerror or error
                ),
                hint=_("Close the program that uses this port, or choose another port in the redirect URL."),
            ) from error
        port = self._server.sockets[0].getsockname()[1]
        shown = f"[{self._redirect.host}]" if ":" in self._redirect.host else self._redirect.host
        self.address = f"http://{shown}:{port}{self._redirect.path}"
        return self

    async def __aexit__(self, *_error: object) -> None:
        if self._server is not None:
            self._server.close()
            if self._visits:  # the page that says so is still on its way
                await asyncio.wait(self._visits, timeout=1.0)
            for visit in self._visits:
                visit.cancel()
        if self._answer.done() and not self._answer.cancelled():
            self._answer.exception()  # looked at, whether anybody waited for it or not

    async def code(self) -> str:
        """Wait for the code. Raises ``NotAuthorized``."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._answer
        except TimeoutError as error:
            detail = _("The browser did not return within {n} minutes.").format(n=round(PATIENCE / 60))
            raise NotAuthorized(
                _("Sign-in was not completed."),
                detail=f"{detail} {_not_ours()}" if self._strangers else detail,
                hint=_("Send the request again and sign in on the page that opens."),
            ) from error

    async def _visited(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = asyncio.current_task()
        if visit is not None:
            self._visits.add(visit)
            visit.add_done_callback(self._visits.discard)
        try:
            async with asyncio.timeout(10.0):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(self._answer_to(head))
                await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        finally:
            writer.close()

    def _answer_to(self, head: bytes) -> bytes:
        method, _space, rest = head.decode("latin-1").partition(" ")
        path, _mark, query = rest.partition(" ")[0].partition("?")
        said = dict(parse_qsl(query))
        if method != "GET" or path != self._redirect.path or not said:  # a favicon, somebody else
            return page.not_found()
        if not secrets.compare_digest(said.get("state", "").encode(), self._state.encode()):
            self._strangers = True  # any program of this computer can come by: the person's browser is still awaited
            return page.failed(_("This is not the expected answer"), _not_ours())
        if self._answer.done():
            return page.done()
        try:
            self._answer.set_result(self._code_in(said))
        except NotAuthorized as error:
            self._answer.set_exception(error)
            return page.failed(error.title, error.detail)
        return page.done()

    def _code_in(self, said: Mapping[str, str]) -> str:
        if "code" in said and "error" not in said:
            return said["code"]
        raise NotAuthorized(
            _("The authorization server refused."),
            detail=explained(said) or _("It returned neither a code nor a reason."),
            hint=_(
                "Sign in with an account that has access, or check the Authorization page against the "
                "server's documentation."
            ),
        )


def _not_ours() -> str:
    return _(
        "The answer had a different “state” than the one sent (RFC 6749 10.12). Either it was "
        "meant for someone else, or the authorization server does not return “state” as it "
        "must."
    )
