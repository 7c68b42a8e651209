"""How the connection may be made: everything of a request that is not identity, trust or content."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from workbench.core.i18n import _
from workbench.core.request import Request, Timeouts
from workbench.core.tls.policy import TLSPolicy, Version
from workbench.ui import theme
from workbench.ui.widgets.group import Group
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.seconds import Seconds

_VERSIONS = tuple(
    (f"TLS {number}", version) for number, version in zip(("1.0", "1.1", "1.2", "1.3"), Version, strict=True)
)
_HTTP = ((_("Automatic (ALPN)"), None), (_("HTTP/1.1 only"), "1.1"), (_("HTTP/2 only"), "2"))
_ENVIRONMENT, _DIRECT, _THIS = range(3)


class TLSPanel(QScrollArea):
    """``apply(request)`` fills the panel's part in; ``show_request`` shows that part; ``changed`` tells of typing."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self._minimum, self._maximum = _combo(_VERSIONS), _combo(_VERSIONS)
        self._ciphers = _line(_("the default list"), _("OpenSSL cipher list, such as ECDHE+AESGCM:!RSA"))
        self._suites = _line(_("the default list"), _("TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256 …"))
        self._groups = _line(_("the default list"), _("Key agreement, such as x25519:secp256r1"))
        self._signatures = _line(_("the default list"), _("Such as ecdsa_secp256r1_sha256:rsa_pss_rsae_sha256"))
        self._sni = _line(_("the host of the URL"), _("Server name to ask for, in place of the URL's host"))
        self._no_sni = QCheckBox(_("Send no server name"))
        self._connect_to = _line(_("the host of the URL"), _("host:port to connect to; names stay those of the URL"))
        self._verify = QCheckBox(_("Stop when the server cannot be verified"))
        self._pin = _line(_("any"), _("SHA-256 of the server's certificate or of its public key, in hexadecimal"))
        self._http = _combo(_HTTP)
        self._proxy_choice = _combo(
            ((_("As the environment says"), _ENVIRONMENT), (_("None"), _DIRECT), (_("This one:"), _THIS))
        )
        self._proxy = _line("http://proxy.example:3128", _("http, https or socks5 URL"))
        self._proxy.setAccessibleName(_("Proxy URL"))
        self._follow = QCheckBox(_("Follow redirects"))
        self._reuse = QCheckBox(_("Reuse connections and TLS sessions"))
        self._timeouts = {name: Seconds(self) for name in ("connect", "tls", "read", "write", "total")}
        self._loud = Message(self)
        self._lay_out()
        self.show_request(Request())
        self._watch()

    def apply(self, request: Request) -> Request:
        """``request`` with everything that is chosen here."""
        choice = self._proxy_choice.currentData()
        return replace(
            request,
            policy=self._policy(),
            http_version=self._http.currentData(),
            timeouts=Timeouts(**{name: field.seconds() for name, field in self._timeouts.items()}),
            proxy={_ENVIRONMENT: None, _DIRECT: ""}.get(choice, self._proxy.text().strip()),
            connect_to=_text(self._connect_to),
            follow_redirects=self._follow.isChecked(),
            reuse=self._reuse.isChecked(),
        )

    def show_request(self, request: Request) -> None:
        """Show what ``request`` says about its connection."""
        policy = request.policy
        self._minimum.setCurrentIndex(self._minimum.findData(policy.minimum))
        self._maximum.setCurrentIndex(self._maximum.findData(policy.maximum))
        fields = (
            (self._ciphers, policy.ciphers),
            (self._suites, policy.suites),
            (self._groups, policy.groups),
            (self._signatures, policy.signature_algorithms),
            (self._sni, policy.sni),
            (self._pin, policy.pin),
            (self._connect_to, request.connect_to),
            (self._proxy, request.proxy),
        )
        for line, value in fields:
            line.setText(value or "")
        self._no_sni.setChecked(policy.sni == "")
        self._verify.setChecked(policy.verify)
        self._http.setCurrentIndex(self._http.findData(request.http_version))
        chosen = _ENVIRONMENT if request.proxy is None else _THIS if request.proxy else _DIRECT
        self._proxy_choice.setCurrentIndex(chosen)
        self._follow.setChecked(request.follow_redirects)
        self._reuse.setChecked(request.reuse)
        for name, field in self._timeouts.items():
            field.show_seconds(getattr(request.timeouts, name))
        self._consider()

    def show_pin(self, sha256: str) -> None:
        """Show that only this certificate or public key is accepted, and go there."""
        self._pin.setText(sha256)
        self._pin.setCursorPosition(0)
        self._pin.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self._pin)

    def trouble(self) -> str:
        """What is wrong with the choices, in one sentence, or the empty string."""
        if self._minimum.currentData().value > self._maximum.currentData().value:
            return _("The oldest TLS version is newer than the newest one: no version is left.")
        pin = self._pin_text()
        if pin and (len(pin) != 64 or set(pin) - set("0123456789abcdef")):
            return _("The pin must be a SHA-256: 64 hexadecimal digits, with or without colons.")
        return ""

    def _policy(self) -> TLSPolicy:
        return TLSPolicy(
            minimum=self._minimum.currentData(),
            maximum=self._maximum.currentData(),
            ciphers=_text(self._ciphers),
            suites=_text(self._suites),
            groups=_text(self._groups),
            signature_algorithms=_text(self._signatures),
            sni="" if self._no_sni.isChecked() else _text(self._sni),
            verify=self._verify.isChecked(),
            pin=self._pin_text() or None,
            resume=self._reuse.isChecked(),
        )

    def _pin_text(self) -> str:
        return self._pin.text().replace(":", "").replace(" ", "").lower()

    def _lay_out(self) -> None:
        inside = QWidget(self)
        columns = QHBoxLayout()
        columns.setSpacing(theme.SPACE * 3)
        for title, rows in self._groups_of_rows():
            columns.addWidget(Group(title, _form(rows), inside), 1)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, theme.SPACE, 0)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._loud)
        layout.addLayout(columns)
        layout.addStretch(1)
        self.setWidget(inside)

    def _groups_of_rows(self) -> tuple[tuple[str, tuple[tuple[str, QWidget], ...]], ...]:
        wait = self._timeouts
        return (
            (
                _("Versions and algorithms"),
                (
                    (_("Oldest version"), self._minimum),
                    (_("Newest version"), self._maximum),
                    (_("Suites (TLS 1.3)"), self._suites),
                    (_("Ciphers (TLS 1.2)"), self._ciphers),
                    (_("Groups"), self._groups),
                    (_("Signatures"), self._signatures),
                ),
            ),
            (
                _("Server"),
                (
                    ("", self._verify),
                    (_("Pin"), self._pin),
                    (_("Server name (SNI)"), self._sni),
                    ("", self._no_sni),
                    (_("Connect to"), self._connect_to),
                    (_("Proxy"), self._proxy_choice),
                    ("", self._proxy),
                ),
            ),
            (
                _("HTTP and time limits"),
                (
                    (_("HTTP version"), self._http),
                    ("", self._follow),
                    ("", self._reuse),
                    (_("Connect within"), wait["connect"]),
                    (_("TLS within"), wait["tls"]),
                    (_("Read within"), wait["read"]),
                    (_("Write within"), wait["write"]),
                    (_("All within"), wait["total"]),
                ),
            ),
        )

    def _watch(self) -> None:
        for line in self.findChildren(QLineEdit):
            line.textChanged.connect(self._consider)
        for combo in self.findChildren(QComboBox):
            combo.currentIndexChanged.connect(self._consider)
        for box in self.findChildren(QCheckBox):
            box.toggled.connect(self._consider)

    def _consider(self) -> None:
        self._sni.setEnabled(not self._no_sni.isChecked())
        self._proxy.setVisible(self._proxy_choice.currentData() == _THIS)
        trouble = self.trouble()
        self._loud.show_words(trouble or self._danger(), theme.Tone.BAD if trouble else theme.Tone.WARNING)
        self.changed.emit()

    def _danger(self) -> str:
        sentences = []
        if not self._verify.isChecked():
            sentences.append(
                _("Verification is off: anybody between here and the server can read and change everything.")
            )
        if self._minimum.currentData().value < Version.TLS1_2.value:
            sentences.append(
                _("TLS 1.0 and 1.1 are broken and allowed here: use them for old servers in a closed network only.")
            )
        return " ".join(sentences)


def _combo(choices: tuple[tuple[str, object], ...]) -> QComboBox:
    combo = QComboBox()
    for title, value in choices:
        combo.addItem(title, value)
    return combo


def _line(placeholder: str, tip: str) -> QLineEdit:
    line = QLineEdit()
    line.setPlaceholderText(placeholder)
    line.setToolTip(tip)
    line.setMinimumWidth(140)
    return line


def _text(line: QLineEdit) -> str | None:
    return line.text().strip() or None


def _form(rows: tuple[tuple[str, QWidget], ...]) -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(theme.SPACE)
    form.setVerticalSpacing(theme.SPACE // 2 + 1)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
    for title, widget in rows:
        form.addRow(title, widget)
        if title:
            widget.setAccessibleName(title)
    return form
