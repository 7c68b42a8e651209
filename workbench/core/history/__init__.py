"""Every exchange with its TLS facts, in one SQLite file: searched, shown again, compared, and forgotten.

::

    History.add(draft, exchange)  ──> record    an exchange as plain data, secrets masked
                                      schema    the tables, their version
                                      storing   rows in, oldest rows out
    History.search(Query)         ──> query     one search line, such as  host:example.org status:4xx since:2026-11-01
                                      searching rows out
    History.get(id)               ──> Entry     a draft to reopen, an exchange to show again
    History.note(exchange)        ──> chains    what changed since this server was last seen
    HistoryQueries                    what a person asks and does, page by page

Everything but ``query`` and ``row`` uses the disk.
"""

from typing import TYPE_CHECKING

from workbench.core.history.query import Query, parse
from workbench.core.history.row import HistoryRow
from workbench.core.lazily import lazily

if TYPE_CHECKING:
    from workbench.core.history.chain_change import ChainChange
    from workbench.core.history.circumstances import Circumstances
    from workbench.core.history.entry import Entry
    from workbench.core.history.history import History
    from workbench.core.history.storing import Limits

__all__ = ["ChainChange", "Circumstances", "Entry", "History", "HistoryRow", "Limits", "Query", "parse"]

# Who only shows rows, as the window's panels do, need not wait for the database.
_MODULES = {
    "ChainChange": "chain_change",
    "Circumstances": "circumstances",
    "Entry": "entry",
    "History": "history",
    "Limits": "storing",
}
__getattr__ = lazily(__name__, _MODULES)
