"""Findings about redirects: what was not taken along, and what was not followed."""

from collections.abc import Sequence

from workbench.core.doctor.phrases import join, quoted
from workbench.core.exchange import Finding, Severity
from workbench.core.i18n import _


def secrets_withheld(names: Sequence[str], origin: str) -> Finding:
    """Header fields that were meant for the first origin did not go to ``origin``."""
    return Finding(
        "secrets-withheld-on-redirect",
        Severity.INFO,
        _("Secret headers were not sent after a redirect to another server."),
        join(
            _("The redirect led to {origin}.").format(origin=origin),
            _("Not sent there: {names}.").format(names=quoted(names)),
        ),
        _("If that server should get them, send a request to it directly."),
    )


def body_withheld(status: int, origin: str, *, leaves_tls: bool) -> Finding:
    """A redirect that keeps the body was not followed to ``origin``."""
    led = _("The redirect ({status}) leads to {origin}.").format(status=status, origin=origin)
    if leaves_tls:
        return Finding(
            "body-withheld-on-redirect",
            Severity.WARNING,
            _("A redirect was not followed because it would send the body without TLS."),
            join(led, _("Data that was encrypted so far would become readable by anyone on the network.")),
            _("Tell the server's operator. To send it anyway, use that address as the URL."),
        )
    return Finding(
        "body-withheld-on-redirect",
        Severity.WARNING,
        _("A redirect was not followed because it would send the body to another server."),
        join(led, _("The body was meant for the server in the URL.")),
        _("If {origin} may have it, allow that and send again (on the command line: --body-to {origin}).").format(
            origin=origin
        ),
    )
