"""All that two exchanges differ in, section by section. Takes time: for the worker."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from workbench.core.exchange import Exchange, Outcome, Timings
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake
from workbench.ui.compare.body_diff import body_lines
from workbench.ui.compare.diff_lines import DiffLine, Sign, field_lines, section, text_lines
from workbench.ui.look.words import date_words, duration_words, size_words

_Fields = list[tuple[str, str]]
_NOTHING = Handshake()


@dataclass(frozen=True, slots=True)
class Compared:
    """One side: what it is called, and the exchange."""

    title: str
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both titles and all lines, folded."""

    left: str = ""
    right: str = ""
    lines: tuple[DiffLine, ...] = ()

    @property
    def differences(self) -> int:
        """How many lines differ."""
        return sum(line.sign.is_difference for line in self.lines)


def compare(left: Compared, right: Compared) -> Comparison:
    """Everything that is shown of the two."""
    one, other = left.exchange, right.exchange
    shaken = one.handshake or _NOTHING, other.handshake or _NOTHING
    lines: list[DiffLine] = []
    timings = _("Timings")
    for title, found in (
        (_("Request"), field_lines(_request(one), _request(other))),
        (_("Request headers"), field_lines(one.request.headers, other.request.headers)),
        (_("Result"), field_lines(_result(one), _result(other))),
        (timings, _timing_lines(one.timings, other.timings)),
        (_("Response headers"), field_lines(_headers(one), _headers(other))),
        (_("Body"), body_lines(one.response, other.response)),
        (_("TLS facts"), field_lines(_tls(shaken[0]), _tls(shaken[1]))),
        (_("Server certificates"), _chain(shaken[0].peer.presented, shaken[1].peer.presented)),
        (_("Verified up to"), _chain(shaken[0].peer.verified or (), shaken[1].peer.verified or ())),
        (_("Client certificates"), _chain(shaken[0].client.sent, shaken[1].client.sent)),
        (_("Findings"), text_lines(_findings(one), _findings(other))),
    ):
        if found:
            same = _("always different, so not compared") if title == timings else _("no difference")
            lines += section(title, found, same, _("differences: {count}"))
    return Comparison(left.title, right.title, tuple(lines))


def _request(exchange: Exchange) -> _Fields:
    request = exchange.request
    return [
        (_("Method"), request.method),
        (_("URL"), exchange.hops[0].url if exchange.hops else request.url),
        (_("Identity"), request.identity or _("none")),
        (_("Trust"), ", ".join(request.trust)),
        (_("Redirects"), str(max(len(exchange.hops) - 1, 0))),
    ]


def _result(exchange: Exchange) -> _Fields:
    response, failure = exchange.response, exchange.failure
    if response is not None:
        return [
            (_("Status"), f"{response.status} {_reason(response.status, response.reason)}".strip()),
            (_("HTTP version"), response.http_version),
            (_("Body size"), size_words(response.body.size)),
        ]
    if failure is not None:
        said = [(_("Failure"), failure.code), (_("Outcome"), failure.title), (_("When"), failure.detail)]
        return [(name, value) for name, value in said if value]
    return [(_("Status"), _("cancelled") if exchange.outcome is Outcome.CANCELLED else _("no response"))]


def _reason(status: int, reason: str) -> str:
    if reason:
        return reason
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _timing_lines(left: Timings, right: Timings) -> tuple[DiffLine, ...]:
    # No two are ever the same, so none is a difference to step to.
    return tuple(replace(line, sign=Sign.BESIDE) for line in field_lines(_timings(left), _timings(right)))


def _timings(timings: Timings) -> _Fields:
    phases = (
        (_("DNS lookup"), timings.dns),
        (_("Connect"), timings.connect),
        (_("TLS"), timings.tls),
        (_("First byte"), timings.first_byte),
        (_("Total"), timings.total),
    )
    return [(name, duration_words(taken) if taken is not None else "–") for name, taken in phases]


def _headers(exchange: Exchange) -> Sequence[tuple[str, str]]:
    return exchange.response.headers if exchange.response is not None else ()


def _tls(handshake: Handshake) -> _Fields:
    peer, client = handshake.peer, handshake.client
    facts = [
        (_("Version"), handshake.version),
        (_("Cipher"), handshake.cipher),
        (_("Group"), handshake.group),
        (_("Signature algorithm"), handshake.signature_algorithm),
        (_("ALPN"), handshake.alpn or ""),
        (_("SNI"), handshake.sni or ""),
    ]
    if handshake == _NOTHING:
        return []
    return [
        *((name, value or "–") for name, value in facts),
        (_("Session"), _("resumed") if handshake.resumed else _("full handshake")),
        (_("Address"), peer.address or "–"),
        (_("Server trusted"), _yes(peer.trusted)),
        (_("Trusted by"), peer.trust or "–"),
        (_("Client certificate requested"), _yes(client.requested)),
        (_("Identity sent"), client.identity or "–"),
        *((_("Acceptable CA"), name) for name in client.acceptable_authorities),
        *((_("Verification error"), f"{error.depth}: {error.message}") for error in peer.errors),
    ]


def _yes(truth: bool) -> str:
    return _("yes") if truth else _("no")


def _chain(left: Sequence[Certificate], right: Sequence[Certificate]) -> tuple[DiffLine, ...]:
    return text_lines([_certificate(one) for one in left], [_certificate(one) for one in right])


def _certificate(certificate: Certificate) -> str:
    return _("{subject} · {key} · until {date} · SHA-256 {sha256}").format(
        subject=certificate.subject or certificate.serial,
        key=certificate.key,
        date=date_words(certificate.not_after),
        sha256=certificate.sha256,
    )


def _findings(exchange: Exchange) -> list[str]:
    return [f"{finding.code}: {finding.title}" for finding in exchange.findings]
