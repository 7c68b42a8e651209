"""Another password for a stored private key, or another place to keep it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from workbench.core.errors import KeyringUnavailable, PasswordNeeded, WorkbenchError, WrongPassword
from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.certificates.password_keeping import PasswordKeeping
from workbench.ui.look import theme
from workbench.ui.widgets.answered_dialog import AnsweredDialog
from workbench.ui.widgets.label import Label


class PasswordChangeDialog(AnsweredDialog):
    """``change_requested`` carries present password, new password (either may be None) and whether to ask each time.

    ``asked``: the present password is kept nowhere.
    """

    change_requested = Signal(object, object, bool)  # str | None, str | None, bool

    def __init__(self, name: str, *, asked: bool, parent: QWidget | None = None) -> None:
        super().__init__(_("Password of “{name}”").format(name=isolated(name)), _("C&hange"), parent)
        words = Label(
            _(
                "The private key of “{name}” is encrypted again. In the system keyring, its password "
                "is a random one that no one has to know."
            ).format(name=isolated(name)),
            self,
            wordWrap=True,
        )
        self._present = QLineEdit(self, echoMode=QLineEdit.EchoMode.Password)
        self._present.setAccessibleName(_("Current password"))
        self._keeping = PasswordKeeping(self)
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(theme.SPACE)
        self._form.setVerticalSpacing(theme.SPACE)
        self._form.addRow(_("&Current password"), self._present)
        self._form.addRow(_("From now on"), self._keeping)
        self._form.setRowVisible(self._present, asked)
        self.lay_out(words, self._form)
        self.setMinimumWidth(480)
        self._present.textChanged.connect(self.consider)
        self._keeping.changed.connect(self.consider)
        self.consider()

    def show_error(self, error: WorkbenchError) -> None:
        """Say what is wrong, and let the person try again."""
        super().show_error(error)
        self.message.show_words(" ".join(part for part in (error.title, error.hint) if part), theme.Tone.BAD)
        if isinstance(error, PasswordNeeded | WrongPassword):
            self._form.setRowVisible(self._present, True)
            self._present.selectAll()
            self._present.setFocus()
        elif isinstance(error, KeyringUnavailable):
            self._keeping.choose_ask()
        self.adjustSize()

    def ready(self) -> bool:
        """The present password, where it is asked for, and a sound choice of the new one."""
        missing = self._form.isRowVisible(self._present) and not self._present.text()
        return not missing and not self._keeping.trouble()

    def ask(self) -> bool:
        """Ask for the change."""
        self.message.show_words(_("Encrypting…"))
        self.change_requested.emit(self._present.text() or None, self._keeping.password(), self._keeping.ask())
        return True
