"""Where the password of an imported private key is to be kept."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QRadioButton, QWidget

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.widgets.label import Label


class PasswordKeeping(QWidget):
    """``ask()`` and ``password()``; a key that had no password needs a new one when it is to be asked for.

    The keyring keeps a random one, whatever the file's was.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keyring = QRadioButton(_("&Store a random password in the system keyring"), self)
        self._ask = QRadioButton(_("A&sk for a password every time"), self)
        self._new = QLineEdit(self, echoMode=QLineEdit.EchoMode.Password)
        self._again = QLineEdit(self, echoMode=QLineEdit.EchoMode.Password)
        self._labels = (Label(_("New password"), self), Label(_("Repeat password"), self))
        self._encrypted = False
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.SPACE)
        layout.setVerticalSpacing(theme.SPACE // 2)
        layout.addWidget(self._keyring, 0, 0, 1, 2)
        layout.addWidget(self._ask, 1, 0, 1, 2)
        for row, (label, field) in enumerate(zip(self._labels, (self._new, self._again), strict=True), 2):
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            layout.addWidget(label, row, 0)
            layout.addWidget(field, row, 1)
            field.textChanged.connect(self.changed)
        self._keyring.setChecked(True)
        self._ask.toggled.connect(self._consider)
        self._consider()

    def ask(self) -> bool:
        """Whether the password is to be asked for each time."""
        return self._ask.isChecked()

    def password(self) -> str | None:
        """The new password, where one is needed."""
        return self._new.text() if self._needs_new() else None

    def trouble(self) -> str:
        """What is missing, or the empty string."""
        if not self._needs_new():
            return ""
        if not self._new.text():
            return _("Enter a password to encrypt the private key with.")
        return "" if self._new.text() == self._again.text() else _("The passwords do not match.")

    def show_file_password(self, *, encrypted: bool) -> None:
        """Whether the key came with a password, which stays its password if it is to be asked for."""
        self._encrypted = encrypted
        self._consider()

    def choose_ask(self) -> None:
        """Propose to ask each time: there is no keyring."""
        self._ask.setChecked(True)
        if self._needs_new():
            self._new.setFocus()

    def _needs_new(self) -> bool:
        return self.ask() and not self._encrypted

    def _consider(self) -> None:
        for widget in (*self._labels, self._new, self._again):
            widget.setVisible(self._needs_new())
        self.changed.emit()
