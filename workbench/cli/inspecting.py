"""What ``inspect`` does: the TLS of a server, without and with the identity, and what it takes besides."""

import asyncio
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

from workbench.cli.command import CHECK_FAILED, DONE, wrong_usage
from workbench.cli.describe import Line, failure_lines, finding_lines, handshake_lines
from workbench.cli.document import exchange_document
from workbench.cli.outcome import exit_status
from workbench.cli.output import BAD, BOLD, DIM, GOOD, Output, say_error
from workbench.cli.preparation import prepare
from workbench.cli.request import connection_request
from workbench.cli.sources import identity_store, trust_library, trust_names
from workbench.cli.targets import origin_url
from workbench.cli.tls_options import positionals
from workbench.core import url
from workbench.core.doctor.fit import Fit, judge
from workbench.core.errors import StorageError, WorkbenchError
from workbench.core.exchange import ClientAuthentication, Exchange
from workbench.core.i18n import _
from workbench.core.inspection import NEVER_ASKED, OPTIONAL, REQUIRED, Inspection, is_post_quantum
from workbench.core.request import Request
from workbench.core.storage import StoredIdentity
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.chain_check import verify_server
from workbench.core.tls.document import Document, certificates_document, revocation_document
from workbench.core.tls.handshake import Revocation, VerificationError
from workbench.core.tls.trust import MOZILLA, SYSTEM, Bundle, TrustStore
from workbench.core.words import validity_words

_WANTED = {
    REQUIRED: _("A client certificate is required."),
    OPTIONAL: _("A client certificate is requested, and the handshake succeeds without one."),
    NEVER_ASKED: _("No client certificate is requested."),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that ``--check`` judges."""

    name: str
    holds: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One stored identity, and whether it fits this server."""

    name: str
    certificate: Certificate
    fit: Fit


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one bundle makes of the chain that the server presented; ``error`` is the first thing wrong."""

    trust: str
    error: VerificationError | None


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


def _identity_check(inspection: Inspection) -> Iterator[Check]:
    exchange = inspection.with_identity
    if exchange is None:
        return
    holds, detail = _ACCEPTED[exchange.client_authentication]
    yield Check("identity-accepted", holds, detail)


_ACCEPTED = {
    ClientAuthentication.PROVED: (True, ""),
    ClientAuthentication.SENT: (False, _("it was sent; whether it was accepted is not known")),
    ClientAuthentication.REFUSED: (False, _("it was refused")),
    ClientAuthentication.NOT_REQUESTED: (False, _("it was not sent because the server did not request it")),
    ClientAuthentication.NONE_SENT: (False, _("it was requested, but could not be sent")),
    ClientAuthentication.UNKNOWN: (False, _("the handshake ended before the server could ask for it")),
}


def inspection_document(inspection: Inspection, identities: Sequence[Judged], verdicts: Sequence[Verdict]) -> Document:
    """What ``inspect --json`` prints."""
    handshake, survey = inspection.handshake, inspection.survey
    peer = handshake.peer if handshake is not None else None
    group = handshake.group if handshake is not None and is_post_quantum(handshake.group) else None
    with_identity = inspection.with_identity
    return {
        "address": peer.address if peer else "",
        "reachable": inspection.reachable,
        "client_certificate": inspection.client_certificate,
        "acceptable_authorities": list(inspection.authorities),
        "signature_algorithms": list(inspection.signature_algorithms),
        "identities": [_identity(one) for one in identities],
        "versions": None
        if survey is None
        else [
            {"version": one.version, "accepted": one.accepted, "ciphers": list(one.ciphers), "groups": list(one.groups)}
            for one in survey.versions
        ],
        "presented": certificates_document(peer.presented if peer else ()),
        "verdicts": [_verdict(one) for one in verdicts],
        "resumption": None if survey is None else {"tickets": survey.tickets, "resumed": survey.resumed},
        "alpn": list(survey.alpn) if survey else [handshake.alpn] if handshake and handshake.alpn else [],
        "post_quantum_group": (survey.post_quantum_group if survey else None) or group,
        "ocsp_stapled": bool(peer and peer.ocsp_stapled),
        "revocation": revocation_document(peer.revocation if peer else Revocation()),
        "without_identity": exchange_document(inspection.without),
        "with_identity": None if with_identity is None else exchange_document(with_identity),
        "checks": [{"name": one.name, "holds": one.holds, "detail": one.detail} for one in checks(inspection)],
    }


def _identity(judged: Judged) -> Document:
    reasons = [{"code": one.code, "detail": one.detail} for one in judged.fit.reasons]
    return {"name": judged.name, "fits": judged.fit.fits is not False, "reasons": reasons}


def _verdict(verdict: Verdict) -> Document:
    error = verdict.error
    errors = [] if error is None else [{"depth": error.depth, "code": error.code, "message": error.message}]
    return {"trust": verdict.trust, "trusted": error is None, "errors": errors}


def run(args: Namespace) -> int:
    """Look at the server that ``args`` name; the exit status."""
    words, output = positionals(args), Output.of(args)
    if len(words) != 1:
        wrong_usage(args, _("inspect takes one HOST or HOST:PORT"))
    with ExitStack() as stack:
        request = connection_request(args, Request(url=origin_url(words[0])))
        session, request = prepare(args, request, stack)

        def told(done: int, total: int) -> None:
            if output.verbose:
                output.say(_("Trying what the server takes: step {done} of {total}").format(done=done, total=total))

        with asyncio.Runner() as runner:
            try:
                looking = session.inspect(request, http=not args.no_http, take_stock=None if args.quick else told)
                inspection = runner.run(looking)
            finally:
                runner.run(session.aclose())
    bundles = _bundles(args)
    identities = _judged(inspection, bundles)
    verdicts = _verdicts(inspection, request, bundles)
    _show(output, inspection, identities, verdicts, judged=args.check)
    return _status(inspection, judged=args.check)


def _bundles(args: Namespace) -> tuple[Bundle, ...]:
    """Every bundle there is, those of the command line's files first; none that cannot be read."""
    _names, files = trust_names(args)
    library = trust_library()
    try:
        stored = library.list()
    except StorageError as error:
        say_error(error)
        stored = ()
    builtin = []
    for name in (SYSTEM, MOZILLA):
        try:
            builtin.append(library.builtin(name))
        except WorkbenchError as error:
            say_error(error)
    return (*files, *stored, *builtin)


def _judged(inspection: Inspection, bundles: Sequence[Bundle]) -> tuple[Judged, ...]:
    """The stored identities; none, with words, where they cannot be read: what the server said is worth as much."""
    try:
        stored: Sequence[StoredIdentity] = identity_store().list()
    except StorageError as error:
        say_error(error)
        return ()
    held = (*(c for one in stored for c in one.chain), *(c for bundle in bundles for c in bundle.certificates))
    asking = inspection.asking
    proof, version = (asking.client, asking.version) if asking is not None else (None, "")
    return tuple(Judged(one.name, one.certificate, judge(one.chain, proof, version, held=held)) for one in stored)


def _verdicts(inspection: Inspection, request: Request, bundles: Sequence[Bundle]) -> tuple[Verdict, ...]:
    presented = inspection.handshake.peer.presented if inspection.handshake is not None else ()
    if not presented:
        return ()
    host, now = url.parse(request.url).host, datetime.now(UTC)
    return tuple(Verdict(bundle.name, verify_server(presented, TrustStore((bundle,)), host, now)) for bundle in bundles)


def _status(inspection: Inspection, *, judged: bool) -> int:
    exchange = chosen(inspection)
    learned = any(one.handshake and one.handshake.version for one in (inspection.without, exchange))
    if not learned:
        return exit_status(exchange)
    return CHECK_FAILED if judged and not all(check.holds for check in checks(inspection)) else DONE


def _show(
    output: Output,
    inspection: Inspection,
    identities: Sequence[Judged],
    verdicts: Sequence[Verdict],
    *,
    judged: bool,
) -> None:
    if output.json:
        output.document(inspection_document(inspection, identities, verdicts))
        return
    output.lines(_lines(inspection, identities, verdicts, verbose=output.verbose))
    if judged:
        for check in checks(inspection):
            held = _("passed") if check.holds else _("failed")
            output.always(f"{check.name}: {held} {check.detail}".rstrip(), GOOD if check.holds else BAD)


def _lines(
    inspection: Inspection, identities: Sequence[Judged], verdicts: Sequence[Verdict], *, verbose: bool
) -> Iterator[Line]:
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
        yield from _accepted(inspection, identities)
    yield from _survey(inspection)
    for verdict in verdicts:
        yield _verdict_line(verdict)


def _verdict_line(verdict: Verdict) -> Line:
    if verdict.error is None:
        return Line(_("With “{bundle}”: trusted").format(bundle=verdict.trust), GOOD)
    words = _("With “{bundle}”: not trusted ({message})")
    return Line(words.format(bundle=verdict.trust, message=verdict.error.message), DIM)


def _survey(inspection: Inspection) -> Iterator[Line]:
    survey = inspection.survey
    if survey is None:
        return
    for one in survey.versions:
        if not one.accepted:
            yield Line(_("{version}: not accepted").format(version=one.version), DIM)
            continue
        yield Line(_("{version}: accepted").format(version=one.version), BOLD)
        yield Line(f"  {', '.join(one.ciphers)}")
        if one.groups:
            yield Line(f"  {', '.join(one.groups)}")
    if survey.alpn:
        yield Line(_("Application protocols: {names}").format(names=", ".join(survey.alpn)))
    resumption = _("Sessions can be resumed.") if survey.resumed else _("Sessions were not resumed.")
    yield Line(resumption)
    quantum = survey.post_quantum_group
    yield Line(
        _("Post-quantum key exchange: {group}").format(group=quantum)
        if quantum
        else _("No post-quantum key exchange was accepted.")
    )


def _handshake(exchange: Exchange, verbose: bool) -> Iterator[Line]:
    if exchange.handshake is not None:
        yield from handshake_lines(exchange, exchange.handshake, verbose=verbose)
    if exchange.failure is not None:
        yield from failure_lines(exchange.failure)
    for finding in exchange.findings:
        yield from finding_lines(finding)


def _accepted(inspection: Inspection, identities: Sequence[Judged]) -> Iterator[Line]:
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
    fitting = [one for one in identities if one.fit.fits]
    if fitting:
        yield Line(_("These stored identities fit:"))
        yield from (Line(f"  {one.name} ({validity_words(one.certificate)})") for one in fitting)
    else:
        yield Line(_("No stored identity fits."))
    others = [one for one in identities if one.fit.reasons]
    if others:
        yield Line(_("These do not:"))
        yield from (Line(f"  {one.name}: {one.fit.reasons[0].detail}", DIM) for one in others)
