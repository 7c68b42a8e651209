import base64
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from tests.cli.test_capture import packets
from tests.support.authority import key_pem
from tests.support.keyring import MemoryKeyring
from workbench.cli.request import _LARGEST_IN_JSON
from workbench.core.storage import Home, IdentityStore, TrustLibrary
from workbench.lab import Lab

Spawn = Callable[..., subprocess.Popen[bytes]]

DOCUMENT_KEYS = [
    "request",
    "hops",
    "outcome",
    "response",
    "failure",
    "findings",
    "client_authentication",
    "tls",
    "timings_ms",
]


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "secret")
    monkeypatch.setenv("WRONG", "wrong")


@pytest.fixture
def files(lab_files: Path) -> tuple[str, ...]:
    """Options that make a request to the lab mutual, from files."""
    names = {"--cacert": "ca.pem", "--cert": "alice.crt", "--key": "alice.key"}
    return (
        *(word for option, name in names.items() for word in (option, str(lab_files / name))),
        *("--password-env", "SECRET"),
    )


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A listening socket that never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening


def echo(stdout: bytes) -> dict[str, object]:
    """What the lab's server says it was asked."""
    found: dict[str, object] = json.loads(stdout)
    return found


def test_the_document_of_a_mutual_exchange(run: RunCommand, lab: Lab, keyring: MemoryKeyring) -> None:
    home = Home.default()
    lab.install(IdentityStore(home, keyring), TrustLibrary(home))
    done = run("send", lab.urls["mutual"], "--identity", "alice", "--trust", "lab", "--json")
    assert done.status == 0
    document = done.document
    assert list(document) == DOCUMENT_KEYS
    assert document["outcome"] == "response"
    assert document["response"]["status"] == 200
    assert document["hops"] == [{"url": lab.urls["mutual"], "status": 200, "identity": "alice"}]
    alice = lab.identities["alice"]
    tls = document["tls"]
    assert tls["version"] == "TLSv1.3"
    assert tls["sni"] == "localhost"
    assert tls["peer"]["trusted"] is True
    assert tls["peer"]["trust"] == "lab"
    assert tls["peer"]["verified"][-1]["sha256"] == lab.authority.sha256
    assert tls["client"]["requested"] is True
    assert tls["client"]["identity"] == "alice"
    assert [one["sha256"] for one in tls["client"]["sent"]] == [one.sha256 for one in alice.chain]
    assert {message["direction"] for message in tls["messages"]} == {"sent", "received"}
    assert tls["alerts"] == []
    assert all(isinstance(document["timings_ms"][key], float) for key in ("connect", "tls", "first_byte", "total"))
    assert "both sides proved" in done.stderr


def test_files_from_a_pipe(spawn: Spawn, lab: Lab, lab_files: Path) -> None:
    pipe = lab_files / "pipe"
    os.mkfifo(pipe)
    process = spawn("send", lab.urls["one-way"], "--cacert", pipe)
    pipe.write_bytes((lab_files / "ca.pem").read_bytes())
    out, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert echo(out)["method"] == "GET"


def test_the_body_alone_is_on_stdout(run: RunCommand, lab: Lab, files: tuple[str, ...]) -> None:
    done = run("send", lab.urls["mutual"], *files)
    assert done.status == 0
    assert echo(done.stdout)["method"] == "GET"
    assert "HTTP/2 200" in done.stderr
    assert run("send", lab.urls["mutual"], *files, "--quiet").stderr == ""


def test_pkcs12_for_one_call(run: RunCommand, lab: Lab, files: tuple[str, ...], tmp_path: Path) -> None:
    from tests.support import authority
    from workbench.lab.authority import Credential

    bob = lab.identities["bob"]
    file = tmp_path / "bob.p12"
    file.write_bytes(authority.pkcs12_file(Credential(bob.certificate, bob.key, bob.chain[1:]), "secret"))  # type: ignore[arg-type]
    done = run("send", lab.urls["mutual"], *files[:2], "--pkcs12", file, "--password-env", "SECRET")
    client = echo(done.stdout)["client"]
    assert isinstance(client, dict)
    assert client["sha256"] == bob.certificate.sha256
    assert run("identity", "list", "--json").document == {"identities": []}


def test_verbose_tells_everything(run: RunCommand, lab: Lab, files: tuple[str, ...]) -> None:
    done = run("send", lab.urls["mutual"], *files, "--verbose", "-u", "me:hidden", "-H", "X-API-Key: hidden too")
    for said in (
        "content-type: application/json",
        "CertificateVerify",
        lab.authority.sha256,
        "TTFB",
        "Authorization:",
        "X-API-Key:",
    ):
        assert said in done.stderr
    assert "hidden too" not in done.stderr
    assert base64.b64encode(b"me:hidden").decode() not in done.stderr


@pytest.mark.parametrize(
    ("options", "method", "headers", "body"),
    [
        (("-d", "a=1"), "POST", {"content-type": "application/x-www-form-urlencoded"}, "a=1"),
        (("--json-body", '{"a":1}'), "POST", {"content-type": "application/json"}, '{"a":1}'),
        (("-d", "x", "-H", "content-type: text/x"), "POST", {"content-type": "text/x"}, "x"),
        (("-u", "user:pa:ss"), "GET", {"authorization": "Basic dXNlcjpwYTpzcw=="}, ""),
        (("--bearer", "token"), "GET", {"authorization": "Bearer token"}, ""),
        (("-H", "X-A: 1", "-H", "X-B:2", "-H", "X-C:"), "GET", {"x-a": "1", "x-b": "2", "x-c": ""}, ""),
    ],
)
def test_what_is_sent(
    run: RunCommand,
    lab: Lab,
    files: tuple[str, ...],
    options: tuple[str, ...],
    method: str,
    headers: dict[str, str],
    body: str,
) -> None:
    said = echo(run("send", lab.urls["one-way"], *files[:2], *options).stdout)
    assert said["method"] == method
    received = {name.lower(): value for name, value in said["headers"]}  # type: ignore[attr-defined]
    assert {name: received.get(name) for name in headers} == headers
    assert said["body"] == body


def test_a_method_before_and_options_between(run: RunCommand, lab: Lab, files: tuple[str, ...]) -> None:
    said = echo(run("send", "PUT", *files[:2], lab.urls["one-way"] + "x?y=1", "--http", "1.1").stdout)
    assert (said["method"], said["path"], said["query"], said["http_version"]) == ("PUT", "/x", "y=1", "HTTP/1.1")


def test_a_body_into_a_file(run: RunCommand, lab: Lab, files: tuple[str, ...], tmp_path: Path) -> None:
    target = tmp_path / "body"
    done = run("send", lab.urls["one-way"], *files[:2], "-o", target, "--json")
    assert echo(target.read_bytes())["method"] == "GET"
    assert done.document["response"]["body"] is None
    assert done.document["response"]["body_size"] == target.stat().st_size
    assert run("send", lab.urls["one-way"], *files[:2], "-o", target).stdout == b""
    assert run("send", lab.urls["one-way"], *files[:2], "-o", "-").stdout == target.read_bytes()


def test_a_large_body_into_a_file_leaves_nothing_beside_it(
    run: RunCommand, lab: Lab, files: tuple[str, ...], tmp_path: Path
) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    run("send", f"{lab.urls['one-way']}bytes/9000000", *files[:2], "-o", folder / "body")
    assert [(file.name, file.stat().st_size) for file in folder.iterdir()] == [("body", 9_000_000)]


def test_a_file_that_cannot_be_written_is_said_before_anything_is_sent(run: RunCommand, tmp_path: Path) -> None:
    for target in (tmp_path, tmp_path / "missing" / "file"):
        done = run("send", "https://localhost:1/", "-o", target, "--json")
        assert done.status == 2
        assert done.document["failure"]["code"] == "invalid-input"
        assert done.document["hops"] == []


def test_repeat_uses_one_connection(run: RunCommand, lab: Lab, files: tuple[str, ...]) -> None:
    document = run("send", lab.urls["one-way"], *files[:2], "--repeat", "3", "--json").document
    assert list(document) == [*DOCUMENT_KEYS, "repeats"]
    assert [list(repeat) for repeat in document["repeats"]] == [["status", "total_ms", "reused"]] * 3
    assert [repeat["reused"] for repeat in document["repeats"]] == [False, True, True]
    assert [repeat["status"] for repeat in document["repeats"]] == [200, 200, 200]
    fresh = run("send", lab.urls["one-way"], *files[:2], "--repeat", "2", "--no-reuse", "--json").document
    assert [repeat["reused"] for repeat in fresh["repeats"]] == [False, False]
    assert fresh["tls"]["resumed"] is False


def test_any_status_is_a_response(run: RunCommand, lab: Lab, files: tuple[str, ...]) -> None:
    assert run("send", lab.urls["one-way"] + "status/503", *files[:2]).status == 0


def test_a_refusal_is_exit_status_3_with_everything_that_was_learned(
    run: RunCommand, lab: Lab, files: tuple[str, ...]
) -> None:
    done = run("send", lab.urls["mutual"], *files[:2], "--json")
    assert done.status == 3
    document = done.document
    assert document["outcome"] == "failure"
    assert document["response"] is None
    assert document["failure"]["code"] == "client-certificate-required"
    assert document["tls"]["client"]["requested"] is True
    assert document["tls"]["client"]["sent"] == []
    assert document["tls"]["alerts"][0]["description"] == "certificate_required"
    quiet = run("send", lab.urls["mutual"], *files[:2], "--quiet")
    assert quiet.stdout == b""
    assert document["failure"]["title"] in quiet.stderr
    assert document["failure"]["hint"] in quiet.stderr


def test_insecure_goes_on_and_says_so(run: RunCommand, lab: Lab) -> None:
    assert run("send", lab.urls["expired"], "--trust", "mozilla", "--json").status == 3
    done = run("send", lab.urls["expired"], "--trust", "mozilla", "--insecure", "--json")
    assert done.status == 0
    assert done.document["tls"]["peer"]["trusted"] is False
    assert done.document["tls"]["peer"]["errors"]
    assert "verification-off" in [finding["code"] for finding in done.document["findings"]]


def test_both_kinds_of_trust_add_up(run: RunCommand, lab: Lab, files: tuple[str, ...]) -> None:
    document = run("send", lab.urls["one-way"], "--trust", "mozilla", *files[:2], "--json").document
    assert document["tls"]["peer"]["trust"] == files[1]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("https://localhost:1/", "--identity", "nobody"), "identity-not-found"),
        (("https://localhost:1/", "--trust", "nothing"), "trust-unreadable"),
        (("https://localhost:1/", "-H", "no colon"), "invalid-input"),
        (("https://localhost:1/", "-H", "X: a\nY: b"), "invalid-input"),
        (("https://localhost:1/", "--json-body", "{"), "invalid-input"),
        (("https://localhost:1/", "--cert", "missing.pem"), "invalid-input"),
        (("https://local host/",), "invalid-input"),
        (("https://localhost:99999/",), "invalid-input"),
        (("ftp://localhost/",), "invalid-input"),
        (("https://localhost:1/", "--keylog", "/no/such/folder/file"), "invalid-input"),
    ],
)
def test_what_cannot_be_used_is_exit_status_2_and_a_document(
    run: RunCommand, words: tuple[str, ...], code: str
) -> None:
    done = run("send", *words, "--json")
    assert done.status == 2
    assert list(done.document) == DOCUMENT_KEYS
    assert done.document["failure"]["code"] == code
    assert done.document["failure"]["hint"]
    assert done.document["tls"] is None


def test_a_wrong_password_and_a_foreign_key(run: RunCommand, lab_files: Path, files: tuple[str, ...]) -> None:
    wrong = run("send", "https://localhost:1/", *files[:-1], "WRONG", "--json")
    assert (wrong.status, wrong.document["failure"]["code"]) == (2, "wrong-password")
    foreign = (*files[:5], str(lab_files / "bob.key"), *files[6:])
    mismatch = run("send", "https://localhost:1/", *foreign, "--json")
    assert (mismatch.status, mismatch.document["failure"]["code"]) == (2, "key-mismatch")


@pytest.mark.parametrize(
    ("option", "value", "sent"),
    [
        ("bearer", "t0ken", "Bearer t0ken"),
        ("user", "user:pa:ss", "Basic dXNlcjpwYTpzcw=="),
    ],
)
def test_who_asks_from_where_no_other_process_can_read_it(
    run: RunCommand,
    lab: Lab,
    files: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    option: str,
    value: str,
    sent: str,
) -> None:
    monkeypatch.setenv("CREDENTIALS", value)
    file = tmp_path / "credentials"
    file.write_text(f"{value}\nignored")
    for source in ((f"--{option}-env", "CREDENTIALS"), (f"--{option}-file", str(file))):
        said = echo(run("send", lab.urls["one-way"], *files[:2], *source).stdout)
        assert ["authorization", sent] in [[name.lower(), text] for name, text in said["headers"]]  # type: ignore[attr-defined]


def test_the_password_of_a_user_is_asked_for(
    run: RunCommand, lab: Lab, files: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CREDENTIALS", "user")
    monkeypatch.setattr("workbench.cli.request.can_ask", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _question: "pa:ss")
    for source in (("-u", "user"), ("--user-env", "CREDENTIALS")):
        said = echo(run("send", lab.urls["one-way"], *files[:2], *source).stdout)
        sent = {name.lower(): text for name, text in said["headers"]}["authorization"]  # type: ignore[attr-defined]
        assert sent == "Basic dXNlcjpwYTpzcw=="


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (("--bearer-env", "NOT_SET"), "NOT_SET"),
        (("--user-env", "NOT_SET"), "NOT_SET"),
        (("--bearer-file", "/nowhere/token"), "/nowhere/token"),
    ],
)
def test_credentials_that_are_not_there(run: RunCommand, source: tuple[str, ...], said: str) -> None:
    done = run("send", "https://localhost:1/", *source)
    assert done.status == 2
    assert said in done.stderr
    assert source[0] in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--identity", "alice", "--cert", "x"),
        ("--pkcs12", "x", "--key", "y"),
        ("--key", "y"),
        ("--repeat", "0"),
        ("--timeout", "0"),
        ("-u", "a:b", "--bearer", "c"),
        ("--user-env", "A", "--user-file", "b"),
        ("--bearer", "a", "--bearer-env", "B"),
        ("--bearer-file", "a", "--user-env", "B"),
        ("extra", "words"),
    ],
)
def test_options_that_exclude_each_other(run: RunCommand, words: tuple[str, ...]) -> None:
    assert run("send", "https://localhost:1/", *words).status == 2


def test_a_redirect_takes_the_body_elsewhere_only_when_told_to(
    run: RunCommand, lab: Lab, files: tuple[str, ...]
) -> None:
    home, away = lab.urls["optional"], lab.urls["one-way"]
    words = (f"{home}redirect-to?url={away}end&status=307", *files[:2], "-d", "password=hush", "--follow")
    held = run("send", *words, "--json")
    assert (held.status, held.document["response"]["status"]) == (0, 307)
    assert "body-withheld-on-redirect" in [one["code"] for one in held.document["findings"]]
    said = run("send", *words).stderr
    assert f"--body-to {away.rstrip('/')}" in said
    assert echo(run("send", *words, "--body-to", away).stdout)["body"] == "password=hush"
    assert run("send", *words, "--body-to", "ftp://x").status == 2


def test_a_body_that_is_too_large_is_not_read_to_its_end(run: RunCommand, lab: Lab, files: tuple[str, ...]) -> None:
    done = run("send", f"{lab.urls['mutual']}bytes/1500000", *files, "--max-size", "1", "--json")
    assert (done.status, done.document["failure"]["code"]) == (3, "response-too-large")
    assert "--max-size" in done.document["failure"]["hint"]
    done = run("send", f"{lab.urls['mutual']}bytes/1500000", *files, "--max-size", "2", "--json")
    assert done.document["response"]["body_size"] == 1_500_000


def test_json_takes_less_than_a_file(
    run: RunCommand, lab: Lab, files: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _LARGEST_IN_JSON == 64_000_000
    monkeypatch.setattr("workbench.cli.request._LARGEST_IN_JSON", 64_000)
    url = f"{lab.urls['mutual']}bytes/64001"
    done = run("send", url, *files, "--json")
    assert (done.status, done.document["failure"]["code"]) == (3, "response-too-large")
    assert "64.0 kB" in done.document["failure"]["detail"]
    done = run("send", url, *files, "--json", "-o", str(tmp_path / "body"))
    assert (done.status, (tmp_path / "body").stat().st_size) == (0, 64_001)


def test_without_a_url_there_is_the_whole_document_all_the_same(run: RunCommand) -> None:
    for words in ((), ("GET", "https://localhost/", "more"), ("https://localhost/", "--key", "y")):
        done = run("send", "--json", *words)
        assert (done.status, done.document["outcome"]) == (2, "failure")
        assert done.document["failure"]["code"] == "invalid-input"
        assert done.document["response"] is None


def test_what_the_program_itself_lacks_is_no_missing_response(
    run: RunCommand, lab: Lab, tmp_path: Path, keyring: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    IdentityStore(Home.default(), keyring).add(lab.identities["alice"])
    keyring.available = False
    done = run("send", lab.urls["mutual"], "--identity", "alice", "--json")
    assert (done.status, done.document["failure"]["code"]) == (2, "keyring-unavailable")
    (tmp_path / "not a folder").touch()
    monkeypatch.setenv("MTLS_WORKBENCH_HOME", str(tmp_path / "not a folder"))
    done = run("send", lab.urls["mutual"], "--identity", "alice", "--json")
    assert (done.status, done.document["failure"]["code"]) == (2, "storage")


def test_nobody_listens(run: RunCommand) -> None:
    done = run("send", "https://localhost:1/", "--json")
    assert (done.status, done.document["failure"]["code"]) == (3, "connection-refused")


def test_a_silent_server_does_not_hold_us(run: RunCommand, silent: socket.socket) -> None:
    done = run("send", f"https://127.0.0.1:{silent.getsockname()[1]}/", "--timeout", "0.3", "--json")
    assert done.status == 3
    assert "timeout" in done.document["failure"]["code"]
    assert done.document["failure"]["phase"] == "tls"


def test_recordings(run: RunCommand, lab: Lab, files: tuple[str, ...], tmp_path: Path) -> None:
    keylog, capture = tmp_path / "keys", tmp_path / "capture"
    keylog.write_text("# there before\n")
    done = run("send", lab.urls["one-way"], *files[:2], "--keylog", keylog, "--pcap", capture)
    assert done.status == 0
    first, *lines = keylog.read_text().splitlines()
    assert first == "# there before"
    assert {line.split()[0] for line in lines} >= {"CLIENT_TRAFFIC_SECRET_0", "SERVER_TRAFFIC_SECRET_0"}
    assert all(len(line.split()) == 3 for line in lines)
    seen = packets(capture.read_bytes())
    assert seen[3][-1][:1] == b"\x16", "a TLS handshake record"
    assert capture.stat().st_mode & 0o077 == 0


def test_a_reader_that_goes_away_is_no_error(spawn: Spawn, lab: Lab, lab_files: Path) -> None:
    process = spawn("send", lab.urls["one-way"] + "bytes/3000000", "--cacert", lab_files / "ca.pem")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read().decode()
    assert process.wait(20) == 0
    assert "Traceback" not in said
    assert "200" in said


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_closes_the_socket_at_once(spawn: Spawn, silent: socket.socket, ending: signal.Signals) -> None:
    process = spawn("send", f"http://127.0.0.1:{silent.getsockname()[1]}/", "--json")
    assert process.stdout is not None
    silent.settimeout(20)
    connection, _address = silent.accept()
    with connection:
        connection.settimeout(20)
        assert connection.recv(65_536).startswith(b"GET / HTTP/1.1\r\n")
        os.kill(process.pid, ending)
        assert connection.recv(1) == b""
    document = json.loads(process.stdout.read())
    assert process.wait(20) == 130
    assert document["outcome"] == "cancelled"
    assert document["response"] is document["failure"] is None


def test_ctrl_c_keeps_the_repeats_that_were_through(spawn: Spawn, silent: socket.socket) -> None:
    process = spawn("send", f"http://127.0.0.1:{silent.getsockname()[1]}/", "--repeat", "9", "--json")
    assert process.stdout is not None
    silent.settimeout(20)
    connection, _address = silent.accept()
    with connection:
        connection.settimeout(20)
        for _number in range(2):
            assert connection.recv(65_536).startswith(b"GET / HTTP/1.1\r\n")
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        assert connection.recv(65_536).startswith(b"GET / HTTP/1.1\r\n")
        os.kill(process.pid, signal.SIGINT)
        assert connection.recv(1) == b""
    document = json.loads(process.stdout.read())
    assert process.wait(20) == 130
    assert document["outcome"] == "cancelled"
    assert [repeat["status"] for repeat in document["repeats"]] == [200, 200, None]


def test_a_large_body_leaves_nothing_when_the_command_is_told_to_end(
    spawn: Spawn, lab: Lab, lab_files: Path, tmp_path: Path
) -> None:
    spool = tmp_path / "temporary"
    (dead := spool / "mtls-workbench-bodies-dead").mkdir(parents=True)
    url = f"{lab.urls['one-way']}bytes/999999999999"
    process = spawn("send", url, "--cacert", lab_files / "ca.pem", "--max-size", "9999999", env={"TMPDIR": str(spool)})
    while not list(spool.glob("*/body-*")):
        assert process.poll() is None
        threading.Event().wait(0.02)
    assert not dead.exists()
    process.terminate()
    assert process.wait(20) == 130
    assert not list(spool.iterdir())


def test_it_loads_nothing_that_it_does_not_use(lab: Lab, lab_files: Path) -> None:
    unused = {"PySide6", "rich", "keyring", "lxml", "ruamel", "sqlite3", "http"}
    unused |= {"httpx2", "httpcore2", "h2", "hpack", "anyio", "socksio", "truststore"}  # HTTP/2 and proxies
    url = lab.urls["one-way"]
    script = (
        "import sys; from workbench.__main__ import main; status = main(sys.argv[1:]);"
        "roots = {name.split('.')[0] for name in sys.modules};"
        f"print(sorted(roots & {unused}), file=sys.stderr);"
        "sys.exit(status)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "send", url, "--cacert", str(lab_files / "ca.pem"), "--quiet", "--http", "1.1"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == "[]\n"


def test_stdin_as_body(lab: Lab, lab_files: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "workbench", "send", lab.urls["one-way"], "-d", "@-", "--cacert", lab_files / "ca.pem"],
        input=b"from stdin",
        capture_output=True,
        check=True,
    )
    assert echo(done.stdout)["body"] == "from stdin"


def test_what_is_wrong_with_an_identity_is_said_before_it_is_sent(run: RunCommand, lab: Lab, tmp_path: Path) -> None:
    said = []
    for name in ("expired", "alice"):
        identity = lab.identities[name]
        file = tmp_path / f"{name}.pem"
        key = key_pem(identity.key)  # type: ignore[arg-type]  # of a kind that both know
        file.write_bytes(key + "".join(one.pem for one in identity.chain).encode())
        said.append(run("send", "https://localhost:1/", "--cert", file).stderr)
    expired, good = said
    assert "servers will probably refuse" in expired
    assert expired.index("expired on") < expired.index("Connection refused")
    assert "warning" not in good
