import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import RunCommand
from workbench.__main__ import main
from workbench.cli.commands import COMMANDS, is_command
from workbench.cli.dispatch import window_unavailable


@pytest.mark.parametrize("entry", COMMANDS, ids=lambda entry: entry.words)
def test_every_command_has_help_with_examples_and_the_common_options(run: RunCommand, entry: object) -> None:
    words = entry.words  # type: ignore[attr-defined]
    done = run(*words.split(), "--help")
    assert done.status == 0
    text = done.stdout.decode()
    assert f"mtls-workbench {words}" in text.partition("examples:")[2]
    for option in ("--json", "--quiet", "--verbose", "--help"):
        assert option in text


def test_the_overview_lists_every_command(run: RunCommand) -> None:
    done = run("--help")
    assert done.status == 0
    for entry in COMMANDS:
        assert f"  {entry.words} " in done.stdout.decode()


def test_versions_without_qt() -> None:
    script = (
        "import sys; from workbench.__main__ import main; status = main(['--version']);"
        "print(sorted(name for name in sys.modules if name.startswith('PySide6'))); sys.exit(status)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert lines[-1] == "[]"
    assert [line.split()[0] for line in lines[:-1]] == [
        "mtls-workbench",
        "Python",
        "OpenSSL",
        "Qt",
        "pyOpenSSL",
        "cryptography",
        "httpx2",
    ]
    assert not any(line.endswith("not installed") for line in lines)


def test_a_family_alone_lists_its_members(run: RunCommand) -> None:
    alone, helped = run("trust"), run("trust", "--help")
    assert (alone.status, helped.status) == (2, 0)
    assert "trust import" in alone.stderr
    assert b"trust import" in helped.stdout
    assert run("trust", "nonsense").status == 2


@pytest.mark.parametrize(
    ("word", "said"), [("sned", "Did you mean “send”?"), ("--nonsense", "Unknown option “--nonsense”")]
)
def test_an_unknown_word_is_wrong_usage(run: RunCommand, word: str, said: str) -> None:
    done = run(word)
    assert done.status == 2
    assert done.stdout == b""
    assert said in done.stderr


def test_wrong_options_are_wrong_usage(run: RunCommand) -> None:
    assert run("send", "https://localhost/", "--no-such-option").status == 2
    assert run("send", "https://localhost/", "--timeout", "soon").status == 2
    assert run("identity", "show").status == 2
    assert run("send", "https://localhost/", "--time", "1").status == 2, "options are not abbreviated"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("send", "https://localhost/", "--identiy", "alice"), "Did you mean “--identity”?"),
        (("send", "https://localhost/", "--no-such-option=1"), "Unknown option “--no-such-option”."),
        (
            ("send", "https://localhost/", "--timeout", "soon"),
            "Argument --timeout: “soon” is not a positive number of seconds",
        ),
        (("send",), "The URL is missing."),
        (("send", "https://localhost/", "-d", "1", "-F", "a=1"), "cannot be combined"),
        (("inspect",), "Inspect takes one HOST or HOST:PORT."),
        (("identity", "show"), "The following arguments are required: NAME."),
        (("identity", "list", "more"), "Unexpected argument: “more”."),
        (("identity",), "“identity” needs a subcommand:"),
        (("identity", "imprt"), "Did you mean “import”?"),
        (("sned",), "Did you mean “send”?"),
        (("--quiet", "send"), "Options come after the command: mtls-workbench send --quiet …"),
    ],
)
def test_wrong_usage_is_said_as_every_error_is_and_is_a_document_too(
    run: RunCommand, words: tuple[str, ...], said: str
) -> None:
    in_words, as_json = run(*words), run(*words, "--json")
    assert in_words.status == as_json.status == 2
    assert in_words.stdout == b""
    assert in_words.stderr.startswith("error: ")
    assert said in in_words.stderr
    failure = as_json.document["failure"]
    assert failure["code"] == "invalid-input"
    assert failure["phase"] == "prepare"
    assert failure["candidates"] == []
    assert said in f"{failure['title']} {failure['detail']} {failure['hint']}"


def test_whatever_follows_two_dashes_is_no_option(run: RunCommand, tmp_path: Path) -> None:
    assert "“--nothing” does not exist" in run("identity", "import", "--name", "x", "--", "--nothing").stderr


def test_help_may_stand_before_the_command(run: RunCommand) -> None:
    assert run("help", "send").stdout == run("send", "--help").stdout
    assert run("help").stdout == run("--help").stdout


def test_paths_open_the_window_and_nothing_else_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[list[str]] = []

    def window(paths: list[str], *, with_lab: bool, workspace: str) -> int:
        opened.append([*paths, *(["lab"] if with_lab else []), *([f"in {workspace}"] if workspace else [])])
        return 0

    monkeypatch.setattr("workbench.ui.app.main", window)
    assert main([]) == 0
    assert main([str(tmp_path)]) == 0
    assert main(["--with-lab"]) == 0
    assert main(["--workspace", "Tests", str(tmp_path)]) == 0
    assert main(["--workspace", "Tests"]) == 0
    assert main(["--workspace"]) == 2
    assert main(["trust", "nonsense"]) == 2
    assert main([str(tmp_path / "missing")]) == 2
    assert opened == [[], [str(tmp_path)], ["lab"], [str(tmp_path), "in Tests"], ["in Tests"]]


def test_qt_that_does_not_load_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    assert window_unavailable(ImportError("libEGL.so.1: cannot open shared object file")) == 2
    assert "libEGL.so.1" in capfd.readouterr().err


def test_an_error_is_a_document_too(run: RunCommand) -> None:
    done = run("identity", "show", "nobody", "--json")
    assert done.status == 2
    assert json.loads(done.stdout)["failure"]["code"] == "identity-not-found"
    assert "nobody" in done.stderr


def test_first_words() -> None:
    assert is_command("identity")
    assert not is_command("identity list")


def test_a_path_that_is_not_there_is_what_is_wrong_whatever_the_window_is_asked(run: RunCommand) -> None:
    for options in ((), ("--with-lab",), ("--workspace", "Payments")):
        done = run(*options, "/nowhere/at/all")
        assert done.status == 2
        assert "“/nowhere/at/all” is neither" in done.stderr
