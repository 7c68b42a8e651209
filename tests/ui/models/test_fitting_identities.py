"""Which identities fit is judged for now, not for when it was judged first."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.support import authority
from workbench.core.credentials import IdentityRow, Kept
from workbench.core.tls.handshake import ClientProof, Handshake
from workbench.ui.models import fitting_identities
from workbench.ui.models.fitting_identities import fitting

ROOT = authority.root()
ASKS = Handshake(version="TLSv1.3", client=ClientProof(True, (ROOT.certificate.subject,), ("ecdsa_secp256r1_sha256",)))


def row(name: str, begins: timedelta, ends: timedelta) -> IdentityRow:
    now = datetime.now(UTC)
    made = authority.client(ROOT, name, not_before=now + begins, not_after=now + ends)
    return IdentityRow(name, (made.certificate, ROOT.certificate), Kept.ASK)


def test_what_ended_a_minute_ago_does_not_fit_and_what_began_does() -> None:
    ended = row("ended", timedelta(days=-9), timedelta(minutes=-1))
    began = row("began", timedelta(minutes=-1), timedelta(days=9))
    assert fitting((ended, began), ASKS) == (began,)


def test_a_judgement_is_not_kept_beyond_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    short = row("short", timedelta(days=-1), timedelta(minutes=1))
    assert fitting((short,), ASKS) == (short,)

    class Later(datetime):
        @classmethod
        def now(cls, _tz: object = None) -> datetime:  # type: ignore[override]  # only ever asked in UTC
            return datetime.now(UTC) + timedelta(minutes=2)

    monkeypatch.setattr(fitting_identities, "datetime", Later)
    monkeypatch.setattr("workbench.core.doctor.fit.datetime", Later)
    assert fitting((short,), ASKS) == ()
