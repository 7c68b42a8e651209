"""What is known so far of an exchange under way, and the exchange that is made of it however it ends."""

import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbench.core import doctor
from workbench.core.exchange import ClientAuthentication, Exchange, Failure, Finding, Hop, Outcome, Response, Timings
from workbench.core.http.client import HopResponse
from workbench.core.http.hop_record import HopRecord
from workbench.core.request import Request
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import Identity
from workbench.core.tls.trust import TrustStore
from workbench.core.url import URL

if TYPE_CHECKING:
    from workbench.core.auth import Signer
    from workbench.core.cookies import Jar


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the doctor makes of an exchange: ``failure`` when it failed, ``findings`` when it worked."""

    client_authentication: ClientAuthentication
    failure: Failure | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(slots=True)
class SessionRecord:
    """One request and what has happened to it, hop after hop.

    ``identity`` and ``trust`` are those of the last hop. ``hop`` is the record of a hop that is under way or failed,
    None once its response is whole. ``start`` is in seconds by ``time.perf_counter``. ``withheld_on`` is the URL to
    which a redirect did not take the identity. ``lowered``: a redirect has led from https to http. ``redirected`` are
    findings about redirects, ``body_wanted_at`` is as in ``Exchange``.
    """

    request: Request
    jar: "Jar | None" = None
    signer: "Signer | None" = None
    start: float = field(default_factory=time.perf_counter)
    hops: list[Hop] = field(default_factory=list)
    hop: HopRecord | None = None
    identity: Identity | None = None
    trust: TrustStore | None = None
    withheld_on: str | None = None
    redirected: list[Finding] = field(default_factory=list)
    body_wanted_at: str | None = None
    lowered: bool = False

    @property
    def anchors(self) -> tuple[Certificate, ...]:
        """The authorities that were trusted."""
        return self.trust.certificates if self.trust is not None else ()

    @property
    def identity_chain(self) -> tuple[Certificate, ...]:
        """The certificates of the identity that was offered, ``()`` for none."""
        return self.identity.chain if self.identity is not None else ()

    def elapsed_ms(self) -> float:
        """Milliseconds since ``start``."""
        return (time.perf_counter() - self.start) * 1000

    def hop_started(self, hop: HopRecord) -> None:
        """Another attempt to send the last hop begins."""
        self.hop = hop

    def finish_hop(self) -> None:
        """Note in the last hop what came of it before it ended early."""
        if self.hops and self.hop is not None:
            status = self.hop.partial.status if self.hop.partial is not None else None
            facts, timings = self.hop.handshake, self.hop.timings()
            self.hops[-1] = replace(self.hops[-1], status=status, handshake=facts, timings=timings)

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

    def answered(self, arrived: HopResponse, verdict: Verdict) -> Exchange:
        """The exchange that ended with a response."""
        hop, findings = self.hops[-1], verdict.findings
        if self.redirected:
            findings = doctor.by_severity((*findings, *self.redirected))
        return Exchange(
            request=self.request,
            outcome=Outcome.RESPONSE,
            hops=tuple(self.hops),
            response=arrived.response,
            findings=findings,
            handshake=hop.handshake,
            timings=replace(hop.timings, total=self.elapsed_ms()),
            proxy=hop.proxy,
            reused=arrived.record.reused,
            body_wanted_at=self.body_wanted_at,
            client_authentication=verdict.client_authentication,
        )

    def ended(self, outcome: Outcome, verdict: Verdict) -> Exchange:
        """The exchange that ended without a whole response; of an event stream, with what came of it."""
        self.finish_hop()
        last = self.hops[-1] if self.hops else None
        timings = self.hop.timings() if self.hop is not None else Timings()
        return Exchange(
            request=self.request,
            outcome=outcome,
            hops=tuple(self.hops),
            response=self.hop.partial if self.hop is not None else None,
            failure=verdict.failure,
            findings=verdict.findings,
            handshake=last.handshake if last else None,
            timings=replace(timings, total=self.elapsed_ms()),
            proxy=last.proxy if last else None,
            reused=self.hop.reused if self.hop is not None else False,
            client_authentication=verdict.client_authentication,
        )

    def unauthorized(self, call: Exchange, failure: Failure) -> Exchange:
        """The exchange when no access token came: the call to the token endpoint is all there is to show."""
        return Exchange(
            request=self.request,
            outcome=Outcome.FAILURE,
            hops=(*self.hops, *call.hops),
            failure=failure,
            handshake=call.handshake,
            timings=replace(call.timings, total=self.elapsed_ms()),
            proxy=call.proxy,
            reused=call.reused,
            client_authentication=call.client_authentication,
        )
