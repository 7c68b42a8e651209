"""What is worth knowing about a client identity before any server judges it."""

from collections.abc import Iterator
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric import dsa, rsa

from workbench.core.exchange import Finding, Severity
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.core.tls.identity import Identity

_CLIENT_PURPOSES = {"clientAuth", "anyExtendedKeyUsage"}


def client_findings(identity: Identity, now: datetime | None = None) -> tuple[Finding, ...]:
    """Dates, purpose, chain and strength of ``identity``, as far as it alone tells."""
    moment = now or datetime.now(UTC)
    return (
        *_dates(identity.certificate, moment),
        *_purpose(identity.certificate),
        *_strength(identity),
        *_chain(identity.chain),
    )


def is_for_clients(certificate: Certificate) -> bool:
    """Whether its extensions allow TLS client authentication (RFC 5280 4.2.1.3 and 4.2.1.12)."""
    extended, usages = certificate.extended_key_usages, certificate.key_usages
    return (not extended or not _CLIENT_PURPOSES.isdisjoint(extended)) and (not usages or "digitalSignature" in usages)


def _dates(certificate: Certificate, now: datetime) -> Iterator[Finding]:
    if certificate.is_expired(now):
        yield Finding(
            "client-certificate-expired",
            Severity.ERROR,
            _("The client certificate has expired."),
            _("“{subject}” was valid until {date}.").format(
                subject=certificate.common_name, date=f"{certificate.not_after:%Y-%m-%d %H:%M} UTC"
            ),
            _("Ask its CA for a new one. Most servers will refuse this one."),
        )
    elif certificate.is_not_yet_valid(now):
        yield Finding(
            "client-certificate-not-yet-valid",
            Severity.ERROR,
            _("The client certificate is not valid yet."),
            _("“{subject}” is valid from {date}.").format(
                subject=certificate.common_name, date=f"{certificate.not_before:%Y-%m-%d %H:%M} UTC"
            ),
            _("Wait until then, or check this computer's clock."),
        )
    elif certificate.expires_soon(now):
        yield Finding(
            "client-certificate-expires-soon",
            Severity.WARNING,
            _("The client certificate expires soon."),
            _("“{subject}” is valid until {date}.").format(
                subject=certificate.common_name, date=f"{certificate.not_after:%Y-%m-%d %H:%M} UTC"
            ),
            _("Ask its CA for a new one in time."),
        )


def _purpose(certificate: Certificate) -> Iterator[Finding]:
    if is_for_clients(certificate):
        return
    if certificate.extended_key_usages and _CLIENT_PURPOSES.isdisjoint(certificate.extended_key_usages):
        detail = _("Its extended key usage lists {usages}, but not clientAuth.").format(
            usages=", ".join(certificate.extended_key_usages)
        )
    else:
        detail = _("Its key usage lists {usages}, but not digitalSignature.").format(
            usages=", ".join(certificate.key_usages)
        )
    yield Finding(
        "client-certificate-wrong-purpose",
        Severity.WARNING,
        _("The certificate is not intended for TLS clients."),
        detail,
        _("Many servers will refuse it. Ask its CA for one with the purpose “TLS client authentication”."),
    )


def _strength(identity: Identity) -> Iterator[Finding]:
    certificate, key = identity.certificate, identity.key
    algorithm = certificate.signature_algorithm.lower()
    if isinstance(key, dsa.DSAPrivateKey):
        detail = _("{key} keys are not part of TLS 1.3, and few servers accept them in TLS 1.2.")
    elif isinstance(key, rsa.RSAPrivateKey) and key.key_size < 2048:
        detail = _("{key} keys are too weak for OpenSSL and others by default.")
    elif not certificate.is_self_issued and ("sha1" in algorithm or "md5" in algorithm):
        detail = _("It is signed with {algorithm}, which OpenSSL and others no longer accept by default.")
    else:
        return
    yield Finding(
        "client-certificate-unsupported",
        Severity.WARNING,
        _("The client certificate is weak."),
        detail.format(key=certificate.key, algorithm=certificate.signature_algorithm),
        _("Ask its CA for one with an RSA key of 2048 bits or an elliptic-curve key, signed with SHA-256."),
    )


def _chain(chain: tuple[Certificate, ...]) -> Iterator[Finding]:
    last = chain[-1]
    if last.is_self_issued:
        return
    detail = _("The certificate of “{issuer}”, which issued “{subject}”, is not among the files.").format(
        issuer=last.issuer, subject=last.common_name
    )
    if last.issuer_urls:
        detail += " " + _("According to the certificate, it can be downloaded from {url}.").format(
            url=last.issuer_urls[0]
        )
    yield Finding(
        "client-certificate-chain-incomplete",
        Severity.INFO,
        _("The chain of the client certificate may be incomplete."),
        detail,
        _(
            "If that issuer is a root that the server knows, nothing is missing. If it is an "
            "intermediate, add its file."
        ),
    )
