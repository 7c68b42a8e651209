"""``send`` of a saved request: as its folder and environment say, and nothing of the person's unless they agreed."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.cli.conftest import Run, RunCommand
from tests.support.keyring import MemoryKeyring
from workbench.core.agreement import Agreements
from workbench.core.collection import Collection
from workbench.core.draft import Defaults, Draft, Environment, Field, RawBody, Variable
from workbench.core.storage import Home, IdentityStore, TrustLibrary
from workbench.core.want import Thing, Want
from workbench.core.workspace.registry import DEFAULT
from workbench.lab import Lab


@pytest.fixture
def saved(tmp_path: Path, lab: Lab, keyring: MemoryKeyring) -> Path:
    """A request of a collection from elsewhere that wants the identity alice, in the environment Local."""
    home = Home.default()
    lab.install(IdentityStore(home, keyring), TrustLibrary(home))
    theirs = Collection.create(tmp_path / "theirs", "Theirs")
    folder = theirs.add_folder(Path(), "Orders")
    theirs.save_defaults(folder, Defaults("Orders", (Field("X-Folder", "{{place}}"),)), None)
    variables = (Variable("place", "local"), Variable("host", lab.urls["optional"]), Variable("mtls.trust", "lab"))
    theirs.save_environment(Environment("Local", (*variables, Variable("mtls.identity", "alice"))), None)
    theirs.save_environment(Environment("Plain", (*variables, Variable("mtls.identity", "none"))), None)
    draft = Draft("Update", method="POST", url="{{host}}order", headers=(Field("X-Own", "file"),), body=RawBody())
    return theirs.root / theirs.add(folder, draft)


def said(done: Run) -> Any:
    assert done.status == 0, done.stderr
    return json.loads(done.document["response"]["body"])


def sent_headers(done: Run) -> dict[str, str]:
    return {name.lower(): value for name, value in said(done)["headers"]}


def host(lab: Lab) -> str:
    return urlsplit(lab.urls["optional"]).netloc


def test_it_is_sent_as_its_folder_and_environment_say(run: RunCommand, saved: Path) -> None:
    done = run("send", saved, "--env", "Plain", "--json")
    assert said(done)["method"] == "POST"
    assert said(done)["path"] == "/order"
    assert sent_headers(done)["x-folder"] == "local"
    assert not (Home.default().workspaces / DEFAULT).exists()  # nothing of it was written


def test_what_it_wants_is_refused_allowed_and_kept(run: RunCommand, saved: Path, lab: Lab) -> None:
    held = run("send", saved, "--env", "Local", "--json")
    assert held.status == 3
    assert held.document["outcome"] == "failure"
    assert held.document["hops"] == []
    failure = held.document["failure"]
    assert failure["code"] == "not-agreed"
    for part in ("identity", "alice", host(lab), "environment Local"):
        assert part in failure["detail"]
    assert "--allow identity" in failure["hint"]

    assert run("send", saved, "--env", "Local", "--json", "--allow", "files", "cookies").status == 3
    once = run("send", "--env", "Local", "--json", "--allow", "identity", saved)
    assert "alice" in said(once)["client"]["subject"]
    assert run("send", saved, "--env", "Local", "--json").status == 3
    assert (
        "alice"
        in said(run("send", saved, "--env", "Local", "--json", "--allow", "all", "--agree"))["client"]["subject"]
    )
    assert "alice" in said(run("send", saved, "--env", "Local", "--json"))["client"]["subject"]

    agreements, folder = Agreements(Home.default()), saved.parents[1]
    (want,) = agreements.agreed(folder)
    assert want == Want(Thing.IDENTITY, "alice", host(lab))
    agreements.revoke(folder, [want])
    assert run("send", saved, "--env", "Local", "--json").status == 3


def test_options_override_and_are_the_person_s_own_act(run: RunCommand, saved: Path, tmp_path: Path, lab: Lab) -> None:
    body = tmp_path / "body.txt"
    body.write_text("mine")
    named = run("send", "PUT", saved, "--env", "Plain", "--identity", "alice", "--json", "-H", "x-own: typed",
                "-d", f"@{body}", "--tls-max", "1.2")  # fmt: skip
    assert "alice" in said(named)["client"]["subject"]
    assert (said(named)["method"], said(named)["body"]) == ("PUT", "mine")
    assert sent_headers(named)["x-own"] == "typed"
    assert named.document["tls"]["version"] == "TLSv1.2"
    without = run("send", saved, "--env", "Local", "--identity", "none", "--json")
    assert said(without)["client"] is None
    login = run("send", saved, "--env", "Plain", "-u", "me:secret", "--json")
    assert sent_headers(login)["authorization"].startswith("Basic ")
    unverified = run("send", saved, "--env", "Plain", "--trust", "system", "--insecure", "--json")
    assert unverified.status == 0


def test_an_environment_variable_is_not_read_unasked(
    run: RunCommand, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TAKEN", "hush-hush")
    collection = Collection.open(saved.parents[1])
    draft = Draft("Take", url="{{host}}", headers=(Field("X-Taken", "{{process.env.TAKEN}}"),))
    item = saved.parents[1] / collection.add(Path(), draft)
    held = run("send", item, "--env", "Plain", "--json")
    assert held.status == 3
    assert "TAKEN" in held.document["failure"]["detail"]
    assert b"hush-hush" not in held.stdout
    allowed = run("send", item, "--env", "Plain", "--json", "--allow", "environment-variables")
    assert sent_headers(allowed)["x-taken"] == "hush-hush"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("missing.yml",), "no saved request"),
        (("{saved}", "--env", "Nowhere"), "no environment"),
        (("{saved}", "--allow", "everything", "--json"), "everything"),
        (("{saved}", "--agree"), "--agree"),
        (("https://localhost/", "--allow", "identity"), "saved request"),
        (("{loose}",), "not part of a collection"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: RunCommand, saved: Path, tmp_path: Path, words: tuple[str, ...], part: str
) -> None:
    loose = tmp_path / "loose.yml"
    loose.write_text("info:\n  name: Loose\n")
    done = run("send", *(word.format(saved=saved, loose=loose) for word in words))
    assert done.status == 2
    assert part in done.stderr
