import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress

import pytest
from rich.cells import cell_len

from workbench.cli.layout import Column
from workbench.cli.output import Output, say_trouble


def test_control_characters_are_shown_not_obeyed(capfd: pytest.CaptureFixture[str]) -> None:
    Output().say("a\x1b[31mb\r\nü\u202e")
    assert capfd.readouterr().err == "a\\x1b[31mb\\r\\nü\\u202e\n"


@pytest.mark.parametrize("text", ["ü\ud800", "\x7f\x9b31m\u202e\u200b\U000e0041"])
def test_a_document_holds_what_it_was_given_and_steers_no_terminal(
    text: str, capfd: pytest.CaptureFixture[str]
) -> None:
    Output().document({"text": text})
    shown = capfd.readouterr().out
    assert json.loads(shown) == {"text": text}
    assert shown.replace("\n", "").isprintable()


def test_a_table_in_a_pipe_is_aligned(capfd: pytest.CaptureFixture[str]) -> None:
    Output().table((Column("Name"), Column("Size", 1)), [("a", "1"), ("longer name", "22")])
    assert capfd.readouterr().out == "Name         Size\na            1\nlonger name  22\n"


def test_quiet_says_errors_only(capfd: pytest.CaptureFixture[str]) -> None:
    output = Output(quiet=True)
    output.say("chatter")
    output.always("needed")
    say_trouble("title", "detail 1\ndetail 2", "hint")
    assert capfd.readouterr().err == "needed\nerror: title\n  detail 1\n  detail 2\n  → hint\n"


def on_a_terminal(*words: str, columns: int = 200) -> str:
    """What a person sees who types a command."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        process = subprocess.Popen(
            [sys.executable, "-m", "workbench", *words],
            stdin=subprocess.DEVNULL,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns)},
        )
        os.close(theirs)
        shown = b""
        with suppress(OSError):
            while piece := terminal.read(65_536):
                shown += piece
        process.wait(30)
    return shown.decode()


def test_a_terminal_gets_colours() -> None:
    shown = on_a_terminal("trust", "list")
    assert "\x1b[1mName" in shown
    assert "mozilla" in shown


def test_a_terminal_gets_errors_in_red() -> None:
    assert "\x1b[1;31merror:" in on_a_terminal("send", "https://localhost:1/")


@pytest.mark.parametrize("columns", [80, 120])
def test_nothing_runs_over_the_edge_of_a_terminal(columns: int) -> None:
    for words in (
        ("trust", "show", "mozilla"),
        ("lab", "--print"),
        ("send", "https://localhost:1/"),
        ("lab", "--send"),
    ):
        shown = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal(*words, columns=columns))
        assert max(map(cell_len, shown.splitlines())) <= columns, words


def test_help_is_filled_to_the_width_of_the_terminal() -> None:
    shown = on_a_terminal("identity", "import", "--help", columns=60)
    said = shown.partition("Import a key")[2].partition("examples:")[0]
    assert "Reads PEM in any combination" in said
    assert max(map(len, said.splitlines())) <= 60
