"""What an empty window says: the few things to do first."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.core.visible import isolated
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.look.plain import caption, tip
from workbench.ui.widgets.choice_button import ChoiceButton
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message

_LETTERS = 106  # at most in a line
_MOST_RECENT = 6


class StartPage(QScrollArea):
    """What is asked for comes out as a signal; ``show_starting`` while the lab starts, ``show_recent`` for collections.

    ``recent_requested`` carries the folder of a collection.
    """

    lab_requested = Signal()
    import_requested = Signal()
    collection_requested = Signal()
    new_requested = Signal()
    recent_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        title = Label(_("Requests over mutual TLS"), wordWrap=True)
        title.setFont(theme.scaled_font(1.7, bold=True))
        about = Label(_("Send a request with a client certificate and see what both sides proved."), wordWrap=True)
        about.setForegroundRole(about.palette().ColorRole.PlaceholderText)
        self._lab = ChoiceButton(
            "lab",
            _("Try it with the lab"),
            _("Starts a server on this computer and an identity that it accepts. Then press Send."),
        )
        bring = ChoiceButton(
            "identity",
            _("Import an identity"),
            _("From a .p12, .pfx or .pem file. You can also drop files anywhere in this window."),
        )
        collection = ChoiceButton(
            "collections",
            _("Open a collection"),
            _("A folder of saved requests in OpenCollection or Bruno format."),
        )
        new = ChoiceButton("requests", _("New request"), _("To any address, with or without an identity."))
        self._message = Message()
        self._holder = QWidget()
        self._heading = Label(_("Recent collections"))
        self._heading.setFont(theme.scaled_font(1.0, bold=True))
        self._heading.hide()
        self._recent = QVBoxLayout()
        self._recent.setSpacing(0)
        self._lay_out(title, about, self._lab, bring, collection, new, self._message, self._heading)
        self._lab.clicked.connect(self.lab_requested)
        bring.clicked.connect(self.import_requested)
        collection.clicked.connect(self.collection_requested)
        new.clicked.connect(self.new_requested)

    def show_starting(self, *, starting: bool) -> None:
        """Say that the lab is on its way, and take no second click."""
        self._lab.setEnabled(not starting)
        self._message.show_words(_("Starting the lab…") if starting else "")

    def show_recent(self, folders: Sequence[Path]) -> None:
        """Offer to open these again, the latest first."""
        while (item := self._recent.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for folder in folders[:_MOST_RECENT]:
            self._recent.addWidget(self._recent_button(folder), 0, Qt.AlignmentFlag.AlignLeft)
        self._heading.setVisible(bool(folders))

    def showEvent(self, event: QShowEvent) -> None:
        """The first thing to do has the keyboard, unless something has it already."""
        super().showEvent(event)
        if self.window().focusWidget() is None:
            self._lab.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Take the room of a new font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_holder"):
            self._bound()

    def _bound(self) -> None:
        self._holder.setMaximumWidth(self.fontMetrics().averageCharWidth() * _LETTERS)

    def _recent_button(self, folder: Path) -> QPushButton:
        words = f"{folder.name}   {_short(folder.parent)}"
        button = QPushButton(icon("collections"), caption(words), self)
        button.setFlat(True)
        button.setAccessibleName(_("Open {name} again").format(name=isolated(folder.name)))
        button.setToolTip(tip(str(folder)))
        button.clicked.connect(lambda: self.recent_requested.emit(folder))
        return button

    def _lay_out(self, title: Label, about: Label, *rest: QWidget) -> None:
        page = QWidget(self)
        inside = QVBoxLayout(self._holder)
        inside.setSpacing(theme.SPACE)
        inside.addWidget(title)
        inside.addWidget(about)
        inside.addSpacing(theme.SPACE * 2)
        for widget in rest:
            inside.addWidget(widget)
        inside.addLayout(self._recent)
        layout = QVBoxLayout(page)
        layout.addStretch(2)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._holder, 100)  # as wide as its words want, and no wider
        row.addStretch(1)
        layout.addLayout(row)
        layout.addStretch(3)
        self.setWidget(page)
        self._bound()


def _short(folder: Path) -> str:
    try:
        return str(Path("~") / folder.relative_to(Path.home()))
    except (ValueError, RuntimeError):
        return str(folder)
