"""What the window can do, declared once: menus, shortcuts and tool tips derive from here."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from workbench.core.i18n import _
from workbench.ui.icons import icon

Keys = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. ``menu`` is where it stands; a line divides the groups of a menu."""

    id: str
    text: str
    menu: str
    keys: Keys | str | None = None
    icon: str | None = None
    group: int = 0


FILE, REQUEST, VIEW, HELP = _("&File"), _("&Request"), _("&View"), _("&Help")

COMMANDS = (
    Command("new", _("&New Request"), FILE, Keys.AddTab, "add"),
    Command("import", _("&Import Identity or Authorities…"), FILE, "Ctrl+I", "import", group=1),
    Command("quit", _("&Quit"), FILE, Keys.Quit, group=2),
    Command("send", _("&Send"), REQUEST, "Ctrl+Return", "send"),
    Command("cancel", _("&Cancel"), REQUEST, "Escape", "cancel"),
    Command("url", _("Edit &URL"), REQUEST, "Ctrl+L", group=1),
    Command("duplicate", _("&Duplicate"), REQUEST, "Ctrl+D", "duplicate", group=2),
    Command("close", _("Cl&ose"), REQUEST, Keys.Close, "close", group=2),
    Command("next", _("Ne&xt Request"), REQUEST, Keys.NextChild, group=3),
    Command("previous", _("&Previous Request"), REQUEST, Keys.PreviousChild, group=3),
    Command("requests", _("&Requests"), VIEW, "Ctrl+1", "requests"),
    Command("identities", _("&Identities"), VIEW, "Ctrl+2", "identity"),
    Command("trust", _("&Trust"), VIEW, "Ctrl+3", "trust"),
    Command("lab", _("&Lab"), VIEW, "Ctrl+4", "lab"),
    Command("system-colours", _("Colours of the &System"), VIEW, group=1),
    Command("light", _("Li&ght"), VIEW, group=1),
    Command("dark", _("&Dark"), VIEW, group=1),
    Command("about", _("&About mTLS Workbench"), HELP),
)


class Actions:
    """The ``QAction`` of every command, by its id."""

    def __init__(self, owner: QWidget) -> None:
        self._actions = {command.id: _action(command, owner) for command in COMMANDS}

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for title in dict.fromkeys(command.menu for command in COMMANDS):
            menu, group = bar.addMenu(title), 0
            for command in (command for command in COMMANDS if command.menu == title):
                if command.group != group:
                    menu.addSeparator()
                    group = command.group
                menu.addAction(self[command.id])

    def tint(self) -> None:
        """Paint the icons again, after the palette changed."""
        for command in COMMANDS:
            if command.icon:
                self[command.id].setIcon(icon(command.icon))


def _action(command: Command, owner: QWidget) -> QAction:
    action = QAction(command.text, owner)
    action.setObjectName(command.id)
    if command.keys is not None:
        action.setShortcuts(
            QKeySequence.keyBindings(command.keys) if isinstance(command.keys, Keys) else [QKeySequence(command.keys)]
        )
    if command.icon:
        action.setIcon(icon(command.icon))
    action.setIconVisibleInMenu(False)
    owner.addAction(action)
    return action


def tip(action: QAction) -> str:
    """The action's words with its shortcut, for a tool tip."""
    words = action.text().replace("&", "").rstrip("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words} ({keys})" if keys else words
