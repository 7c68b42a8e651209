"""A new collection: its name, and the folder it is to lie in. The same for the copy of one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import visible
from workbench.ui.look import theme
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message


class CollectionDialog(QDialog):
    """``create_requested`` carries a name and the folder to make the collection in.

    The dialog stays until ``accept`` or ``show_error`` answers.
    """

    create_requested = Signal(str, Path)

    def __init__(self, title: str, name: str, beside: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(visible(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._name = QLineEdit(name, self)
        self._name.setAccessibleName(_("Name"))
        self._where = QLineEdit(str(beside), self)
        self._where.setAccessibleName(_("Location"))
        choose = QPushButton(_("&Choose…"), self)
        choose.setAutoDefault(False)
        self._message = Message(self)
        self._buttons = ButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        # A role that accepts would close the dialog before the answer is known.
        self._create = self._buttons.addButton(_("C&reate"), QDialogButtonBox.ButtonRole.ActionRole)
        self._create.setDefault(True)
        self._lay_out(choose)
        self._name.selectAll()
        self._name.textChanged.connect(self._consider)
        self._where.textChanged.connect(self._consider)
        choose.clicked.connect(self._choose)
        self._create.clicked.connect(self._ask)
        self._buttons.rejected.connect(self.reject)
        self._consider()

    def show_error(self, error: WorkbenchError) -> None:
        """Say what is wrong, and let the person try again."""
        self._consider()
        words = " ".join(part for part in (error.title, error.detail, error.hint) if part)
        self._message.show_words(words, theme.Tone.BAD)

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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(form)
        layout.addWidget(self._message)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(520)

    def _choose(self) -> None:
        chooser = QFileDialog(self, _("Where the collection is to lie"), self._where.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(self._where.setText)
        chooser.finished.connect(chooser.deleteLater)
        chooser.open()

    def _consider(self) -> None:
        name, where = self._name.text().strip(), self._where.text().strip()
        self._create.setEnabled(bool(name and where))
        words = _("A folder for it is made in {where}.").format(where=where) if name and where else ""
        self._message.show_words(words)

    def _ask(self) -> None:
        self._create.setEnabled(False)
        self.create_requested.emit(self._name.text().strip(), Path(self._where.text().strip()).expanduser())
