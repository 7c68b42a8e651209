"""Asking for the password of a private key, without stopping the rest of the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.core.errors import WorkbenchError
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.look import theme
from workbench.ui.widgets.answered_dialog import AnsweredDialog
from workbench.ui.widgets.label import Label


class PasswordDialog(AnsweredDialog):
    """``entered`` carries what was typed."""

    entered = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(_("Password of “{name}”").format(name=isolated(name)), _("&Unlock and Send"), parent)
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
        self.lay_out(words, label, self._field)
        self.setMinimumWidth(420)
        self._field.textChanged.connect(self.consider)
        self.consider()

    def show_error(self, error: WorkbenchError) -> None:
        """Say that it was not that one, and let the person try again."""
        super().show_error(error)
        self.message.show_words(error.title, theme.Tone.BAD)
        self._field.setEnabled(True)
        self._field.selectAll()
        self._field.setFocus()
        self.adjustSize()

    def ready(self) -> bool:
        """There has to be a password."""
        return bool(self._field.text())

    def ask(self) -> bool:
        """Tell the password."""
        self._field.setEnabled(False)
        self.message.show_words(_("Unlocking…"))
        self.entered.emit(self._field.text())
        return True
