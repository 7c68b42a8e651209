"""An exchange as text for a ticket: what was tried, what happened, what TLS did. Secrets are masked."""

from collections.abc import Iterator, Sequence

from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.masking import Mask
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake
from workbench.core.visible import visible_lines
from workbench.ui.look.words import duration_words, moment_words
from workbench.ui.models.findings import finding_words
from workbench.ui.models.handshake_rows import direction_words, message_lines, name_words
from workbench.ui.response.tls.tls_words import tls_facts

_MASK = Mask()


def report(exchange: Exchange) -> str:
    """The whole report, ending with a line end. It holds no body, no key and no secret."""
    lines = (*_request(exchange), *_outcome(exchange), *_handshake(exchange))
    return "".join(f"{visible_lines(line)}\n" for line in lines)


def _request(exchange: Exchange) -> Iterator[str]:
    request = exchange.request
    yield f"{request.method} {_MASK.url(request.url)}"
    yield _("Identity: {name}").format(name=request.identity or _("none"))
    yield _("Trust: {names}").format(names=", ".join(request.trust) or _("none"))
    for name, value in request.headers:
        yield f"> {name}: {_MASK.header(name, value)}"
    if exchange.proxy:
        yield _("Proxy: {proxy}").format(proxy=_MASK.url(exchange.proxy))
    if len(exchange.hops) > 1:
        yield _("Hops:")
        for hop in exchange.hops:
            offered = hop.identity or _("no identity")
            yield f"  {hop.status or '—'} {_MASK.url(hop.url)} ({offered})"
    yield ""


def _outcome(exchange: Exchange) -> Iterator[str]:
    if exchange.failure is not None:
        failure = exchange.failure
        yield _("No response: {title}").format(title=failure.title)
        yield _("Code: {code} (while: {phase})").format(code=failure.code, phase=failure.phase.value)
        yield from (part for part in (failure.detail, failure.hint) if part)
        if failure.candidates:
            yield _("Also possible: {codes}").format(codes=", ".join(failure.candidates))
    if exchange.response is not None:
        response = exchange.response
        yield f"{response.http_version} {response.status} {response.reason}".rstrip()
        for name, value in response.headers:
            yield f"< {name}: {_MASK.header(name, value)}"
    yield _("Time: {time}").format(time=duration_words(exchange.timings.total))
    for finding in exchange.findings:
        yield f"- {finding_words(finding)}"


def _handshake(exchange: Exchange) -> Iterator[str]:
    handshake = exchange.handshake
    if handshake is None:
        return
    yield ""
    yield "TLS"
    for fact in tls_facts(handshake):
        yield f"  {fact.name}: {fact.value}"
    yield from _chain(_("Presented by the server"), handshake.peer.presented)
    if handshake.peer.verified is None:
        yield _("  Verified: no path to a trusted CA")
    else:
        yield from _chain(_("Verified"), handshake.peer.verified)
    for error in handshake.peer.errors:
        place = error.certificate.subject if error.certificate else "?"
        yield _("  Error {code} at depth {depth} ({place}): {message}").format(
            code=error.code, depth=error.depth, place=place, message=error.message
        )
    yield from _client(handshake)
    yield _("Handshake")
    for line in message_lines(handshake):
        yield f"  {line.at_ms:8.2f} ms  {direction_words(line)}  {name_words(line)}"


def _client(handshake: Handshake) -> Iterator[str]:
    client = handshake.client
    yield _("  Client certificate requested: {answer}").format(answer=_("yes") if client.requested else _("no"))
    for name in client.acceptable_authorities:
        yield _("    accepts {name}").format(name=name)
    yield from _chain(_("Sent by us"), client.sent)


def _chain(title: str, certificates: Sequence[Certificate]) -> Iterator[str]:
    yield f"  {title}: {len(certificates)}"
    for certificate in certificates:
        yield f"    {certificate.subject}"
        yield _("      issued by {issuer}, until {end}").format(
            issuer=certificate.issuer, end=moment_words(certificate.not_after)
        )
        yield f"      SHA-256 {certificate.sha256}"
