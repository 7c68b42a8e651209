"""What an empty window says: the few things to do first."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui import theme
from workbench.ui.widgets.choice_button import ChoiceButton
from workbench.ui.widgets.message import Message

_LEAST_WIDTH = 540


class StartPage(QWidget):
    """``lab_requested``, ``import_requested``, ``new_requested``; ``show_starting`` while the lab starts."""

    lab_requested = Signal()
    import_requested = Signal()
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(_("Requests over mutual TLS"))
        title.setFont(theme.scaled_font(1.7, bold=True))
        about = QLabel(_("Send with a client certificate, and see what both sides proved."))
        about.setForegroundRole(about.palette().ColorRole.PlaceholderText)
        self._lab = ChoiceButton(
            "lab",
            _("Try it with the lab"),
            _("Starts a server on this computer, with an identity that it accepts. Then press Send."),
        )
        bring = ChoiceButton(
            "identity",
            _("Import an identity"),
            _("From a .p12, .pfx or .pem file. You can also drop files anywhere in this window."),
        )
        new = ChoiceButton("requests", _("New request"), _("To any address, with or without an identity (Ctrl+T)."))
        self._message = Message()
        self._lay_out(title, about, self._lab, bring, new, self._message)
        self._lab.clicked.connect(self.lab_requested)
        bring.clicked.connect(self.import_requested)
        new.clicked.connect(self.new_requested)

    def show_starting(self, *, starting: bool) -> None:
        """Say that the lab is on its way, and take no second click."""
        self._lab.setEnabled(not starting)
        self._message.show_words(_("Starting the lab…") if starting else "")

    def _lay_out(self, title: QLabel, about: QLabel, *rest: QWidget) -> None:
        holder = QWidget(self)
        holder.setMinimumWidth(_LEAST_WIDTH)
        inside = QVBoxLayout(holder)
        inside.setSpacing(theme.SPACE)
        inside.addWidget(title)
        inside.addWidget(about)
        inside.addSpacing(theme.SPACE * 2)
        for widget in rest:
            inside.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(holder, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
