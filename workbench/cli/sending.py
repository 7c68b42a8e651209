"""What ``send`` does: one request, its response on stdout, what TLS did on stderr."""

import asyncio
from argparse import Namespace
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.cli.body_output import check_output_file, show_body, write_body
from workbench.cli.command import INTERRUPTED, UNUSABLE
from workbench.cli.describe import Line, exchange_lines, failure_lines
from workbench.cli.document import exchange_document
from workbench.cli.outcome import exit_status, failed
from workbench.cli.output import Output
from workbench.cli.preparation import prepare
from workbench.cli.request import default_method, http_request
from workbench.cli.targets import method_and_url
from workbench.cli.tls_options import positionals
from workbench.core.cancelling import CancelScope
from workbench.core.errors import WorkbenchError
from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.request import LARGEST_RESPONSE, Request
from workbench.core.words import duration_words

if TYPE_CHECKING:
    from workbench.core.session import Session


_MEGABYTE = 1_000_000
_LARGEST_IN_JSON = 64 * _MEGABYTE


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
            request = Request(*method_and_url(positionals(args), default=request.method))
            check_output_file(args.output)
            request = replace(http_request(args, request), largest_response=_largest(args))
            session, request = prepare(args, request, stack)
        except WorkbenchError as error:
            exchange = failed(request, error)
            return _show(args, output, exchange, [_repeat(exchange)])
        return _send(args, output, session, request)


def _largest(args: Namespace) -> int:
    """Bytes of the largest body to read: less where it is to stand in a JSON document, which readers hold whole."""
    if args.max_size is not None:
        return int(args.max_size) * _MEGABYTE
    return _LARGEST_IN_JSON if args.json and args.output is None else LARGEST_RESPONSE


def _send(args: Namespace, output: Output, session: "Session", request: Request) -> int:
    repeats: list[Repeat] = []
    with asyncio.Runner() as runner:
        try:
            for _number in range(args.repeat or 1):
                exchange = _exchange(runner, session, request)
                repeats.append(_repeat(exchange))
                if repeats[-1].exit_status in (UNUSABLE, INTERRUPTED):
                    break  # the next would end the same way
            return _show(args, output, exchange, repeats)
        finally:
            runner.run(session.aclose())


def _exchange(runner: asyncio.Runner, session: "Session", request: Request) -> Exchange:
    """Send once; Ctrl-C ends it, and how far it came is shown."""
    scope = CancelScope()
    try:
        return runner.run(session.send(request, scope=scope))
    except KeyboardInterrupt:  # what the runner makes of Ctrl-C once it has cancelled the task
        if scope.exchange is None:
            raise
        return scope.exchange


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
    return _("{count} times: {fastest} to {slowest}, median {median}; {reused} on a connection used before.").format(
        count=len(repeats),
        fastest=duration_words(times[0]),
        slowest=duration_words(times[-1]),
        median=duration_words(times[len(times) // 2]),
        reused=sum(repeat.reused for repeat in repeats),
    )
