"""Another password for a stored private key, or another place to keep it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QVBoxLayout, QWidget

from workbench.core.errors import KeyringUnavailable, PasswordNeeded, WorkbenchError, WrongPassword
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.certificates.keeping import Keeping
from workbench.ui.look import theme
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message


class PasswordChangeDialog(QDialog):
    """``change_requested`` carries present password, new password (either may be None) and whether to ask each time.

    The dialog stays until ``accept`` or ``show_error`` answers. ``asked``: the present password is kept nowhere.
    """

    change_requested = Signal(object, object, bool)  # str | None, str | None, bool

    def __init__(self, name: str, *, asked: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Password of “{name}”").format(name=isolated(name)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = Label(
            _(
                "The private key of “{name}” is encrypted anew. Kept in the system keyring, "
                "its password is a random one that nobody has to know."
            ).format(name=isolated(name)),
            self,
            wordWrap=True,
        )
        self._present = QLineEdit(self, echoMode=QLineEdit.EchoMode.Password)
        self._present.setAccessibleName(_("Present password"))
        self._keeping = Keeping(self)
        self._message = Message(self)
        self._buttons = ButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        # A role that accepts would close the dialog before the answer is known.
        self._change = self._buttons.addButton(_("C&hange"), QDialogButtonBox.ButtonRole.ActionRole)
        self._change.setDefault(True)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.SPACE)
        self._form.setVerticalSpacing(theme.SPACE)
        self._form.addRow(_("&Present password"), self._present)
        self._form.addRow(_("From now on"), self._keeping)
        self._form.setRowVisible(self._present, asked)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        layout.addWidget(words)
        layout.addLayout(self._form)
        layout.addWidget(self._message)
        layout.addStretch(1)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(480)
        self._present.textChanged.connect(self._consider)
        self._keeping.changed.connect(self._consider)
        self._change.clicked.connect(self._ask_to_change)
        self._buttons.rejected.connect(self.reject)
        self._consider()

    def show_error(self, error: WorkbenchError) -> None:
        """Say what is wrong, and let the person try again."""
        words = " ".join(part for part in (error.title, error.hint) if part)
        self._consider()
        self._message.show_words(words, theme.Tone.BAD)
        if isinstance(error, PasswordNeeded | WrongPassword):
            self._form.setRowVisible(self._present, True)
            self._present.selectAll()
            self._present.setFocus()
        elif isinstance(error, KeyringUnavailable):
            self._keeping.choose_ask()
        self.adjustSize()

    def _consider(self) -> None:
        missing = self._form.isRowVisible(self._present) and not self._present.text()
        self._change.setEnabled(not missing and not self._keeping.trouble())
        self._message.show_words("")

    def _ask_to_change(self) -> None:
        self._change.setEnabled(False)
        self._message.show_words(_("Encrypting…"))
        self.change_requested.emit(self._present.text() or None, self._keeping.password(), self._keeping.ask())
