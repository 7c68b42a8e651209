"""What is kept comes back, is found, stays within bounds, and goes when it is cleared."""

import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.core.history.examples import ALICE, NOON, SERVER, exchange, failed, shaken
from workbench.core import draft_codec
from workbench.core.draft import (
    BearerAuth,
    Body,
    Draft,
    Field,
    FileBody,
    FileChoice,
    FormBody,
    GraphQLBody,
    MultipartBody,
    Part,
    RawBody,
    RawKind,
)
from workbench.core.errors import StorageError
from workbench.core.exchange import Body as Received
from workbench.core.exchange import Exchange, Outcome, Response
from workbench.core.history import Circumstances, History, Limits, parse, schema
from workbench.core.masking import MASK

DRAFT = Draft(name="Orders", method="POST", url="https://{{host}}/orders?page=2")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "workspace" / "history.sqlite3"


@pytest.fixture
def history(path: Path) -> Iterator[History]:
    made = History.open(path)
    yield made
    made.close()


def found(history: History, line: str) -> list[str]:
    return [row.url for row in history.search(parse(line))]


def at(moment: datetime) -> Circumstances:
    return Circumstances(at=moment)


def everything_on_disk(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def test_an_exchange_comes_back_whole(history: History) -> None:
    sent = exchange()
    entry = history.add(DRAFT, sent, Circumstances("Local", Path("/c"), Path("orders.yml"), at=NOON))
    assert entry is not None
    kept = history.get(entry)
    assert kept is not None
    assert kept.draft == DRAFT
    assert kept.missing == ()
    assert kept.exchange == replace(sent, request=replace(sent.request, body=b""), response=kept.exchange.response)
    assert kept.exchange.response is not None
    assert sent.response is not None
    assert kept.exchange.response.body == sent.response.body
    assert kept.exchange.response.headers == sent.response.headers
    assert kept.body_kept
    assert kept.sent_size == 17
    row = kept.row
    assert history.search() == (row,)
    assert (row.at, row.method, row.host, row.port, row.path) == (
        NOON,
        "POST",
        "api.example.org",
        443,
        "/orders?page=2",
    )
    assert (row.status, row.outcome, row.failure, row.severity) == (200, Outcome.RESPONSE, "", "error")
    assert (row.identity, row.trust, row.environment, row.name) == ("alice", "system, Corp", "Local", "Orders")
    assert (row.collection, row.item) == (Path("/c"), Path("orders.yml"))
    assert (row.duration_ms, row.size) == (42.0, 15)


def test_a_failure_comes_back_with_what_was_learned(history: History) -> None:
    entry = history.add(DRAFT, failed())
    kept = history.get(entry or 0)
    assert kept is not None
    assert kept.exchange == failed()
    assert (kept.row.status, kept.row.failure, kept.row.title) == (None, "server-untrusted", "Nobody vouches for it.")


def test_an_exchange_that_never_got_anywhere(history: History) -> None:
    sent = replace(failed(), hops=(), handshake=None, request=replace(failed().request, url="http://[bad \ud800"))
    kept = history.get(history.add(DRAFT, sent) or 0)
    assert kept is not None
    assert kept.row.host == ""
    assert kept.exchange.handshake is None


def test_what_is_gone_is_none(history: History) -> None:
    assert history.get(99) is None


def test_it_is_for_the_owner_only(history: History, path: Path) -> None:
    history.add(DRAFT, exchange())
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    "line",
    [
        *("orders", "ord", "api.exam", "ORDERS page", "host:example", "host:api.example.org:443", "status:200"),
        *(
            "status:2xx",
            "status:failed,2xx",
            "method:post",
            "identity:ali",
            "application/json",
            "r1",
            "since:2026-11-25",
        ),
        *("before:2026-11-26", "verification-off", "Fine", "店"),
        pytest.param(f"cert:{SERVER.certificate.sha256[:6]}", id="beginning of a thumbprint"),
        pytest.param(f"cert:{ALICE.certificate.sha1.upper()}", id="SHA-1"),
        pytest.param(f"cert:{ALICE.certificate.spki_sha256}", id="public key"),
    ],
)
def test_it_is_found(history: History, line: str) -> None:
    history.add(DRAFT, exchange(headers=(("Content-Type", "application/json"), ("X-Shop", "書店"))), at(NOON))
    assert len(found(history, line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        *("orders nowhere", "host:exemple", "host:api.example.org:8443", "status:404", "status:failed", "method:get"),
        *("identity:bob", "since:2026-11-26", "before:2026-11-25", "cert:00000000", "%", '"a"b"', "茶"),
    ],
)
def test_it_is_not_found(history: History, line: str) -> None:
    history.add(DRAFT, exchange(), at(NOON))
    assert found(history, line) == []


def test_pages_follow_one_another(history: History) -> None:
    for number in range(25):
        history.add(DRAFT, exchange(f"https://h/{number}"), at(NOON + timedelta(minutes=number // 3)))
    rows = list(history.search(limit=10))
    while page := history.search(limit=10, after=rows[-1]):
        rows += page
    assert [row.path for row in rows] == [f"/{number}" for number in reversed(range(25))]


def test_nothing_secret_reaches_the_disk(history: History, path: Path) -> None:
    draft = Draft(
        url="https://u:HUNTER1@api.example.org/?api_key=HUNTER2",
        headers=(Field("Authorization", "Bearer {{token}}"),),
        auth=BearerAuth("HUNTER3"),
    )
    sent = exchange(
        "https://u:HUNTER1@api.example.org/HUNTER4?api_key=HUNTER2",
        body=b'{"access_token": "HUNTER5", "echo": "HUNTER4 HUNTER3", "n": 1}',
        headers=(("Set-Cookie", "sid=HUNTER6; Path=/"), ("Location", "/?token=HUNTER7"), ("X-Echo", "HUNTER4")),
    )
    sent = replace(
        sent, request=replace(sent.request, headers=(("Authorization", "Bearer HUNTER4"), ("Cookie", "a=HUNTER8")))
    )
    entry = history.add(draft, sent, Circumstances(secrets=("HUNTER4",)))
    kept = history.get(entry or 0)
    assert kept is not None
    assert kept.exchange.response is not None
    assert (
        kept.exchange.response.body.read() == f'{{"access_token": "{MASK}", "echo": "{MASK} {MASK}", "n": 1}}'.encode()
    )
    assert dict(kept.exchange.request.headers)["Authorization"] == f"Bearer {MASK}"
    assert kept.row.url == f"https://api.example.org/{MASK}?api_key={MASK}"
    assert len(kept.missing) == 3
    shown = repr((kept, kept.draft.url, kept.exchange.request.headers, kept.exchange.request.url, kept.exchange.hops))
    assert "HUNTER" not in shown
    assert "HUNTER" not in "".join(text for (text,) in sqlite3.connect(path).execute("SELECT text FROM texts"))
    assert found(history, "HUNTER4") == []
    assert b"HUNTER" not in everything_on_disk(path)


@pytest.mark.parametrize(
    "body",
    [
        RawBody(RawKind.XML, "<patient/>"),
        GraphQLBody("{ patient }", "{}"),
        FormBody((Field("name", "patient"),)),
        MultipartBody((Part("name", "patient"),)),
        FileBody((FileChoice("patient.json"),)),
    ],
)
def test_of_what_is_sensitive_neither_body_is_kept(history: History, body: Body) -> None:
    sent = exchange(body=b"the patient is well")
    entry = history.get(history.add(replace(DRAFT, tags=("sensitive",), body=body), sent) or 0)
    assert entry is not None
    assert not entry.body_kept
    assert type(entry.draft.body) is type(body)
    assert "patient" not in repr(draft_codec.to_data(entry.draft))
    assert entry.missing == ("the body",)
    whole = history.get(history.add(replace(DRAFT, body=body), sent) or 0)
    assert whole is not None
    assert whole.draft.body == body


def test_bodies_only_when_allowed_and_not_too_large(path: Path, tmp_path: Path) -> None:
    history = History.open(path, Limits(body=1000))
    noise = random.Random(2).randbytes(2000)  # noqa: S311
    file = tmp_path / "spooled"
    file.write_bytes(b"a" * 3000)
    kept = [
        history.add(DRAFT, exchange(body=b"small"), keep_body=False),
        history.add(DRAFT, exchange(body=b"small")),
        history.add(DRAFT, exchange(body=b"a" * 3500)),  # compresses well
        history.add(DRAFT, exchange(body=noise)),
        history.add(DRAFT, exchange(body=b"a" * 9000)),
        history.add(DRAFT, _in_file(file)),
        history.add(DRAFT, _in_file(tmp_path / "gone")),
    ]
    entries = [history.get(entry or 0) for entry in kept]
    assert [entry.body_kept for entry in entries if entry] == [False, True, True, False, False, True, False]
    sizes = [entry.exchange.response.body.size for entry in entries if entry and entry.exchange.response]
    assert sizes == [5, 5, 3500, len(noise), 9000, 3000, 3000]
    history.close()


def _in_file(file: Path) -> Exchange:
    sent = exchange()
    return replace(sent, response=Response(200, body=Received(file=file, size=3000)))


def test_what_one_connection_showed_is_kept_once(history: History, path: Path) -> None:
    for _ in range(5):
        history.add(DRAFT, exchange())
    database = sqlite3.connect(path)
    assert database.execute("SELECT count(*) FROM handshakes").fetchone() == (2,)  # two hops
    assert database.execute("SELECT count(*) FROM certificates").fetchone() == (4,)
    database.close()
    history.clear(host="api.example.org")
    database = sqlite3.connect(path)
    for table in ("entries", "records", "texts", "legs", "handshakes", "shown", "certificates", "servers"):
        assert database.execute(f"SELECT * FROM {table}").fetchall() == [], table  # noqa: S608
    database.close()


def test_the_oldest_leave_when_there_are_too_many(path: Path) -> None:
    history = History.open(path, Limits(count=20))
    for number in range(50):
        history.add(DRAFT, exchange(f"https://h/{number}"), at(NOON + timedelta(minutes=number)))
    rows = history.search()
    assert 18 <= len(rows) <= 20
    assert rows[0].path == "/49"
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)
    assert found(history, "12") == []  # the index of words forgets them too
    history.close()


def test_the_file_stays_within_its_size(path: Path) -> None:
    history = History.open(path, Limits(size=600_000))
    noise = random.Random(1)  # noqa: S311
    for number in range(100):
        history.add(DRAFT, exchange(f"https://h/{number}", body=noise.randbytes(20_000)))
    assert path.stat().st_size < 700_000
    rows = history.search()
    assert rows[0].path == "/99"
    assert 10 < len(rows) < 40
    history.close()


def test_one_that_is_larger_than_all_that_is_allowed_stays_alone(path: Path) -> None:
    history = History.open(path, Limits(size=1000))
    history.add(DRAFT, exchange("https://h/1"))
    history.add(DRAFT, exchange("https://h/2"))
    assert [row.path for row in history.search()] == ["/2"]
    history.close()


def test_other_limits_hold_at_once(history: History) -> None:
    now = datetime.now(UTC)
    for days in range(10):
        history.add(DRAFT, exchange(f"https://h/{days}"), at(now - timedelta(days=days, hours=1)))
    history.keep_within(Limits(days=5))
    assert [row.path for row in history.search()] == [f"/{days}" for days in range(5)]
    history.add(DRAFT, exchange("https://h/old"), at(now - timedelta(days=20)))
    assert found(history, "old") == []
    history.keep_within(Limits(count=3))
    assert len(history.search()) <= 3


def test_clearing_by_age_and_host_and_all(history: History) -> None:
    for number, host in enumerate(("a.example", "b.example", "a.example", "c.example")):
        history.add(DRAFT, exchange(f"https://{host}/{number}"), at(NOON + timedelta(days=number)))
    assert history.clear(before=NOON + timedelta(days=1)) == 1
    assert history.clear(host="A.example") == 1
    assert [row.path for row in history.search()] == ["/3", "/1"]
    rows = history.search()
    history.remove([rows[0].id])
    assert [row.path for row in history.search()] == ["/1"]
    assert history.clear() == 1
    assert history.search() == ()
    history.add(DRAFT, exchange())
    assert len(history.search()) == 1


def test_what_is_cleared_leaves_the_file(history: History, path: Path) -> None:
    url = "https://api.example.org/telltale-path"
    secret = exchange(url, headers=(("X-Telltale", "telltale-value"),), body=b"")
    removed = history.add(DRAFT, secret)
    assert removed is not None
    assert b"telltale" in everything_on_disk(path)
    history.remove([removed])
    assert b"telltale" not in everything_on_disk(path)
    history.add(DRAFT, secret)
    history.add(DRAFT, exchange("https://other.example/"))
    history.clear(host="api.example.org")
    assert b"telltale" not in everything_on_disk(path)
    assert len(history.search()) == 1


def test_hosts_the_last_used_first(history: History) -> None:
    for number, host in enumerate(("a.example", "b.example", "a.example")):
        history.add(DRAFT, exchange(f"https://{host}/"), at(NOON + timedelta(days=number)))
    assert history.hosts() == ("a.example", "b.example")


_ADDING = """
import sys
from pathlib import Path
from tests.core.history.examples import exchange
from workbench.core.draft import Draft
from workbench.core.history import History
history = History.open(Path(sys.argv[1]))
for number in range(60):
    assert history.add(Draft(), exchange(f"https://{sys.argv[2]}/{number}")) is not None
history.close()
"""


def test_several_processes_write_at_once(path: Path) -> None:
    names = ("one", "two", "three")
    writers = [subprocess.Popen([sys.executable, "-c", _ADDING, str(path), name]) for name in names]
    assert [writer.wait(60) for writer in writers] == [0, 0, 0]
    history = History.open(path)
    assert len(history.search(limit=1000)) == 180
    assert len(found(history, "host:two")) == 60
    history.close()


def test_a_newer_file_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    database.execute("CREATE TABLE tomorrow (x)")
    database.commit()
    database.close()
    before = path.read_bytes()
    with pytest.raises(StorageError, match="newer version"):
        History.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"this is no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    history = History.open(path)
    assert history.notice is not None
    (aside,) = path.parent.glob("*.damaged-*")
    assert str(aside) in history.notice.hint
    assert aside.read_bytes() == content
    assert history.add(DRAFT, exchange())
    history.close()


def test_damage_that_shows_later_is_told_and_lived_with(path: Path) -> None:
    history = History.open(path)
    for number in range(30):
        history.add(DRAFT, exchange(f"https://h/{number}"))
    history.clear(host="nowhere")  # moves all into the file itself
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (path.stat().st_size - 4096))
    history._database.execute("PRAGMA shrink_memory")
    with pytest.raises(StorageError, match="damaged"):
        history.search(parse("orders"))
    assert history.add(DRAFT, exchange())
    assert len(history.search()) == 1
    assert list(path.parent.glob("*.damaged-*"))
    history.close()


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be read or written"):
        History.open(tmp_path / "file" / "history.sqlite3")


def test_a_full_disk_is_told_once_and_sending_goes_on(history: History) -> None:
    history.add(DRAFT, exchange())
    pages = history._database.execute("PRAGMA page_count").fetchone()[0]
    history._database.execute(f"PRAGMA max_page_count = {pages}")  # what SQLite knows as a full disk
    big = exchange(body=random.Random(1).randbytes(300_000))  # noqa: S311
    with pytest.raises(StorageError, match="cannot be read or written"):
        history.add(DRAFT, big)
    assert history.add(DRAFT, big) is None
    history._database.execute("PRAGMA max_page_count = 1000000")
    assert history.add(DRAFT, big) is not None
    assert history.search()


def test_it_works_without_an_index_of_words(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_index = History.open(path)
    with_index.add(DRAFT, exchange("https://h/first"))
    with_index.close()
    monkeypatch.setattr(schema, "_has_fts5", lambda _database: False)
    without = History.open(path)
    without.add(DRAFT, exchange("https://h/second"))
    assert len(found(without, "first")) == 1
    assert len(found(without, "secon")) == 1
    without.close()
    monkeypatch.undo()
    again = History.open(path)
    assert len(found(again, "second")) == 1
    again.clear(host="h")
    assert found(again, "second") == []
    again.close()


def test_a_handshake_is_packed_without_repeating_its_certificates(history: History, path: Path) -> None:
    history.add(DRAFT, exchange(handshake=shaken()))
    (size,) = sqlite3.connect(path).execute("SELECT max(length(facts)) FROM handshakes").fetchone()
    assert size < sum(len(certificate.der) for certificate in SERVER.chain)
