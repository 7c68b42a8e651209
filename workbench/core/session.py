"""``Session.send(request) -> Exchange``: identities and trust by name, hop after hop, words for what went wrong."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from workbench.core import doctor, proxy, url
from workbench.core.auth.refusal import TokenRefused
from workbench.core.cancelling import CancelScope
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import (
    Exchange,
    Finding,
    Hop,
    Outcome,
    Phase,
    Progress,
    Trouble,
)
from workbench.core.http import headers, redirects
from workbench.core.http.client import Arrival
from workbench.core.http.clients import Clients, IdentitySource, TrustSource
from workbench.core.http.flight import Flight
from workbench.core.http.probe import probe
from workbench.core.http.spool import Spool
from workbench.core.http.stream import Tap, TLSStream
from workbench.core.http.trouble import HopFailed, tell_bug
from workbench.core.i18n import _
from workbench.core.inspection import Inspection, judge
from workbench.core.request import Request
from workbench.core.story import Story, diagnosis, ended, facts_of, findings, land, unauthorized
from workbench.core.tls.handshake import Handshake
from workbench.core.url import URL

if TYPE_CHECKING:
    from workbench.core.auth import Signer, Tokens
    from workbench.core.cookies import Jar


Report = Callable[[Progress], None]
_Judged = tuple[tuple[object, ...], tuple[Finding, ...]]
"""What findings were made from, and the findings."""


def _silent(_progress: Progress) -> None:
    pass


class Session:
    """Sends requests, and keeps connections and TLS sessions between them.

    Connections are shared within (identity, trust, policy, proxy, HTTP version) and never across. Bodies
    too large for memory lie under ``spool``, a folder that is made when needed and removed by ``aclose``.
    ``keylog`` gets the TLS secrets, ``tap`` the bytes on the sockets; neither is used unless given.
    """

    def __init__(
        self,
        identities: IdentitySource,
        trust: TrustSource,
        *,
        spool: Path | None = None,
        keylog: Callable[[bytes], None] | None = None,
        tap: Tap | None = None,
    ) -> None:
        self._clients = Clients(identities, trust, keylog=keylog, tap=tap)
        self._spool = Spool(spool)
        self._tap = tap
        self._judged: WeakKeyDictionary[TLSStream, _Judged] = WeakKeyDictionary()

    async def send(
        self,
        request: Request,
        *,
        progress: Report | None = None,
        jar: "Jar | None" = None,
        tokens: "Tokens | None" = None,
        scope: CancelScope | None = None,
    ) -> Exchange:
        """Send ``request``, follow redirects if it says so, and tell what became of it.

        Cookies come from ``jar`` and go into it, access tokens from ``tokens``: without either there are none but
        those of this one exchange. How long a person takes to sign in does not count against ``timeouts.total``.

        Never raises for what goes wrong on the way: that is the exchange's ``failure``, whatever it was. To end it on
        purpose, give it a ``scope``: after ``scope.cancel()`` the connection is closed at once and the exchange's
        outcome is ``CANCELLED``. When the task itself is cancelled, by ``asyncio.timeout`` or ``Task.cancel()``,
        ``CancelledError`` is raised as anywhere else; ``scope.exchange`` then holds how far the request came.
        """
        story = Story(request, jar=jar if request.cookies else None)
        clock = Flight(request.timeouts)
        scope = scope or CancelScope()
        with scope:
            try:
                return await self._send(story, clock, progress or _silent, tokens)
            except asyncio.CancelledError:
                land(story)
                scope.exchange = replace(ended(story, clock, None, story.flight), outcome=Outcome.CANCELLED)
                raise
            except Exception as error:  # noqa: BLE001 -- whatever it was, it is told as a failure and as a bug
                return self._unforeseen(story, clock, error)
        assert scope.exchange is not None  # noqa: S101 -- the block was left by its own cancellation
        return scope.exchange

    async def _send(self, story: Story, clock: Flight, report: Report, tokens: "Tokens | None") -> Exchange:
        request = story.request
        try:
            if request.auth is not None:
                await self._get_ready(story, tokens)
                clock.restart()
            async with asyncio.timeout(request.timeouts.total):
                return await self._follow(story, report, clock)
        except TokenRefused as refused:
            return unauthorized(story, clock, refused.exchange, refused.failure)
        except WorkbenchError as error:
            return ended(story, clock, doctor.failure_of(error, story.phase))
        except HopFailed as failure:
            return self._hop_failed(story, clock, failure)
        except TimeoutError as error:
            return self._hop_failed(story, clock, HopFailed(Trouble.TIMEOUT, str(error), "", story.flight or clock))

    async def _get_ready(self, story: Story, tokens: "Tokens | None") -> None:
        from workbench.core.auth import Tokens, signer_for

        story.signer = signer_for(story.request, tokens or Tokens())
        if story.signer is not None:
            await story.signer.ready(story.request, self.send)

    async def inspect(self, request: Request) -> Inspection:
        """Shake hands with the server of the request's URL, without and then with its identity; no HTTP, no proxy.

        Never raises for what goes wrong, as ``send``: each of the two is an exchange without a response. A task that
        is cancelled raises ``CancelledError``.
        """
        without = await self._look(replace(request, identity=None))
        with_identity = await self._look(request) if request.identity else None
        return Inspection(without, with_identity, judge(without))

    async def _look(self, request: Request) -> Exchange:
        story = Story(request)
        clock = Flight(request.timeouts)
        try:
            return await self._probe(story, clock)
        except Exception as error:  # noqa: BLE001 -- as in ``send``
            return self._unforeseen(story, clock, error)

    async def _probe(self, story: Story, clock: Flight) -> Exchange:
        request = story.request
        try:
            target = url.parse(request.url)
            connect_to = url.split_authority(request.connect_to, target.port) if request.connect_to else None
            context, _none = await self._clients.open(replace(request, reuse=False), None)
            story.identity, story.trust = context.identity, context.trust
            story.hops.append(Hop(str(target), identity=request.identity))
            hop = await probe(context, target, request.timeouts, connect_to=connect_to, tap=self._tap)
        except WorkbenchError as error:
            return ended(story, clock, doctor.failure_of(error, story.phase))
        except HopFailed as failure:
            return self._hop_failed(story, clock, failure)
        facts = facts_of(hop)
        story.hops[-1] = replace(story.hops[-1], handshake=facts, timings=hop.timings())
        shaken = replace(ended(story, clock, None, hop), outcome=Outcome.HANDSHAKE)
        return replace(shaken, findings=findings(story, facts, None))

    async def forget(self) -> None:
        """Drop connections and opened keys: what they were made of has changed."""
        await self._clients.forget()

    async def aclose(self) -> None:
        """Close every connection and delete spooled bodies."""
        await self.forget()
        self._spool.close()

    async def _follow(self, story: Story, report: Report, clock: Flight) -> Exchange:
        request = story.request
        target = url.parse(request.url)
        headers.check_method(request.method)
        headers.check(request.headers)
        home = target
        lowered = False  # whether a redirect has led from https to http: then nothing speaks for the person any more
        for _count in range(request.max_redirects + 1):
            at_home = target.origin == home.origin and not lowered
            if at_home and target.user is None:
                target = replace(target, user=home.user, password=home.password)
            if not at_home:
                story.leave(home, target)
            outgoing = request if at_home else redirects.abroad(request)
            story.lowered = lowered
            arrival = await self._with_proof(story, outgoing, target, report, story.signer if at_home else None)
            response = arrival.response
            location = response.header("Location") if response.status in redirects.STATUSES else None
            if not request.follow_redirects or location is None:
                return self._arrived(story, arrival, clock)
            source, target = target, redirects.leads_to(target, location)
            request = redirects.following(request, response.status)
            if story.holds_back(request, source, target, response.status):
                return self._arrived(story, arrival, clock)
            lowered = target.scheme == "http" and (lowered or redirects.leaves_tls(source, target))
        raise redirects.BadRedirect(
            _("The server redirects without end."),
            detail=_("{n} redirects were followed, the last to {url}.").format(n=request.max_redirects, url=target),
            hint=_("Look at the list of hops, or allow more redirects."),
        )

    async def _with_proof(
        self, story: Story, request: Request, target: URL, report: Report, signer: "Signer | None"
    ) -> Arrival:
        """One hop with cookies and signature, and once more where the server asks for another proof."""
        while True:
            story.address = str(target)  # what a signature adds to it is nobody's to see
            outgoing, signed_target = story.with_cookies(request, target), target
            if signer is not None:
                outgoing, signed_target = await signer.sign(outgoing, target)
                headers.check(outgoing.headers)
            arrival = await self._over_any_http(story, outgoing, signed_target, report)
            response = arrival.response
            story.keep_cookies(target, response)
            if signer is None or not await signer.again(request, response.status, response.headers, self.send):
                return arrival

    async def _over_any_http(self, story: Story, request: Request, target: URL, report: Report) -> Arrival:
        try:
            return await self._hop(story, request, target, report)
        except HopFailed as failure:
            # Over HTTP/2 no server may ask for a certificate after the handshake (RFC 9113 9.2.1, RFC 8740).
            if not failure.wants_http1 or request.http_version is not None:
                raise
        story.hops.pop()
        return await self._hop(story, replace(request, http_version="1.1"), target, report)

    async def _hop(self, story: Story, request: Request, target: URL, report: Report) -> Arrival:
        story.phase = Phase.PREPARE
        story.flight = None
        report(Progress(Phase.PREPARE))
        chosen = proxy.choose(target, request.proxy)
        shown = str(chosen) if chosen else None
        client, context = await self._clients.get(request, chosen, target)
        story.identity, story.trust = context.identity, context.trust
        hop = Hop(story.address, identity=request.identity, proxy=shown)
        story.hops.append(hop)
        report(Progress(Phase.CONNECT))
        try:
            arrival = await client.send(request, target, self._spool.folder, report, story.took_off)
        finally:
            if not request.reuse:
                await client.aclose()
        story.hops[-1] = replace(
            hop,
            status=arrival.response.status,
            location=arrival.response.header("Location"),
            handshake=facts_of(arrival.flight),
            timings=arrival.flight.timings(),
        )
        return arrival

    def _arrived(self, story: Story, arrival: Arrival, clock: Flight) -> Exchange:
        handshake = facts_of(arrival.flight)
        found = self._findings(story, arrival, handshake)
        return Exchange(
            request=story.request,
            outcome=Outcome.RESPONSE,
            hops=tuple(story.hops),
            response=arrival.response,
            findings=doctor.by_severity((*found, *story.redirected)) if story.redirected else found,
            handshake=handshake,
            timings=replace(arrival.flight.timings(), total=clock.elapsed_ms()),
            proxy=story.hops[-1].proxy,
            reused=arrival.flight.reused,
            body_wanted_at=story.body_wanted_at,
        )

    def _findings(self, story: Story, arrival: Arrival, handshake: Handshake | None) -> tuple[Finding, ...]:
        """Judge what arrived, once and not again for each request that comes the same way to the same end."""
        stream, status = arrival.flight.stream, arrival.response.status
        if stream is None or status >= 400 or arrival.may_be_cut:
            return findings(story, handshake, arrival.response, may_be_cut=arrival.may_be_cut)
        minute = int(time.time() / 60)  # certificates expire while connections live
        who = story.identity, story.request.identity, story.withheld_on
        given = (handshake, *who, story.trust, story.request.policy, status, minute)
        known = self._judged.get(stream)
        if known is None or known[0] != given:
            known = self._judged[stream] = given, findings(story, handshake, arrival.response)
        return known[1]

    def _unforeseen(self, story: Story, clock: Flight, error: Exception) -> Exchange:
        """What nothing above expects is a bug of ours or a library's: the log says where, a person learns what."""
        tell_bug(error)
        phase = story.flight.phase if story.flight is not None else story.phase
        return ended(story, clock, doctor.unforeseen(error, phase), story.flight)

    def _hop_failed(self, story: Story, clock: Flight, failure: HopFailed) -> Exchange:
        story.flight = failure.flight
        land(story)
        return ended(story, clock, diagnosis(story, failure), failure.flight)
