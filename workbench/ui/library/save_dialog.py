"""Where a request is saved for the first time: its name, and a folder of an open collection."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QCheckBox, QDialogButtonBox, QFormLayout, QLineEdit, QTreeView, QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.i18n import _
from workbench.core.workspace.collection_state import CollectionState
from workbench.ui.look import theme
from workbench.ui.look.plain import caption
from workbench.ui.models.library_lines import folder_lines
from workbench.ui.models.library_tree import LibraryTree
from workbench.ui.widgets.answered_dialog import AnsweredDialog
from workbench.ui.widgets.label import Label


class SaveDialog(AnsweredDialog):
    """``save_requested`` carries the name and where to save, ``folder_requested`` where to make a folder.

    ``show_roots`` when there are other folders.
    """

    save_requested = Signal(str, DraftLocation)
    folder_requested = Signal(str, DraftLocation)
    collection_requested = Signal()

    def __init__(
        self, name: str, roots: Sequence[CollectionState], near: DraftLocation | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Save Request"), _("&Save"), parent)
        self._name = QLineEdit(name, self)
        self._name.setAccessibleName(_("Name"))
        self._model = LibraryTree(self)
        self._tree = QTreeView(self)
        self._secrets = QCheckBox(self)
        self._secrets.setChecked(True)
        self._secrets.hide()
        self._folder = self.buttons.addButton(_("New &Folder…"), QDialogButtonBox.ButtonRole.ResetRole)
        self._collection = self.buttons.addButton(_("New &Collection…"), QDialogButtonBox.ButtonRole.ResetRole)
        self._new_name = QLineEdit(self, placeholderText=_("Name of the new folder, then Enter"))
        self._awaited: DraftLocation | None = None
        self._lay_out()
        self._connect()
        self.show_roots(roots)
        self._choose(near)
        self._name.selectAll()

    def show_roots(self, roots: Sequence[CollectionState]) -> None:
        """Offer the folders of these collections."""
        first = not self._model.rowCount()
        self._model.show_lines(folder_lines(roots))
        if first:
            self._tree.expandToDepth(0)
        if self._awaited is not None and self._model.find(self._awaited).isValid():
            self._choose(self._awaited)
            self._awaited = None
        elif not self._tree.currentIndex().isValid():
            self._choose(None)
        self._enable()

    def choose_when_there(self, location: DraftLocation) -> None:
        """Choose ``location``, which is about to come with the next roots."""
        self._awaited = location
        self._new_name.clear()
        self._new_name.hide()

    def show_secrets(self, names: Sequence[str]) -> None:
        """Offer to leave the values of the header fields called ``names`` out of the file."""
        listed = ", ".join(f"“{name}”" for name in names)
        self._secrets.setText(
            _("&Store the value of {names} in the keyring instead of the file").format(names=caption(listed))
        )
        self._secrets.setVisible(bool(names))

    def keeps_secrets(self) -> bool:
        """Whether they are to be left out."""
        return self._secrets.isChecked()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field for a folder's name makes the folder, and does not save."""
        if self._new_name.hasFocus() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._ask_for_folder()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self._tree.setModel(self._model)
        self._tree.setHeaderHidden(True)
        self._tree.setUniformRowHeights(True)
        self._tree.setAccessibleName(_("Folder"))
        self._tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._new_name.setAccessibleName(_("Name of the new folder"))
        self._new_name.hide()
        label = Label(_("&In"), self)
        label.setBuddy(self._tree)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_("&Name"), self._name)
        form.addRow(label, self._tree)
        form.addRow("", self._new_name)
        self.lay_out(form, self._secrets, growing=form)
        self.resize(520, 440)

    def _connect(self) -> None:
        self._name.textChanged.connect(self.consider)
        self._tree.selectionModel().currentChanged.connect(self.consider)
        self._folder.clicked.connect(self._show_new_folder)
        self._collection.clicked.connect(self.collection_requested)

    def _chosen(self) -> DraftLocation | None:
        line = self._model.line(self._tree.currentIndex())
        return line.location if line is not None else None

    def _choose(self, location: DraftLocation | None) -> None:
        index = self._model.find(location) if location is not None else QModelIndex()
        if not index.isValid():
            index = self._model.index(0, 0)
        self._tree.setCurrentIndex(index)
        self._tree.scrollTo(index)

    def ready(self) -> bool:
        """There has to be a name, and a folder."""
        return self._chosen() is not None and bool(self._name.text().strip())

    def consider(self) -> None:
        """Something was typed or chosen."""
        super().consider()
        self._enable()

    def _enable(self) -> None:
        there = self._chosen() is not None
        self.show_ready()
        self._folder.setEnabled(there)
        nowhere = _("No collection is open: create one to save the request in.")
        if not there:
            self.message.show_words(nowhere)
        elif self.message.words() == nowhere:
            self.message.show_words("")

    def _show_new_folder(self) -> None:
        self._new_name.show()
        self._new_name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_for_folder(self) -> None:
        location, name = self._chosen(), self._new_name.text().strip()
        if location is not None and name:
            self.folder_requested.emit(name, location)

    def ask(self) -> bool:
        """Ask for the request to be saved."""
        location = self._chosen()
        if location is not None:
            self.save_requested.emit(self._name.text().strip(), location)
        return location is not None
