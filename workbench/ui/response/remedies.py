"""What a person can do about a failure, or about what a response shows, with one click."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass, field

from workbench.core.exchange import Exchange
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate


class RemedyAction(enum.Enum):
    """What the window does; some are about something, which the ``Remedy`` names."""

    SEND_AGAIN = enum.auto()
    CHOOSE_IDENTITY = enum.auto()
    IMPORT_IDENTITY = enum.auto()
    OPEN_IDENTITY = enum.auto()
    UNLOCK_IDENTITY = enum.auto()
    USE_IDENTITY = enum.auto()  # about: its name
    CHOOSE_TRUST = enum.auto()
    IMPORT_TRUST = enum.auto()
    TRUST_AUTHORITY = enum.auto()  # about: the SHA-256 of a certificate that the server presented, in hex
    PIN = enum.auto()  # about: the SHA-256 of a public key (SPKI), in hex
    AGREE = enum.auto()
    SEND_BODY_TO = enum.auto()  # about: an origin


@dataclass(frozen=True, slots=True)
class Remedy:
    """An action, what it is about, and the words on its button where ``remedies`` offers one."""

    action: RemedyAction
    about: str = ""
    words: str = field(default="", compare=False)


def remedies(exchange: Exchange) -> tuple[Remedy, ...]:
    """The actions that fit the failure, the likeliest first; sending again is always among them."""
    code = exchange.failure.code if exchange.failure else ""
    return (*_for_code(code, exchange), Remedy(RemedyAction.SEND_AGAIN, words=_("Send Again")))


def _for_code(code: str, exchange: Exchange) -> tuple[Remedy, ...]:
    choose = Remedy(RemedyAction.CHOOSE_IDENTITY, words=_("Choose Another Identity…"))
    bring = Remedy(RemedyAction.IMPORT_IDENTITY, words=_("Import Identity…"))
    open_ = Remedy(RemedyAction.OPEN_IDENTITY, words=_("Show Identity"))
    unlock = Remedy(RemedyAction.UNLOCK_IDENTITY, words=_("Enter Password…"))
    if code == "client-certificate-required" and exchange.request.identity is None:
        return (Remedy(RemedyAction.CHOOSE_IDENTITY, words=_("Choose Identity…")), bring)
    if code in ("identity-not-found", "client-certificate-required"):
        return (choose, bring)
    if code in ("key-mismatch", "identity-unreadable"):
        return (bring, choose)
    if code in ("wrong-password", "password-needed", "keyring-unavailable"):
        return (unlock, choose)
    if code.startswith("client-certificate-"):
        return (choose, open_, bring)
    if code == "not-agreed":
        return (Remedy(RemedyAction.AGREE, words=_("Show What It Wants…")),)
    other = Remedy(RemedyAction.CHOOSE_TRUST, words=_("Choose Other Trust…"))
    if code == "server-chain-incomplete":
        return (Remedy(RemedyAction.IMPORT_TRUST, words=_("Import Missing Certificate…")), *_trust(exchange), other)
    if code in ("server-untrusted", "server-self-signed", "trust-unreadable"):
        return (*_trust(exchange), other, Remedy(RemedyAction.IMPORT_TRUST, words=_("Import CA…")))
    return ()


def _trust(exchange: Exchange) -> tuple[Remedy, ...]:
    authority = presented_authority(exchange)
    if authority is None:
        return ()
    words = _("Trust “{name}”…").format(name=authority.common_name)
    return (Remedy(RemedyAction.TRUST_AUTHORITY, authority.sha256, words),)


def presented_authority(exchange: Exchange) -> Certificate | None:
    """What one would have to trust of what the server presented, if anything (see ``highest_authority``)."""
    return highest_authority(exchange.handshake.peer.presented) if exchange.handshake else None


def highest_authority(presented: Sequence[Certificate]) -> Certificate | None:
    """The last authority of a chain, else a leaf that vouches for itself, else None."""
    authority = next((certificate for certificate in reversed(presented) if certificate.is_ca), None)
    alone = presented[0] if presented and presented[0].is_self_issued else None
    return authority or alone
