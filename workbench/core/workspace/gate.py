"""What a draft is sent with, once everything that its collection wants of the person's was agreed to."""

import contextlib
import re
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from workbench.core import url
from workbench.core.agreement import (
    Agreements,
    Ask,
    Asking,
    GuardedEnvironment,
    NotAgreed,
    Thing,
    Want,
    chosen_by_collection,
    hand_chosen,
    wants_of,
)
from workbench.core.agreement.hand import texts
from workbench.core.agreement.wants import endpoints, host_of, is_its_own
from workbench.core.auth import AWSSignature, OAuth2
from workbench.core.collection.location import DraftLocation
from workbench.core.cookies import Jar, SplitJar
from workbench.core.draft import Draft, Flow, InheritAuth
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.preparation import DraftError, destination, inherited_auth, inherited_settings, prepare, preview
from workbench.core.preparation.inheritance import where
from workbench.core.request import Request
from workbench.core.variables import PROCESS, Scope, VariableError, resolve, template
from workbench.core.want import thing_words
from workbench.core.workspace.scoping import TELLING, DraftContext

_MARK = "\ue000"
_MARKED = re.compile(rf"{_MARK}([^{_MARK}]*){_MARK}")
_BEYOND_AUTHORITY = re.compile(r"[/?#]")


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person agrees to with this one sending, besides what they agreed to before.

    ``own`` is what they chose themselves, ``things`` what the collection may have whatever it is. ``keep``: what of
    that is needed now counts as agreed to from now on. ``adjust`` makes of the prepared request what they want of
    it in this one call; what it brings in must be among ``own``.
    """

    own: frozenset[Ask] = frozenset()
    things: frozenset[Thing] = frozenset()
    keep: bool = False
    adjust: Callable[[Request], Request] = lambda request: request


@dataclass(frozen=True, slots=True)
class Cleared:
    """A request that may be sent, the jar for it, and values of the process's variables that are in it."""

    request: Request
    cookies: Jar
    secrets: tuple[str, ...] = field(default=(), repr=False)


class Gate:
    """Prepares drafts. What a restricted collection wants must have been agreed to, or nothing is sent.

    Cookies that servers set while a restricted collection sends do not come into the person's jar, unless its
    cookies were agreed to for that host: each such collection has a jar of its own, in memory, until the
    workspace closes. Its logins work, and nobody else sees them. It is the same for any collection whose files
    choose the proxy or another server to connect to: cookies are not for whoever stands there.
    """

    def __init__(self, agreements: Agreements, cookies: Jar, process: Mapping[str, str], folder: Path) -> None:
        self._agreements, self._cookies, self._process = agreements, cookies, process
        self._folder = folder
        self._apart: dict[Path, Jar] = {}
        self._guard = threading.Lock()

    def clear(
        self, draft: Draft, location: DraftLocation | None, around: DraftContext, fallback: Request, consent: Consent
    ) -> Cleared:
        """What to send for ``draft``. Blocks. Raises ``NotAgreed``, ``DraftError``, ``WorkbenchError``."""
        if location is None:
            process, seen = _noting(around)
            request = consent.adjust(_prepared(draft, seen, self._folder, fallback))
            return Cleared(request, self._cookies, _secrets(process, request))
        own = _resolved(consent.own, location.collection)
        if around.restricted:
            return self._examined(draft, location, around, fallback, replace(consent, own=own))
        process, seen = _noting(around)
        request = consent.adjust(_prepared(draft, seen, location.collection, fallback))
        _check_signature(request, around.scope, own)
        led_away = _is_led_away(request, around.scope, own)
        cookies = self._jar_of(location.collection) if led_away else self._cookies
        return Cleared(request, cookies, _secrets(process, request))

    def _examined(
        self, draft: Draft, location: DraftLocation, around: DraftContext, fallback: Request, consent: Consent
    ) -> Cleared:
        agreed = frozenset(self._agreements.agreed(location.collection))

        def may(want: Want) -> bool:
            return want in agreed or want.thing in consent.things or (want.thing, want.what) in consent.own

        host = self._written_host(draft, around)
        request_words = _("request {file}").format(file=location.item) if location.item is not None else _("request")

        def variable(name: str) -> Want:
            source = _source(name, draft, around) or request_words
            return Want(Thing.ENVIRONMENT_VARIABLES, name, host, source)

        environment = GuardedEnvironment(around.scope.process, self._process, lambda name: may(variable(name)))
        guarded = replace(around, scope=replace(around.scope, process=environment))
        try:
            request = consent.adjust(_prepared(draft, guarded, location.collection, fallback))
        except DraftError:
            if environment.refused:  # what stands in its place need not make sense
                raise self._refusal(around, map(variable, environment.refused)) from None
            raise
        led_away = _is_led_away(request, guarded.scope, consent.own)
        asking = Asking(
            location.collection,
            request_words,
            _auth_words(draft, around) or request_words,
            tuple(file for file in around.dotenvs if not _is_own_dotenv(file, location.collection)),
            not led_away and request.cookies and bool(self._cookies.header_for(request.url)),
        )
        wanted = wants_of(request, guarded.scope, asking)
        variables = tuple(
            self._for_all(map(variable, (*environment.refused, *environment.used)), draft, around, request)
        )
        if environment.refused and "{{" in host:
            wanted = ()  # whom the rest is for is not known before
        missing = [want for want in (*variables, *wanted) if not may(want)]
        if missing:
            raise self._refusal(around, missing)
        _check_signature(request, guarded.scope, consent.own)
        if consent.keep:
            self._agreements.agree(location.collection, [one for one in (*variables, *wanted) if one not in agreed])
        cookies = self._restricted_jar(location.collection, request, may, led_away=led_away)
        return Cleared(request, cookies, _secrets(environment, request))

    def _for_all(
        self, variables: Iterable[Want], draft: Draft, around: DraftContext, request: Request
    ) -> Iterator[Want]:
        """Each of ``variables`` for everyone that it goes to."""
        also = self._also_to(draft, around, request)
        for want in variables:
            yield want
            real = () if "{{" in want.host else (host_of(request.url),)
            for host in (*real, *sorted(also.get(want.what, ()))):
                if host != want.host:
                    yield replace(want, host=host)

    def _restricted_jar(self, folder: Path, request: Request, may: Callable[[Want], bool], *, led_away: bool) -> Jar:
        apart = self._jar_of(folder)
        if led_away or not may(Want(Thing.COOKIES, "", host_of(request.url))):
            return apart
        return SplitJar(self._cookies, url.parse(request.url), apart)

    def _jar_of(self, folder: Path) -> Jar:
        with self._guard:
            return self._apart.setdefault(folder, Jar())

    def _written_host(self, draft: Draft, around: DraftContext) -> str:
        """The host of ``draft``; variables of the process stand in it as they are written."""
        nothing = GuardedEnvironment(around.scope.process, self._process, lambda _name: False, _MARK)
        scope = replace(around.scope, process=nothing)
        encode = inherited_settings(draft.settings, around.chain).encode_url is not False
        try:
            text = _MARKED.sub(r"{{\1}}", destination(draft, scope, encode=encode))
        except DraftError:  # nothing will be sent
            text = preview(draft, scope).strip()
        scheme, mark, rest = text.partition("://")
        authority = _BEYOND_AUTHORITY.split(rest or text, maxsplit=1)[0].rpartition("@")[2]
        if mark and "{{" in scheme:
            return f"{scheme}://{authority}"
        return authority if "{{" in authority else host_of(text)

    def _also_to(self, draft: Draft, around: DraftContext, request: Request) -> Mapping[str, frozenset[str]]:
        """Variables of the process that go to others than the host: with the call for a token, and to the proxy."""
        found: dict[str, frozenset[str]] = {}
        auth = inherited_auth(around.chain)[0] if isinstance(draft.auth, InheritAuth) else draft.auth
        if isinstance(request.auth, OAuth2):
            settings = request.auth.settings
            pages = (settings.authorization_url,) if settings.flow is Flow.AUTHORIZATION_CODE else ()
            hosts = frozenset((*endpoints(request), *map(host_of, pages)))
            found = dict.fromkeys(self._variables(texts(auth), around), hosts)
        if request.proxy:
            proxy = frozenset({url.masked(request.proxy)})
            for name in self._variables((template("mtls.proxy"),), around):
                found[name] = found.get(name, frozenset()) | proxy
        return found

    def _variables(self, written: Iterable[str], around: DraftContext) -> Iterable[str]:
        """The variables of the process that ``written`` comes to need."""
        nothing = GuardedEnvironment(around.scope.process, self._process, lambda _name: False)
        scope = replace(around.scope, process=nothing)
        for text in written:
            with contextlib.suppress(VariableError):  # of a part that is not used
                resolve(text, scope)
        return nothing.refused

    def _refusal(self, around: DraftContext, wants: Iterable[Want]) -> NotAgreed:
        return NotAgreed(around.chain[0].name if around.chain else "", tuple(dict.fromkeys(wants)))


def _prepared(draft: Draft, around: DraftContext, folder: Path, fallback: Request) -> Request:
    try:
        return prepare(draft, around.scope, folder=folder, inherited=around.chain, fallback=fallback)
    except DraftError as error:
        if around.locked is not None and _is_missing(error, around):
            raise around.locked from error
        raise


def _noting(around: DraftContext) -> tuple[GuardedEnvironment, DraftContext]:
    """``around`` with its process's variables all allowed, and who notes which are used."""
    process = GuardedEnvironment({}, around.scope.process, lambda _name: True)
    return process, replace(around, scope=replace(around.scope, process=process))


def _secrets(process: GuardedEnvironment, request: Request) -> tuple[str, ...]:
    """The values of ``process`` that were used, but what is too short to be recognised or tells where it went."""
    authority = url.parse(request.url).authority
    values = (process[name] for name in tuple(process.used))
    return tuple(one for one in values if len(one) >= TELLING and one not in authority and authority not in one)


def _is_missing(error: DraftError, around: DraftContext) -> bool:
    """Whether what is wrong is a secret variable without its value."""
    name = error.cause.name if isinstance(error.cause, VariableError) else ""
    value = around.scope.find(name)
    return value is not None and value.missing


def _is_led_away(request: Request, scope: Scope, own: frozenset[Ask]) -> bool:
    return bool({Thing.CONNECT_TO, Thing.PROXY} & chosen_by_collection(request, scope, own))


def _check_signature(request: Request, scope: Scope, own: frozenset[Ask]) -> None:
    """Raise ``InvalidInput`` where the collection has an AWS signature made for whoever answers.

    It would be good at AWS, for as long as it lasts, in the hands of a server that need not be AWS.
    """
    if not isinstance(request.auth, AWSSignature):
        return
    chosen = {Thing.NO_VERIFY, Thing.CONNECT_TO} & chosen_by_collection(request, scope, own)
    if chosen:
        raise InvalidInput(
            _("The request is not signed for AWS: another server could take the signature."),
            detail=_("The collection chooses {what}.").format(
                what=", ".join(sorted(thing_words(thing, request.connect_to or "") for thing in chosen))
            ),
            hint=_("Choose it on the TLS page of this request yourself if you trust who answers."),
        )


def _resolved(own: Collection[Ask], folder: Path) -> frozenset[Ask]:
    """``own`` with each file by its whole path, as wants name them."""
    return frozenset((thing, _whole(what, folder) if thing is Thing.FILES else what) for thing, what in own)


def _whole(name: str, folder: Path) -> str:
    try:
        return str((folder / Path(name).expanduser()).resolve())
    except (OSError, ValueError, RuntimeError):  # no path at all: no file is called so
        return name


def _is_own_dotenv(file: Path, folder: Path) -> bool:
    """Whether it is one of the collection's ``.env`` files, which are hidden by custom, or none that is hidden."""
    target = file.resolve()
    return is_its_own(target.with_name("env") if target.name.startswith(".env") else target, folder)


def _auth_words(draft: Draft, around: DraftContext) -> str:
    return inherited_auth(around.chain)[1] if isinstance(draft.auth, InheritAuth) else ""


def _source(name: str, draft: Draft, around: DraftContext) -> str:
    """In words, which part of the collection asks for the process's variable ``name``; empty for the request."""
    if (Thing.ENVIRONMENT_VARIABLES, name) in hand_chosen(draft):
        return ""
    for depth in reversed(range(len(around.chain))):
        if any(PROCESS + name in text for text in texts(around.chain[depth])):
            return where(around.chain, depth)
    layers = around.scope.layers
    return next((one.name for one in layers if any(PROCESS + name in each.text for each in one.values.values())), "")
