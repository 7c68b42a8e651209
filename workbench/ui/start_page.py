"""What an empty window says: the few things to do first."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCommandLinkButton, QLabel, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui import theme
from workbench.ui.icons import icon
from workbench.ui.widgets.message import Message

_WIDTH = 520


class StartPage(QWidget):
    """``lab_requested``, ``import_requested``, ``new_requested``; ``show_starting`` while the lab starts."""

    lab_requested = Signal()
    import_requested = Signal()
    new_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(_("Requests over mutual TLS"), self)
        title.setFont(theme.scaled_font(1.7, bold=True))
        about = QLabel(_("Send with a client certificate, and see what both sides proved."), self)
        about.setForegroundRole(about.palette().ColorRole.PlaceholderText)
        self._lab = QCommandLinkButton(
            _("Try it with the lab"),
            _("Starts a server on this computer, with an identity it accepts. Then press Send."),
            self,
        )
        self._import = QCommandLinkButton(
            _("Import an identity"), _("A .p12, .pfx or .pem file. You can also drop it anywhere in this window."), self
        )
        self._new = QCommandLinkButton(_("New request"), _("To any address, with or without an identity. Ctrl+T"), self)
        self._pictures = ((self._lab, "lab"), (self._import, "identity"), (self._new, "requests"))
        self._message = Message(self)
        inside = QVBoxLayout()
        inside.setSpacing(theme.SPACE)
        inside.addWidget(title)
        inside.addWidget(about)
        inside.addSpacing(theme.SPACE * 2)
        for button, _picture in self._pictures:
            button.setAccessibleName(button.text())
            button.setAccessibleDescription(button.description())
            button.setFixedWidth(_WIDTH)
            inside.addWidget(button)
        inside.addWidget(self._message)
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        holder = QWidget(self)
        holder.setLayout(inside)
        layout.addWidget(holder, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._lab.clicked.connect(self.lab_requested)
        self._import.clicked.connect(self.import_requested)
        self._new.clicked.connect(self.new_requested)
        self._tint()

    def show_starting(self, *, starting: bool) -> None:
        """Say that the lab is on its way, and take no second click."""
        self._lab.setEnabled(not starting)
        self._message.show_words(_("Starting the lab…") if starting else "")

    def changeEvent(self, event: QEvent) -> None:
        """Take the colours of a new palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.isVisible():
            self._tint()

    def _tint(self) -> None:
        for button, picture in self._pictures:
            button.setIcon(icon(picture))
