"""A draft goes out as its surroundings say, and what became of it is remembered."""

import asyncio
import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.core.workspace.conftest import FALLBACK, Computer
from tests.support.keyring import MemoryKeyring
from workbench.core.cancelling import CancelScope
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import (
    BasicAuth,
    BearerAuth,
    Defaults,
    DigestAuth,
    Draft,
    Environment,
    Field,
    FileBody,
    FileChoice,
    InheritAuth,
    OAuth2Auth,
    OtherAuth,
    RawBody,
    RawKind,
    Settings,
    Variable,
)
from workbench.core.errors import StorageError
from workbench.core.exchange import Exchange, Outcome, Phase, Progress
from workbench.core.history import Circumstances, History
from workbench.core.want import Thing
from workbench.core.workspace import Consent, Workspace


@dataclass
class Notebook:
    """A journal that remembers in memory."""

    kept: list[tuple[Draft, Exchange, Circumstances | None, bool]] = field(default_factory=list)
    full: bool = False
    noted: int = 0
    closed: bool = False

    def add(
        self, draft: Draft, exchange: Exchange, circumstances: Circumstances | None = None, *, keep_body: bool = True
    ) -> None:
        if self.full:
            raise StorageError("The disk is full.", hint="Make room.")
        self.kept.append((draft, exchange, circumstances, keep_body))

    def note(self, exchange: Exchange) -> Exchange:
        self.noted += 1
        return exchange

    def close(self) -> None:
        self.closed = True


def said(exchange: Exchange) -> dict[str, Any]:
    assert exchange.response is not None, exchange.failure
    document: dict[str, Any] = json.loads(exchange.response.body.read())
    return document


def fields(exchange: Exchange) -> dict[str, str]:
    return {name.lower(): value for name, value in said(exchange)["headers"]}


def payments(computer: Computer, workspace: Workspace) -> DraftLocation:
    """A request in a folder of a collection, each of which gives it something."""
    made = computer.collection(workspace)
    _defaults, stamp = made.defaults(Path())
    base = Variable("base", "{{host}}v1")
    made.save_defaults(
        Path(), Defaults("Payments", (Field("X-From", "collection"),), BearerAuth("{{token}}"), (base,)), stamp
    )
    folder = made.add_folder(Path(), "Users")
    _defaults, stamp = made.defaults(folder)
    identity = Variable("mtls.identity", "alice")
    made.save_defaults(folder, Defaults("Users", (Field("X-Folder", "{{$guid}}"),), InheritAuth(), (identity,)), stamp)
    made.save_environment(Environment("Local", (Variable("host", computer.url), Variable("token", secret=True))), None)
    workspace.secrets.keep(made.root, "Local", {"token": "hush-hush"})
    item = made.add(folder, Draft("Get", url="{{base}}/users", body=RawBody(RawKind.JSON, "{}"), method="POST"))
    return DraftLocation(made.root, item)


def test_all_that_surrounds_a_draft_counts(computer: Computer) -> None:
    workspace = computer.open()
    origin = payments(computer, workspace)
    assert origin.item is not None
    draft = workspace.collections.get(origin.collection).load(origin.item).draft
    exchange = computer.send(workspace, draft, origin, environment="Local")
    assert said(exchange)["path"] == "/v1/users"
    assert said(exchange)["method"] == "POST"
    assert said(exchange)["body"] == "{}"
    assert "alice" in said(exchange)["client"]["subject"]
    assert fields(exchange)["authorization"] == "Bearer hush-hush"
    assert fields(exchange)["x-from"] == "collection"
    assert len(fields(exchange)["x-folder"]) == 36
    assert "hush" not in repr(exchange.request)


def test_two_environments_at_once(computer: Computer) -> None:
    workspace = computer.open()
    made = computer.collection(workspace)
    for name in ("Local", "Other"):
        made.save_environment(Environment(name, (Variable("base", f"{computer.url}{name}"),)), None)
    workspace.collections.choose_environment(made.root, "Other")

    async def both(there: Workspace) -> list[Exchange]:
        where = DraftLocation(made.root)
        sent = [there.send(Draft(url="{{base}}"), where, name, fallback=FALLBACK) for name in ("Local", "Other")]
        return await asyncio.gather(*sent)

    assert [said(one)["path"] for one in computer.run(both, workspace)] == ["/Local", "/Other"]
    unset = computer.send(workspace, Draft(url="{{base}}"), DraftLocation(made.root))
    assert unset.failure is not None, "the choice that is remembered is for those who ask for it"


def test_a_draft_of_no_collection(computer: Computer) -> None:
    draft = Draft(url="{{where}}echo", variables=(Variable("where", computer.url),), auth=BasicAuth("ann", "x"))
    exchange = computer.send(computer.open(), draft)
    assert fields(exchange)["authorization"].startswith("Basic ")


@pytest.mark.parametrize(
    ("draft", "said_in"),
    [
        (Draft(url="{{nowhere}}"), "nowhere"),
        (Draft(url="{{open"), "{{"),
        (Draft(url="ftp://x"), "ftp"),
        (Draft(url="https://localhost/", headers=(Field("a b", "c"),)), "Header"),
        (Draft(url="https://localhost/", method="G T"), "method"),
        (Draft(url="https://localhost/", auth=OtherAuth("ntlm")), "ntlm"),
    ],
)
def test_what_cannot_be_prepared_is_a_failure_too(computer: Computer, draft: Draft, said_in: str) -> None:
    notebook = Notebook()
    exchange = computer.send(computer.open(journal=lambda _folder: notebook), draft)
    assert exchange.outcome is Outcome.FAILURE
    assert exchange.failure is not None
    assert exchange.failure.code == "invalid-input"
    assert exchange.failure.phase is Phase.PREPARE
    assert said_in in f"{exchange.failure.title} {exchange.failure.detail}"
    assert exchange.request.url == draft.url
    assert notebook.kept[0][:2] == (draft, exchange)


def test_an_environment_that_is_broken_is_named_with_its_line(computer: Computer) -> None:
    workspace = computer.open()
    payments = computer.collection(workspace)
    for name, extends in (("Base", ""), ("Local", "Base")):
        payments.save_environment(Environment(name, extends=extends), None)
    (payments.root / "environments" / "Base.yml").write_text("name: [\n")
    exchange = computer.send(workspace, Draft(url=computer.url), DraftLocation(payments.root), environment="Local")
    assert exchange.failure is not None
    assert "Base.yml" in exchange.failure.title
    assert "Line 2" in exchange.failure.detail


def test_a_collection_that_is_not_open(computer: Computer) -> None:
    exchange = computer.send(computer.open(), Draft(url=computer.url), DraftLocation(computer.folder))
    assert exchange.failure is not None
    assert exchange.failure.code == "invalid-input"


def test_a_keyring_that_is_locked_is_named_only_where_it_matters(computer: Computer) -> None:
    workspace = computer.open()
    origin = payments(computer, workspace)
    workspace._values.forget()
    computer.keyring.available = False
    needs = computer.send(workspace, Draft(url="{{base}}"), origin, environment="Local")
    assert needs.failure is not None
    assert needs.failure.code == "keyring-unavailable"
    other = computer.send(workspace, Draft(url="{{base}}", auth=None), origin, environment="Local")
    assert said(other)["path"] == "/v1"
    wrong = computer.send(workspace, Draft(url="{{base}}{{nowhere}}", auth=None), origin, environment="Local")
    assert wrong.failure is not None
    assert wrong.failure.code == "invalid-input"


def test_cookies_are_the_workspaces(computer: Computer) -> None:
    workspace = computer.open()
    setting = Draft(url=f"{computer.url}cookies?short=1&attributes=Path=/")
    lasting = Draft(url=f"{computer.url}cookies?long=1&attributes=Path=/;Max-Age=1000")
    computer.send(workspace, setting)
    computer.send(workspace, lasting)
    exchange = computer.send(workspace, Draft(url=f"{computer.url}echo"))
    assert fields(exchange)["cookie"] == "short=1; long=1"
    workspace.close()
    again = computer.send(computer.open(), Draft(url=f"{computer.url}echo"))
    assert fields(again)["cookie"] == "long=1"


def test_damaged_cookies_lose_nobody_the_workspace(computer: Computer) -> None:
    computer.open().close()
    (computer.home.workspaces / "default" / "cookies.json").write_text("{")
    workspace = computer.open()
    assert workspace.problems == (workspace.cookies.problem,)
    assert workspace.cookies.cookies() == ()


def test_tokens_are_fetched_once_and_forgotten_at_the_end(computer: Computer) -> None:
    settings = OAuth2Auth(access_token_url="{{lab}}oauth/token", client_id="lab", client_secret="{{secret}}")
    variables = (Variable("lab", computer.url), Variable("secret", "lab-secret"), Variable("mtls.identity", "alice"))
    draft = Draft(url="{{lab}}oauth/protected", auth=settings, variables=variables)
    workspace = computer.open()
    assert said(computer.send(workspace, draft))["path"] == "/oauth/protected"
    assert said(computer.send(workspace, draft))["path"] == "/oauth/protected"
    assert len(workspace.tokens._kept) == 1
    workspace.close()
    assert workspace.tokens._kept == {}


def test_each_collection_has_tokens_of_its_own(computer: Computer) -> None:
    settings = OAuth2Auth(access_token_url=f"{computer.url}oauth/token", client_id="lab", client_secret="lab-secret")
    draft = Draft(url=f"{computer.url}oauth/protected", auth=settings)
    workspace = computer.open()
    for name in ("Ours", "Theirs"):
        collection = computer.collection(workspace, name)
        assert said(computer.send(workspace, draft, DraftLocation(collection.root)))["path"] == "/oauth/protected"
    assert [key.collection and key.collection.name for key in workspace.tokens._kept] == ["Ours", "Theirs"]


def test_digest_and_redirects(computer: Computer) -> None:
    variables = (Variable("lab", computer.url),)
    draft = Draft(
        url="{{lab}}redirect-to?url=/digest-auth",
        auth=DigestAuth("lab", "lab-password"),
        variables=variables,
        settings=Settings(follow_redirects=True),
    )
    exchange = computer.send(computer.open(), draft)
    assert [hop.status for hop in exchange.hops] == [302, 401, 200]


def test_what_is_remembered(computer: Computer) -> None:
    notebook = Notebook()
    workspace = computer.open(journal=lambda _folder: notebook)
    origin = payments(computer, workspace)
    draft = Draft(url="{{base}}", tags=("smoke",))
    exchange = computer.send(workspace, draft, origin, environment="Local")
    ((kept, same, circumstances, with_body),) = notebook.kept
    assert kept == draft
    assert same is exchange
    assert with_body
    assert circumstances is not None
    assert circumstances.environment == "Local"
    assert (circumstances.collection, circumstances.item) == (origin.collection, origin.item)
    assert circumstances.secrets == ("hush-hush",)
    assert notebook.noted == 1
    workspace.close()
    assert notebook.closed


@pytest.mark.parametrize(("tags", "keep"), [((), False), (("sensitive",), True), (("sensitive", "x"), False)])
def test_bodies_that_are_not_kept(computer: Computer, tags: tuple[str, ...], keep: bool) -> None:
    notebook = Notebook()
    workspace = computer.open(journal=lambda _folder: notebook)
    computer.send(workspace, Draft(url=computer.url, tags=tags), keep_body=keep)
    assert [with_body for *_rest, with_body in notebook.kept] == [False]


def test_a_history_that_is_full_costs_no_response(computer: Computer) -> None:
    notebook = Notebook(full=True)
    exchange = computer.send(computer.open(journal=lambda _folder: notebook), Draft(url=computer.url))
    assert exchange.outcome is Outcome.RESPONSE
    (finding,) = [one for one in exchange.findings if one.code == "not-kept"]
    assert "disk is full" in finding.detail


def test_a_history_that_cannot_be_opened_keeps_nobody_out(computer: Computer) -> None:
    def newer(_folder: Path) -> Notebook:
        raise StorageError("The history is of a newer version.")

    workspace = computer.open(journal=newer)
    assert [error.title for error in workspace.problems] == ["The history is of a newer version."]
    assert computer.send(workspace, Draft(url=computer.url)).outcome is Outcome.RESPONSE


def test_the_history_of_the_workspace(computer: Computer) -> None:
    workspace = computer.open(journal=lambda folder: History.open(folder / "history.sqlite"))
    origin = payments(computer, workspace)
    computer.send(workspace, Draft("Named", url="{{base}}"), origin, environment="Local")
    history = workspace.journal
    assert isinstance(history, History)
    (row,) = history.search()
    assert "/v1" in row.url
    workspace.close()
    assert b"hush-hush" not in (workspace.folder / "history.sqlite").read_bytes()


@pytest.mark.parametrize("kind", ["loose", "mine", "theirs"])
def test_values_of_the_process_are_masked_in_the_history(computer: Computer, kind: str) -> None:
    process = {"PASS": "from-the-process", "HOST": computer.url.removesuffix("/")}
    workspace = computer.open(process=process, journal=lambda folder: History.open(folder / "history.sqlite"))
    origin = None
    if kind == "mine":
        origin = DraftLocation(computer.collection(workspace).root)
    elif kind == "theirs":
        theirs = Collection.create(computer.folder / "theirs", "Theirs")
        origin = DraftLocation(workspace.collections.open(theirs.root).root)
    draft = Draft(url="{{process.env.HOST}}/?q={{process.env.PASS}}")
    consent = Consent(things=frozenset({Thing.ENVIRONMENT_VARIABLES}))
    exchange = computer.send(workspace, draft, origin, consent=consent)
    assert exchange.request.url.endswith("?q=from-the-process")
    history = workspace.journal
    assert isinstance(history, History)
    (row,) = history.search()
    assert row.url.startswith(process["HOST"])
    entry = history.get(row.id)
    assert entry is not None
    assert "from-the-process" not in repr((row, entry.exchange, entry.draft))
    assert entry.exchange.response is not None
    assert b"from-the-process" not in entry.exchange.response.body.read()


def test_cancelling_while_the_keyring_asks(computer: Computer) -> None:
    """The person never answers the keyring, and gives up on the request."""
    asked, answered = threading.Event(), threading.Event()

    class Asking(MemoryKeyring):
        def get(self, user: str) -> str | None:
            if self.available:
                return super().get(user)
            asked.set()
            answered.wait(20)
            return None

    computer.keyring = Asking()
    notebook = Notebook()
    workspace = computer.open(journal=lambda _folder: notebook)
    origin = payments(computer, workspace)
    workspace._values.forget()
    computer.keyring.available = False

    async def plan(there: Workspace) -> Exchange:
        scope = CancelScope()
        task = asyncio.create_task(there.send(Draft(url="{{base}}"), origin, "Local", fallback=FALLBACK, scope=scope))
        await asyncio.to_thread(asked.wait, 20)
        scope.cancel()
        return await task

    exchange: Exchange = computer.run(plan, workspace)
    answered.set()
    assert exchange.outcome is Outcome.CANCELLED
    assert [kept.outcome for _draft, kept, *_rest in notebook.kept] == [Outcome.CANCELLED]


def test_a_task_that_is_cancelled_is_remembered_and_raises(computer: Computer) -> None:
    notebook = Notebook()
    workspace = computer.open(journal=lambda _folder: notebook)

    async def plan(there: Workspace) -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await there.send(Draft(url=f"{computer.url}delay/20"), None, fallback=FALLBACK)

    computer.run(plan, workspace)
    (kept,) = [kept for _draft, kept, *_rest in notebook.kept]
    assert kept.outcome is Outcome.CANCELLED
    assert kept.hops


def test_cookies_and_history_fail_each_for_itself(computer: Computer) -> None:
    notebook = Notebook()
    workspace = computer.open(journal=lambda _folder: notebook)
    (workspace.folder / "cookies.json").mkdir()
    exchange = computer.send(workspace, Draft(url=f"{computer.url}cookies?a=1&attributes=Max-Age=1000"))
    assert exchange.outcome is Outcome.RESPONSE
    assert "not-kept" in {one.code for one in exchange.findings}
    assert len(notebook.kept) == 1
    (workspace.folder / "cookies.json").rmdir()


def test_progress_is_told(computer: Computer) -> None:
    heard: list[Progress] = []
    computer.send(computer.open(), Draft(url=computer.url), progress=heard.append)
    assert Phase.RECEIVE in {one.phase for one in heard}


@pytest.fixture
def secret_file(computer: Computer) -> Path:
    path = computer.folder / "elsewhere" / "secret.txt"
    path.parent.mkdir()
    path.write_text("hush")
    return path


def with_file(computer: Computer, name: str) -> Draft:
    return Draft(method="POST", url=f"{computer.url}echo", body=FileBody((FileChoice(name),)))


def test_files_of_the_collection_and_of_no_collection_go_out(computer: Computer, secret_file: Path) -> None:
    workspace = computer.open()
    root = computer.collection(workspace).root
    (root / "data.txt").write_text("ours")
    assert said(computer.send(workspace, with_file(computer, "data.txt"), DraftLocation(root)))["body"] == "ours"
    assert said(computer.send(workspace, with_file(computer, str(secret_file))))["body"] == "hush"
