"""What changed since a server was last seen, in words."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.core.history.examples import ISSUING, NOON, ROOT, SERVER, exchange, failed, shaken
from tests.support import authority
from workbench.core.draft import Draft
from workbench.core.exchange import Exchange, Severity
from workbench.core.history import Circumstances, History, chains
from workbench.core.history.chain_change import CODE, ChainChange, ChangeKind
from workbench.lab.authority import Credential

HOST = ("api.example.org",)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    made = History.open(tmp_path / "history.sqlite3")
    yield made
    made.close()


def seen(server: Credential, **more: object) -> Exchange:
    url = "https://api.example.org/"
    met = exchange(url, handshake=shaken(server, **more))  # type: ignore[arg-type]
    return replace(met, hops=met.hops[-1:], findings=())


def change_now(history: History, met: Exchange) -> ChainChange | None:
    """What ``note`` would say of the first server that changed, without remembering it."""
    found = chains.changes(history._database, met)
    return found[0] if found else None


def change(history: History, server: Credential, **more: object) -> ChainChange:
    assert history.note(seen(SERVER)).findings == ()
    found = change_now(history, seen(server, **more))
    assert found is not None
    return found


def test_a_first_meeting_and_the_same_again_say_nothing(history: History) -> None:
    first = seen(SERVER)
    assert change_now(history, first) is None
    assert history.note(first) is first
    assert history.note(first) is first
    assert change_now(history, first) is None


def test_renewed_with_the_same_key(history: History) -> None:
    found = change(history, authority.server(ISSUING, HOST, key=SERVER.key, not_after=authority.days(700)))
    assert found.kinds == {ChangeKind.RENEWED, ChangeKind.EXPIRY}
    assert found.severity is Severity.INFO
    assert "renewed" in found.title
    assert "same key" in found.title


def test_a_new_key(history: History) -> None:
    end = SERVER.certificate.not_after or authority.days(0)
    found = change(history, authority.server(ISSUING, HOST, key="rsa-2048", not_after=end))
    assert found.kinds == {ChangeKind.NEW_KEY}
    assert "RSA-2048, previously EC-256" in found.detail
    assert SERVER.certificate.sha256[:16] in found.detail


def test_another_issuer_and_root_are_a_warning(history: History) -> None:
    root = authority.root("Other Root")
    other = authority.server(root, HOST, not_after=authority.days(5))
    found = change(history, other, root=root.certificate)
    assert found.kinds >= {ChangeKind.ISSUER, ChangeKind.ROOT, ChangeKind.EXPIRES_EARLIER, ChangeKind.INTERMEDIATES}
    assert found.severity is Severity.WARNING
    assert "another CA" in found.title
    assert "Other Root" in found.detail
    assert found.finding().hint


def test_another_root_of_ours_is_not_the_servers_change(history: History) -> None:
    history.note(seen(SERVER))
    assert change_now(history, seen(SERVER, root=authority.root("Cross").certificate)) is None


def test_names_come_and_go(history: History) -> None:
    end = SERVER.certificate.not_after or authority.days(0)
    found = change(history, authority.server(ISSUING, ("new.example.org",), key=SERVER.key, not_after=end))
    assert found.kinds == {ChangeKind.RENEWED, ChangeKind.NAMES}
    assert "Names added: DNS:new.example.org." in found.detail
    assert "Names removed: DNS:api.example.org." in found.detail


def test_an_intermediate_that_is_no_longer_sent(history: History) -> None:
    bare = Credential(SERVER.certificate, SERVER.key, ())
    found = change(history, bare)
    assert found.kinds == {ChangeKind.INTERMEDIATES}
    assert "Intermediates removed" in found.detail
    assert "intermediate" in found.title


def test_an_intermediate_that_is_sent_now(history: History) -> None:
    found = change(history, Credential(SERVER.certificate, SERVER.key, (*SERVER.intermediates, ROOT.certificate)))
    assert "Intermediates added: “" in found.detail
    assert "History Root CA" in found.detail


def test_another_order_is_no_change(history: History) -> None:
    both = (ISSUING.certificate, ROOT.certificate)
    history.note(seen(Credential(SERVER.certificate, SERVER.key, both)))
    assert change_now(history, seen(Credential(SERVER.certificate, SERVER.key, both[::-1]))) is None


def test_it_is_said_once_and_then_known(history: History) -> None:
    renewed = seen(authority.server(ISSUING, HOST))
    history.note(seen(SERVER))
    noted = history.note(renewed)
    assert [finding.code for finding in noted.findings] == [CODE]
    assert history.note(renewed).findings == ()


def test_two_servers_behind_one_name_take_turns_quietly(history: History) -> None:
    one, other = seen(SERVER), seen(authority.server(ISSUING, HOST))
    history.note(one)
    history.note(other)
    for _ in range(3):
        assert history.note(one).findings == ()
        assert history.note(other).findings == ()


def test_an_old_certificate_that_returns_after_long_is_a_change(history: History) -> None:
    quiet, now = chains.Quiet(), datetime.now(UTC)
    for server, days in ((SERVER, 30), (authority.server(ISSUING, HOST), 10)):
        chains.remember(history._database, seen(server), quiet, now - timedelta(days=days))
    assert change_now(history, seen(SERVER)) is not None


def test_a_chain_that_was_refused_is_told_each_time_and_not_learned(history: History) -> None:
    history.note(seen(SERVER))
    forged = authority.server(authority.root("Mallory"), HOST)
    for _ in range(2):
        noted = history.note(seen(forged, complete=False, trusted=False))
        assert [finding.code for finding in noted.findings] == [CODE]
    assert history.note(seen(SERVER)).findings == ()


def test_another_name_or_address_is_another_server(history: History) -> None:
    history.note(seen(SERVER))
    other = seen(authority.server(ISSUING, HOST))
    elsewhere = replace(other, request=replace(other.request, connect_to="192.0.2.7:443"))
    assert change_now(history, elsewhere) is None
    assert change_now(history, seen(authority.server(ISSUING, HOST), sni="other.example.org")) is None
    assert change_now(history, other) is not None


def test_every_hop_is_looked_at_and_the_gravest_comes_first(history: History) -> None:
    history.note(seen(SERVER))
    renewed = exchange("https://api.example.org/", handshake=shaken(authority.server(ISSUING, HOST)))
    noted = history.note(renewed)
    assert [finding.severity for finding in noted.findings] == [Severity.ERROR, Severity.INFO]


def test_clearing_by_age_forgets_no_server(history: History) -> None:
    history.note(seen(SERVER))
    history.add(Draft(), seen(SERVER), Circumstances(at=NOON))
    history.clear(before=datetime.now(UTC) + timedelta(days=1))
    renewed = seen(authority.server(ISSUING, HOST))
    assert change_now(history, renewed) is not None
    history.clear(host="api.example.org")
    assert change_now(history, renewed) is None


def test_clearing_everything_does(history: History) -> None:
    history.note(seen(SERVER))
    history.clear()
    assert change_now(history, seen(authority.server(ISSUING, HOST))) is None
    assert history.note(seen(SERVER)).findings == ()
    assert change_now(history, seen(authority.server(ISSUING, HOST))) is not None


def test_over_plain_http_there_is_nothing_to_say(history: History) -> None:
    plain = replace(failed(), hops=(), handshake=None)
    assert history.note(plain) is plain
