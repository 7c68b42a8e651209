"""The lab's servers as rows: where they answer and what they are good for."""

from dataclasses import dataclass

from workbench.core.i18n import _
from workbench.ui.models.table import Column

_PURPOSES = {
    "mutual": _("Asks for a client certificate and insists. It echoes the request and says whom it recognised."),
    "optional": _("Asks for a client certificate, and also answers without one."),
    "one-way": _("Proves itself and never asks for a client certificate."),
    "tls12": _("Mutual, but speaks TLS 1.2 at most."),
    "expired": _("Its certificate has expired."),
    "wrong-name": _("Its certificate is for another host."),
    "untrusted": _("Its certificate comes from an authority that nobody trusts."),
    "incomplete": _("It does not send the intermediate certificate that leads to its root."),
}


@dataclass(frozen=True, slots=True)
class LabServer:
    """One server of the lab."""

    name: str
    url: str

    @property
    def purpose(self) -> str:
        """What it is good for."""
        return _PURPOSES.get(self.name, "")


SERVER_COLUMNS: tuple[Column[LabServer], ...] = (
    Column(_("Server"), lambda server: server.name),
    Column(_("URL"), lambda server: server.url, fixed_width=True),
    Column(_("What it does"), lambda server: server.purpose),
)
