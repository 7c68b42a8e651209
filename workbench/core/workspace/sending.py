"""From a draft and what surrounds it to an exchange that is remembered."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from workbench.core import blocking, doctor
from workbench.core.agreement import NotAgreed
from workbench.core.auth import Tokens
from workbench.core.cancelling import CancelScope
from workbench.core.collection.location import DraftLocation
from workbench.core.cookies import Jar
from workbench.core.draft import SENSITIVE, Draft
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange, Failure, Finding, Outcome, Progress, Severity
from workbench.core.history import Circumstances
from workbench.core.i18n import _
from workbench.core.preparation import DraftError
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.workspace.gate import Cleared
from workbench.core.workspace.scoping import DraftContext

Report = Callable[[Progress], None]


class Journal(Protocol):
    """Where exchanges are remembered (``core.history``); may block."""

    def add(
        self, draft: Draft, exchange: Exchange, circumstances: Circumstances | None = None, *, keep_body: bool = True
    ) -> object:
        """Remember one. Raises ``WorkbenchError``."""

    def note(self, exchange: Exchange) -> Exchange:
        """``exchange`` with what is worth finding out by comparing it with earlier ones. Raises ``WorkbenchError``."""

    def close(self) -> None:
        """Let go of what is open."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends through ``session``, with the cookies and tokens of one workspace."""

    session: Session
    cookies: Jar
    tokens: Tokens
    journal: Journal | None = None

    async def send(
        self,
        draft: Draft,
        location: DraftLocation | None,
        surround: Callable[[], DraftContext],
        clear: Callable[[DraftContext], Cleared],
        fallback: Request,
        *,
        keep_body: bool,
        remember: bool,
        progress: Report | None,
        scope: CancelScope,
    ) -> Exchange:
        """Prepare and send ``draft``. Never raises for what goes wrong: that is the exchange's failure.

        ``clear`` makes the request, or raises a ``WorkbenchError`` for one that must not go out; it may block. One
        that nobody agreed to is not remembered: nothing of it came about.
        What ``scope`` cancels is answered with an exchange. It is remembered, as is that of a task which is cancelled
        otherwise and raises ``CancelledError``.
        """
        around: DraftContext | None = None
        cleared: Cleared | None = None
        exchange = Exchange(replace(fallback, method=draft.method, url=draft.url), Outcome.CANCELLED)
        ending: asyncio.CancelledError | None = None
        try:
            with scope:
                around = await blocking.call(surround, "variables of a request")
                cleared = await blocking.call(lambda: clear(around), "prepare a request")
            if cleared is not None:
                tokens = self.tokens.of(location.collection if location is not None else None)
                exchange = await self.session.send(
                    cleared.request, progress=progress, jar=cleared.cookies, tokens=tokens, scope=scope
                )
        except NotAgreed as error:
            return replace(exchange, outcome=Outcome.FAILURE, failure=_failure(error))
        except WorkbenchError as error:
            exchange = replace(exchange, outcome=Outcome.FAILURE, failure=_failure(error))
        except asyncio.CancelledError as error:
            exchange, ending = scope.exchange or exchange, error
        keep_body = keep_body and SENSITIVE not in draft.tags
        circumstances = Circumstances(
            environment=around.environment if around is not None else "",
            collection=location.collection if location is not None else None,
            item=location.item if location is not None else None,
            secrets=(
                *(around.secrets if around is not None else ()),
                *(cleared.secrets if cleared is not None else ()),
            ),
        )
        exchange = await blocking.call(  # whoever cancels here does not wait for it; it is kept all the same
            lambda: self._remembered(draft, exchange, circumstances if remember else None, keep_body=keep_body),
            "keep an exchange",
        )
        if ending is not None:
            raise ending
        return exchange

    def _remembered(
        self, draft: Draft, exchange: Exchange, circumstances: Circumstances | None, *, keep_body: bool
    ) -> Exchange:
        """Keep cookies, and with ``circumstances`` history; what cannot be kept costs no response, but is told."""
        troubles: list[WorkbenchError] = []
        try:
            self.cookies.save()
        except WorkbenchError as error:
            troubles.append(error)
        try:
            if self.journal is not None and circumstances is not None:
                exchange = self.journal.note(exchange)
                self.journal.add(draft, exchange, circumstances, keep_body=keep_body)
        except WorkbenchError as error:
            troubles.append(error)
        return replace(exchange, findings=(*exchange.findings, *map(_not_kept, troubles))) if troubles else exchange


def _failure(error: WorkbenchError) -> Failure:
    failure = doctor.failure_of(error)
    match error:
        case DraftError():
            return replace(failure, spot=error.spot)
        case NotAgreed():
            return replace(failure, wants=error.wants)
    return failure


def _not_kept(error: WorkbenchError) -> Finding:
    return Finding(
        "not-kept",
        Severity.WARNING,
        _("This exchange, or its cookies, could not be saved."),
        detail=f"{error.title} {error.detail}".strip(),
        hint=error.hint,
    )
