"""Which environment the requests of a collection are sent in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from workbench.core.draft import Environment
from workbench.core.i18n import _
from workbench.core.visible import isolated, visible
from workbench.ui.library.dots import dot
from workbench.ui.look import theme
from workbench.ui.look.plain import tip
from workbench.ui.widgets.label import Label

_EDIT = "\0edit"


class EnvironmentChoice(QWidget):
    """``show_environments()`` in; ``chosen`` carries a name, empty for none. Hidden without a collection."""

    chosen = Signal(str)
    edit_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._environments: tuple[Environment, ...] = ()
        self._name = ""
        self._box = QComboBox(self)
        self._box.setAccessibleName(_("Environment"))
        self._box.setMinimumContentsLength(14)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._box.setMaximumWidth(self.fontMetrics().averageCharWidth() * 40)
        label = Label(_("&Environment"), self)
        label.setBuddy(self._box)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE // 4, theme.SPACE, theme.SPACE // 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(label)
        layout.addWidget(self._box)
        self._box.activated.connect(self._take)
        self.show_environments((), "", of="")

    def environment(self) -> str:
        """Name of the chosen one, empty for none."""
        return self._name

    def show_environments(self, environments: Sequence[Environment], name: str, *, of: str) -> None:
        """Offer these environments of the collection called ``of``; without a collection there is nothing to choose."""
        self._environments, self._name = tuple(environments), name
        self._box.setToolTip(tip(_("Environment of “{collection}”").format(collection=isolated(of))) if of else "")
        self.setEnabled(bool(of))
        self._fill()

    def open(self) -> None:
        """Show what there is to choose from."""
        if self.isEnabled():
            self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._box.showPopup()

    def _fill(self) -> None:
        self._box.clear()
        self._box.addItem(dot(""), _("no environment"), "")
        for environment in self._environments:
            self._box.addItem(dot(environment.color), visible(environment.name), environment.name)
            self._box.setItemData(self._box.count() - 1, tip(environment.description), Qt.ItemDataRole.ToolTipRole)
        if self._name and self._box.findData(self._name) < 0:
            self._box.addItem(dot(""), _("{name} · missing").format(name=isolated(self._name)), self._name)
        self._box.insertSeparator(self._box.count())
        self._box.addItem(_("Edit…"), _EDIT)
        self._select()

    def _select(self) -> None:
        self._box.setCurrentIndex(max(self._box.findData(self._name), 0))

    def _take(self, place: int) -> None:
        data = self._box.itemData(place)
        if data == _EDIT:
            self._select()
            self.edit_requested.emit()
        elif isinstance(data, str) and data != self._name:
            self._name = data
            self.chosen.emit(data)
