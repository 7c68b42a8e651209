"""The public door: a request in, an exchange out, whatever went wrong on the way."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.core import doctor, url
from workbench.core.auth.refusal import TokenRefused
from workbench.core.cancelling import CancelScope
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import ClientAuthentication, Exchange, Hop, Outcome, Phase, Progress, Trouble
from workbench.core.files.spool import Spool
from workbench.core.http.client import Report
from workbench.core.http.clients import Clients, IdentitySource, TrustSource
from workbench.core.http.hop_record import HopRecord
from workbench.core.http.probe import probe
from workbench.core.http.stream import Tap
from workbench.core.http.trouble import HopFailed, tell_bug
from workbench.core.inspection import Inspection, judge
from workbench.core.inspection.survey import Report as SurveyReport
from workbench.core.inspection.survey import survey
from workbench.core.request import Request
from workbench.core.session.evidence import VerdictCache, failed, judged, may_have_been_refused, unfinished
from workbench.core.session.hops import Hops
from workbench.core.session.record import SessionRecord, Verdict
from workbench.core.session.shaking import Shaking, connecting_to

if TYPE_CHECKING:
    from workbench.core.auth import Tokens
    from workbench.core.cookies import Jar


_HEARING = 5.0
"""Seconds for a second handshake that only listens."""


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
        self._hops = Hops(self._clients, self._spool.folder, self.send)
        self._verdicts = VerdictCache()

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
        record = SessionRecord(request, jar=jar if request.cookies else None)
        scope = scope or CancelScope()
        with scope:
            try:
                return await self._send(record, progress or _silent, tokens)
            except asyncio.CancelledError:
                scope.exchange = record.ended(Outcome.CANCELLED, Verdict(unfinished(record)))
                raise
            except Exception as error:  # noqa: BLE001 -- whatever it was, it is told as a failure and as a bug
                return _unforeseen(record, error)
        assert scope.exchange is not None  # noqa: S101 -- the block was left by its own cancellation
        return scope.exchange

    async def _send(self, record: SessionRecord, report: Report, tokens: "Tokens | None") -> Exchange:
        request = record.request
        try:
            if request.auth is not None:
                await self._authenticate(record, tokens)
                record.start = time.perf_counter()
            async with asyncio.timeout(request.timeouts.total):
                arrived = await self._hops.follow(record, report)
            return record.answered(arrived, self._verdicts.of(record, arrived, record.hops[-1].handshake))
        except TokenRefused as refused:
            return record.unauthorized(refused.exchange, refused.failure)
        except HopFailed as error:
            return record.ended(Outcome.FAILURE, failed(record, await self._hear_again(record, error)))
        except WorkbenchError as error:
            return record.ended(Outcome.FAILURE, failed(record, error))
        except TimeoutError as error:
            late = HopFailed(Trouble.TIMEOUT, str(error), "", record.hop or HopRecord(request.timeouts))
            return record.ended(Outcome.FAILURE, failed(record, late))

    async def _hear_again(self, record: SessionRecord, error: HopFailed) -> HopFailed:
        """What a second handshake, which sends nothing afterwards, hears of a refusal that ``error`` may hide.

        Only at the request's own origin, which alone its identity and its other address are for, and not through a
        proxy, where the tunnel would have to be asked for again.
        """
        last = record.hops[-1] if record.hops else None
        at_home = last is not None and url.parse(last.url).origin == url.parse(record.request.url).origin
        if last is None or not at_home or last.proxy or not may_have_been_refused(record, error):
            return error
        hearing = SessionRecord(replace(record.request, url=last.url, identity=last.identity))
        try:
            async with asyncio.timeout(_HEARING):
                await self._probe(hearing)
        except HopFailed as heard:
            if heard.trouble is Trouble.ALERT:
                record.hop = heard.record
                return heard
        except (WorkbenchError, TimeoutError):
            pass  # what is known stays as it is
        return error

    async def _authenticate(self, record: SessionRecord, tokens: "Tokens | None") -> None:
        from workbench.core.auth import Tokens, signer_for

        record.signer = signer_for(record.request, tokens or Tokens())
        if record.signer is not None:
            await record.signer.ready(record.request, self.send)

    async def inspect(
        self, request: Request, *, http: bool = False, take_stock: SurveyReport | None = None
    ) -> Inspection:
        """Shake hands with the server of the request's URL, without and then with its identity; no proxy.

        ``http``: where TLS let the identity in, ask by one HEAD whether HTTP does too, since servers refuse
        certificates there as well. ``take_stock``: find out besides what the server takes, by some dozens of
        handshakes one after the other; it is told how far that has come.

        Never raises for what goes wrong, as ``send``: each of the two is an exchange. A task that is cancelled raises
        ``CancelledError``.
        """
        without = await self._handshake(replace(request, identity=None))
        with_identity = await self._handshake(request) if request.identity else None
        undecided = with_identity and with_identity.client_authentication is ClientAuthentication.SENT
        if http and undecided and with_identity and with_identity.failure is None:
            # Directly, as the handshakes were: a proxy may stand before another server.
            head = replace(request, method="HEAD", body=b"", follow_redirects=False, proxy="")
            with_identity = await self.send(head)
        found = None
        if take_stock is not None and without.handshake is not None and without.handshake.version:
            let_in = with_identity is not None and with_identity.failure is None
            known = request if let_in else replace(request, identity=None)
            found = await survey(Shaking(self._clients, known, self._tap), request.policy, take_stock)
        return Inspection(without, with_identity, judge(without), found)

    async def _handshake(self, request: Request) -> Exchange:
        record = SessionRecord(request)
        try:
            await self._probe(record)
        except (WorkbenchError, HopFailed) as error:
            return record.ended(Outcome.FAILURE, failed(record, error))
        except Exception as error:  # noqa: BLE001 -- as in ``send``
            return _unforeseen(record, error)
        return record.ended(Outcome.HANDSHAKE, judged(record, record.hop.handshake if record.hop else None, None))

    async def _probe(self, record: SessionRecord) -> None:
        request = record.request
        target = url.parse(request.url)
        context, _none = await self._clients.open(replace(request, reuse=False), None)
        record.identity, record.trust = context.identity, context.trust
        record.hops.append(Hop(str(target), identity=request.identity))
        record.hop = HopRecord(request.timeouts)
        await probe(context, target, record.hop, connect_to=connecting_to(request, target), tap=self._tap)

    async def forget(self) -> None:
        """Drop connections and opened keys: what they were made of has changed."""
        await self._clients.forget()

    async def aclose(self) -> None:
        """Close every connection and delete spooled bodies."""
        await self.forget()
        self._spool.close()


def _unforeseen(record: SessionRecord, error: Exception) -> Exchange:
    """What nothing above expects is a bug of ours or a library's: the log says where, a person learns what."""
    tell_bug(error)
    phase = record.hop.phase if record.hop is not None else Phase.PREPARE
    return record.ended(Outcome.FAILURE, Verdict(unfinished(record), doctor.unforeseen(error, phase)))
