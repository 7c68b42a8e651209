"""Host names as TLS uses them: what to send as SNI, what to check the certificate against."""

import ipaddress

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.tls.tbs import read_name
from workbench.core.visible import visible


def is_address(host: str) -> bool:
    """Whether ``host`` is an IPv4 or IPv6 address (no SNI for those: RFC 6066 3)."""
    try:
        ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


_SHOWN = 80
_LONGEST = 253
"""Characters of a host name (RFC 1035 2.3.4). OpenSSL sends no longer one, and does not say so."""


def ascii_host(host: str) -> str:
    """A host in the form that goes on the wire: A-labels for IDN (RFC 5891), no brackets, no final dot.

    Raises ``InvalidInput`` for what no name can be.
    """
    host = host.strip("[]").rstrip(".")
    if len(host) > _LONGEST:
        reason = _("It has {count} characters; a name has at most {most}.")
        raise _unusable(host, reason.format(count=len(host), most=_LONGEST))
    if is_address(host) or host.isascii():
        if not host.isprintable() or " " in host:
            raise _unusable(host, _("It contains a space or a control character."))
        return host.lower()
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise _unusable(host, str(error)) from error


def _unusable(host: str, reason: str) -> InvalidInput:
    shown = visible(host)
    return InvalidInput(
        _("The host name cannot be used."),
        detail=_("“{host}”: {reason}").format(
            host=shown if len(shown) <= _SHOWN else shown[:_SHOWN] + "…", reason=reason
        ),
        hint=_("Correct the host in the URL, or the server name (SNI) of this request."),
    )


def distinguished_name(der: bytes) -> str:
    """A DER Name as an RFC 4514 string, spelled as ``Certificate.subject`` spells it."""
    return read_name(der).text
