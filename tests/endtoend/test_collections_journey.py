"""A collection's life with real files, real git, a real server and the real keyring."""

import asyncio
import json
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.support.secret_service import SecretService, secret_service
from tests.support.servers.process import need
from workbench.core.collection import ChangedOutside, Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import (
    Assertion,
    BearerAuth,
    Draft,
    Environment,
    Field,
    RawBody,
    RawKind,
    Variable,
)
from workbench.core.exchange import Exchange
from workbench.core.history import History, parse
from workbench.core.session import Session
from workbench.core.storage import Home, IdentityStore, Keyring, TrustLibrary
from workbench.core.want import Thing
from workbench.core.workspace import Workspace
from workbench.lab import Lab

__all__ = ["secret_service"]

pytestmark = pytest.mark.endtoend

SECRET = "hush-0123456789"
ORDER = Draft(
    name="Update order",
    method="POST",
    url="{{host}}order/update",
    headers=(Field("X-Request-ID", "{{request-id}}"), Field("Accept", "application/json")),
    body=RawBody(RawKind.JSON, '{\n  "order": 4711,\n  "status": "shipped"\n}\n'),
    auth=BearerAuth("{{token}}"),
    assertions=(Assertion("res.status", "eq", "200"),),
    docs="Moves an order on.\n",
)
# As the other program of this format would write the same request, with what this one knows nothing of.
REWRITTEN = """\
# reviewed by Bob
info:
  name: Update order
  type: http
  seq: 1
  tags: [smoke]   # every night

http:
  url: "{{host}}order/update"
  method: POST
  x-owner: payments
  headers:
    - name: X-Request-ID
      value: "{{request-id}}"
    - name: Accept   # the old gateway insists
      value: application/json
    - name: X-Client
      value: other
      disabled: true
  body:
    type: json
    data: |-
      {
        "order": 4711,
        "status": "cancelled"
      }
  auth:
    type: bearer
    token: "{{token}}"

runtime:
  scripts:
    - type: after-response
      code: |-
        bru.setVar("order", res.body.order);
  assertions:
    - expression: res.status
      operator: eq
      value: "200"

settings:
  encodeUrl: true
  timeout: 0
  someday: yes

docs: |-
  Moves an order on.
"""


@dataclass
class Repository:
    """git in a folder, with nothing of the person's own settings."""

    folder: Path
    environment: dict[str, str]

    def __call__(self, *words: str) -> str:
        done = subprocess.run(
            [need("git"), *words], cwd=self.folder, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def commit(self, words: str) -> None:
        self("add", "--all")
        self("commit", "--quiet", "--message", words)

    def changed(self) -> dict[str, tuple[int, int]]:
        """Lines added and removed in each file since the last commit."""
        lines = (line.split("\t") for line in self("diff", "--numstat").splitlines())
        return {name: (int(added), int(removed)) for added, removed, name in lines}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    folder = tmp_path / "payments"
    folder.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    kept |= {"HOME": str(tmp_path / "nobody"), "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
    for who in ("AUTHOR", "COMMITTER"):
        kept |= {f"GIT_{who}_NAME": "Alice", f"GIT_{who}_EMAIL": "alice@example.org"}
    made = Repository(folder, kept)
    made("init", "--quiet", "--initial-branch=main")
    return made


@pytest.fixture
def made(repository: Repository) -> tuple[Collection, Path]:
    """A collection with one request in a folder, committed."""
    collection = Collection.create(repository.folder, "Payments")
    item = collection.add(collection.add_folder(Path(), "Orders"), ORDER)
    collection.save_environment(environment("https://localhost:1/"), None)
    repository.commit("A collection")
    return collection, item


def environment(host: str) -> Environment:
    return Environment(
        "Local",
        (
            Variable("host", host),
            Variable("request-id", "r-1"),
            Variable("mtls.identity", "alice"),
            Variable("mtls.trust", "lab"),
            Variable("token", secret=True),
        ),
    )


def test_nothing_of_it_is_lost_and_a_change_is_the_lines_that_changed(
    repository: Repository, made: tuple[Collection, Path]
) -> None:
    collection, item = made
    loaded = collection.load(item)
    assert loaded.draft == ORDER
    collection.save(item, loaded.draft, loaded.stamp)
    assert repository.changed() == {}
    changed = replace(
        ORDER, url="{{host}}order/move", headers=(ORDER.headers[0], replace(ORDER.headers[1], value="text/plain"))
    )
    collection.save(item, changed, loaded.stamp)
    assert repository.changed() == {item.as_posix(): (2, 2)}
    assert Collection.open(repository.folder).load(item).draft == changed


def test_what_another_program_wrote_is_understood_and_survives(
    repository: Repository, made: tuple[Collection, Path]
) -> None:
    collection, item = made
    before = collection.load(item)
    (repository.folder / item).write_text(REWRITTEN)
    repository.commit("Another program")
    with pytest.raises(ChangedOutside) as caught:
        collection.save(item, replace(before.draft, method="PUT"), before.stamp)
    assert repository.changed() == {}
    assert caught.value.current == collection.load(item).draft
    theirs = Collection.open(repository.folder).load(item)
    assert theirs.draft == replace(
        ORDER,
        headers=(*ORDER.headers, Field("X-Client", "other", on=False)),
        body=RawBody(RawKind.JSON, '{\n  "order": 4711,\n  "status": "cancelled"\n}'),
        tags=("smoke",),
        docs="Moves an order on.",
        settings=replace(ORDER.settings, encode_url=True, timeout_ms=0),
    )
    shipped = RawBody(RawKind.JSON, '{\n  "order": 4711,\n  "status": "shipped"\n}')
    collection.save(item, replace(theirs.draft, body=shipped, method="PUT"), theirs.stamp)
    assert repository.changed() == {item.as_posix(): (2, 2)}
    expected = REWRITTEN.replace("method: POST", "method: PUT").replace('"status": "cancelled"', '"status": "shipped"')
    assert (repository.folder / item).read_text() == expected


@dataclass
class Computer:
    """A person's own: identities and trust stored, the real keyring, a workspace with a history."""

    home: Home
    lab: Lab
    keyring: Keyring

    def send(self, workspace: Workspace, session: Session, draft: Draft, location: DraftLocation) -> Exchange:
        async def plan() -> Exchange:
            try:
                return await workspace.send(draft, location, "Local")
            finally:
                await session.aclose()

        return asyncio.run(plan())


@pytest.fixture
def computer(tmp_path: Path, secret_service: SecretService, monkeypatch: pytest.MonkeyPatch) -> Iterator[Computer]:
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    for name, value in secret_service.environment.items():
        monkeypatch.setenv(name, value)
    home, keyring = Home(tmp_path / "home"), Keyring()
    with Lab.start() as lab:
        IdentityStore(home, keyring).add(lab.identities["alice"])
        TrustLibrary(home).add("lab", lab.bundle.certificates)
        yield Computer(home, lab, keyring)


def test_sent_as_its_environment_says_with_a_secret_that_is_in_no_file(
    computer: Computer, repository: Repository, made: tuple[Collection, Path], secret_service: SecretService
) -> None:
    collection, item = made
    session = Session(IdentityStore(computer.home, computer.keyring), TrustLibrary(computer.home))
    workspace = Workspace.open(
        computer.home, session, computer.keyring, journal=lambda folder: History.open(folder / "history.sqlite")
    )
    try:
        workspace.collections.open(collection.root)
        _there, stamp = collection.environment("Local")
        collection.save_environment(environment(computer.lab.urls["mutual"]), stamp)
        workspace.secrets.keep(collection.root, "Local", {"token": SECRET})
        draft, origin = collection.load(item).draft, DraftLocation(collection.root, item)
        held = computer.send(workspace, session, draft, origin)  # the folder was not made by this program
        assert held.failure is not None
        assert [want.thing for want in held.failure.wants] == [Thing.IDENTITY]
        workspace.agreements.agree(collection.root, held.failure.wants)
        exchange = computer.send(workspace, session, draft, origin)
        assert exchange.response is not None, exchange.failure
        assert exchange.response.status == 200
        assert exchange.handshake is not None
        assert exchange.handshake.client.sent[0] == computer.lab.identities["alice"].certificate
        seen = echo(exchange)
        assert seen["authorization"] == f"Bearer {SECRET}"
        assert seen["x-request-id"] == "r-1"
        assert isinstance(workspace.journal, History)
        assert [row.status for row in workspace.journal.search(parse("host:localhost"))] == [200]
    finally:
        workspace.close()
    assert Keyring().get("secret:default/Local/token") == SECRET
    assert repository.changed() == {"environments/Local.yml": (1, 1)}
    for folder in (computer.home.root, repository.folder, secret_service.folder):
        for path in folder.rglob("*"):
            if path.is_file():
                assert SECRET.encode() not in path.read_bytes(), path


def echo(exchange: Exchange) -> dict[str, Any]:
    """The header fields as the lab received them."""
    assert exchange.response is not None
    said = json.loads(exchange.response.body.read())
    return {name.lower(): value for name, value in said["headers"]}
