"""From a draft and what surrounds it to an exchange that is remembered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from workbench.core import blocking, doctor
from workbench.core.auth import Tokens
from workbench.core.cookies import Jar
from workbench.core.draft import Draft
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange, Finding, Outcome, Progress, Severity
from workbench.core.history import Circumstances
from workbench.core.i18n import _
from workbench.core.preparation import DraftError, prepare
from workbench.core.request import Request
from workbench.core.session import Session
from workbench.core.variables import VariableError
from workbench.core.workspace.origin import Origin
from workbench.core.workspace.scoping import Surroundings

SENSITIVE = "sensitive"
"""The tag of requests whose bodies are never kept in the history, whatever the preferences say."""

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
        origin: Origin | None,
        surround: Callable[[], Surroundings],
        folder: Path,
        fallback: Request,
        *,
        keep_body: bool,
        progress: Report | None,
    ) -> Exchange:
        """Prepare and send ``draft``. Never raises for what goes wrong: that is the exchange's failure."""
        around: Surroundings | None = None
        try:
            around = await blocking.call(surround, "variables of a request")
            request = await blocking.call(lambda: _prepared(draft, around, folder, fallback), "prepare a request")
        except WorkbenchError as error:
            unsent = replace(fallback, method=draft.method, url=draft.url)
            exchange = Exchange(unsent, Outcome.FAILURE, failure=doctor.failure_of(error))
        else:
            exchange = await self.session.send(request, progress=progress, jar=self.cookies, tokens=self.tokens)
        keep_body = keep_body and SENSITIVE not in draft.tags
        circumstances = Circumstances(
            environment=around.environment if around is not None else "",
            collection=origin.collection if origin is not None else None,
            item=origin.item if origin is not None else None,
            secrets=around.secrets if around is not None else (),
        )
        return await blocking.call(
            lambda: self._remembered(draft, exchange, circumstances, keep_body=keep_body), "keep an exchange"
        )

    def _remembered(
        self, draft: Draft, exchange: Exchange, circumstances: Circumstances, *, keep_body: bool
    ) -> Exchange:
        try:
            self.cookies.save()
            if self.journal is not None:
                exchange = self.journal.note(exchange)
                self.journal.add(draft, exchange, circumstances, keep_body=keep_body)
        except WorkbenchError as error:  # what the server said is worth more than the record of it
            return replace(exchange, findings=(*exchange.findings, _not_kept(error)))
        return exchange


def _prepared(draft: Draft, around: Surroundings, folder: Path, fallback: Request) -> Request:
    try:
        return prepare(draft, around.scope, folder=folder, inherited=around.chain, fallback=fallback)
    except DraftError as error:
        if around.locked is not None and _is_missing(error, around):
            raise around.locked from error
        raise


def _is_missing(error: DraftError, around: Surroundings) -> bool:
    """Whether what is wrong is a secret variable without its value."""
    name = error.cause.name if isinstance(error.cause, VariableError) else ""
    value = around.scope.find(name)
    return value is not None and value.missing


def _not_kept(error: WorkbenchError) -> Finding:
    return Finding(
        "not-kept",
        Severity.WARNING,
        _("This exchange, or its cookies, could not be kept."),
        detail=f"{error.title} {error.detail}".strip(),
        hint=error.hint,
    )
