"""Where the time went and which hops were made, as table rows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from workbench.core.exchange import Hop, Timings
from workbench.core.i18n import _
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import duration_words
from workbench.ui.models.table import Column

PART_ROLE = 0x0100 + 20  # Qt.ItemDataRole.UserRole + 20: (start, length) of a bar as parts of the whole


@dataclass(frozen=True, slots=True)
class Stretch:
    """One phase: milliseconds from the beginning and of its own. ``ms`` None: it did not happen.

    ``hop`` is the number of the request that it belongs to, from 1; 0 when there is only one.
    """

    name: str
    start: float
    ms: float | None
    whole: float
    hop: int = 0

    @property
    def part(self) -> tuple[float, float]:
        """Start and length as parts of the whole, from 0 to 1."""
        if not self.ms or self.whole <= 0:
            return (0.0, 0.0)
        return (min(self.start / self.whole, 1.0), min(self.ms / self.whole, 1.0))


def stretches(timings: Timings) -> tuple[Stretch, ...]:
    """DNS, connect, TLS, waiting and receiving one after the other, then the total.

    ``Timings.first_byte`` counts from the beginning, so waiting is what of it the others leave.
    """
    before = sum(ms or 0.0 for ms in (timings.dns, timings.connect, timings.tls))
    first = None if timings.first_byte is None else max(timings.first_byte, before)
    whole = max(timings.total, first or before)
    phases = (
        (_("DNS"), timings.dns),
        (_("Connect"), timings.connect),
        (_("TLS"), timings.tls),
        (_("Wait for first byte"), None if first is None else first - before),
        (_("Receive"), None if first is None else whole - first),
    )
    rows: list[Stretch] = []
    start = 0.0
    for name, ms in phases:
        rows.append(Stretch(name, start, ms, whole))
        start += ms or 0.0
    return (*rows, Stretch(_("Total"), 0.0, timings.total, whole))


def waterfall(hops: Sequence[Timings], total: float) -> tuple[Stretch, ...]:
    """The stretches of each hop one after the other, and the total of all at the end."""
    if len(hops) < 2:
        return stretches(replace(hops[0], total=total) if hops else Timings(total=total))
    whole = max(total, sum(timings.total for timings in hops))
    rows: list[Stretch] = []
    start = 0.0
    for number, timings in enumerate(hops, 1):
        *phases, all_of_it = stretches(timings)
        rows += [replace(row, start=start + row.start, whole=whole, hop=number) for row in phases if row.ms is not None]
        start += all_of_it.whole
    return (*rows, Stretch(_("Total"), 0.0, total, whole))


def stretch_columns(*, hops: bool = False) -> tuple[Column[Stretch], ...]:
    """Phase, time, and the bar, which says its part in words; with several hops the hop first."""
    columns: tuple[Column[Stretch], ...] = (
        Column(_("Phase"), lambda row: row.name),
        Column(_("Duration"), _duration, numeric=True),
        Column(_("Share of the total"), _part_words, values={PART_ROLE: lambda row: row.part}),
    )
    hop: Column[Stretch] = Column(_("Request"), lambda row: str(row.hop) if row.hop else "", numeric=True)
    return (hop, *columns) if hops else columns


def _duration(row: Stretch) -> str:
    return _("not reached") if row.ms is None else duration_words(row.ms)


def _part_words(row: Stretch) -> str:
    return "" if row.ms is None or row.whole <= 0 else f"{row.ms / row.whole:.0%}"


def hop_columns(chosen: str | None) -> tuple[Column[Hop], ...]:
    """URL, status, where it led, time and what was offered; ``chosen`` is the identity that the request names."""
    return (
        Column(_("Request"), lambda hop: hop.url),
        Column(_("Status"), lambda hop: _("no response") if hop.status is None else str(hop.status), numeric=True),
        Column(_("Duration"), lambda hop: duration_words(hop.timings.total), numeric=True),
        Column(_("Identity"), lambda hop: _offered(hop, chosen), mark=lambda hop: _offer_mark(hop, chosen)),
        Column(_("Redirects to"), lambda hop: hop.location or _("none")),
        Column(_("Proxy"), lambda hop: hop.proxy or _("none")),
    )


def _offered(hop: Hop, chosen: str | None) -> str:
    if hop.identity is not None:
        words = _("“{name}” offered") if hop.handshake is not None else _("“{name}” set")  # nobody was there to ask
        return words.format(name=hop.identity)
    if chosen is not None:
        return _("“{name}” withheld").format(name=chosen)
    return _("none set")


def _offer_mark(hop: Hop, chosen: str | None) -> Mark | None:
    if hop.identity is not None and hop.handshake is not None:
        return Mark.GOOD
    return Mark.NOTE if chosen is not None or hop.identity is not None else Mark.NONE
