"""One question, asked once: whether a collection from elsewhere may use what its request wants."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from workbench.core.exchange import Failure
from workbench.core.i18n import _
from workbench.core.want import Want
from workbench.ui.look import theme
from workbench.ui.widgets.button_box import ButtonBox
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.wants_table import WantsTable


class AgreementDialog(QDialog):
    """``accepted``: the person agrees to ``wants()``. Nothing is sent or kept by the dialog itself."""

    def __init__(self, failure: Failure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Agree to what a collection wants"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = Label(failure.title, self, wordWrap=True)
        self._table = WantsTable(self)
        self._table.setAccessibleName(_("What the collection wants"))
        self._table.show_wants(failure.wants)
        hint = Message(self)
        hint.show_words(
            _(
                "Your agreement is stored for exactly these hosts. It is listed in the collection's "
                "settings, where you can revoke it."
            )
        )
        buttons = ButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        agree = buttons.addButton(_("&Agree and Send"), QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        agree.setAutoDefault(False)  # it is not to be agreed to by a key pressed in passing
        cancel.setDefault(True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.SPACE)
        layout.setContentsMargins(*[theme.SPACE * 2] * 4)
        for widget in (title, self._table, hint, buttons):
            layout.addWidget(widget)
        layout.setStretchFactor(self._table, 1)
        self.resize(760, 320)
        cancel.setFocus()

    def wants(self) -> tuple[Want, ...]:
        """What is asked for."""
        return self._table.wants()
