"""What the window can do, declared once: menus, shortcuts, tool tips and the palette derive from here.

Commands of documents, pages and views of a response are declared with these; a window adds them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from workbench.core.i18n import _
from workbench.ui.look.icons import icon

Keys = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. ``menu`` is where it stands; a line divides the groups of a menu.

    ``keys`` are its own until others are chosen. ``needs`` says what is missing while it cannot be done.
    A ``local`` one has its keys only where its action was added to the widget that has the keyboard.
    A ``document`` one is carried out by the document in front, and only where that has it among its ``commands``.
    """

    id: str
    text: str
    menu: str
    keys: Keys | str | tuple[str, ...] | None = None
    icon: str | None = None
    group: int = 0
    needs: str = ""
    local: bool = False
    checkable: bool = False
    document: bool = False

    @property
    def words(self) -> str:
        """Its text as it is read, without the mark of its mnemonic."""
        return self.text.replace("&", "").rstrip("…")

    def own_keys(self) -> tuple[str, ...]:
        """The keys it has by itself on this platform, in portable text."""
        match self.keys:
            case Keys():
                return tuple(filter(_is_ordinary, map(_portable, QKeySequence.keyBindings(self.keys))))
            case None:
                return ()
            case str():
                return (self.keys,)
        return self.keys


FILE, REQUEST, COLLECTION, VIEW, HELP = _("&File"), _("&Request"), _("&Collection"), _("&View"), _("&Help")
_CHOSEN = _("Choose it in the collections first.")

COMMANDS = (
    Command("save", _("&Save"), FILE, Keys.Save, group=1),
    Command("save-as", _("Save &As…"), FILE, "Ctrl+Shift+S", group=1),
    Command("import", _("&Import Identity or CA…"), FILE, "Ctrl+I", "import", group=1),
    Command("new-window", _("New &Window…"), FILE, "Ctrl+Shift+N", group=2),
    Command("open-workspace", _("Open Wor&kspace"), FILE, group=2),
    Command("take-back", _("&Undo Last Action"), FILE, "Ctrl+Alt+Z", group=2, needs=_("There is nothing to undo.")),
    Command("preferences", _("Pre&ferences…"), FILE, "Ctrl+,", "preferences", group=2),
    Command("quit", _("&Quit"), FILE, Keys.Quit, group=9),
    Command("send", _("&Send"), REQUEST, "Ctrl+Return", "send", document=True),
    Command("send-and-save", _("Send and Sa&ve Response…"), REQUEST, "Ctrl+Shift+Return", document=True),
    Command("cancel", _("&Cancel"), REQUEST, "Escape", "cancel", document=True),
    Command("url", _("Edit &URL"), REQUEST, "Ctrl+L", group=1, document=True),
    Command("undo", _("&Undo Change"), REQUEST, Keys.Undo, group=1, local=True, document=True),
    Command("redo", _("&Redo Change"), REQUEST, Keys.Redo, group=1, local=True, document=True),
    Command("format", _("&Format Body"), REQUEST, "Ctrl+Alt+F", group=1, document=True),
    Command("duplicate", _("&Duplicate"), REQUEST, "Ctrl+D", "duplicate", group=2),
    Command("sign-in-anew", _("Sign &In Again"), REQUEST, group=1, document=True),
    Command("compare", _("Co&mpare Response…"), REQUEST, "Ctrl+Alt+C", group=2),
    Command("close", _("Cl&ose"), REQUEST, Keys.Close, "close", group=2),
    Command("close-others", _("Close O&thers"), REQUEST, "Ctrl+Alt+W", group=2),
    Command("reopen", _("R&eopen Closed"), REQUEST, "Ctrl+Shift+T", group=2, needs=_("Nothing was closed.")),
    Command("next", _("Ne&xt Request"), REQUEST, Keys.NextChild, group=3),
    Command("previous", _("&Previous Request"), REQUEST, Keys.PreviousChild, group=3),
    Command("page-params", _("Params"), REQUEST, "Alt+1", group=4, document=True),
    Command("page-headers", _("Headers"), REQUEST, "Alt+2", group=4, document=True),
    Command("page-auth", _("Authorization"), REQUEST, "Alt+3", group=4, document=True),
    Command("page-body", _("Body"), REQUEST, "Alt+4", group=4, document=True),
    Command("page-tls", _("TLS"), REQUEST, "Alt+5", group=4, document=True),
    Command("page-variables", _("Variables"), REQUEST, "Alt+6", group=4, document=True),
    Command("page-assertions", _("Assertions"), REQUEST, "Alt+7", group=4, document=True),
    Command("page-docs", _("Docs"), REQUEST, "Alt+8", group=4, document=True),
    Command("new-collection", _("New &Collection…"), COLLECTION, icon="collections"),
    Command("open-collection", _("&Open Collection…"), COLLECTION, Keys.Open, "open"),
    Command("clone-collection", _("Copy Co&llection…"), COLLECTION, needs=_CHOSEN),
    Command("close-collection", _("Close Collec&tion"), COLLECTION, needs=_CHOSEN),
    Command("tree-new-request", _("New &Request Here"), COLLECTION, Keys.New, "add", 1, _CHOSEN),
    Command("tree-new-folder", _("New &Folder Here"), COLLECTION, "Ctrl+Alt+N", "folder", 1, _CHOSEN),
    Command("tree-open", _("O&pen"), COLLECTION, group=2, needs=_CHOSEN),
    Command("tree-open-behind", _("Open in &Background"), COLLECTION, group=2, needs=_CHOSEN),
    Command("tree-rename", _("Rena&me"), COLLECTION, "F2", "rename", 2, _CHOSEN, local=True),
    Command("tree-duplicate", _("&Duplicate Items"), COLLECTION, "Ctrl+Shift+D", "duplicate", 2, _CHOSEN, local=True),
    Command("tree-copy", _("&Copy Items"), COLLECTION, Keys.Copy, "copy", 2, _CHOSEN, local=True),
    Command("tree-paste", _("Pa&ste Items"), COLLECTION, Keys.Paste, group=2, needs=_CHOSEN, local=True),
    Command("tree-delete", _("&Delete"), COLLECTION, Keys.Delete, "remove", 2, _CHOSEN, local=True),
    Command("defaults", _("&Folder Settings…"), COLLECTION, group=3, needs=_CHOSEN),
    Command("environments", _("&Environments…"), COLLECTION, "Ctrl+E", "environment", 3),
    Command("environment", _("Choose En&vironment"), COLLECTION, "Ctrl+Shift+E", group=3),
    Command("secrets", _("&Secrets on This Computer…"), COLLECTION, group=3),
    Command("tree-edit-file", _("Open File in Edi&tor"), COLLECTION, group=4, needs=_CHOSEN),
    Command("tree-show-file", _("Sho&w in File Manager"), COLLECTION, group=4, needs=_CHOSEN),
    Command("tree-filter", _("F&ilter Collections"), COLLECTION, "Ctrl+Shift+F", group=5),
    Command("reveal", _("Sho&w Request in Collections"), COLLECTION, "Ctrl+Shift+L", group=5),
    Command("tree-sort", _("Sort by &Name"), COLLECTION, icon="sort", group=5, checkable=True),
    Command("tree-expand", _("E&xpand All"), COLLECTION, group=5),
    Command("tree-collapse", _("Collapse &All"), COLLECTION, group=5),
    Command("palette", _("Search &Anything…"), VIEW, ("Ctrl+K", "Ctrl+Shift+P"), "search"),
    Command("cookies", _("Coo&kies…"), VIEW, "Ctrl+Alt+K", group=2),
    Command("system-colours", _("Follow &System"), VIEW, group=5),
    Command("light", _("Li&ght"), VIEW, group=5),
    Command("dark", _("&Dark"), VIEW, group=5),
    Command("keyboard", _("&Keyboard Shortcuts"), HELP, "F1"),
    Command("about", _("&About mTLS Workbench"), HELP, group=1),
)


def with_commands(more: Iterable[Command]) -> tuple[Command, ...]:
    """``COMMANDS`` and ``more``, as they follow each other in the menus."""
    menus = list(dict.fromkeys(command.menu for command in COMMANDS))
    return tuple(sorted((*COMMANDS, *more), key=lambda command: (menus.index(command.menu), command.group)))


class Actions:
    """The ``QAction`` of each of ``commands``, by its id."""

    def __init__(self, owner: QWidget, commands: Sequence[Command] = COMMANDS) -> None:
        self.commands = tuple(commands)
        self._actions = {command.id: _action(command, owner) for command in self.commands}
        self.choose_keys({})

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[QAction]:
        return iter(self._actions.values())

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus."""
        for title in dict.fromkeys(command.menu for command in self.commands):
            menu, group = bar.addMenu(title), 0
            for command in sorted((c for c in self.commands if c.menu == title), key=lambda command: command.group):
                if command.group != group:
                    menu.addSeparator()
                    group = command.group
                menu.addAction(self[command.id])

    def choose_keys(self, chosen: Mapping[str, tuple[str, ...]]) -> None:
        """Give commands the chosen keys, and all others their own."""
        for command in self.commands:
            action = self[command.id]
            keys = chosen.get(command.id, command.own_keys())
            action.setShortcuts([QKeySequence(text, QKeySequence.SequenceFormat.PortableText) for text in keys])
            action.setToolTip(tip(action))

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys that a command has now, in portable text."""
        return tuple(_portable(keys) for keys in self[name].shortcuts())


def _action(command: Command, owner: QWidget) -> QAction:
    action = QAction(command.text, owner)
    action.setObjectName(command.id)
    if command.icon:
        action.setIcon(icon(command.icon))
    action.setIconVisibleInMenu(False)
    action.setCheckable(command.checkable)
    if command.local:
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    owner.addAction(action)
    return action


def _portable(keys: QKeySequence) -> str:
    return keys.toString(QKeySequence.SequenceFormat.PortableText)


def _is_ordinary(keys: str) -> bool:
    """Whether it is on every keyboard, which a key called Save or Forward is not, nor is F14."""
    if keys[0] == "F" and keys[1:].isdecimal():
        return int(keys[1:]) <= 12
    return "+" in keys or len(keys) <= 3 or keys in ("Return", "Enter", "Space", "Home", "End", "PgUp", "PgDown")


def tip(action: QAction) -> str:
    """The action's words with its shortcut, for a tool tip."""
    words = action.text().replace("&", "").rstrip("…")
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words} ({keys})" if keys else words
