"""What ``send`` does: one request, its response on stdout, what TLS did on stderr."""

import asyncio
from argparse import Namespace
from collections.abc import Callable, Coroutine, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.cli.agreeing import uses_agreement_options
from workbench.cli.body_output import check_output_file, show_body, write_body
from workbench.cli.command import INTERRUPTED, UNUSABLE, wrong_usage
from workbench.cli.describe import Line, exchange_lines, failure_lines
from workbench.cli.document import exchange_document
from workbench.cli.outcome import exit_status, failed
from workbench.cli.output import Output
from workbench.cli.preparation import prepare
from workbench.cli.request import default_method, http_request
from workbench.cli.targets import is_saved, method_and_url
from workbench.cli.tls_options import positionals
from workbench.core.cancelling import CancelScope
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.words import duration_words

if TYPE_CHECKING:
    from workbench.core.session import Session

Send = Callable[[CancelScope], Coroutine[Any, Any, Exchange]]


@dataclass(frozen=True, slots=True)
class Repeat:
    """What ``--repeat`` keeps of each exchange."""

    status: int | None
    total_ms: float
    reused: bool
    exit_status: int


def run(args: Namespace) -> int:
    """Send as ``args`` say; the exit status."""
    request = Request(default_method(args), "")
    output = Output.of(args)
    with ExitStack() as stack:
        try:
            words = positionals(args)
            check_output_file(args.output)
            if is_saved(words):
                from workbench.cli.saved import saved_request

                saved = saved_request(args, words, stack)
                return _send(args, output, saved.session, saved.send)
            _check_options(args)
            request = Request(*method_and_url(words, default=request.method))
            request = http_request(args, request)
            session, request = prepare(args, request, stack)
        except WorkbenchError as error:
            exchange = failed(request, error)
            return _show(args, output, exchange, [_repeat(exchange)])
        return _send(args, output, session, lambda scope: session.send(request, scope=scope))


def _check_options(args: Namespace) -> None:
    if args.env is not None or uses_agreement_options(args):
        wrong_usage(args, _("--env, --allow and --agree need a saved request"))


def _send(args: Namespace, output: Output, session: "Session", send: Send) -> int:
    sent = _Sent()
    with asyncio.Runner() as runner:
        try:
            _send_all(runner, send, args.repeat or 1, sent)
            return _show(args, output, sent.last, sent.repeats)
        finally:
            runner.run(session.aclose())


class _Sent:
    """The exchanges of one command: the last of them whole, of each what ``--repeat`` tells."""

    last: Exchange

    def __init__(self) -> None:
        self.repeats: list[Repeat] = []

    def add(self, exchange: Exchange) -> None:
        """Keep ``exchange`` in place of the one before."""
        self.last = exchange
        self.repeats.append(_repeat(exchange))


def _send_all(runner: asyncio.Runner, send: Send, times: int, sent: _Sent) -> None:
    """Send ``times`` over; Ctrl-C ends it, and how far the last one came is kept."""
    scope = CancelScope()

    # One coroutine for all of them, which returns nothing: with every ``run`` the signal module makes text of what the
    # one before returned, and a large exchange takes longer to write down than to have.
    async def all_of_them() -> None:
        nonlocal scope
        for _number in range(times):
            scope = CancelScope()
            sent.add(await send(scope))
            if sent.repeats[-1].exit_status in (UNUSABLE, INTERRUPTED):
                break  # the next would end the same way

    try:
        runner.run(all_of_them())
    except KeyboardInterrupt:  # what the runner makes of Ctrl-C once it has cancelled the task
        if scope.exchange is None:
            raise
        sent.add(scope.exchange)


def _repeat(exchange: Exchange) -> Repeat:
    status = None if exchange.response is None else exchange.response.status
    return Repeat(status, round(exchange.timings.total, 3), exchange.reused, exit_status(exchange))


def _show(args: Namespace, output: Output, exchange: Exchange, repeats: Sequence[Repeat]) -> int:
    """Say and write what came, while the session still holds the body; the exit status."""
    for line in _lines(output, exchange):
        output.always(line.text, line.style)
    if args.repeat and not args.json:
        output.say(_summary(repeats))
    if args.json:
        document = exchange_document(exchange, with_body=args.output is None)
        if args.repeat:
            document["repeats"] = [
                {"status": repeat.status, "total_ms": repeat.total_ms, "reused": repeat.reused} for repeat in repeats
            ]
        output.document(document)
    if exchange.response is not None and args.output is not None:
        write_body(exchange.response, args.output)
    elif exchange.response is not None and not args.json:
        show_body(exchange.response, output)
    return max(repeat.exit_status for repeat in repeats)


def _lines(output: Output, exchange: Exchange) -> Iterable[Line]:
    if not output.quiet:
        return exchange_lines(exchange, verbose=output.verbose)
    return () if exchange.failure is None else failure_lines(exchange.failure)


def _summary(repeats: Sequence[Repeat]) -> str:
    times = sorted(repeat.total_ms for repeat in repeats)
    return _("{count} times: {fastest} to {slowest}, median {median}; {reused} on a reused connection.").format(
        count=len(repeats),
        fastest=duration_words(times[0]),
        slowest=duration_words(times[-1]),
        median=duration_words(times[len(times) // 2]),
        reused=sum(repeat.reused for repeat in repeats),
    )
