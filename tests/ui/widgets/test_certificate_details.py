"""The facts of one certificate, and what of it cannot be read."""

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from tests.support import authority, odd
from workbench.core.tls.certificate import Certificate
from workbench.ui.widgets.certificate_details import CertificateDetails

GOOD = authority.server(authority.root()).certificate


def _shown(qtbot: QtBot, certificate: Certificate) -> dict[str, str]:
    details = CertificateDetails("nothing chosen")
    qtbot.addWidget(details)
    details.show()
    details.show_certificate(certificate)
    fields = [field for field in details.findChildren(QLineEdit) if field.isVisible()]
    return {field.accessibleName(): field.text() for field in fields}


def test_of_a_good_one_nothing_is_said_to_be_unreadable(qtbot: QtBot) -> None:
    shown = _shown(qtbot, GOOD)
    assert shown["SHA-256"] == GOOD.sha256
    assert "Unreadable" not in shown


@pytest.mark.parametrize("name", odd.CHANGES)
def test_what_cannot_be_read_is_told_beside_what_can(qtbot: QtBot, name: str) -> None:
    certificate = odd.odd(GOOD, name)
    shown = _shown(qtbot, certificate)
    assert shown["SHA-256"] == certificate.sha256
    assert shown["Key"] == "EC-256-secp256r1"
    assert odd.CHANGES[name][1] in shown.get("Unreadable", "")


def test_a_usage_that_cannot_be_read_is_not_called_unrestricted(qtbot: QtBot) -> None:
    assert _shown(qtbot, odd.odd(GOOD, "an extension that is none"))["Key usage"] == "(unreadable)"
    assert _shown(qtbot, odd.odd(GOOD, "month 13"))["Valid until"] == "(unreadable)"


def test_the_copied_pem_is_that_of_the_certificate(qtbot: QtBot) -> None:
    details = CertificateDetails("nothing chosen")
    qtbot.addWidget(details)
    details.show_certificate(GOOD)
    (copy,) = (button for button in details.findChildren(QToolButton) if button.accessibleName() == "Copy PEM")
    copy.click()
    assert QGuiApplication.clipboard().text() == GOOD.pem
