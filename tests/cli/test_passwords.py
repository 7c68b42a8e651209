import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import authority
from workbench.cli import passwords
from workbench.core.errors import InvalidInput, PasswordNeeded, WrongPassword

ALICE = authority.client(authority.root(), "alice")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """A person at the terminal who types these passwords one after the other."""

    def typed(*words: str) -> list[str]:
        left = list(words)
        monkeypatch.setattr(passwords, "can_ask", lambda: True)
        monkeypatch.setattr("getpass.getpass", lambda _question: left.pop(0))
        return left

    return typed


def opens(password: str | None) -> str:
    if password is None:
        raise PasswordNeeded("needed")
    if password != "right":
        raise WrongPassword("wrong")
    return "opened"


def test_nothing_is_asked_when_it_opens() -> None:
    assert passwords.with_password("right", "?", opens) == ("opened", "right")


@pytest.mark.parametrize(("given", "error"), [(None, PasswordNeeded), ("bad", WrongPassword)])
def test_nobody_to_ask(given: str | None, error: type[Exception]) -> None:
    with pytest.raises(error):
        passwords.with_password(given, "?", opens)


def test_it_is_asked_for_until_it_opens(answers: Callable[..., list[str]], capfd: pytest.CaptureFixture[str]) -> None:
    left = answers("bad", "right", "unused")
    assert passwords.with_password(None, "?", opens) == ("opened", "right")
    assert left == ["unused"]
    assert "wrong" in capfd.readouterr().err


def test_three_attempts(answers: Callable[..., list[str]]) -> None:
    left = answers("1", "2", "3", "4")
    with pytest.raises(WrongPassword):
        passwords.with_password(None, "?", opens)
    assert left == ["4"]


def test_a_wrong_one_that_was_given_is_not_asked_for_again(answers: Callable[..., list[str]]) -> None:
    left = answers("right")
    with pytest.raises(WrongPassword):
        passwords.with_password("bad", "?", opens)
    assert left == ["right"]


def test_a_new_one_is_typed_twice(answers: Callable[..., list[str]]) -> None:
    answers("new", "new")
    assert passwords.ask_new("?") == "new"
    answers("new", "other")
    with pytest.raises(InvalidInput, match="do not match"):
        passwords.ask_new("?")
    answers("")
    with pytest.raises(InvalidInput, match="empty"):
        passwords.ask_new("?")


def test_a_real_terminal_shows_nothing_of_it(tmp_path: Path) -> None:
    file = tmp_path / "client.pem"
    file.write_bytes(authority.pem(ALICE, "typed by hand"))
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb+", buffering=0) as terminal:
        process = subprocess.Popen(
            [sys.executable, "-m", "workbench", "identity", "import", str(file), "--name", "me", "--ask-every-time"],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        shown = b""
        while b"client.pem:" not in shown:
            shown += terminal.read(4096)
        terminal.write(b"typed by hand\n")
        try:
            while piece := terminal.read(4096):
                shown += piece
        except OSError:  # what a terminal says when the other end is gone
            pass
        assert process.wait(30) == 0
    assert b"typed by hand" not in shown
    assert "Stored as “me”".encode() in shown
