"""A new collection: its name, and the folder it is to lie in. The same for the copy of one."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.widgets.answered_dialog import AnsweredDialog
from workbench.ui.widgets.label import Label


class CollectionDialog(AnsweredDialog):
    """``create_requested`` carries a name and the folder to make the collection in."""

    create_requested = Signal(str, Path)

    def __init__(self, title: str, name: str, beside: Path, parent: QWidget | None = None) -> None:
        super().__init__(title, _("C&reate"), parent)
        self._name = QLineEdit(name, self)
        self._name.setAccessibleName(_("Name"))
        self._where = QLineEdit(str(beside), self)
        self._where.setAccessibleName(_("Location"))
        choose = QPushButton(_("&Choose…"), self)
        choose.setAutoDefault(False)
        self._lay_out(choose)
        self._name.selectAll()
        self._name.textChanged.connect(self.consider)
        self._where.textChanged.connect(self.consider)
        choose.clicked.connect(self._choose)
        self.consider()

    def _lay_out(self, choose: QPushButton) -> None:
        where = QHBoxLayout()
        where.setSpacing(theme.SPACE)
        where.addWidget(self._where, 1)
        where.addWidget(choose)
        form = QFormLayout()
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(theme.SPACE)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_("&Name"), self._name)
        label = Label(_("&Location"), self)
        label.setBuddy(self._where)
        form.addRow(label, where)
        self.lay_out(form)
        self.setMinimumWidth(520)

    def _choose(self) -> None:
        chooser = QFileDialog(self, _("Folder in which to create the collection"), self._where.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self._where.setText)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def ready(self) -> bool:
        """There has to be a name, and a folder."""
        return bool(self._name.text().strip() and self._where.text().strip())

    def consider(self) -> None:
        """Say where the collection will lie."""
        super().consider()
        if self.ready():
            self.message.show_words(
                _("A folder for it is created in {where}.").format(where=self._where.text().strip())
            )

    def ask(self) -> bool:
        """Ask for the collection to be made."""
        self.create_requested.emit(self._name.text().strip(), Path(self._where.text().strip()).expanduser())
        return True
