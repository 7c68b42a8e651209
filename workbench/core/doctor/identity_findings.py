"""Findings about our identity: not asked for, withheld, refused by HTTP, near its end."""

from collections.abc import Iterator
from datetime import datetime

from workbench.core.doctor.chain_findings import expires_in
from workbench.core.doctor.client_authentication import client_authentication
from workbench.core.doctor.client_words import suitable_keys
from workbench.core.doctor.evidence import Evidence
from workbench.core.doctor.phrases import day, join, quoted
from workbench.core.doctor.rules import diagnose
from workbench.core.doctor.standing import cannot_sign, first_expired
from workbench.core.exchange import ClientAuthentication, Finding, Severity
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.handshake import Handshake

_REFUSALS = (401, 403)


def from_status(evidence: Evidence) -> Iterator[Finding]:
    """What the response's status and page say about our certificate (``evidence.trouble`` is ``STATUS``)."""
    failure = diagnose(evidence)
    if failure.code == "unknown":
        return
    severity = Severity.WARNING if evidence.status in _REFUSALS else Severity.ERROR
    yield Finding(failure.code, severity, failure.title, failure.detail, failure.hint, failure.candidates)


def withheld(name: str | None, origin: str) -> Iterator[Finding]:
    """A redirect led elsewhere."""
    yield Finding(
        "identity-withheld-on-redirect",
        Severity.INFO,
        _("Your identity was not offered after a redirect to another server."),
        _("{identity} was chosen for the first address; the redirect led to {origin}.").format(
            identity=f"“{name}”" if name else _("The identity"), origin=origin
        ),
        _("If that server should get your identity too, send a request to it directly."),
    )


def not_sent(
    handshake: Handshake | None, chain: tuple[Certificate, ...], name: str | None, status: int | None
) -> Iterator[Finding]:
    """An identity was chosen and took no part."""
    if not chain:
        return
    proof = handshake.client if handshake else None
    identity = f"“{name}”" if name else _("the identity")
    if proof is None or not proof.requested:
        why = (
            _("The server did not request a client certificate.")
            if handshake
            else _("This was plain HTTP, without TLS.")
        )
        refused = _("This may be why it refused the request.") if status in _REFUSALS else ""
        yield Finding(
            "client-certificate-not-requested",
            Severity.WARNING if refused else Severity.INFO,
            _("Your identity was not used."),
            join(
                why,
                _("So {identity} was not used, and the server does not know who you are.").format(identity=identity),
                refused,
            ),
            _(
                "If it should request one: check host and port, and whether a proxy in front of the "
                "server terminates TLS."
            ),
        )
    elif not proof.sent and handshake is not None:
        unusable = (
            _("It accepts only {algorithms}, but the key is {key}.").format(
                algorithms=quoted(proof.signature_algorithms), key=chain[0].key
            )
            if cannot_sign(chain[0], proof, handshake.version)
            else ""
        )
        yield Finding(
            "client-certificate-unsupported",
            Severity.WARNING,
            _("Your certificate was requested, but not sent."),
            join(
                _("{identity} does not match what the server asked for.").format(identity=identity.capitalize()),
                unusable,
            ),
            _("Ask the issuer for a certificate with a key of a kind that the server takes: {keys}.").format(
                keys=suitable_keys(proof.signature_algorithms)
            ),
        )


def acceptance_unknown(evidence: Evidence) -> Iterator[Finding]:
    """Our certificate went out, and nothing says what the server made of it."""
    if client_authentication(evidence) is not ClientAuthentication.SENT:
        return
    if evidence.status is None:
        seen = _("The handshake succeeded, but many servers judge the certificate afterwards and answer over HTTP.")
        hint = _("An HTTP response that is no refusal would settle it.")
    else:
        seen = _("The server answered with status {status}; it does not say whether the certificate was the reason.")
        hint = _("Send the request without an identity and compare the answers, or ask the server's operator.")
    yield Finding(
        "client-certificate-sent-acceptance-unknown",
        Severity.INFO,
        _("You sent a certificate; whether the server accepted it is not known."),
        seen.format(status=evidence.status),
        hint,
    )


def dates(chain: tuple[Certificate, ...], now: datetime) -> Iterator[Finding]:
    """The chosen identity has expired, or will soon."""
    past = first_expired(chain, now)
    if past is not None:
        yield Finding(
            "client-certificate-expired",
            Severity.WARNING,
            _("Your certificate has expired.") if past == chain[0] else _("A certificate in your chain has expired."),
            _("“{subject}” expired on {date}.").format(subject=past.subject, date=day(past.not_after)),
            _("Have it renewed: most servers refuse it, in the handshake or over HTTP."),
        )
        return
    for certificate in chain:
        if certificate.expires_soon(now):
            yield Finding(
                "client-certificate-expires-soon",
                Severity.WARNING,
                expires_in(_("Your certificate"), certificate, now),
                _("“{subject}” is valid until {date}.").format(
                    subject=certificate.subject, date=day(certificate.not_after)
                ),
                _("Have it renewed by “{issuer}”.").format(issuer=certificate.issuer),
            )
            return
