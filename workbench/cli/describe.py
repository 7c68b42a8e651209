"""An exchange in sentences for the terminal: short by default, everything with ``--verbose``."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from workbench.cli.output import BAD, BOLD, DIM, GOOD, WARN
from workbench.core.doctor import summary
from workbench.core.exchange import ClientAuthentication, Exchange, Failure, Finding, Hop, Outcome, Severity, Timings
from workbench.core.i18n import _, ngettext
from workbench.core.masking import is_secret_name
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake
from workbench.core.url import masked
from workbench.core.words import date_words, duration_words, size_words, validity_words


class Line(NamedTuple):
    """One line and the style a terminal shows it in."""

    text: str
    style: str = ""


_STYLES = {Severity.INFO: DIM, Severity.WARNING: WARN, Severity.ERROR: BAD}


def exchange_lines(exchange: Exchange, *, verbose: bool = False) -> Iterator[Line]:
    """The whole exchange but its body: what came, who proved what, what is worth knowing."""
    if verbose:
        yield from _request_lines(exchange)
    for hop in exchange.hops[:-1]:
        yield Line(_("{status} {url} → {location}").format(status=hop.status, url=hop.url, location=hop.location), DIM)
    yield from _outcome_lines(exchange)
    if exchange.handshake is not None:
        yield from handshake_lines(exchange, exchange.handshake, verbose=verbose)
    elif exchange.hops and exchange.hops[-1].url.startswith("http:"):
        yield Line(_("No TLS: this was sent over the network unencrypted."), WARN)
    for finding in exchange.findings:
        yield from finding_lines(finding)
    if verbose:
        yield from _response_header_lines(exchange)
        yield from _timing_lines(exchange)


def handshake_lines(exchange: Exchange, handshake: Handshake, *, verbose: bool = False) -> Iterator[Line]:
    """What TLS did on the exchange's last connection, as far as it got."""
    yield Line(summary(handshake, exchange.client_authentication), _verdict_style(exchange, handshake))
    facts = [handshake.cipher, handshake.group, handshake.signature_algorithm, handshake.alpn or ""]
    if exchange.reused:
        facts.append(_("reused connection"))
    if any(facts):
        yield Line(f"  {' · '.join(fact for fact in facts if fact)}", DIM)
    yield from _peer_lines(handshake, verbose)
    yield from _client_lines(handshake, verbose)
    if verbose:
        yield from _message_lines(handshake)


def failure_lines(failure: Failure) -> Iterator[Line]:
    """Why nothing came, what was seen, what to do, and what else it could be."""
    yield Line(_("error: {title}").format(title=failure.title), BAD)
    for line in failure.detail.splitlines():
        yield Line(f"  {line}")
    for line in failure.hint.splitlines():
        yield Line(f"  → {line}", BOLD)
    others = [code for code in failure.candidates if code != failure.code]
    codes = _("code: {code}").format(code=failure.code)
    if others:
        codes += "; " + _("also possible: {codes}").format(codes=", ".join(others))
    yield Line(f"  {codes}", DIM)


def finding_lines(finding: Finding) -> Iterator[Line]:
    """Something worth knowing, in one to three lines."""
    names = {Severity.INFO: _("note"), Severity.WARNING: _("warning"), Severity.ERROR: _("error")}
    yield Line(f"{names[finding.severity]}: {finding.title}", _STYLES[finding.severity])
    for line in finding.detail.splitlines():
        yield Line(f"  {line}")
    for line in finding.hint.splitlines():
        yield Line(f"  → {line}")


def certificate_lines(certificate: Certificate, indent: str = "") -> Iterator[Line]:
    """The facts of one certificate, one a line."""
    facts = (
        (_("subject"), certificate.subject),
        (_("issuer"), certificate.issuer),
        (_("serial"), certificate.serial),
        (_("valid"), f"{date_words(certificate.not_before)} – {date_words(certificate.not_after)}"),
        ("", validity_words(certificate)),
        (_("key"), certificate.key),
        (_("signature"), certificate.signature_algorithm),
        (_("names"), ", ".join(certificate.subject_alternative_names)),
        (_("usages"), ", ".join((*certificate.key_usages, *certificate.extended_key_usages))),
        (_("CA"), _("yes") if certificate.is_ca else _("no")),
        ("SHA-256", certificate.sha256),
        ("SHA-1", certificate.sha1),
        ("SPKI SHA-256", certificate.spki_sha256),
        (_("unreadable"), ", ".join(certificate.unreadable)),
    )
    for name, value in facts:
        if value:
            yield Line(f"{indent}{name:<13} {value}")


def _request_lines(exchange: Exchange) -> Iterator[Line]:
    request = exchange.request
    yield Line(f"{request.method} {masked(request.url)}", BOLD)
    for name, value in request.headers:
        yield Line(f"  {name}: {_('(not shown)') if is_secret_name(name) else value}")
    if request.body_size:
        yield Line(_("  body: {size}").format(size=size_words(request.body_size)))
    if exchange.proxy:
        yield Line(_("  through {proxy}").format(proxy=exchange.proxy))


def _outcome_lines(exchange: Exchange) -> Iterator[Line]:
    response = exchange.response
    if exchange.outcome is Outcome.CANCELLED:
        yield Line(_("Cancelled after {time}.").format(time=duration_words(exchange.timings.total)), WARN)
    if exchange.failure is not None:
        yield from failure_lines(exchange.failure)
    if response is not None:
        status = f"{response.http_version} {response.status} {response.reason}".rstrip()
        facts = (status, duration_words(exchange.timings.total), size_words(response.body.size))
        yield Line(" · ".join(facts), GOOD if response.status < 400 else WARN)


def _verdict_style(exchange: Exchange, handshake: Handshake) -> str:
    if not handshake.peer.trusted or exchange.client_authentication is ClientAuthentication.REFUSED:
        return BAD
    settled = (ClientAuthentication.PROVED, ClientAuthentication.NOT_REQUESTED)
    return GOOD if handshake.complete and exchange.client_authentication in settled else WARN


def _peer_lines(handshake: Handshake, verbose: bool) -> Iterator[Line]:
    peer = handshake.peer
    if peer.presented:
        trust = _("trusted by “{bundle}”").format(bundle=peer.trust) if peer.trust else _("not trusted")
        yield Line(_("  server: {subject}").format(subject=f"{_in_short(peer.presented[0])}, {trust}"))
    for error in peer.errors:
        yield Line(
            _("    at depth {depth}: {message} ({code})").format(
                depth=error.depth, message=error.message, code=error.code
            ),
            BAD,
        )
    if verbose:
        yield from _chain(_("presented"), peer.presented)
        yield from _chain(_("verified"), peer.verified or (), told=peer.presented)


def _client_lines(handshake: Handshake, verbose: bool) -> Iterator[Line]:
    client = handshake.client
    if client.sent:
        name = f"“{client.identity}”, " if client.identity else ""
        yield Line(_("  client: {subject}").format(subject=f"{name}{_in_short(client.sent[0])}"))
    if verbose:
        yield from _chain(_("sent"), client.sent)
        yield from (Line(f"    {_('accepts CA')} {name}", DIM) for name in client.acceptable_authorities)
        if client.signature_algorithms:
            yield Line(f"    {_('accepts signatures')} {', '.join(client.signature_algorithms)}", DIM)


def _in_short(certificate: Certificate) -> str:
    return f"{certificate.subject or certificate.serial} ({validity_words(certificate)})"


def _chain(title: str, chain: Iterable[Certificate], *, told: Sequence[Certificate] = ()) -> Iterator[Line]:
    """Each certificate; of those that were ``told`` before only where."""
    for depth, certificate in enumerate(chain):
        if certificate in told:
            yield Line(f"    {title} {depth}: " + _("presented {depth}").format(depth=told.index(certificate)), DIM)
            continue
        yield Line(f"    {title} {depth}", DIM)
        for line in certificate_lines(certificate, "      "):
            yield Line(line.text, DIM)


def _message_lines(handshake: Handshake) -> Iterator[Line]:
    for message in handshake.messages:
        arrow = "→" if message.direction == "sent" else "←"
        yield Line(f"    {message.at_ms:8.1f} ms {arrow} {message.type} ({size_words(message.size)})", DIM)
    for alert in handshake.alerts:
        arrow = "→" if alert.direction == "sent" else "←"
        yield Line(f"    {alert.at_ms:8.1f} ms {arrow} {alert.level} alert {alert.description} ({alert.code})", WARN)


def _response_header_lines(exchange: Exchange) -> Iterator[Line]:
    if exchange.response is not None:
        count = len(exchange.response.headers)
        yield Line(ngettext("{count} header:", "{count} headers:", count).format(count=count), DIM)
        for name, value in exchange.response.headers:
            yield Line(f"  {name}: {value}")


def _timing_lines(exchange: Exchange) -> Iterator[Line]:
    for hop in exchange.hops:
        yield Line(_timings(hop), DIM)


def _timings(hop: Hop) -> str:
    timings: Timings = hop.timings
    phases = (("DNS", timings.dns), ("TCP", timings.connect), ("TLS", timings.tls), ("TTFB", timings.first_byte))
    known = [f"{name} {duration_words(value)}" for name, value in phases if value is not None]
    return " · ".join((hop.url, *known, _("total {time}").format(time=duration_words(timings.total))))
