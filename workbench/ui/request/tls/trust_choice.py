"""Which bundles to believe: a button that says which, and a menu that stays open while they are ticked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from workbench.core.credentials import BundleRow
from workbench.core.i18n import _, ngettext
from workbench.core.request import Request
from workbench.core.visible import visible
from workbench.ui.look.plain import caption, tip

_WIDEST = 36  # average characters


class TrustChoice(QPushButton):
    """``choice()`` and ``show_choice()``: names divided by commas, first named first asked, or None to inherit."""

    chosen = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: str | None = None
        self._inherited: str | None = None
        self._default = Request().trust
        self._where = ""
        self._rows: tuple[BundleRow, ...] = ()
        self._inherit: QAction | None = None
        self._ticks: dict[str, QAction] = {}
        self._menu = QMenu(self)
        self._menu.installEventFilter(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self._tell()

    def choice(self) -> str | None:
        """What is chosen."""
        return self._choice

    def show_choice(self, choice: str | None) -> None:
        """Choose."""
        self._choice = choice
        self._tell()

    def show_inherited(self, choice: str | None, where: str, default: tuple[str, ...] = ()) -> None:
        """What inheriting comes to, and in words where that is from; ``default`` when it comes to nothing."""
        self._inherited, self._where = choice, where
        self._default = default or self._default
        self._tell()

    def trust(self) -> tuple[str, ...]:
        """Names of the bundles that will be believed."""
        return _names(self._choice) or _names(self._inherited) or self._default

    def add(self, name: str) -> None:
        """Believe ``name`` too from now on."""
        if name not in self.trust():
            self._choose((*self.trust(), name))

    def show_bundles(self, rows: Sequence[BundleRow]) -> None:
        """Offer these."""
        self._rows = tuple(rows)
        self._tell()

    def open_menu(self) -> None:
        """Show what there is to choose from."""
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tick without closing the menu, by mouse and by Space."""
        if event.type() == QEvent.Type.MouseButtonRelease or _is_space(event):
            action: QAction | None = self._menu.activeAction()  # None between two entries
            if action is not None and action.isCheckable():
                action.trigger()
                return True
        return super().eventFilter(watched, event)

    def _fill(self) -> None:
        self._menu.clear()
        inherit = QAction(caption(self._inherited_words()), self._menu, checkable=True, checked=self._choice is None)
        inherit.triggered.connect(self._take_inherited)
        self._menu.addAction(inherit)
        self._inherit = inherit
        self._menu.addSeparator()
        known = {row.name: row for row in self._rows}
        self._ticks = {}
        for name in (*known, *(name for name in self.trust() if name not in known)):
            action = QAction(caption(_bundle_words(name, known.get(name))), self._menu, checkable=True)
            action.setChecked(name in self.trust())
            action.triggered.connect(lambda on, name=name: self._toggle(name, on=on))
            self._ticks[name] = action
            self._menu.addAction(action)
        self._menu.addSeparator()
        self._menu.addAction(_("Import CA…"), self.import_requested.emit)

    def _take_inherited(self) -> None:
        self._choice = None
        self._settle()

    def _toggle(self, name: str, *, on: bool) -> None:
        rest = tuple(chosen for chosen in self.trust() if chosen != name)
        self._choose((*rest, name) if on else rest)

    def _choose(self, names: tuple[str, ...]) -> None:
        self._choice = ", ".join(names) or None  # nothing at all would believe nobody: that is what inherits
        self._settle()

    def _settle(self) -> None:
        if self._inherit is not None:
            self._inherit.setChecked(self._choice is None)
            for name, action in self._ticks.items():
                action.setChecked(name in self.trust())
        self._tell()
        self.chosen.emit()

    def _inherited_words(self) -> str:
        words = _("inherited: {names}").format(names=" + ".join(_names(self._inherited) or self._default))
        return _("{words} · from {where}").format(words=words, where=self._where) if self._where else words

    def _tell(self) -> None:
        inherits = self._choice is None and self._inherited is not None
        words = self._inherited_words() if inherits else " + ".join(self.trust())
        widest = self.fontMetrics().averageCharWidth() * _WIDEST
        self.setText(self.fontMetrics().elidedText(caption(words), Qt.TextElideMode.ElideRight, widest))
        self.setAccessibleName(_("Trust"))
        self.setAccessibleDescription(visible(words))
        self.setToolTip(tip(_("Trust bundles that the server is verified with: {names}").format(names=words)))


def _names(choice: str | None) -> tuple[str, ...]:
    return tuple(name for name in (part.strip() for part in (choice or "").split(",")) if name)


def _is_space(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space


def _bundle_words(name: str, row: BundleRow | None) -> str:
    if row is None:
        return _("{name} · not on this computer").format(name=name)
    count = len(row.certificates)
    authorities = ngettext("{count} CA", "{count} CAs", count).format(count=count)
    return f"{name} · {authorities}"
