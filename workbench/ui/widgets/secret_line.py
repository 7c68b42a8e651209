"""A line for a secret: dots, until the person wants to see it."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from workbench.core.i18n import _
from workbench.ui.look.icons import icon
from workbench.ui.look.plain import tip


class SecretLine(QLineEdit):
    """A password field with an eye. A text that is nothing but a ``{{variable}}`` is no secret and is shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._eye = QAction(_("Show"), self, checkable=True)
        self._eye.toggled.connect(self._turn)
        self.addAction(self._eye, QLineEdit.ActionPosition.TrailingPosition)
        self.textChanged.connect(self._consider)
        self._consider()

    def _turn(self) -> None:
        shown = self._eye.isChecked()
        words = _("Hide") if shown else _("Show")
        self._eye.setText(words)
        self._eye.setToolTip(tip(words))
        self._eye.setIcon(icon("eye-off" if shown else "eye"))
        self._consider()

    def _consider(self) -> None:
        text = self.text().strip()
        only = text.startswith("{{") and (text.count("{{") == 1 and ("}}" not in text or text.endswith("}}")))
        modes = QLineEdit.EchoMode
        mode = modes.Normal if self._eye.isChecked() or only or not text else modes.Password
        if mode != self.echoMode():
            self.setEchoMode(mode)
        if self._eye.icon().isNull():
            self._turn()
