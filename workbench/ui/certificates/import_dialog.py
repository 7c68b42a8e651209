"""Bringing an identity or authorities in: what files hold is shown, with what is wrong, before anything is stored."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialogButtonBox, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.core.errors import KeyringUnavailable, PasswordNeeded, WorkbenchError, WrongPassword
from workbench.core.exchange import Finding
from workbench.core.formats import ImportedIdentity
from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.ui.certificates.import_facts import Facts, authority_facts, identity_facts, leaf_warning
from workbench.ui.certificates.password_keeping import PasswordKeeping
from workbench.ui.look import theme
from workbench.ui.models.findings import finding_mark, finding_words, severity_words
from workbench.ui.widgets.answered_dialog import AnsweredDialog
from workbench.ui.widgets.banner import Banner
from workbench.ui.widgets.facts_form import FactsForm
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.sentence import Sentence

_WIDTH = 600  # pixels at least; more in large letters


class ImportDialog(AnsweredDialog):
    """``read_requested`` carries the files' password, ``store_requested`` name, password to keep and whether to ask.

    What was read comes in through ``show_identity`` or ``show_authorities``,
    trouble of either step through ``show_error``.
    """

    read_requested = Signal(str)
    more_requested = Signal()
    store_requested = Signal(str, object, bool)  # str, str | None, bool

    def __init__(self, files: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(_("Import"), _("&Import"), parent)
        self._files = Label(wordWrap=True)
        self._banner = Banner(self)
        self._password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._facts = FactsForm(self)
        self._findings = QVBoxLayout()
        self._name = QLineEdit()
        self._keeping = PasswordKeeping()
        self._more = self._button(_("&Add File…"))
        self._read = self._button(_("&Open"))
        self._form = QFormLayout()
        self._identity: ImportedIdentity | None = None
        self._lay_out()
        self._connect()
        self.show_files(files)

    def show_files(self, files: Sequence[str]) -> None:
        """Name the files that are being read."""
        self._files.setText(_("From {files}").format(files=", ".join(files)))
        self._show_step(reading=True)
        self.message.show_words(_("Reading…"))

    def password(self) -> str | None:
        """The password that was typed for the files."""
        return self._password.text() or None

    def show_identity(self, name: str, imported: ImportedIdentity) -> None:
        """Show an identity that was found."""
        self._identity = imported
        self._show_found(name, identity_facts(imported), imported.findings)
        self._keeping.show_file_password(encrypted=imported.was_encrypted)
        self._fit()

    def show_authorities(self, name: str, certificates: Sequence[Certificate]) -> None:
        """Show authorities that were found."""
        self._identity = None
        self._show_found(name, authority_facts(certificates))
        self._form.setRowVisible(self._keeping, False)
        self.message.show_words(leaf_warning(certificates), theme.Tone.WARNING)
        self._fit()

    def show_presented(self, authority: Certificate) -> None:
        """Show an authority that nobody but a server named, and what to do before it is believed."""
        self.show_authorities(authority.common_name, [authority])
        self.setWindowTitle(_("Trust this CA"))
        self.action.setText(_("&Trust"))
        warning = _(
            "Someone between you and the server could have sent this certificate. Compare its "
            "SHA-256 with the one from the server's operator, over another channel."
        )
        self.message.show_words(warning, theme.Tone.WARNING)
        self._fit()

    def show_error(self, error: WorkbenchError) -> None:
        """Show what is wrong at the step where it is."""
        super().show_error(error)
        self.message.show_words("")
        if isinstance(error, PasswordNeeded | WrongPassword) and not self.action.isVisible():
            self._ask_for_password(error)
        else:
            self._banner.show_error(error)
            if isinstance(error, KeyringUnavailable):
                self._keeping.choose_ask()
        self._more.setVisible(not self.action.isVisible() or self._identity is not None)
        self._fit()

    def _ask_for_password(self, error: WorkbenchError) -> None:
        self._show_step(password=True)
        if isinstance(error, WrongPassword):
            self.message.show_words(error.title, theme.Tone.BAD)
            self._password.selectAll()
        else:
            self.message.show_words(_("The file is encrypted. Enter its password."))
        self._password.setFocus()

    def _show_found(self, name: str, facts: Facts, findings: Sequence[Finding] = ()) -> None:
        self._facts.show_facts(facts)
        self._show_step(found=True)
        self._show_findings(findings)
        self._name.setText(name)
        self._name.setFocus()
        self.show_ready()

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        while (item := self._findings.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for finding in findings:
            sentence = Sentence(severity_words(finding.severity))
            sentence.say(finding_mark(finding), finding_words(finding))
            self._findings.addWidget(sentence)
            sentence.show()  # one that is not shown yet has no height

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setMinimumWidth(max(_WIDTH, layout.minimumSize().width()))
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _show_step(self, *, reading: bool = False, password: bool = False, found: bool = False) -> None:
        self._banner.hide()
        self.message.show_words("")
        self._form.setRowVisible(self._password, password)
        self._form.setRowVisible(self._name, found)
        self._form.setRowVisible(self._keeping, found)
        self._facts.setVisible(found)
        if not found:
            self._show_findings(())
        self._more.setVisible(not reading and (not found or self._identity is not None))  # an intermediate, perhaps
        self._read.setVisible(password)
        self.action.setVisible(found)
        (self.action if found else self._read).setDefault(True)

    def _lay_out(self) -> None:
        self._form.setHorizontalSpacing(theme.SPACE)
        self._form.setVerticalSpacing(theme.SPACE)
        self._form.addRow(_("File &password"), self._password)
        self._form.addRow(_("&Name"), self._name)
        self._form.addRow(_("Password"), self._keeping)
        self._findings.setSpacing(theme.SPACE // 2)
        self.lay_out(self._files, self._banner, self._facts, self._findings, self._form)
        self.setMinimumWidth(_WIDTH)

    def _connect(self) -> None:
        self._more.clicked.connect(self.more_requested)
        self._read.clicked.connect(self._ask_to_read)
        self._name.textChanged.connect(self.consider)
        self._keeping.changed.connect(self.consider)
        self._keeping.changed.connect(self._fit)
        self._password.returnPressed.connect(self._ask_to_read)

    def _ask_to_read(self) -> None:
        self.message.show_words(_("Opening…"))
        self.read_requested.emit(self._password.text())

    def ready(self) -> bool:
        """There has to be a name, and for a key a sound choice of where its password is kept."""
        trouble = self._keeping.trouble() if self._identity is not None else ""
        return bool(self._name.text().strip()) and not trouble

    def consider(self) -> None:
        """Something was typed; what was said of the certificates still holds."""
        self.show_ready()

    def ask(self) -> bool:
        """Ask for what was found to be stored."""
        self._banner.hide()
        password = None
        if self._identity is not None:
            own = self.password() if self._identity.was_encrypted else None
            password = self._keeping.password() or own
        self.store_requested.emit(self._name.text().strip(), password, self._keeping.ask())
        return True

    def _button(self, text: str) -> QPushButton:
        return self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
