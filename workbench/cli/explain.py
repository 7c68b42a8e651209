"""``explain``: what another program's error message says about TLS."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from workbench.cli.command import DONE, Command, wrong_usage
from workbench.cli.describe import Line
from workbench.cli.output import BOLD, DIM, Output
from workbench.core.errors import InvalidInput
from workbench.core.i18n import _

if TYPE_CHECKING:
    from workbench.core.explain import Explanation

_END = 1024 * 1024
"""Bytes of a log that are kept of its beginning, and of its end; even, for text in UTF-16."""

_OPEN = ("client-certificate-rejected",)
"""Codes that leave the reason open: servers say the same for many."""

_CULPRITS = {
    "client": _("the client's side"),
    "server": _("the server's side"),
    "network": _("the network between them"),
    "proxy": _("the proxy"),
    "unknown": _("not known"),
}


def _run(args: Namespace) -> int:
    from workbench.core.explain import explain

    output = Output.of(args)
    explanation = explain(_text(args))
    if args.url is not None:
        explanation = replace(explanation, detail=_join(explanation.detail, _called(args)))
    if args.identity is not None:
        explanation = _with_identity(explanation, args.identity)
    if output.json:
        output.document(
            {
                "code": explanation.code,
                "candidates": list(explanation.candidates),
                "culprit": explanation.culprit,
                "title": explanation.title,
                "detail": explanation.detail,
                "hint": explanation.hint,
                "program": explanation.program,
            }
        )
    else:
        output.lines(_lines(explanation))
    return DONE


def _text(args: Namespace) -> str:
    """What to explain. Raises ``InvalidInput`` for a file that cannot be read."""
    if len(args.files) > 1:
        wrong_usage(args, _("explain takes one file, or reads standard input"))
    name = args.files[0] if args.files else "-"
    try:
        if name == "-":
            data = _both_ends(sys.stdin.buffer)
        else:
            with Path(name).open("rb") as file:
                data = _both_ends(file)
    except (OSError, ValueError) as error:
        raise InvalidInput(
            _("The file “{name}” cannot be read.").format(name=name),
            detail=str(error),
            hint=_("Name a file that holds the error message, or pipe the message to standard input."),
        ) from error
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):  # what PowerShell writes
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "replace")


def _both_ends(source: IO[bytes]) -> bytes:
    """The beginning and the end of ``source``, all of it when it is not long: a log of any size takes no memory."""
    begin, end, skipped = source.read(_END), b"", False
    while piece := source.read(_END):
        skipped = skipped or len(end) + len(piece) > _END
        end = (end + piece)[-_END:]
    return begin + (b"\n\n" if skipped else b"") + end


def _called(args: Namespace) -> str:
    from workbench.core import url

    target = url.parse(args.url)
    where = _("It was about {host}, port {port}.").format(host=target.host, port=target.port)
    if target.scheme == "http":
        where = _join(where, _("Its URL begins with http://, which does not use TLS."))
    return where


def _with_identity(explanation: "Explanation", name: str) -> "Explanation":
    """What is known of the identity that was used. Where it explains a refusal, it is the cause."""
    from workbench.cli.sources import identity_store, trust_library
    from workbench.core.doctor.fit import judge
    from workbench.core.explain.causes import CAUSES

    stored = identity_store().find(name)
    if not explanation.code.startswith("client-certificate-"):
        return explanation
    held = tuple(one for bundle in trust_library().list() for one in bundle.certificates)
    reasons = judge(stored.chain, held=held).reasons
    if not reasons:
        known = _("Nothing that can be checked of “{name}” here explains it.").format(name=name)
        return replace(explanation, detail=_join(explanation.detail, known))
    found = reasons[0]
    detail = _join(explanation.detail, _("Of “{name}”: {detail}").format(name=name, detail=found.detail))
    if found.code == explanation.code or explanation.code not in _OPEN:
        return replace(explanation, detail=detail)
    cause = CAUSES[found.code]
    candidates = (explanation.code, *(code for code in explanation.candidates if code != found.code))
    return replace(
        explanation, code=found.code, candidates=candidates, title=cause.title, hint=cause.hint, detail=detail
    )


def _join(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _lines(explanation: "Explanation") -> Iterator[Line]:
    yield Line(explanation.title, BOLD)
    if explanation.detail:
        yield Line(f"  {explanation.detail}")
    yield Line(f"  → {explanation.hint}")
    if explanation.code != "unknown":
        yield Line(_("What has to change: {culprit}").format(culprit=_CULPRITS[explanation.culprit]))
    codes = _("code: {code}").format(code=explanation.code)
    if explanation.candidates:
        codes += "; " + _("also possible: {codes}").format(codes=", ".join(explanation.candidates))
    yield Line(f"  {codes}", DIM)
    if explanation.program != "unknown":
        yield Line("  " + _("written by: {program}").format(program=explanation.program), DIM)


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("files", metavar="FILE|-", nargs="*", help=_("the message; - or nothing: standard input"))
    parser.add_argument("--url", metavar="URL", help=_("the URL that the program called"))
    parser.add_argument("--identity", metavar="NAME", help=_("the stored identity that it used"))


EXPLAIN = Command(
    run=_run,
    configure=_configure,
    usage="[FILE|-] [options]",
    description=_(
        "Explains an error message or log excerpt of another program: whose certificate or configuration is\n"
        "wrong, why, and what to do. Knows curl, OpenSSL, Go, Java, .NET, Node.js, Python, GnuTLS, rustls, browsers\n"
        "and the logs of nginx, Apache, HAProxy, Envoy and others. Nothing is sent anywhere."
    ),
    examples=(
        "explain error.txt",
        "explain - --url https://api.example.com/ < build.log",
        "explain --json --identity payments error.txt",
    ),
)
