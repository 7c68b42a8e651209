"""The value of the chosen secret variable, below the table: set, shown when asked for, cleared."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.look import theme
from workbench.ui.look.plain import caption
from workbench.ui.widgets.label import Label


class SecretStrip(QWidget):
    """Hidden without a secret variable. ``reveal_requested`` carries its name; ``show_value`` answers.

    ``value_set`` carries name and value; ``cleared`` the name.
    """

    reveal_requested = Signal(str)
    value_set = Signal(str, str)
    cleared = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = ""
        self._label = Label(parent=self)
        self._value = QLineEdit(self, echoMode=QLineEdit.EchoMode.Password)
        self._label.setBuddy(self._value)
        self._reveal = QPushButton(_("&Show"), self)
        self._clear = QPushButton(_("C&lear"), self)
        for button in (self._reveal, self._clear):
            button.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE)
        row.addWidget(self._label)
        row.addWidget(self._value, 1)
        row.addWidget(self._reveal)
        row.addWidget(self._clear)
        self._value.textEdited.connect(lambda text: self.value_set.emit(self._name, text))
        self._reveal.clicked.connect(lambda: self.reveal_requested.emit(self._name))
        self._clear.clicked.connect(lambda: self.cleared.emit(self._name))
        self.hide()

    def show_variable(self, name: str, *, kept: bool, typed: str | None = None) -> None:
        """Show the secret variable ``name``, whose value is ``kept`` or was just ``typed``; no name hides the strip."""
        same = name == self._name
        self._name = name
        self.setVisible(bool(name))
        self._label.setText(_("Secret &value of “{name}”").format(name=caption(isolated(name))))
        self._value.setAccessibleName(_("Secret value of “{name}”").format(name=isolated(name)))
        if not same or typed is None:
            self._value.setEchoMode(QLineEdit.EchoMode.Password)
            self._value.setText(typed or "")
        words = _("stored in the keyring; type to replace it") if kept else _("not set on this computer")
        self._value.setPlaceholderText(words)
        self._reveal.setEnabled(kept or typed is not None)
        self._clear.setEnabled(kept or typed is not None)

    def show_value(self, name: str, value: str) -> None:
        """Show the value that was asked for."""
        if name == self._name:
            self._value.setEchoMode(QLineEdit.EchoMode.Normal)
            self._value.setText(value)

    def focus_value(self) -> None:
        """Put the cursor where the value is typed."""
        self._value.setFocus(Qt.FocusReason.OtherFocusReason)

    def name(self) -> str:
        """The variable whose value is shown."""
        return self._name
