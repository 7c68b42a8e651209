"""From hop to hop: redirects (RFC 9110 15.4), another proof of who asks (11.6), another version of HTTP."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core import doctor, proxy, url
from workbench.core.exchange import Hop, Phase, Progress
from workbench.core.http import headers, redirects
from workbench.core.http.client import HopResponse, Report
from workbench.core.http.clients import Clients
from workbench.core.http.trouble import HopFailed
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.session.record import SessionRecord
from workbench.core.url import URL

if TYPE_CHECKING:
    from workbench.core.auth import Signer
    from workbench.core.auth.tokens import Send


class Hops:
    """Sends the hops of an exchange and notes each in its record.

    ``folder`` is where large bodies go, ``send`` sends what authentication needs besides. Every method raises
    ``HopFailed`` and ``WorkbenchError``.
    """

    def __init__(self, clients: Clients, folder: Callable[[], Path], send: "Send") -> None:
        self._clients = clients
        self._folder = folder
        self._send = send

    async def follow(self, record: SessionRecord, report: Report) -> HopResponse:
        """Send the record's request, and follow redirects if it says so; the last response."""
        request = record.request
        target = home = url.parse(request.url)
        headers.check_method(request.method)
        headers.check(request.headers)
        for _count in range(request.max_redirects + 1):
            # Once a redirect has led from https to http, nothing speaks for the person any more, not even at home.
            at_home = target.origin == home.origin and not record.lowered
            if at_home and target.user is None:
                target = replace(target, user=home.user, password=home.password)
            if not at_home:
                _leave(record, home, target)
            outgoing = request if at_home else redirects.cross_origin(request)
            arrived = await self._authenticated(record, outgoing, target, report, record.signer if at_home else None)
            response = arrived.response
            location = response.header("Location") if response.status in redirects.STATUSES else None
            if not request.follow_redirects or location is None:
                return arrived
            source, target = target, redirects.leads_to(target, location)
            request = redirects.following(request, response.status)
            if _withholds_body(record, request, source, target, response.status):
                return arrived
            record.lowered = target.scheme == "http" and (record.lowered or redirects.leaves_tls(source, target))
        raise redirects.BadRedirect(
            _("Too many redirects."),
            detail=_("{n} redirects were followed, the last one to {url}.").format(n=request.max_redirects, url=target),
            hint=_("See the list of hops, or raise the maximum number of redirects."),
        )

    async def _authenticated(
        self, record: SessionRecord, request: Request, target: URL, report: Report, signer: "Signer | None"
    ) -> HopResponse:
        """One hop with cookies and signature, and once more where the server asks for another proof."""
        while True:
            outgoing, signed_target = record.with_cookies(request, target), target
            if signer is not None:
                outgoing, signed_target = await signer.sign(outgoing, target)
                headers.check(outgoing.headers)
            hop = Hop(str(target), identity=outgoing.identity)  # without what a signature adds to the URL: it is secret
            arrived = await self._over_any_version(record, hop, outgoing, signed_target, report)
            response = arrived.response
            record.keep_cookies(target, response)
            if signer is None or not await signer.again(request, response.status, response.headers, self._send):
                return arrived

    async def _over_any_version(
        self, record: SessionRecord, hop: Hop, request: Request, target: URL, report: Report
    ) -> HopResponse:
        try:
            return await self._hop(record, hop, request, target, report)
        except HopFailed as failure:
            # Over HTTP/2 no server may ask for a certificate after the handshake (RFC 9113 9.2.1, RFC 8740).
            if not failure.wants_http1 or request.http_version is not None:
                raise
        record.hops.pop()
        return await self._hop(record, hop, replace(request, http_version="1.1"), target, report)

    async def _hop(self, record: SessionRecord, hop: Hop, request: Request, target: URL, report: Report) -> HopResponse:
        record.hop = None
        report(Progress(Phase.PREPARE))
        chosen = proxy.choose(target, request.proxy)
        client, context = await self._clients.get(request, chosen, target)
        record.identity, record.trust = context.identity, context.trust
        record.hops.append(replace(hop, proxy=str(chosen) if chosen else None))
        report(Progress(Phase.CONNECT))
        try:
            arrived = await client.send(request, target, self._folder, report, record.hop_started)
        finally:
            if not request.reuse:
                await client.aclose()
        record.hops[-1] = replace(
            record.hops[-1],
            status=arrived.response.status,
            location=arrived.response.header("Location"),
            handshake=arrived.record.handshake,
            timings=arrived.record.timings(),
        )
        record.hop = None
        return arrived


def _leave(record: SessionRecord, home: URL, target: URL) -> None:
    """A redirect led away from ``home``: note what does not go along to ``target``."""
    request = record.request
    if request.identity:
        record.withheld_on = str(target)
    names = [name for name, _value in request.headers if redirects.is_secret(name, request)]
    if request.auth is not None or home.user is not None:
        names.append(_auth_header(request))
    unique: dict[str, str] = {}
    for name in names:
        unique.setdefault(name.lower(), name)
    if unique and (finding := doctor.secrets_withheld(tuple(unique.values()), target.site)) not in record.redirected:
        record.redirected.append(finding)


def _auth_header(request: Request) -> str:
    from workbench.core.auth.kinds import HeaderKey

    return request.auth.name if isinstance(request.auth, HeaderKey) else "Authorization"


def _withholds_body(record: SessionRecord, request: Request, source: URL, target: URL, status: int) -> bool:
    """Whether ``request``, as a redirect made it, must not go from ``source`` to ``target`` with its body."""
    home = url.parse(record.request.url)
    leaves_tls = redirects.leaves_tls(source, target)
    if request.body == b"" or (not leaves_tls and target.site in (home.site, *record.request.body_origins)):
        return False
    record.redirected.append(doctor.body_withheld(status, target.site, leaves_tls=leaves_tls))
    record.body_wanted_at = None if leaves_tls else target.site
    return True
