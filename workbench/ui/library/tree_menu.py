"""What can be done with the chosen lines, as a context menu and as enabled actions."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QWidget

from workbench.core.i18n import _
from workbench.ui.actions import Actions
from workbench.ui.models.library_lines import LibraryLine

_ITEMS = (
    ("tree-open", "tree-open-behind"),
    ("tree-new-request", "tree-new-folder"),
    ("tree-rename", "tree-duplicate", "tree-copy", "tree-paste", "tree-delete"),
    ("defaults", "environments", "secrets"),
    ("tree-edit-file", "tree-show-file"),
    ("clone-collection", "close-collection"),
)
_NOWHERE = (("new-collection", "open-collection"), ("tree-expand", "tree-collapse"))


@dataclass(frozen=True, slots=True)
class TreeSelection:
    """What the selection is made of."""

    lines: tuple[LibraryLine, ...]

    def allowed(self, *, pasteable: bool) -> dict[str, bool]:
        """Which commands make sense, by their ids."""
        lines = self.lines
        one = lines[0] if len(lines) == 1 else None
        files = bool(lines) and not any(line.is_root for line in lines)
        sound = one is not None and (one.node is None or not one.trouble)
        place = one is not None and not one.away
        container = one is not None and one.takes
        return {
            "tree-open": any(line.is_openable for line in lines),
            "tree-open-behind": any(line.is_openable for line in lines),
            "tree-new-request": place,
            "tree-new-folder": place,
            "tree-rename": sound and place,
            "tree-duplicate": files,
            "tree-copy": files,
            "tree-paste": place and pasteable,
            "tree-delete": files,
            "tree-edit-file": one is not None and not one.is_container,
            "tree-show-file": one is not None,
            "defaults": container,
            "clone-collection": container,
            "close-collection": one is not None,
        }


def menu_of(choice: TreeSelection, actions: Actions, parent: QWidget) -> QMenu:
    """The menu for what is chosen: only what makes sense."""
    menu = QMenu(parent)
    menu.setAccessibleName(_("Collection"))
    groups: Sequence[Sequence[str]] = _ITEMS if choice.lines else _NOWHERE
    only_files = bool(choice.lines) and not any(line.is_root for line in choice.lines)
    for group in groups:
        shown = [actions[name] for name in group if actions[name].isEnabled()]
        if only_files and group[-1] == "close-collection":
            continue
        if shown and not menu.isEmpty():
            menu.addSeparator()
        menu.addActions(shown)
    return menu
