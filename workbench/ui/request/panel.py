"""Everything that says what to send: the address bar, identity and trust, headers, body, TLS."""

from collections.abc import Sequence

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from workbench.core.i18n import _
from workbench.core.request import Request
from workbench.core.tls.handshake import Handshake
from workbench.ui import theme
from workbench.ui.icons import icon
from workbench.ui.models.stock import BundleRow, IdentityRow
from workbench.ui.request.body import BodyPanel
from workbench.ui.request.headers import HeadersPanel
from workbench.ui.request.identity_chip import IdentityChip
from workbench.ui.request.tls import TLSPanel
from workbench.ui.request.trust_choice import TrustChoice
from workbench.ui.request.url import complete_url, url_trouble
from workbench.ui.widgets.message import Message
from workbench.ui.words import date_words

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_TOKEN = QRegularExpression(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110 5.6.2
_CONTENT_TYPE = "content-type"
_HEADERS, _BODY, _TLS = range(3)


class RequestPanel(QWidget):
    """``request()`` and ``show_request()``; ``send_requested`` only with a request that can be sent."""

    send_requested = Signal(object)
    cancel_requested = Signal()
    changed = Signal()
    import_requested = Signal()
    import_trust_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._method = QComboBox(self, editable=True)
        self._method.addItems(METHODS)
        self._method.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._method.setValidator(QRegularExpressionValidator(_TOKEN, self._method))
        self._url = QLineEdit(self, placeholderText="https://", clearButtonEnabled=True)
        self._send = QPushButton(_("Send"), self)
        self._cancel = QPushButton(_("Cancel"), self)
        self._url_message = Message(self)
        self._identity = IdentityChip(self)
        self._trust = TrustChoice(self)
        self._warning = Message(self)
        self._headers, self._body, self._tls = HeadersPanel(), BodyPanel(), TLSPanel()
        self._pages = tuple(_padded(widget) for widget in (self._headers, self._body, self._tls))
        self._tabs = QTabWidget(self)
        self._name_everything()
        self._lay_out()
        self._connect()
        self.show_busy(busy=False)
        self.show_request(Request())

    def request(self) -> Request:
        """What is shown, as data. A header field that is switched off is not part of it."""
        headers = self._headers.headers()
        body = self._body.body()
        media_type = self._body.content_type()
        if body and media_type and not any(name.lower() == _CONTENT_TYPE for name, _value in headers):
            headers = (*headers, ("Content-Type", media_type))
        return self._tls.apply(
            Request(
                method=self._method.currentText().strip() or "GET",
                url=complete_url(self._url.text()),
                headers=headers,
                body=body,
                identity=self._identity.identity(),
                trust=self._trust.trust(),
            )
        )

    def show_request(self, request: Request) -> None:
        """Show ``request``; a Content-Type that the body panel knows is shown there."""
        self._method.setCurrentText(request.method)
        self._url.setText(request.url)
        media_type = next((value for name, value in request.headers if name.lower() == _CONTENT_TYPE), "")
        known = self._body.knows(media_type)
        self._headers.show_headers(
            tuple(field for field in request.headers if not known or field[0].lower() != _CONTENT_TYPE)
        )
        self._body.show_body(request.body if isinstance(request.body, bytes) else b"", media_type if known else "")
        self._identity.show_identity(request.identity)
        self._trust.show_trust(request.trust)
        self._tls.show_request(request)
        self._tabs.setCurrentIndex(_BODY if request.body else _HEADERS)
        self._consider()

    def show_identities(self, rows: Sequence[IdentityRow]) -> None:
        """Offer these identities."""
        self._identity.show_identities(rows)
        self._consider()

    def show_bundles(self, rows: Sequence[BundleRow]) -> None:
        """Offer these trust bundles."""
        self._trust.show_bundles(rows)

    def show_handshake(self, handshake: Handshake) -> None:
        """Put identities first that fit what the server asked for."""
        self._identity.show_handshake(handshake)

    def pin(self, sha256: str) -> None:
        """Accept only the server whose certificate or public key has this SHA-256, and show where that is said."""
        self._tls.show_pin(sha256)
        self._tabs.setCurrentIndex(_TLS)

    def choose_identity(self, name: str) -> None:
        """Offer ``name`` from now on."""
        self._identity.show_identity(name)
        self._consider()

    def choose_trust(self, name: str) -> None:
        """Believe ``name`` too from now on."""
        if name not in self._trust.trust():
            self._trust.show_trust((*self._trust.trust(), name))

    def show_busy(self, *, busy: bool) -> None:
        """Whether a request is under way."""
        self._send.setEnabled(not busy)
        self._cancel.setEnabled(busy)

    def take_focus(self) -> None:
        """Put the keyboard where it is needed next: in an empty URL, else on Send."""
        (self._send if self._url.text() else self._url).setFocus(Qt.FocusReason.OtherFocusReason)

    def edit_url(self) -> None:
        """Put the cursor into the URL."""
        self._url.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._url.selectAll()

    def open_identities(self) -> None:
        """Show the choice of identities."""
        self._identity.setFocus(Qt.FocusReason.OtherFocusReason)
        self._identity.showPopup()

    def open_trust(self) -> None:
        """Show the choice of trust bundles."""
        self._trust.setFocus(Qt.FocusReason.OtherFocusReason)
        self._trust.open_menu()

    def send(self) -> None:
        """Send what is shown, or say at its place what keeps it from being sent."""
        if not self._send.isEnabled():
            return
        trouble = url_trouble(self._url.text())
        self._url_message.show_words(trouble, theme.Tone.BAD)
        if trouble:
            self.edit_url()
        elif self._tls.trouble():
            self._tabs.setCurrentIndex(_TLS)
        else:
            self.send_requested.emit(self.request())

    def _name_everything(self) -> None:
        for widget, name in (
            (self._method, _("Method")),
            (self._url, _("URL")),
            (self._send, _("Send")),
            (self._cancel, _("Cancel")),
            (self._identity, _("Identity")),
            (self._trust, _("Trust")),
        ):
            widget.setAccessibleName(name)
        self._send.setIcon(icon("send"))
        self._send.setDefault(True)
        self._send.setToolTip(_("Send (Ctrl+Return)"))
        self._cancel.setToolTip(_("Cancel (Esc)"))
        self._method.setToolTip(_("Method: any token that the server understands"))
        self._method.setFixedWidth(self._method.fontMetrics().horizontalAdvance("OPTIONS") + 56)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE)
        grid.setVerticalSpacing(theme.SPACE)
        address = QHBoxLayout()
        address.setSpacing(theme.SPACE)
        address.addWidget(self._method)
        address.addWidget(_label(_("&URL"), self._url))
        address.addWidget(self._url, 1)
        address.addWidget(self._send)
        address.addWidget(self._cancel)
        proof = QHBoxLayout()
        proof.setSpacing(theme.SPACE)
        proof.addWidget(self._identity)
        proof.addSpacing(theme.SPACE)
        proof.addWidget(_label(_("T&rust"), self._trust))
        proof.addWidget(self._trust)
        proof.addWidget(self._warning, 1)
        proof.addStretch(0)
        grid.addWidget(_label(_("&Method"), self._method), 0, 0)
        grid.addLayout(address, 0, 1)
        grid.addWidget(self._url_message, 1, 1)
        grid.addWidget(_label(_("&Identity"), self._identity), 2, 0)
        grid.addLayout(proof, 2, 1)
        for page, title in zip(self._pages, (_("Headers"), _("Body"), _("TLS")), strict=True):
            self._tabs.addTab(page, title)
            self._tabs.tabBar().setAccessibleTabName(self._tabs.count() - 1, title)
        self._tabs.setDocumentMode(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE * 2, theme.SPACE + 4, theme.SPACE * 2, 0)
        layout.setSpacing(theme.SPACE)
        layout.addLayout(grid)
        layout.addWidget(self._tabs, 1)

    def _connect(self) -> None:
        self._send.clicked.connect(self.send)
        self._url.returnPressed.connect(self.send)
        self._cancel.clicked.connect(self.cancel_requested)
        self._url.textChanged.connect(self._forget_trouble)
        self._method.currentTextChanged.connect(self._consider)
        self._identity.chosen.connect(self._consider)
        self._identity.import_requested.connect(self.import_requested)
        self._trust.chosen.connect(self._consider)
        self._trust.import_requested.connect(self.import_trust_requested)
        self._headers.model.dataChanged.connect(self._consider)
        self._headers.model.rowsRemoved.connect(self._consider)
        self._headers.model.modelReset.connect(self._consider)
        self._body.changed.connect(self._consider)
        self._tls.changed.connect(self._consider)

    def _forget_trouble(self) -> None:
        self._url_message.show_words("")
        self._consider()

    def _consider(self) -> None:
        self._warning.show_words(_identity_warning(self._identity), theme.Tone.WARNING)
        count = sum(line.on and bool(line.name) for line in self._headers.model.lines())
        self._tabs.setTabText(_HEADERS, _("Headers") + (f" {count}" if count else ""))
        self.changed.emit()


def _identity_warning(chip: IdentityChip) -> str:
    row, name = chip.row(), chip.identity()
    if name is None:
        return ""
    if row is None:
        return _("“{name}” is not among your identities: choose another, or import it.").format(name=name)
    leaf = row.certificate
    if leaf.is_expired():
        return _("“{name}” expired on {date}; most servers will refuse it.").format(
            name=name, date=date_words(leaf.not_after)
        )
    if leaf.is_not_yet_valid():
        return _("“{name}” is not valid before {date}; most servers will refuse it.").format(
            name=name, date=date_words(leaf.not_before)
        )
    return ""


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label


def _padded(widget: QWidget) -> QWidget:
    page = QWidget()
    layout = QVBoxLayout(page)
    layout.setContentsMargins(0, theme.SPACE, 0, 0)
    layout.addWidget(widget)
    return page
