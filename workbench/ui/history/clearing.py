"""What can be cleared from the history, and what that means in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from workbench.core.i18n import _, ngettext


@dataclass(frozen=True, slots=True)
class Clearing:
    """What is older than ``days``, or all of ``host``, or, with neither, everything."""

    days: int | None = None
    host: str = ""

    @property
    def before(self) -> datetime | None:
        """The moment before which all goes."""
        return datetime.now().astimezone() - timedelta(days=self.days) if self.days is not None else None

    @property
    def menu_words(self) -> str:
        """What stands in a menu."""
        if self.days is not None:
            return ngettext("Older Than {days} Day…", "Older Than {days} Days…", self.days).format(days=self.days)
        return _("Everything From {host}…").format(host=self.host) if self.host else _("Everything…")

    @property
    def question(self) -> str:
        """What is asked before it is done."""
        if self.days is not None:
            words = ngettext(
                "Clear all exchanges older than {days} day?", "Clear all exchanges older than {days} days?", self.days
            )
            return words.format(days=self.days)
        if self.host:
            return _("Clear all exchanges with {host}?").format(host=self.host)
        return _("Clear the whole history?")

    @property
    def detail(self) -> str:
        """What it means."""
        if self.days is not None:
            return _("This cannot be undone. The last certificate chain seen for each server is kept.")
        return _("This cannot be undone. The last certificate chain seen for each server is deleted too.")


def clearings(host: str) -> tuple[Clearing, ...]:
    """What a menu offers; ``host`` is that of the chosen exchange, if any."""
    of_host = (Clearing(host=host),) if host else ()
    return (Clearing(days=7), Clearing(days=30), *of_host, Clearing())
