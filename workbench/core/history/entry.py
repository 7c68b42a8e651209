"""One exchange out of the history, whole."""

from dataclasses import dataclass, replace

from workbench.core.draft import Draft
from workbench.core.exchange import Exchange, Finding, Severity
from workbench.core.history.row import HistoryRow
from workbench.core.i18n import _
from workbench.core.words import size_words


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be shown again and sent again.

    ``draft`` holds no secrets; ``missing`` names, in words for a person, what has to be filled in before it is sent.
    The request in ``exchange`` is without its body. ``body_kept`` False: the response's body has its size only.
    ``sent_size`` is how many bytes the request's body took.
    """

    row: HistoryRow
    draft: Draft
    exchange: Exchange
    missing: tuple[str, ...] = ()
    body_kept: bool = False
    sent_size: int = 0

    def shown_again(self) -> Exchange:
        """The exchange, and among its findings that the body was not kept, where that is so."""
        response = self.exchange.response
        if self.body_kept or response is None or not response.body.size:
            return self.exchange
        finding = Finding(
            "body-not-kept",
            Severity.INFO,
            _("The history does not have the body of this response."),
            _("Its size was {size}.").format(size=size_words(response.body.size)),
            _("Send the request again to see the body; what is kept is set in the preferences."),
        )
        return replace(self.exchange, findings=(*self.exchange.findings, finding))
