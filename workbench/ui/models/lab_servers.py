"""The lab's servers as rows: where they answer and what they are good for."""

from dataclasses import dataclass

from workbench.core.i18n import _
from workbench.ui.models.table import Column


@dataclass(frozen=True, slots=True)
class LabServer:
    """One server of the lab; ``purpose`` says what it is good for."""

    name: str
    url: str
    purpose: str


SERVER_COLUMNS: tuple[Column[LabServer], ...] = (
    Column(_("Server"), lambda server: server.name),
    Column(_("URL"), lambda server: server.url, fixed_width=True),
    Column(_("Purpose"), lambda server: server.purpose),
)
