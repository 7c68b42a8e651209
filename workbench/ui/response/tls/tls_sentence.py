"""How TLS went in an exchange, in one sentence."""

from workbench.core.exchange import Exchange, Phase
from workbench.core.i18n import _


def tls_sentence(exchange: Exchange) -> str:
    """What both sides proved, or why there was no TLS."""
    from workbench.core.doctor.sentence import summary  # not needed before the first exchange

    if exchange.handshake is not None:
        return summary(exchange.handshake, exchange.client_authentication)
    plain = exchange.request.url.lower().startswith("http:")
    if exchange.failure is not None and exchange.failure.phase is Phase.PREPARE:
        return _("No TLS: nothing was sent.")
    if plain and exchange.response is None:
        return _("No TLS: the URL asks for plain HTTP.")
    if plain:
        return _("No TLS: this was plain HTTP, which anyone on the network can read and change.")
    return _("No TLS: the handshake was not reached.")
