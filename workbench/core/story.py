"""What has happened so far to one request, and how it is told: the way from flights and failures to an exchange."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workbench.core import doctor, url
from workbench.core.exchange import Exchange, Failure, Finding, Hop, Outcome, Phase, Response, Timings
from workbench.core.http import redirects
from workbench.core.http.flight import Flight
from workbench.core.http.trouble import HopFailed
from workbench.core.request import Request
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import TrustStore
from workbench.core.url import URL

if TYPE_CHECKING:
    from workbench.core.auth import Signer
    from workbench.core.cookies import Jar

_PAGE = 4096  # bytes of an error page that the doctor reads


@dataclass
class Story:
    """What has happened so far to one request.

    ``lowered``: a redirect has led from https to http. ``redirected`` are findings about redirects.
    """

    request: Request
    hops: list[Hop] = field(default_factory=list)
    withheld_on: str | None = None
    redirected: list[Finding] = field(default_factory=list)
    body_wanted_at: str | None = None
    lowered: bool = False
    identity: Identity | None = None
    trust: TrustStore | None = None
    phase: Phase = Phase.PREPARE
    flight: Flight | None = None
    address: str = ""
    jar: "Jar | None" = None
    signer: "Signer | None" = None

    @property
    def anchors(self) -> tuple[Certificate, ...]:
        """The authorities that were trusted."""
        return self.trust.certificates if self.trust is not None else ()

    def leave(self, home: URL, target: URL) -> None:
        """A redirect led away from ``home``: note what does not go along to ``target``."""
        if self.request.identity:
            self.withheld_on = str(target)
        names = [name for name, _value in self.request.headers if redirects.is_secret(name, self.request)]
        if self.request.auth is not None or home.user is not None:
            names.append(_auth_header(self.request))
        unique: dict[str, str] = {}
        for name in names:
            unique.setdefault(name.lower(), name)
        if unique and (finding := doctor.secrets_withheld(tuple(unique.values()), target.site)) not in self.redirected:
            self.redirected.append(finding)

    def holds_back(self, request: Request, source: URL, target: URL, status: int) -> bool:
        """Whether ``request``, as a redirect made it, must not go from ``source`` to ``target`` with its body."""
        home = url.parse(self.request.url)
        leaves_tls = redirects.leaves_tls(source, target)
        if request.body == b"" or (not leaves_tls and target.site in (home.site, *self.request.body_origins)):
            return False
        self.redirected.append(doctor.body_withheld(status, target.site, leaves_tls=leaves_tls))
        self.body_wanted_at = None if leaves_tls else target.site
        return True

    def with_cookies(self, request: Request, target: URL) -> Request:
        """``request`` with the jar's cookies for ``target``."""
        jar = self._jar_for(target)
        if jar is None or self.lowered:
            return request
        return replace(request, headers=jar.add_to(request.headers, target))

    def keep_cookies(self, source: URL, response: Response) -> None:
        """Put what ``source`` sets into the jar."""
        jar = self._jar_for(source)
        if jar is not None:
            jar.store(source, (value for name, value in response.headers if name.lower() == "set-cookie"))

    def _jar_for(self, target: URL) -> "Jar | None":
        if self.jar is not None and target.scheme == "https" and not self.request.policy.verify:
            return self.jar.unverified()
        return self.jar

    def took_off(self, flight: Flight) -> None:
        """Remember the record of the hop that is under way."""
        self.flight = flight


def _auth_header(request: Request) -> str:
    from workbench.core.auth.kinds import HeaderKey

    return request.auth.name if isinstance(request.auth, HeaderKey) else "Authorization"


def diagnosis(story: Story, failure: HopFailed) -> Failure:
    """The doctor's answer to all that is known of a hop that failed."""
    last = story.hops[-1] if story.hops else Hop(story.request.url)
    where = url.parse(last.url)
    hop = failure.flight
    return doctor.diagnose(
        doctor.Evidence(
            trouble=failure.trouble,
            phase=hop.phase,
            host=where.host,
            port=where.port,
            message=failure.message,
            reason=failure.reason,
            handshake=facts_of(hop) or _with_proxy(hop),
            identity_chain=story.identity.chain if story.identity else (),
            identity_name=story.identity.name if story.identity else None,
            trust=story.request.trust,
            first_bytes=_first_bytes(hop),
            proxy=last.proxy,
            policy=story.request.policy,
            now=datetime.now(UTC),
            anchors=story.anchors,
        )
    )


def unauthorized(story: Story, clock: Flight, call: Exchange, failure: Failure) -> Exchange:
    """The exchange when no access token came: the call to the token endpoint is all there is to show, TLS included."""
    return Exchange(
        request=story.request,
        outcome=Outcome.FAILURE,
        hops=(*story.hops, *call.hops),
        failure=failure,
        handshake=call.handshake,
        timings=replace(call.timings, total=clock.elapsed_ms()),
        proxy=call.proxy,
        reused=call.reused,
    )


def land(story: Story) -> None:
    """Keep what the last hop's flight recorded, however it ended."""
    if story.hops and story.flight is not None:
        facts = facts_of(story.flight)
        status = story.flight.came.status if story.flight.came is not None else None
        story.hops[-1] = replace(story.hops[-1], status=status, handshake=facts, timings=story.flight.timings())


def _first_bytes(hop: Flight) -> bytes:
    """What came in place of TLS, else what came in place of HTTP."""
    if hop.stream is not None and not hop.stream.connection.complete:
        return hop.stream.first_bytes
    framed = hop.stream is not None and hop.stream.connection.selected_alpn_protocol() == "h2"
    return b"" if framed else hop.first_bytes


def facts_of(hop: Flight) -> Handshake | None:
    """What the hop's TLS said, None where there was none."""
    return hop.stream.connection.handshake_facts() if hop.stream is not None else None


def _with_proxy(hop: Flight) -> Handshake | None:
    """What the proxy's TLS said, where it was in the way."""
    if hop.phase is not Phase.PROXY or hop.proxy_stream is None:
        return None
    return hop.proxy_stream.connection.handshake_facts()


def findings(
    story: Story, handshake: Handshake | None, response: Response | None, *, may_be_cut: bool = False
) -> tuple[Finding, ...]:
    """What is worth knowing about an exchange that worked."""
    page = ""
    if response is not None and response.status >= 400 and response.body.file is None:
        page = response.body.read(_PAGE).decode("utf-8", "replace")
    return doctor.findings(
        handshake,
        story.identity.chain if story.identity else (),
        story.request.identity,
        story.request.policy,
        datetime.now(UTC),
        withheld_on=story.withheld_on,
        status=response.status if response is not None else None,
        page=page,
        anchors=story.anchors,
        may_be_cut=may_be_cut,
    )


def ended(story: Story, clock: Flight, failure: Failure | None, hop: Flight | None = None) -> Exchange:
    """The exchange as it stands when no response came, or of an event stream no end."""
    last = story.hops[-1] if story.hops else None
    timings = hop.timings() if hop is not None else Timings()
    return Exchange(
        request=story.request,
        outcome=Outcome.FAILURE,
        hops=tuple(story.hops),
        response=hop.came if hop is not None else None,
        failure=failure,
        handshake=last.handshake if last else None,
        timings=replace(timings, total=clock.elapsed_ms()),
        proxy=last.proxy if last else None,
        reused=hop.reused if hop is not None else False,
    )
