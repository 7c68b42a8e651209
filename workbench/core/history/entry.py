"""One exchange out of the history, whole."""

from dataclasses import dataclass

from workbench.core.draft import Draft
from workbench.core.exchange import Exchange
from workbench.core.history.row import HistoryRow


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
