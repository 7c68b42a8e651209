"""A dialog whose answer comes later, from the worker thread."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLayout, QPushButton, QVBoxLayout, QWidget

from workbench.core.errors import WorkbenchError
from workbench.core.visible import visible
from workbench.ui.look import theme
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.message import Message


class AnsweredDialog(QDialog):
    """Shown with ``open()``. Once its button has asked, it stays, busy, until ``accept`` or ``show_error`` answers.

    Subclasses override ``ask``, and ``ready`` where there is more to it; they call ``lay_out`` at the end of making,
    and ``consider`` whenever something is typed.
    """

    def __init__(self, title: str, action: str, parent: QWidget | None = None) -> None:
        """``action`` is the text of the button that asks."""
        super().__init__(parent)
        self.setWindowTitle(visible(title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._busy = False
        # Without a parent until they are laid out: in the tab order they come after the fields.
        self.message = Message()
        self.buttons = ButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.rejected.connect(self.reject)
        self.action = QPushButton(action)
        self.action.clicked.connect(self._begin)

    def lay_out(self, *content: QWidget | QLayout, growing: QWidget | QLayout | None = None) -> None:
        """Put ``content`` above message and buttons; ``growing``, one of it, gets the room that is left."""
        # A role that accepts would close the dialog before the answer is known.
        self.buttons.addButton(self.action, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE * 2] * 4)
        column.setSpacing(theme.SPACE)
        for one in content:
            stretch = 1 if one is growing else 0
            if isinstance(one, QWidget):
                column.addWidget(one, stretch)
            else:
                column.addLayout(one, stretch)
        column.addWidget(self.message)
        if growing is None:
            column.addStretch(1)
        column.addWidget(self.buttons)
        self.action.setDefault(True)

    def ready(self) -> bool:
        """Whether what is typed can be asked for."""
        return True

    def ask(self) -> bool:
        """Ask for what the dialog is for; False when something that is wrong was shown instead."""
        raise NotImplementedError

    def consider(self) -> None:
        """Something was typed: what was wrong is said no more, and perhaps one can ask now."""
        self.message.show_words("")
        self.show_ready()

    def show_ready(self) -> None:
        """Enable the button when one can ask."""
        self.action.setEnabled(self.ready() and not self._busy)

    def show_error(self, error: WorkbenchError) -> None:
        """Say what is wrong, and let the person try again."""
        self._busy = False
        self.show_ready()
        self.message.show_error(error)

    def _begin(self) -> None:
        self._busy = True
        self.show_ready()
        if not self.ask():
            self._busy = False
            self.show_ready()
