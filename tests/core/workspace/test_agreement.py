"""A collection from elsewhere uses nothing of the person's before they agreed: thing by thing, over real servers."""

import json
import shutil
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.core.workspace.conftest import Computer
from tests.support.servers.broken import answers, playing
from tests.support.servers.proxies import connect_proxy
from workbench.core.agreement import Thing, Want, hand_chosen
from workbench.core.collection import Collection
from workbench.core.collection.location import DraftLocation
from workbench.core.draft import (
    AWSAuth,
    Defaults,
    Draft,
    Environment,
    Field,
    FileBody,
    FileChoice,
    Flow,
    InheritAuth,
    MultipartBody,
    OAuth2Auth,
    Param,
    ParamKind,
    Part,
    Variable,
)
from workbench.core.errors import NotAuthorized
from workbench.core.exchange import Exchange
from workbench.core.workspace import Consent, Workspace
from workbench.core.workspace.collection_editor import CollectionEditor
from workbench.core.workspace.collection_state import Move
from workbench.core.workspace.saved_requests import SavedRequests

PROCESS = {"AGREED": "from-the-process", "HOST": "localhost"}


class Person:
    """Opens pages in a browser: counts them and looks no further."""

    def __init__(self) -> None:
        self.saw: list[str] = []

    def __call__(self, address: str) -> None:
        self.saw.append(address)
        raise NotAuthorized("No browser here.")


@dataclass
class Elsewhere:
    """A collection that came from elsewhere, open in a workspace."""

    computer: Computer
    workspace: Workspace
    collection: Collection
    person: Person
    environment: str | None = None

    @property
    def origin(self) -> DraftLocation:
        return DraftLocation(self.collection.root)

    @property
    def host(self) -> str:
        return urlsplit(self.computer.url).netloc

    def send(self, draft: Draft, consent: Consent = Consent()) -> Exchange:  # noqa: B008 - it is frozen
        exchange: Exchange = self.computer.send(
            self.workspace, draft, self.origin, environment=self.environment, consent=consent
        )
        return exchange

    def file(self, path: str, text: str) -> Path:
        file = self.collection.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file.resolve()


@pytest.fixture
def elsewhere(computer: Computer) -> Elsewhere:
    person = Person()
    workspace = computer.open(process=PROCESS, browser=person)
    theirs = Collection.create(computer.folder / "theirs", "Theirs")
    return Elsewhere(computer, workspace, workspace.collections.open(theirs.root), person)


def said(exchange: Exchange) -> dict[str, Any]:
    assert exchange.response is not None, exchange.failure
    document: dict[str, Any] = json.loads(exchange.response.body.read())
    return document


def header(exchange: Exchange, name: str) -> str:
    found: dict[str, str] = {key.lower(): value for key, value in said(exchange)["headers"]}
    return found.get(name, "")


def refused(exchange: Exchange) -> tuple[Want, ...]:
    assert exchange.failure is not None, exchange.response
    assert exchange.failure.code == "not-agreed"
    assert not exchange.hops
    return exchange.failure.wants


Case = Callable[[Elsewhere, pytest.MonkeyPatch], tuple[Draft, Want, Callable[[Exchange], bool]]]


def identity(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    draft = Draft(url=at.computer.url, variables=(Variable("mtls.identity", "alice"),))
    return draft, Want(Thing.IDENTITY, "alice", at.host), lambda one: "alice" in said(one)["client"]["subject"]


def environment_variable(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    draft = Draft(url=at.computer.url, headers=(Field("X-Taken", "{{process.env.AGREED}}"),))
    want = Want(Thing.ENVIRONMENT_VARIABLES, "AGREED", at.host)
    return draft, want, lambda one: header(one, "x-taken") == "from-the-process"


def aws_profile(at: Elsewhere, patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    keys = at.computer.folder / "aws"
    keys.write_text("[dev]\naws_access_key_id = AKIATAKEN\naws_secret_access_key = hush\n")
    patch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(keys))
    draft = Draft(url=at.computer.url, auth=AWSAuth(profile="dev", service="s3", region="eu-west-1"))
    return draft, Want(Thing.AWS_PROFILE, "dev", at.host), lambda one: "AKIATAKEN" in header(one, "authorization")


def cookies(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    at.workspace.cookies.store(at.computer.url, ["session=mine; Max-Age=1000"])
    want = Want(Thing.COOKIES, "", at.host)
    return Draft(url=at.computer.url), want, lambda one: header(one, "cookie") == "session=mine"


def tokens(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    auth = OAuth2Auth(
        Flow.AUTHORIZATION_CODE,
        access_token_url=f"{at.computer.url}oauth/token",
        authorization_url=f"{at.computer.url}oauth/authorize",
        client_id="lab",
    )
    want = Want(Thing.TOKENS, at.host, at.host)
    return Draft(url=at.computer.url, auth=auth), want, lambda _one: len(at.person.saw) == 1


def connect_to(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    draft = Draft(url="https://localhost:9/", variables=(Variable("mtls.connect-to", at.host),))
    want = Want(Thing.CONNECT_TO, at.host, "localhost:9")
    return draft, want, lambda one: header(one, "host") == "localhost:9" or one.response is not None


def no_verify(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    draft = Draft(url=at.computer.url, variables=(Variable("mtls.verify", "false"), Variable("mtls.trust", "nobody")))
    return draft, Want(Thing.NO_VERIFY, "", at.host), lambda one: one.response is not None


def old_tls(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    draft = Draft(url=at.computer.url, variables=(Variable("mtls.tls-min", "1.1"),))
    return draft, Want(Thing.OLD_TLS, "TLSv1.1", at.host), lambda one: one.response is not None


def lowered_ciphers(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    draft = Draft(url=at.computer.url, variables=(Variable("mtls.ciphers", "ALL:@SECLEVEL=0"),))
    return draft, Want(Thing.OLD_TLS, "ALL:@SECLEVEL=0", at.host), lambda one: one.response is not None


def file_outside(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    file = at.file("../private.txt", "mine")
    draft = Draft(method="POST", url=at.computer.url, body=FileBody((FileChoice("../private.txt"),)))
    return draft, Want(Thing.FILES, str(file), at.host), lambda one: said(one)["body"] == "mine"


def linked_file(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    file = at.file("../private.txt", "mine")
    (at.collection.root / "ours.txt").symlink_to(file)
    draft = Draft(method="POST", url=at.computer.url, body=MultipartBody((Part("a", files=("ours.txt",)),)))
    return draft, Want(Thing.FILES, str(file), at.host), lambda one: "mine" in said(one)["body"]


def hidden_file(at: Elsewhere, _patch: pytest.MonkeyPatch) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    file = at.file(".git/config", "url = https://user:token@host\n")
    draft = Draft(method="POST", url=at.computer.url, body=FileBody((FileChoice(".git/config"),)))
    return draft, Want(Thing.FILES, str(file), at.host), lambda one: "token" in said(one)["body"]


def variables_of_a_hidden_file(
    at: Elsewhere, _patch: pytest.MonkeyPatch
) -> tuple[Draft, Want, Callable[[Exchange], bool]]:
    file = at.file(".git/config", "url = https://user:token@host\n")
    at.collection.save_environment(Environment("Taking", dotenv=".git/config"), None)
    at.environment = "Taking"
    draft = Draft(url=at.computer.url, headers=(Field("X-Taken", "{{url}}"),))
    return draft, Want(Thing.FILES, str(file), at.host), lambda one: "token" in header(one, "x-taken")


CASES: tuple[Case, ...] = (
    identity,
    environment_variable,
    aws_profile,
    cookies,
    tokens,
    connect_to,
    no_verify,
    old_tls,
    lowered_ciphers,
    file_outside,
    linked_file,
    hidden_file,
    variables_of_a_hidden_file,
)


@pytest.mark.parametrize("case", CASES)
def test_each_thing_is_refused_then_agreed_to_then_revoked(
    case: Case, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, want, is_used = case(elsewhere, monkeypatch)
    folder = elsewhere.collection.root
    first = elsewhere.send(draft)
    assert refused(first) == (want,)
    assert first.failure is not None
    for part in (want.thing.value, want.what, want.host):
        assert part in first.failure.detail

    others = frozenset(Thing) - {want.thing}
    assert refused(elsewhere.send(draft, Consent(things=others))) == (want,)
    elsewhere.workspace.agreements.agree(folder, [want])
    assert is_used(elsewhere.send(draft))
    assert elsewhere.workspace.agreements.agreed(folder) == (want,)

    elsewhere.workspace.agreements.revoke(folder, [want])
    assert refused(elsewhere.send(draft)) == (want,)


def test_what_is_allowed_for_one_call_is_not_kept(elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch) -> None:
    draft, want, is_used = environment_variable(elsewhere, monkeypatch)
    assert is_used(elsewhere.send(draft, Consent(things=frozenset({Thing.ENVIRONMENT_VARIABLES}))))
    assert refused(elsewhere.send(draft)) == (want,)
    kept = Consent(things=frozenset({Thing.ENVIRONMENT_VARIABLES}), keep=True)
    assert is_used(elsewhere.send(draft, kept))
    assert is_used(elsewhere.send(draft))


def test_a_proxy_of_the_collection_is_asked_about_without_its_password(elsewhere: Elsewhere) -> None:
    with connect_proxy() as proxy:
        address = proxy.url(("user", "hush-hush"))
        draft = Draft(url=elsewhere.computer.url, variables=(Variable("mtls.proxy", address),))
        held = elsewhere.send(draft)
        assert refused(held) == (Want(Thing.PROXY, proxy.url(), elsewhere.host),)
        assert not proxy.targets
        elsewhere.workspace.agreements.agree(elsewhere.collection.root, refused(held))
        assert said(elsewhere.send(draft))
        assert proxy.targets == [elsewhere.host]
        assert "hush" not in elsewhere.computer.home.agreements.read_text()


def test_another_value_or_another_host_is_asked_about_anew(elsewhere: Elsewhere) -> None:
    draft = Draft(url=elsewhere.computer.url, variables=(Variable("mtls.identity", "alice"),))
    elsewhere.workspace.agreements.agree(elsewhere.collection.root, refused(elsewhere.send(draft)))
    assert elsewhere.send(draft).response is not None
    other = replace(draft, variables=(Variable("mtls.identity", "expired"),))
    assert refused(elsewhere.send(other)) == (Want(Thing.IDENTITY, "expired", elsewhere.host),)
    required = elsewhere.computer.stock.lab.urls["mutual"]
    elsewhere_at = replace(draft, url=required)
    assert refused(elsewhere.send(elsewhere_at)) == (Want(Thing.IDENTITY, "alice", urlsplit(required).netloc),)
    assert elsewhere.send(draft).response is not None


def test_everything_is_asked_at_once_and_says_who_asks(elsewhere: Elsewhere) -> None:
    made = elsewhere.collection
    folder = made.add_folder(Path(), "Users")
    made.save_defaults(folder, Defaults("Users", (Field("X-A", "{{process.env.AGREED}}"),)), None)
    made.save_environment(Environment("Local", (Variable("mtls.identity", "alice"),)), None)
    elsewhere.file("../private.txt", "mine")
    draft = Draft("Get", method="POST", url=elsewhere.computer.url, body=FileBody((FileChoice("../private.txt"),)))
    item = made.add(folder, draft)
    exchange = elsewhere.computer.send(elsewhere.workspace, draft, DraftLocation(made.root, item), environment="Local")
    sources = {want.thing: want.source for want in refused(exchange)}
    assert sources == {
        Thing.ENVIRONMENT_VARIABLES: "folder Users",
        Thing.IDENTITY: "environment Local",
        Thing.FILES: f"request {item}",
    }


def test_a_request_that_wants_nothing_is_just_sent(elsewhere: Elsewhere) -> None:
    elsewhere.file("data.txt", "theirs")
    elsewhere.file(".env", "OWN=theirs\n")
    elsewhere.collection.save_environment(Environment("Local", dotenv=".env"), None)
    elsewhere.environment = "Local"
    draft = Draft(
        method="POST",
        url=elsewhere.computer.url,
        headers=(Field("X-Own", "{{process.env.OWN}}{{OWN}}"),),
        body=FileBody((FileChoice("data.txt"),)),
        variables=(Variable("mtls.tls-min", "1.2"), Variable("mtls.proxy", "none"), Variable("mtls.identity", "none")),
    )
    exchange = elsewhere.send(draft)
    assert said(exchange)["body"] == "theirs"
    assert header(exchange, "x-own") == "theirstheirs"


def test_a_variable_of_the_process_in_the_host_is_not_looked_up_before(elsewhere: Elsewhere) -> None:
    draft = Draft(
        url=elsewhere.computer.url.replace("localhost", "{{process.env.HOST}}").replace(
            "127.0.0.1", "{{process.env.HOST}}"
        ),
        variables=(Variable("mtls.identity", "alice"),),
    )
    (want,) = refused(elsewhere.send(draft))
    assert want.what == "HOST"
    assert want.host.startswith("{{process.env.HOST}}:")
    elsewhere.workspace.agreements.agree(elsewhere.collection.root, [want])
    (then,) = refused(elsewhere.send(draft))
    assert (then.thing, then.host.startswith("localhost:")) == (Thing.IDENTITY, True)
    elsewhere.workspace.agreements.agree(elsewhere.collection.root, [then])
    assert "alice" in said(elsewhere.send(draft))["client"]["subject"]


def test_a_variable_of_the_process_where_only_some_texts_make_sense(elsewhere: Elsewhere) -> None:
    draft = Draft(url=elsewhere.computer.url, variables=(Variable("mtls.timeout-connect", "{{process.env.AGREED}}"),))
    assert [want.what for want in refused(elsewhere.send(draft))] == ["AGREED"]


def test_the_identity_goes_to_no_token_endpoint_unasked(elsewhere: Elsewhere) -> None:
    auth = OAuth2Auth(access_token_url="https://tokens.example/t", client_id="theirs")
    draft = Draft(url=elsewhere.computer.url, auth=auth, variables=(Variable("mtls.identity", "alice"),))
    assert {want.host for want in refused(elsewhere.send(draft))} == {elsewhere.host, "tokens.example"}


def test_the_person_s_own_choice_is_sent_and_kept(elsewhere: Elsewhere) -> None:
    file = elsewhere.file("../private.txt", "mine")
    draft = Draft(
        method="POST",
        url=elsewhere.computer.url,
        headers=(Field("X-Taken", "{{process.env.AGREED}}"),),
        body=FileBody((FileChoice("../private.txt"),)),
        variables=(Variable("mtls.identity", "alice"),),
    )
    exchange = elsewhere.send(draft, Consent(own=hand_chosen(draft), keep=True))
    assert said(exchange)["body"] == "mine"
    kept = elsewhere.workspace.agreements.agreed(elsewhere.collection.root)
    assert {(want.thing, want.what) for want in kept} == {
        (Thing.FILES, str(file)),
        (Thing.IDENTITY, "alice"),
        (Thing.ENVIRONMENT_VARIABLES, "AGREED"),
    }
    assert {want.host for want in kept} == {elsewhere.host}


def test_what_comes_out_of_a_variable_is_not_the_person_s_choice(elsewhere: Elsewhere) -> None:
    hidden = (Variable("who", "alice"), Variable("mtls.identity", "{{who}}"))
    draft = Draft(url=elsewhere.computer.url, variables=hidden)
    assert [want.what for want in refused(elsewhere.send(draft, Consent(own=hand_chosen(draft))))] == ["alice"]


def test_cookies_that_servers_set_meanwhile_are_the_collection_s_own(elsewhere: Elsewhere) -> None:
    url = elsewhere.computer.url
    elsewhere.send(Draft(url=f"{url}cookies?theirs=1&attributes=Max-Age=1000"))
    assert header(elsewhere.send(Draft(url=url)), "cookie") == "theirs=1"
    assert not elsewhere.workspace.cookies.cookies()
    assert header(elsewhere.computer.send(elsewhere.workspace, Draft(url=url)), "cookie") == ""
    made_here = elsewhere.computer.collection(elsewhere.workspace)
    ours = elsewhere.computer.send(elsewhere.workspace, Draft(url=url), DraftLocation(made_here.root))
    assert header(ours, "cookie") == ""


def test_cookies_agreed_to_for_one_host_do_not_follow_a_redirect(elsewhere: Elsewhere) -> None:
    jar, url = elsewhere.workspace.cookies, elsewhere.computer.url
    with playing(answers(b"HTTP/1.1 302 Found\r\nLocation: " + url.encode() + b"\r\nContent-Length: 0\r\n\r\n")) as own:
        start = own.url.replace("https:", "http:").replace("localhost", "127.0.0.1")
        jar.store(start, ["here=1"])
        jar.store(url, ["there=1; Secure"])
        draft = Draft(url=start)
        follow = replace(draft, settings=replace(draft.settings, follow_redirects=True))
        elsewhere.workspace.agreements.agree(elsewhere.collection.root, refused(elsewhere.send(follow)))
        exchange = elsewhere.send(follow)
        assert [hop.status for hop in exchange.hops] == [302, 200]
        assert header(exchange, "cookie") == ""


@pytest.mark.parametrize("restricted", [True, False])
def test_no_cookie_of_the_jar_goes_where_the_collection_leads_it(elsewhere: Elsewhere, *, restricted: bool) -> None:
    elsewhere.workspace.cookies.store("https://localhost:9/", ["session=mine; Secure"])
    draft = Draft(url="https://localhost:9/", variables=(Variable("mtls.connect-to", elsewhere.host),))
    root = elsewhere.collection.root if restricted else elsewhere.computer.collection(elsewhere.workspace).root
    consent = Consent(things=frozenset(Thing))
    led = elsewhere.computer.send(elsewhere.workspace, draft, DraftLocation(root), consent=consent)
    assert header(led, "cookie") == ""
    own = Consent(own=hand_chosen(draft), things=frozenset(Thing))
    chosen = elsewhere.computer.send(elsewhere.workspace, draft, DraftLocation(root), consent=own)
    assert header(chosen, "cookie") == "session=mine"


def test_made_and_cloned_here_is_free_and_a_clone_of_theirs_is_not(elsewhere: Elsewhere) -> None:
    workspace, folder = elsewhere.workspace, elsewhere.computer.folder
    made = elsewhere.computer.collection(workspace)
    copy = workspace.collections.clone(made.root, folder / "copy", "Copy")
    theirs = workspace.collections.clone(elsewhere.collection.root, folder / "their-copy", "Copy of theirs")
    free = [not workspace.agreements.restricted(one.root) for one in (made, copy, theirs, elsewhere.collection)]
    assert free == [True, True, False, False]


@pytest.fixture
def made(computer: Computer) -> Path:
    return computer.collection(computer.open()).root


def test_another_folder_in_its_place_is_another_one(computer: Computer, made: Path) -> None:
    workspace = computer.opened[0]
    want = Want(Thing.IDENTITY, "alice", "api.example")
    workspace.agreements.agree(made, [want])
    moved = made.rename(made.with_name("moved"))
    assert not workspace.agreements.restricted(moved)
    assert workspace.agreements.agreed(moved) == (want,)
    shutil.copytree(moved, made)
    assert workspace.agreements.restricted(made)
    assert workspace.agreements.agreed(made) == ()
    shutil.rmtree(made)
    shutil.rmtree(moved)
    moved.mkdir()  # the file system may well give it the number that the one before had
    assert workspace.agreements.restricted(moved)
    assert workspace.agreements.restricted(made)  # there is none at all


def test_what_was_agreed_to_is_kept_for_all_and_for_the_owner_s_eyes_only(elsewhere: Elsewhere) -> None:
    computer, root = elsewhere.computer, elsewhere.collection.root
    want = Want(Thing.IDENTITY, "alice", elsewhere.host)
    elsewhere.workspace.agreements.agree(root, [want])
    elsewhere.workspace.close()
    beside = Workspace.open_read_only(computer.home, computer.opened[0]._sender.session, computer.keyring)
    assert beside.agreements.agreed(root) == (want,)
    assert stat.S_IMODE(computer.home.agreements.stat().st_mode) == 0o600


def test_what_was_held_back_is_not_remembered(computer: Computer) -> None:
    kept: list[object] = []

    class Notebook:
        def add(self, *given: object, **more: object) -> None:
            kept.append(given)

        def note(self, exchange: Exchange) -> Exchange:
            return exchange

        def close(self) -> None:
            pass

    workspace = computer.open(journal=lambda _folder: Notebook())
    theirs = workspace.collections.open(Collection.create(computer.folder / "theirs", "Theirs").root)
    draft = Draft(url=computer.url, auth=InheritAuth(), variables=(Variable("mtls.identity", "alice"),))
    refused(computer.send(workspace, draft, DraftLocation(theirs.root)))
    assert not kept


def environment_for(host: str, *others: str) -> set[Want]:
    return {Want(Thing.ENVIRONMENT_VARIABLES, "AGREED", each) for each in (host, *others)}


def test_a_variable_of_the_process_goes_to_no_token_endpoint_unasked(elsewhere: Elsewhere) -> None:
    auth = OAuth2Auth(access_token_url="https://tokens.example/t", client_id="a", client_secret="{{hidden}}")
    draft = Draft(url=elsewhere.computer.url, auth=auth, variables=(Variable("hidden", "{{process.env.AGREED}}"),))
    elsewhere.workspace.agreements.agree(elsewhere.collection.root, environment_for(elsewhere.host))
    assert set(refused(elsewhere.send(draft))) == environment_for("tokens.example")


def test_a_variable_of_the_process_goes_to_no_proxy_unasked(elsewhere: Elsewhere) -> None:
    variables = (Variable("mtls.proxy", "http://me:{{process.env.AGREED}}@127.0.0.1:9"),)
    wants = refused(elsewhere.send(Draft(url=elsewhere.computer.url, variables=variables)))
    asked = {want for want in wants if want.thing is Thing.ENVIRONMENT_VARIABLES}
    assert asked == environment_for(elsewhere.host, "http://127.0.0.1:9")


def test_a_code_signed_in_for_goes_to_no_other_token_endpoint_unasked(elsewhere: Elsewhere) -> None:
    auth = OAuth2Auth(
        Flow.AUTHORIZATION_CODE,
        access_token_url="https://taker.example/t",
        authorization_url="https://login.example/authorize",
        client_id="a",
    )
    elsewhere.workspace.agreements.agree(
        elsewhere.collection.root, [Want(Thing.TOKENS, "login.example", elsewhere.host)]
    )
    (want,) = refused(elsewhere.send(Draft(url=elsewhere.computer.url, auth=auth)))
    assert want == Want(Thing.TOKENS, "login.example", "taker.example")


@pytest.mark.parametrize(
    ("url", "variables", "host"),
    [
        ("https://{{host}}/", (Variable("host", "taker.example", secret=True),), "taker.example"),
        ("{{base}}", (Variable("base", "https://taker.example/{{$guid}}"),), "taker.example"),
        ("http://good.example/{{$guid}}", (), "good.example:80"),
        ("http://good.example:443/", (), "http://good.example:443"),
        ("http://good.example:8443/", (), "http://good.example:8443"),
        ("https://good.example:80/", (), "https://good.example:80"),
        ("https://good.example:443/", (), "good.example"),
        ("https://good.example@taker.example/", (), "taker.example"),
        ("https://GOOD.example./{{$guid}}", (), "good.example"),
    ],
)
def test_whom_a_variable_of_the_process_is_for_is_whom_it_would_go_to(
    elsewhere: Elsewhere, url: str, variables: tuple[Variable, ...], host: str
) -> None:
    draft = Draft(url=url, variables=variables, headers=(Field("X-Taken", "{{process.env.AGREED}}"),))
    assert set(refused(elsewhere.send(draft))) == environment_for(host)


def test_a_path_variable_in_the_place_of_the_host_is_read_as_it_is_sent(elsewhere: Elsewhere) -> None:
    draft = Draft(
        url="{{start}}/:where/",
        variables=(Variable("start", "https:/"),),
        params=(Param("where", "good.example/../@taker.example", ParamKind.PATH),),
        headers=(Field("X-Taken", "{{process.env.AGREED}}"),),
    )
    assert set(refused(elsewhere.send(draft))) == environment_for("taker.example")


def test_what_a_dotenv_file_says_of_the_host_is_known(elsewhere: Elsewhere) -> None:
    elsewhere.file(".env", "HOST=taker.example\n")
    elsewhere.collection.save_environment(Environment("Theirs", dotenv=".env"), None)
    elsewhere.environment = "Theirs"
    draft = Draft(url="https://{{process.env.HOST}}/", headers=(Field("X-Taken", "{{process.env.AGREED}}"),))
    assert set(refused(elsewhere.send(draft))) == environment_for("taker.example")


@pytest.mark.parametrize("restricted", [True, False])
@pytest.mark.parametrize("way", [("mtls.verify", "false"), ("mtls.connect-to", "127.0.0.1:9")])
def test_nothing_is_signed_for_aws_where_the_collection_lets_anybody_answer(
    elsewhere: Elsewhere, way: tuple[str, str], *, restricted: bool
) -> None:
    collection = elsewhere.collection if restricted else elsewhere.computer.collection(elsewhere.workspace)
    auth = AWSAuth("AKIATHEIRS", "hush", service="s3", region="eu-west-1")
    draft = Draft(url="https://s3.eu-west-1.amazonaws.com/", auth=auth, variables=(Variable(*way),))
    origin = DraftLocation(collection.root)
    exchange = elsewhere.computer.send(elsewhere.workspace, draft, origin, consent=Consent(things=frozenset(Thing)))
    assert exchange.failure is not None
    assert "not signed for AWS" in exchange.failure.title
    assert not exchange.hops


def test_a_signature_for_aws_goes_where_the_person_leads_it(elsewhere: Elsewhere) -> None:
    auth = AWSAuth("AKIATHEIRS", "hush", service="s3", region="eu-west-1")
    draft = Draft(url=elsewhere.computer.url, auth=auth, variables=(Variable("mtls.verify", "false"),))
    own = Consent(own=frozenset({(Thing.NO_VERIFY, "")}))
    assert "AKIATHEIRS" in header(elsewhere.send(draft, own), "authorization")


def test_a_request_copied_from_theirs_is_not_trusted_for_lying_in_mine(elsewhere: Elsewhere) -> None:
    draft = Draft(name="Taking", url=elsewhere.computer.url, variables=(Variable("mtls.identity", "alice"),))
    theirs, mine = elsewhere.collection, elsewhere.computer.collection(elsewhere.workspace)
    item = theirs.add(Path(), draft)
    editor = CollectionEditor(elsewhere.workspace)
    into = DraftLocation(mine.root)
    (copied,) = editor.move(Move((DraftLocation(theirs.root, item),), into, copy=True))
    loaded = mine.load(copied.path).draft
    (want,) = refused(elsewhere.computer.send(elsewhere.workspace, loaded, copied))
    assert (want.thing, want.what) == (Thing.IDENTITY, "alice")
    assert elsewhere.workspace.agreements.restricted(mine.root)


def test_a_copy_among_collections_of_one_s_own_changes_nothing(elsewhere: Elsewhere) -> None:
    one, other = (elsewhere.computer.collection(elsewhere.workspace, name) for name in ("One", "Other"))
    item = one.add(Path(), Draft(name="Mine", url=elsewhere.computer.url))
    moved = Move((DraftLocation(one.root, item),), DraftLocation(other.root), copy=True)
    CollectionEditor(elsewhere.workspace).move(moved)
    assert not elsewhere.workspace.agreements.restricted(other.root)


def test_a_request_of_theirs_saved_as_another_of_mine_is_not_trusted_for_it(elsewhere: Elsewhere) -> None:
    draft = Draft(name="Taking", url=elsewhere.computer.url, variables=(Variable("mtls.identity", "alice"),))
    mine = elsewhere.computer.collection(elsewhere.workspace)
    into = DraftLocation(mine.root)
    saved = SavedRequests(elsewhere.workspace).save_new(into, "Mine now", draft, source=elsewhere.origin)
    (want,) = refused(elsewhere.computer.send(elsewhere.workspace, saved.draft, saved.location))
    assert want.what == "alice"
