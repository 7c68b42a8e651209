"""What the preferences offer to clear of one workspace."""

from workbench.core.i18n import _
from workbench.ui.bridge.bridge import Bridge
from workbench.ui.history.clearing import Clearing as Forgetting
from workbench.ui.preferences.privacy_page import DataClearing
from workbench.ui.windows.pages import Pages
from workbench.ui.windows.preferences_flow import PreferencesFlow


def offer_clearings(preferences: PreferencesFlow, pages: Pages, bridge: Bridge) -> None:
    """Let the privacy page clear history and cookies."""
    everything = Forgetting()
    preferences.add_clearing(
        DataClearing(
            _("Clear History"),
            _("Delete every exchange of this workspace? This cannot be undone."),
            lambda: pages.history.clear_requested.emit(everything),
        )
    )
    preferences.add_clearing(
        DataClearing(
            _("Clear Cookies"),
            _("Delete every cookie of this workspace? This ends your sessions with servers."),
            bridge.clear_cookies,
        )
    )
