"""Which bundles to believe: a button that says which, and a menu that stays open while they are ticked."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from workbench.core.i18n import _, ngettext
from workbench.ui.models.stock import BundleRow


class TrustChoice(QPushButton):
    """``trust()`` and ``show_trust()`` by names, first named first asked."""

    chosen = Signal()
    import_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ("system",)
        self._rows: tuple[BundleRow, ...] = ()
        self._menu = QMenu(self)
        self._menu.installEventFilter(self)
        self._menu.aboutToShow.connect(self._fill)
        self.setMenu(self._menu)
        self._tell()

    def trust(self) -> tuple[str, ...]:
        """Names of the bundles."""
        return self._names

    def show_trust(self, names: Sequence[str]) -> None:
        """Choose these."""
        self._names = tuple(names)
        self._tell()

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
        known = {row.name: row for row in self._rows}
        for name in (*known, *(name for name in self._names if name not in known)):
            row = known.get(name)
            action = QAction(_bundle_words(name, row), self._menu, checkable=True, checked=name in self._names)
            action.setData(name)
            action.toggled.connect(lambda on, name=name: self._toggle(name, on=on))
            self._menu.addAction(action)
        self._menu.addSeparator()
        self._menu.addAction(_("Import authorities…"), self.import_requested.emit)

    def _toggle(self, name: str, *, on: bool) -> None:
        rest = tuple(chosen for chosen in self._names if chosen != name)
        self._names = (*rest, name) if on else rest
        self._tell()
        self.chosen.emit()

    def _tell(self) -> None:
        words = " + ".join(self._names) if self._names else _("nothing: no server will be believed")
        self.setText(words)
        self.setAccessibleName(_("Trust"))
        self.setAccessibleDescription(words)
        self.setToolTip(_("Bundles of authorities whose servers are believed: {names}").format(names=words))


def _is_space(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space


def _bundle_words(name: str, row: BundleRow | None) -> str:
    if row is None:
        return _("{name} · not on this computer").format(name=name)
    count = len(row.certificates)
    authorities = ngettext("{count} authority", "{count} authorities", count).format(count=count)
    return f"{name} · {authorities}"
