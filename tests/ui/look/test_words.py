"""Marks and shares of a certificate's life."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support import authority
from workbench.ui.look.marks import Mark
from workbench.ui.look.words import validity_mark

NOW = datetime.now(UTC)


@pytest.mark.parametrize(
    ("lived", "left", "mark"),
    [
        (300, 40, Mark.GOOD),
        (300, 20, Mark.WARNING),
        (1, 6, Mark.GOOD),  # short-lived, and young for its age
        (300, -1, Mark.BAD),
        (-1, 20, Mark.BAD),
    ],
)
def test_the_mark_warns_when_the_certificate_expires_soon(lived: float, left: float, mark: Mark) -> None:
    begins, ends = NOW - timedelta(days=lived), NOW + timedelta(days=left)
    certificate = authority.root(not_before=begins, not_after=ends).certificate
    assert validity_mark(certificate, NOW) is mark
    assert certificate.expires_soon(NOW) is (mark is Mark.WARNING)
