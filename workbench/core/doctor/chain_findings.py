"""Findings about the server's chain: its order, its surplus, its dates."""

from collections.abc import Iterator
from datetime import datetime

from workbench.core.doctor.phrases import day, quoted
from workbench.core.exchange import Finding, Severity
from workbench.core.i18n import _, ngettext
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake
from workbench.core.tls.identity import order_chain
from workbench.core.tls.presented import Place, places

Placed = tuple[tuple[Certificate, Place], ...]
"""What the server presented, and the place of each."""


def about_chain(handshake: Handshake, now: datetime) -> Iterator[Finding]:
    """What the certificates that the server presented are worth a remark for."""
    presented = handshake.peer.presented
    if not presented:
        return
    path = order_chain(presented, presented[0])
    placed = tuple(zip(presented, places(presented), strict=True))
    yield from _expires_soon(path, now)
    yield from _root(placed)
    yield from _extra(placed)
    yield from _order(placed, path)


def _expires_soon(path: tuple[Certificate, ...], now: datetime) -> Iterator[Finding]:
    for certificate in path:
        if certificate.expires_soon(now):
            yield Finding(
                "server-expires-soon",
                Severity.WARNING,
                expires_in(_("The server's certificate"), certificate, now),
                _("“{subject}” is valid until {date}.").format(
                    subject=certificate.subject, date=day(certificate.not_after)
                ),
                _("Tell the server's operator, unless it is renewed automatically."),
            )
            return


def expires_in(whose: str, certificate: Certificate, now: datetime) -> str:
    """A title such as “The server's certificate expires in 3 days.”."""
    left = certificate.days_left(now) or 0
    text = ngettext("{whose} expires in {days} day.", "{whose} expires in {days} days.", left)
    return text.format(whose=whose, days=left)


def _at(placed: Placed, place: Place) -> list[Certificate]:
    return [certificate for certificate, its_place in placed if its_place is place]


def _root(placed: Placed) -> Iterator[Finding]:
    roots = _at(placed, Place.ROOT)
    if roots:
        yield Finding(
            "root-in-chain",
            Severity.INFO,
            _("The server sends its root certificate too."),
            _("{names}: a root counts only if it is already trusted, so sending it wastes bytes.").format(
                names=quoted(root.subject for root in roots)
            ),
            _("The server's operator can remove it from the chain file."),
        )


def _extra(placed: Placed) -> Iterator[Finding]:
    extra, twice = _at(placed, Place.STRANGER), len(_at(placed, Place.TWICE))
    if extra or twice:
        names = quoted(certificate.subject for certificate in extra)
        detail = _("Not part of its chain: {names}.").format(names=names) if extra else ""
        foreign = [certificate for certificate in extra if certificate.is_self_issued]
        if foreign:
            detail += " " + _("Another CA's root is among them: the chain file may be that of another certificate.")
        if twice:
            repeated = ngettext("{count} certificate is sent twice.", "{count} certificates are sent twice.", twice)
            detail = f"{detail} {repeated.format(count=twice)}".strip()
        yield Finding(
            "server-chain-has-extra-certificates",
            Severity.INFO,
            _("The server sends certificates that are not part of its chain."),
            detail,
            _("The server's operator can remove them; some strict clients reject them."),
        )


def _order(placed: Placed, path: tuple[Certificate, ...]) -> Iterator[Finding]:
    if _at(placed, Place.OUT_OF_ORDER):
        as_sent = [certificate for certificate, place in placed if place not in (Place.STRANGER, Place.TWICE)]
        yield Finding(
            "server-chain-out-of-order",
            Severity.WARNING,
            _("The server sends its chain in the wrong order."),
            _("Sent: {sent}. Each certificate should be followed by its issuer: {right}.").format(
                sent=quoted(certificate.subject for certificate in as_sent),
                right=quoted(certificate.subject for certificate in path),
            ),
            _("The server's operator should reorder the chain file: older clients may reject it (RFC 5246 7.4.2)."),
        )
