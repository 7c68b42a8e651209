"""A saved request of a collection, named on the command line by its file: sent as its folder and environment say."""

import os
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cli.agreeing import advice, consent
from workbench.cli.command import invalid
from workbench.cli.preparation import prepare
from workbench.cli.request import http_request
from workbench.cli.targets import METHODS
from workbench.cli.tls_options import listed
from workbench.core import choices
from workbench.core.cancelling import CancelScope
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import Draft, Environment
from workbench.core.errors import InvalidInput
from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.request import Headers, Request, pieces_of
from workbench.core.tls.policy import TLSPolicy
from workbench.core.url import masked
from workbench.core.want import Thing
from workbench.core.workspace import Consent, Workspace

if TYPE_CHECKING:
    from workbench.core.session import Session

_NOWHERE = "https://saved.request.invalid/"
"""What the options are read for: the URL is in the file."""


@dataclass(frozen=True, slots=True)
class SavedRequest:
    """A request that was read with everything around it, and is ready to be sent as often as is wanted."""

    workspace: Workspace
    session: "Session"
    draft: Draft
    location: DraftLocation
    environment: str | None
    consent: Consent
    fallback: Request

    async def send(self, scope: CancelScope) -> Exchange:
        """Send it once. What is missing for it to be sent is said with the options that would allow it."""
        exchange = await self.workspace.send(
            self.draft,
            self.location,
            self.environment,
            fallback=self.fallback,
            remember=False,
            consent=self.consent,
            scope=scope,
        )
        failure = exchange.failure
        if failure is None or not failure.wants:
            return exchange
        return replace(exchange, failure=replace(failure, hint=f"{failure.hint}\n{advice(failure)}"))


def saved_request(args: Namespace, words: Sequence[str], stack: ExitStack) -> SavedRequest:
    """What ``words`` and the options ask for. Raises ``WorkbenchError``."""
    from workbench.core.collection import Collection
    from workbench.core.storage import Home, Keyring

    path = _path(words)
    session, options = prepare(args, http_request(args, Request(url=_NOWHERE)), stack, stored=True)
    workspace = Workspace.open_read_only(Home.default(), session, Keyring(), process=os.environ)
    collection = workspace.collections.open(Collection.folder_of(path))
    if args.env is not None:
        _check(args.env, collection.environments())
    item = path.relative_to(collection.root)
    draft = _with_options(args, words, options, collection.load(item).draft)
    agreed = consent(args, _own(args, options), lambda request: _adjusted(args, options, request))
    fallback = Request(largest_response=options.largest_response)
    return SavedRequest(workspace, session, draft, DraftLocation(collection.root, item), args.env, agreed, fallback)


def _path(words: Sequence[str]) -> Path:
    if len(words) > 2:
        raise invalid(_("Give one method and one file."), hint=_("Put quotes around anything that contains spaces."))
    path = Path(words[-1]).expanduser().absolute()
    if not path.is_file():
        raise InvalidInput(
            _("There is no saved request “{file}”.").format(file=words[-1]),
            detail=str(path),
            hint=_("Give the file of a request in a collection, or a URL with a scheme, such as https://."),
        )
    return path


def _check(name: str, environments: Iterable[Environment]) -> None:
    known = [environment.name for environment in environments]
    if name not in known:
        raise InvalidInput(
            _("There is no environment “{name}” in this collection.").format(name=name),
            detail=_("Its environments: {names}.").format(names=", ".join(known))
            if known
            else _("It has no environments."),
            hint=_("Choose one with --env."),
        )


def _with_options(args: Namespace, words: Sequence[str], options: Request, draft: Draft) -> Draft:
    """What must be chosen before variables are filled in: the file may say that it is to be asked for."""
    if len(words) == 2:
        method = words[0].upper() if words[0].upper() in METHODS else words[0]
        draft = replace(draft, method=method)
    if options.identity is None and args.identity is None:
        return draft
    chosen = replace(choices.read(draft.variables), identity=options.identity or choices.NONE)
    return replace(draft, variables=choices.write(draft.variables, chosen))


def _own(args: Namespace, options: Request) -> Iterator[tuple[Thing, str]]:
    """What the person typed: their own act, which nobody has to agree to."""
    if options.identity is not None:
        yield Thing.IDENTITY, options.identity
    if options.proxy:
        yield Thing.PROXY, masked(options.proxy)
    if options.connect_to is not None:
        yield Thing.CONNECT_TO, options.connect_to
    if args.insecure:
        yield Thing.NO_VERIFY, ""
    if args.tls_min or args.tls_max:
        yield Thing.OLD_TLS, str(options.policy.minimum)
    for piece in pieces_of(options.body):
        if isinstance(piece, Path):
            yield Thing.FILES, str(piece.absolute())


def _adjusted(args: Namespace, options: Request, request: Request) -> Request:
    """``request`` with what the options say in place of what its file and folders say."""
    chosen: dict[str, Any] = {
        "http_version": options.http_version,
        "connect_to": options.connect_to,
        "proxy": options.proxy,
        "timeouts": options.timeouts if args.timeout is not None else None,
        "trust": options.trust if listed(args, "trust") or listed(args, "cacert") else None,
        "follow_redirects": True if args.follow else None,
        "reuse": False if args.no_reuse else None,
        "body_origins": options.body_origins or None,
        "policy": _policy(args, options.policy, request.policy),
    }
    headers = _merged(options.headers, request.headers)
    request = replace(request, headers=headers, **{name: value for name, value in chosen.items() if value is not None})
    if any(name.lower() == "authorization" for name, _value in options.headers):
        request = replace(request, auth=None)
    if any(given is not None for given in (args.data, args.json_body, args.form)):
        request = replace(request, body=options.body)
    return request


def _policy(args: Namespace, options: TLSPolicy, policy: TLSPolicy) -> TLSPolicy:
    chosen: dict[str, Any] = {
        "minimum": options.minimum if args.tls_min or args.tls_max else None,
        "maximum": options.maximum if args.tls_max else None,
        "ciphers": options.ciphers,
        "suites": options.suites,
        "groups": options.groups,
        "sni": options.sni,
        "verify": False if args.insecure else None,
        "pin": options.pin,
        "resume": False if args.no_reuse else None,
    }
    return replace(policy, **{name: value for name, value in chosen.items() if value is not None})


def _merged(typed: Headers, headers: Headers) -> Headers:
    names = {name.lower() for name, _value in typed}
    return (*((name, value) for name, value in headers if name.lower() not in names), *typed)
