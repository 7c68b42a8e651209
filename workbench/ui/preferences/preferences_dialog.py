"""The preferences: what there is to set at the left, the chosen page at the right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.core.i18n import _
from workbench.core.preferences import Page
from workbench.ui import declared
from workbench.ui.actions import Command
from workbench.ui.look import theme
from workbench.ui.preferences.keys_page import KeysPage
from workbench.ui.preferences.privacy_page import DataClearing, PrivacyPage
from workbench.ui.preferences.settings_page import SettingsPage
from workbench.ui.preferences.storage_locations import StorageLocation, StorageLocations
from workbench.ui.settings import Settings
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.label import Label

SHORTCUTS, PRIVACY = "shortcuts", "privacy"
_ORDER = (Page.APPEARANCE, Page.EDITOR, SHORTCUTS, Page.NETWORK, Page.TLS, Page.STORAGE, PRIVACY)


class PreferencesDialog(QDialog):
    """``open_requested`` carries the path of a place that the person wants to see."""

    open_requested = Signal(Path)

    def __init__(
        self,
        settings: Settings,
        commands: Sequence[Command],
        places: Sequence[StorageLocation],
        clearings: Sequence[DataClearing],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._settings = settings
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Preferences"))
        self._stack = QStackedWidget(self)
        self._pages: dict[str, QWidget] = {}
        for page in _ORDER:
            if isinstance(page, Page):
                self._add(page.value, declared.page_title(page), self._settings_page(page, places))
            elif page == SHORTCUTS:
                self._add(page, _("Shortcuts"), KeysPage(settings, commands, self), scrolls=False)
            else:
                self._add(page, _("Privacy"), PrivacyPage(clearings, self))
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._list.setCurrentRow(0)
        self._list.setSpacing(theme.SPACE // 4)
        width = self._list.sizeHintForColumn(0) + 4 * theme.SPACE
        self._list.setFixedWidth(width + self._list.verticalScrollBar().sizeHint().width())
        buttons = ButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        inside = QHBoxLayout()
        inside.setSpacing(theme.SPACE)
        inside.addWidget(self._list)
        inside.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(inside, 1)
        layout.addWidget(buttons)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(min(width + letter * 100, 1100), min(self.fontMetrics().height() * 36, 760))

    def show_page(self, name: str) -> None:
        """Show the page of this name: a ``Page``'s value, ``SHORTCUTS`` or ``PRIVACY``."""
        self._list.setCurrentRow(list(self._pages).index(name))
        self._list.setFocus()

    def show_setting(self, key: str) -> None:
        """Show the setting with this key, and put the keyboard there."""
        for name, page in self._pages.items():
            editor = page.editor(key) if isinstance(page, SettingsPage) else None
            if editor is not None:
                self.show_page(name)
                editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_command(self, name: str) -> None:
        """Show the keys of the command with this id."""
        page = self._pages[SHORTCUTS]
        if isinstance(page, KeysPage):
            self.show_page(SHORTCUTS)
            page.show_command(name)

    def show_names(self, key: str, names: Sequence[str]) -> None:
        """Offer names to the setting with this key."""
        for page in self._pages.values():
            if isinstance(page, SettingsPage):
                page.show_names(key, names)

    def _settings_page(self, page: Page, places: Sequence[StorageLocation]) -> SettingsPage:
        made = SettingsPage(self._settings, [s for s in declared.SETTINGS if s.page is page], self)
        if page is Page.STORAGE:
            heading = Label(_("File Locations"))
            heading.setFont(theme.scaled_font(1.0, bold=True))
            kept = StorageLocations(places, made)
            kept.open_requested.connect(self.open_requested)
            made.below.addWidget(heading)
            made.below.addWidget(kept)
        return made

    def _add(self, name: str, title: str, page: QWidget, *, scrolls: bool = True) -> None:
        self._pages[name] = page
        self._list.addItem(title)
        if scrolls:
            area = QScrollArea(self, widgetResizable=True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its fields have it
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(page)
            self._stack.addWidget(area)
        else:
            self._stack.addWidget(page)
