"""What a request that is ready to be sent wants of the person's, where the collection's files asked for it."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.core import url
from workbench.core.agreement.hand import Ask, sign_in_host
from workbench.core.auth import AWSSignature, OAuth2
from workbench.core.draft import Flow
from workbench.core.request import Request, pieces_of
from workbench.core.tls.policy import Version
from workbench.core.url import InvalidURL
from workbench.core.variables import Scope
from workbench.core.want import Thing, Want

_HTTP_PORT, _HTTPS_PORT = 80, 443
_LOWERED = re.compile(r"@SECLEVEL=[01]")
"""What OpenSSL needs to be told before it takes ciphers that protect or prove nothing."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: the collection's folder, and in words where its request and its authorization stand.

    ``files`` are those of the collection that its variables came out of. ``has_cookies``: the person's jar would add
    some of its own to the request.
    """

    folder: Path
    request: str = ""
    auth: str = ""
    files: tuple[Path, ...] = ()
    has_cookies: bool = False


def wants_of(request: Request, scope: Scope, asking: Asking) -> tuple[Want, ...]:
    """Everything that ``request`` wants and that the files asked for, each once.

    What nobody but the person's preferences chose is not among it. ``scope`` is what the request was made with.
    Looks at the body's files, so not for a thread that must not wait.
    """
    return tuple(dict.fromkeys(_wants(request, scope, asking)))


def chosen_by_collection(request: Request, scope: Scope, own: Collection[Ask] = ()) -> frozenset[Thing]:
    """Which of connect-to, proxy, no-verify and old-tls hold for ``request`` because the collection's files say so.

    ``own`` is what the person chose themselves. Whether the others were agreed to does not matter here.
    """
    return frozenset(thing for thing, what, _source in _ways(request, scope) if (thing, what) not in own)


def host_of(text: str) -> str:
    """Whom a URL names: ``host`` or ``host:port``, 443 left out; the text itself where it is no URL.

    Plain HTTP is told apart: where the port does not say which of the two it is, the scheme stands before the host.
    """
    try:
        target = url.parse(text)
    except InvalidURL:
        return url.masked(text)
    host = f"[{target.host}]" if ":" in target.host else target.host
    if target.scheme == "https" and target.port == _HTTPS_PORT:
        return host
    is_usual = (target.port == _HTTP_PORT) == (target.scheme == "http")
    return f"{host}:{target.port}" if is_usual else f"{target.scheme}://{host}:{target.port}"


def is_its_own(path: Path, folder: Path) -> bool:
    """Whether a file lies in the collection's ``folder``, links resolved, and neither it nor a folder is hidden."""
    resolved, root = path.resolve(), folder.resolve()
    return resolved.is_relative_to(root) and not any(part.startswith(".") for part in resolved.relative_to(root).parts)


def _wants(request: Request, scope: Scope, asking: Asking) -> Iterator[Want]:
    host = host_of(request.url)
    hosts = dict.fromkeys((host, *endpoints(request)))
    chosen = scope.find("mtls.identity")
    if request.identity and chosen is not None:
        yield from (Want(Thing.IDENTITY, request.identity, each, chosen.layer) for each in hosts)
    for thing, what, source in _ways(request, scope):
        whom: Collection[str] = (host,) if thing is Thing.CONNECT_TO else hosts
        yield from (Want(thing, what, each, source) for each in whom)
    match request.auth:
        case AWSSignature(profile=profile, access_key_id="") if profile:
            yield Want(Thing.AWS_PROFILE, profile, host, asking.auth)
        case OAuth2(settings=settings) if settings.flow is Flow.AUTHORIZATION_CODE:
            at = host_of(settings.authorization_url)
            others = (each for each in hosts if each not in (host, at))  # whoever has the code can have the token
            yield from (Want(Thing.TOKENS, sign_in_host(settings), each, asking.auth) for each in (host, *others))
    if asking.has_cookies:
        yield Want(Thing.COOKIES, "", host, asking.request)
    for piece in pieces_of(request.body):
        if isinstance(piece, Path) and not is_its_own(piece, asking.folder):
            yield Want(Thing.FILES, str(piece.resolve()), host, asking.request)
    for file in asking.files:
        yield from (Want(Thing.FILES, str(file), each, asking.request) for each in hosts)


def _ways(request: Request, scope: Scope) -> Iterator[tuple[Thing, str, str]]:
    policy = request.policy
    for name, thing, what in (
        ("mtls.connect-to", Thing.CONNECT_TO, request.connect_to),
        ("mtls.proxy", Thing.PROXY, url.masked(request.proxy) if request.proxy else None),
        ("mtls.verify", Thing.NO_VERIFY, None if policy.verify else ""),
        ("mtls.tls-min", Thing.OLD_TLS, str(policy.minimum) if policy.minimum.value < Version.TLS1_2.value else None),
        ("mtls.ciphers", Thing.OLD_TLS, policy.ciphers if _LOWERED.search(policy.ciphers or "") else None),
    ):
        chosen = scope.find(name)
        if chosen is not None and what is not None:
            yield thing, what, chosen.layer


def endpoints(request: Request) -> Iterator[str]:
    """Where the token comes from: the same identity, proxy and policy go there."""
    if isinstance(request.auth, OAuth2):
        settings = request.auth.settings
        for text in (settings.access_token_url, settings.refresh_token_url):
            if text.strip():
                yield host_of(text)
