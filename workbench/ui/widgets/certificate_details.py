"""All facts of one certificate, thumbprints with copy buttons."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QScrollArea, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.core.tls.certificate import Certificate
from workbench.ui.look import theme
from workbench.ui.look.words import moment_words
from workbench.ui.widgets.fingerprint import ValueField
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.validity_bar import ValidityBar

_FIELDS: tuple[tuple[str, Callable[[Certificate], str], bool], ...] = (
    (_("Subject"), lambda c: c.subject, False),
    (_("Issuer"), lambda c: c.issuer, False),
    (_("Names"), lambda c: _entries(c.subject_alternative_names, c, "subjectAltName", _("none")), False),
    (_("SHA-256"), lambda c: c.sha256, True),
    (_("SHA-1"), lambda c: c.sha1, True),
    (_("SPKI SHA-256"), lambda c: c.spki_sha256, True),
    (_("Serial"), lambda c: c.serial, True),
    (_("Key"), lambda c: c.key, False),
    (_("Signed with"), lambda c: c.signature_algorithm, False),
    (_("Key usage"), lambda c: _entries(c.key_usages, c, "keyUsage", _("not restricted")), False),
    (
        _("Extended key usage"),
        lambda c: _entries(c.extended_key_usages, c, "extendedKeyUsage", _("not restricted")),
        False,
    ),
    (_("Kind"), lambda c: _kind(c), False),
    (_("Valid from"), lambda c: moment_words(c.not_before), False),
    (_("Valid until"), lambda c: moment_words(c.not_after), False),
    (_("PEM"), lambda c: c.pem, True),
)


class CertificateDetails(QScrollArea):
    """``show_certificate(None)`` shows the placeholder."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._placeholder = Label(placeholder, wordWrap=True)
        self._placeholder.setEnabled(False)
        self._validity = ValidityBar()
        self._fields = [(ValueField(name, fixed_width=fixed), read) for name, read, fixed in _FIELDS]
        self._form = QWidget()
        form = QFormLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.SPACE)
        form.setVerticalSpacing(2)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.addRow(_("Validity"), self._validity)
        for (name, _read, _fixed), (field, _same) in zip(_FIELDS, self._fields, strict=True):
            form.addRow(name, field)
        self._unreadable = ValueField(_("Unreadable"))
        form.addRow(_("Unreadable"), self._unreadable)
        self._rows = form
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.SPACE // 2, theme.SPACE // 2, theme.SPACE // 2, theme.SPACE // 2)
        column.addWidget(self._placeholder)
        column.addWidget(self._form)
        column.addStretch(1)
        self.setWidget(inside)
        self.show_certificate(None)

    def show_certificate(self, certificate: Certificate | None) -> None:
        """Show one certificate, or the placeholder."""
        self._placeholder.setVisible(certificate is None)
        self._form.setVisible(certificate is not None)
        if certificate is None:
            return
        self._validity.show_certificate(certificate)
        for field, read in self._fields:
            field.show_value(read(certificate))
        self._unreadable.show_value(", ".join(certificate.unreadable))
        self._rows.setRowVisible(self._unreadable, bool(certificate.unreadable))


def _entries(entries: Sequence[str], certificate: Certificate, extension: str, otherwise: str) -> str:
    """The entries of an extension, or what it means that there are none."""
    if extension in certificate.unreadable_extensions:
        return _("(unreadable)")
    return ", ".join(entries) or otherwise


def _kind(certificate: Certificate) -> str:
    if certificate.is_ca:
        return _("root CA") if certificate.is_self_issued else _("intermediate CA")
    return _("self-signed, not a CA") if certificate.is_self_issued else _("end entity")
