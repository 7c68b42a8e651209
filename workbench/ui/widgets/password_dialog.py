"""Asking for the password of a private key, without stopping the rest of the window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.look import theme
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message


class PasswordDialog(QDialog):
    """``entered`` carries what was typed; the dialog stays until ``accept`` or ``show_error`` answers it."""

    entered = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Password of “{name}”").format(name=isolated(name)))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = Label(
            _(
                "The private key of “{name}” is encrypted. Its password is kept in memory until the window closes."
            ).format(name=isolated(name)),
            self,
            wordWrap=True,
        )
        label = Label(_("&Password"), self)
        self._field = QLineEdit(self, echoMode=QLineEdit.EchoMode.Password)
        label.setBuddy(self._field)
        self._message = Message(self)
        self._buttons = ButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self._unlock = self._buttons.addButton(_("&Unlock and send"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._unlock.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        for widget in (words, label, self._field, self._message, self._buttons):
            layout.addWidget(widget)
        self.setMinimumWidth(420)
        self._field.textChanged.connect(self._consider)
        self._buttons.accepted.connect(self._enter)
        self._buttons.rejected.connect(self.reject)
        self._consider()

    def show_error(self, error: WorkbenchError) -> None:
        """Say that it was not that one, and let the person try again."""
        self._message.show_words(error.title, theme.Tone.BAD)
        self._field.setEnabled(True)
        self._field.selectAll()
        self._field.setFocus()
        self._unlock.setEnabled(True)
        self.adjustSize()

    def _consider(self) -> None:
        self._unlock.setEnabled(bool(self._field.text()))

    def _enter(self) -> None:
        self._field.setEnabled(False)
        self._unlock.setEnabled(False)
        self._message.show_words(_("Unlocking…"))
        self.entered.emit(self._field.text())
