"""What can be done about a failure with one click: action names that the window understands."""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate

CHOOSE_IDENTITY = "choose-identity"
IMPORT_IDENTITY = "import-identity"
OPEN_IDENTITY = "open-identity"
UNLOCK_IDENTITY = "unlock-identity"
CHOOSE_TRUST = "choose-trust"
IMPORT_TRUST = "import-trust"
TRUST_AUTHORITY = "trust-authority:"
SEND_AGAIN = "send-again"
PIN = "pin:"
USE_IDENTITY = "use-identity:"
AGREE = "agree"
BODY_TO = "body-to:"


@dataclass(frozen=True, slots=True)
class Remedy:
    """A button: the action's name for the window and the words on it."""

    action: str
    words: str


def remedies(exchange: Exchange) -> tuple[Remedy, ...]:
    """The actions that fit the failure, the likeliest first; sending again is always among them."""
    code = exchange.failure.code if exchange.failure else ""
    return (*_for_code(code, exchange), Remedy(SEND_AGAIN, _("Send again")))


def _for_code(code: str, exchange: Exchange) -> tuple[Remedy, ...]:
    choose = Remedy(CHOOSE_IDENTITY, _("Choose another identity…"))
    bring = Remedy(IMPORT_IDENTITY, _("Import an identity…"))
    open_ = Remedy(OPEN_IDENTITY, _("Look at the identity"))
    unlock = Remedy(UNLOCK_IDENTITY, _("Enter the password…"))
    if code == "client-certificate-required" and exchange.request.identity is None:
        return (Remedy(CHOOSE_IDENTITY, _("Choose an identity…")), bring)
    if code in ("identity-not-found", "client-certificate-required"):
        return (choose, bring)
    if code in ("key-mismatch", "identity-unreadable"):
        return (bring, choose)
    if code in ("wrong-password", "password-needed", "keyring-unavailable"):
        return (unlock, choose)
    if code.startswith("client-certificate-"):
        return (choose, open_, bring)
    if code == "not-agreed":
        return (Remedy(AGREE, _("See what it wants…")),)
    other = Remedy(CHOOSE_TRUST, _("Choose other trust…"))
    if code == "server-chain-incomplete":
        return (Remedy(IMPORT_TRUST, _("Import the missing certificate…")), *_trust(exchange), other)
    if code in ("server-untrusted", "server-self-signed", "trust-unreadable"):
        return (*_trust(exchange), other, Remedy(IMPORT_TRUST, _("Import an authority…")))
    return ()


def _trust(exchange: Exchange) -> tuple[Remedy, ...]:
    authority = presented_authority(exchange)
    if authority is None:
        return ()
    return (
        Remedy(
            TRUST_AUTHORITY + authority.sha256,
            _("Trust “{name}”…").format(name=authority.common_name),
        ),
    )


def presented_authority(exchange: Exchange) -> Certificate | None:
    """What one would have to trust of what the server presented, if anything (see ``highest_authority``)."""
    return highest_authority(exchange.handshake.peer.presented) if exchange.handshake else None


def highest_authority(presented: Sequence[Certificate]) -> Certificate | None:
    """The last authority of a chain, else a leaf that vouches for itself, else None."""
    authority = next((certificate for certificate in reversed(presented) if certificate.is_ca), None)
    alone = presented[0] if presented and presented[0].is_self_issued else None
    return authority or alone
