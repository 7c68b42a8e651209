"""What ``inspect`` does: the TLS of a server without HTTP, once without and once with the identity."""

import asyncio
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from workbench.cli.command import CHECK_FAILED, DONE, wrong_usage
from workbench.cli.describe import Line, failure_lines, finding_lines, handshake_lines
from workbench.cli.document import exchange_document
from workbench.cli.outcome import exit_status
from workbench.cli.output import BAD, BOLD, GOOD, Output, say_error
from workbench.cli.preparation import prepare
from workbench.cli.request import connection_request
from workbench.cli.sources import identity_store
from workbench.cli.targets import origin_url
from workbench.cli.tls_options import positionals
from workbench.core.doctor.standing import cannot_sign, is_accepted_by_name
from workbench.core.errors import StorageError
from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.inspection import NOT_REQUESTED, OPTIONAL, REQUIRED, Inspection
from workbench.core.request import Request
from workbench.core.storage import StoredIdentity
from workbench.core.tls.document import Document
from workbench.core.url import masked
from workbench.core.words import validity_words

_WANTED = {
    REQUIRED: _("A client certificate is required."),
    OPTIONAL: _("A client certificate is requested, and the handshake succeeds without one."),
    NOT_REQUESTED: _("No client certificate is requested."),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that ``--check`` judges."""

    name: str
    held: bool
    detail: str


def chosen(inspection: Inspection) -> Exchange:
    """The handshake with what was chosen: with the identity if there is one, else without."""
    return inspection.with_identity or inspection.without


def checks(inspection: Inspection) -> tuple[Check, ...]:
    """What must hold for a request with these options to get through."""
    exchange = chosen(inspection)
    handshake = exchange.handshake
    trusted = handshake is not None and handshake.peer.trusted
    errors = "; ".join(error.message for error in handshake.peer.errors) if handshake else ""
    return (
        Check("server-proved", trusted, errors),
        Check("handshake-completed", exchange.failure is None, exchange.failure.title if exchange.failure else ""),
        *_identity_check(inspection),
    )


def matching(inspection: Inspection, stored: Sequence[StoredIdentity]) -> tuple[StoredIdentity, ...]:
    """The stored identities that the server's authorities and signature algorithms admit; none if it never asked."""
    asking = next(
        (
            exchange.handshake
            for exchange in (inspection.without, inspection.with_identity)
            if exchange and exchange.handshake and exchange.handshake.client.requested
        ),
        None,
    )
    if asking is None:
        return ()
    proof = asking.client
    return tuple(
        one
        for one in stored
        if (not proof.acceptable_authorities or is_accepted_by_name(one.chain, proof.acceptable_authorities))
        and not cannot_sign(one.certificate, proof, asking.version)
    )


def inspection_document(inspection: Inspection, matches: Sequence[StoredIdentity]) -> Document:
    """What ``inspect --json`` prints: the handshake with what was chosen, and what the server wants from clients."""
    with_identity = inspection.with_identity
    return {
        **_document(chosen(inspection)),
        "client_certificate": inspection.client_certificate,
        "acceptable_authorities": list(inspection.authorities),
        "signature_algorithms": list(inspection.signature_algorithms),
        "matching_identities": [one.name for one in matches],
        "checks": [{"name": check.name, "held": check.held, "detail": check.detail} for check in checks(inspection)],
        "without": _document(inspection.without),
        "with_identity": None if with_identity is None else _document(with_identity),
    }


def _document(exchange: Exchange) -> Document:
    """The keys of an exchange that a handshake without HTTP can fill."""
    document = exchange_document(exchange)
    outcome = "handshake" if exchange.failure is None else document["outcome"]
    kept = {key: document[key] for key in ("failure", "findings", "client_authentication", "tls", "timings_ms")}
    return {"url": masked(exchange.request.url), "identity": exchange.request.identity, "outcome": outcome, **kept}


def _identity_check(inspection: Inspection) -> Iterator[Check]:
    exchange = inspection.with_identity
    if exchange is None:
        return
    sent = exchange.handshake is not None and bool(exchange.handshake.client.sent)
    accepted = sent and exchange.failure is None
    detail = (
        "" if accepted else _("it was refused") if sent else _("it was not sent because the server did not request it")
    )
    yield Check("identity-accepted", accepted, detail)


def run(args: Namespace) -> int:
    """Look at the server that ``args`` name; the exit status."""
    words, output = positionals(args), Output.of(args)
    if len(words) != 1:
        wrong_usage(args, _("inspect takes one HOST or HOST:PORT"))
    with ExitStack() as stack:
        request = connection_request(args, Request(url=origin_url(words[0])))
        session, request = prepare(args, request, stack)
        with asyncio.Runner() as runner:
            try:
                inspection = runner.run(session.inspect(request))
            finally:
                runner.run(session.aclose())
    matches = matching(inspection, _stored())
    _show(output, inspection, matches, judged=args.check)
    return _status(inspection, judged=args.check)


def _stored() -> Sequence[StoredIdentity]:
    """The stored identities; none, with words, where they cannot be read: what the server said is worth as much."""
    try:
        return identity_store().list()
    except StorageError as error:
        say_error(error)
        return ()


def _status(inspection: Inspection, *, judged: bool) -> int:
    exchange = chosen(inspection)
    learned = any(one.handshake and one.handshake.version for one in (inspection.without, exchange))
    if not learned:
        return exit_status(exchange)
    return CHECK_FAILED if judged and not all(check.held for check in checks(inspection)) else DONE


def _show(output: Output, inspection: Inspection, matches: Sequence[StoredIdentity], *, judged: bool) -> None:
    if output.json:
        output.document(inspection_document(inspection, matches))
        return
    output.lines(_lines(inspection, matches, verbose=output.verbose))
    if judged:
        for check in checks(inspection):
            held = _("passed") if check.held else _("failed")
            output.always(f"{check.name}: {held} {check.detail}".rstrip(), GOOD if check.held else BAD)


def _lines(inspection: Inspection, matches: Sequence[StoredIdentity], *, verbose: bool) -> Iterator[Line]:
    if inspection.with_identity is not None:
        yield Line(_("Without an identity:"), BOLD)
    yield from _handshake(inspection.without, verbose)
    if inspection.with_identity is not None:
        yield Line("")
        yield Line(_("As “{name}”:").format(name=inspection.with_identity.request.identity), BOLD)
        yield from _handshake(inspection.with_identity, verbose)
    yield Line("")
    yield Line(
        _WANTED.get(inspection.client_certificate, _("Could not find out whether a client certificate is required."))
    )
    if inspection.client_certificate in (REQUIRED, OPTIONAL):
        yield from _accepted(inspection, matches)


def _handshake(exchange: Exchange, verbose: bool) -> Iterator[Line]:
    if exchange.handshake is not None:
        yield from handshake_lines(exchange, exchange.handshake, verbose=verbose)
    if exchange.failure is not None:
        yield from failure_lines(exchange.failure)
    for finding in exchange.findings:
        yield from finding_lines(finding)


def _accepted(inspection: Inspection, matches: Sequence[StoredIdentity]) -> Iterator[Line]:
    if inspection.authorities:
        yield Line(_("It accepts certificates from these CAs:"))
        yield from (Line(f"  {name}") for name in inspection.authorities)
    else:
        yield Line(_("It names no CAs, so a certificate from any CA may be accepted."))
    if inspection.signature_algorithms:
        yield Line(
            _("It accepts these signature algorithms: {names}.").format(
                names=", ".join(inspection.signature_algorithms)
            )
        )
    if matches:
        yield Line(_("These stored identities match:"))
        yield from (Line(f"  {one.name} ({validity_words(one.certificate)})") for one in matches)
    else:
        yield Line(_("No stored identity matches."))
