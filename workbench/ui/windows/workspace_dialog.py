"""Which workspace the new window shows: one that there is, or a new one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.label import Label

if TYPE_CHECKING:
    from workbench.core.workspace import Known


class WorkspaceDialog(QDialog):
    """``chosen`` carries the id of a workspace, ``named`` the name of one to make."""

    chosen = Signal(str)
    named = Signal(str)

    def __init__(self, known: "Sequence[Known]", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("New Window"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        about = Label(
            _(
                "A window shows one workspace: its collections, environments, cookies and history. "
                "Identities and trust bundles are shared by all workspaces."
            ),
            wordWrap=True,
        )
        self._list = QListWidget(self)
        self._list.setAccessibleName(_("Workspaces"))
        for one in known:
            item = QListWidgetItem(one.name)
            item.setData(Qt.ItemDataRole.UserRole, one.id)
            self._list.addItem(item)
        self._list.setVisible(bool(known))
        self._list.itemActivated.connect(self.accept)
        self._name = QLineEdit(placeholderText=_("Name of the new workspace"))
        self._name.setAccessibleName(_("Name of the new workspace"))
        self._buttons = ButtonBox(QDialogButtonBox.StandardButton.Open | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        for widget in (about, self._list, self._name, self._buttons):
            layout.addWidget(widget)
        self._name.textChanged.connect(self._name_changed)
        self._list.itemSelectionChanged.connect(self._enable)
        if known:
            self._list.setCurrentRow(0)
            self._list.setFocus()
        else:
            self._name.setFocus()
        self._enable()
        self.resize(420, self.sizeHint().height())

    def accept(self) -> None:
        """Tell what is wanted."""
        name = self._name.text().strip()
        items = self._list.selectedItems()
        if name:
            self.named.emit(name)
        elif items:
            self.chosen.emit(items[0].data(Qt.ItemDataRole.UserRole))
        super().accept()

    def _name_changed(self, name: str) -> None:
        if name.strip():
            self._list.clearSelection()
        self._enable()

    def _enable(self) -> None:
        if self._list.selectedItems():
            self._name.clear()
        ready = bool(self._name.text().strip() or self._list.selectedItems())
        self._buttons.button(QDialogButtonBox.StandardButton.Open).setEnabled(ready)
