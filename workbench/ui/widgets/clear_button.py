"""The button in a line that empties it, with a name for those who do not see its picture."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from workbench.core.i18n import _


def show_clear_button(line: QLineEdit) -> None:
    """Show the button while there is something in ``line``."""
    line.setClearButtonEnabled(True)
    action = line.findChild(QAction, "_q_qlineeditclearaction")
    if isinstance(action, QAction):
        action.setText(_("Clear"))
