"""The program is killed while somebody works with it, and started again: nothing that was typed is lost."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.accessibility import Accessible, waited
from tests.support.desktop import Desktop, Program, desktop
from tests.support.servers.broken import playing, waits

__all__ = ["desktop"]

pytestmark = [pytest.mark.endtoend, pytest.mark.timeout(300)]

TOKEN = "hush-0123456789-nobody-reads-this"
PASSWORD = "correct-horse-battery-staple"
BODY = '{"order": 4711, "status": "shipped"}'


def type_a_request(program: Program, window: Accessible, url: str) -> None:
    """By the keyboard alone, as a person does who is in a hurry."""
    program.press("ctrl+t")
    window.find("URL", "text")
    program.press("ctrl+l")
    program.type(url)
    program.press("alt+2")
    program.type("X-Request-ID")
    program.press("Tab")
    program.type("first-order")
    program.press("Return", "alt+4", "j", "Tab")
    program.type(BODY)
    window.find("Request body", "text").says(BODY)  # on a busy machine keys wait in the queue for longer than a second


def is_as_typed(window: Accessible, program: Program, url: str) -> None:
    assert window.find("URL", "text").text == url
    program.press("alt+2")
    window.find("Request headers", "table").holds("X-Request-ID")
    window.find("Request headers", "table").holds("first-order")
    program.press("alt+4")
    window.find("Request body", "text").says(BODY)


def everything(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            yield path, path.read_bytes()


def test_killed_a_second_after_the_last_key(desktop: Desktop) -> None:
    url = "https://localhost:1/order/update?number=4711"
    with desktop.start() as program, desktop.accessible() as window:
        type_a_request(program, window, url)
        time.sleep(1)  # what the program promises: at most the last second of typing is lost
        program.kill()
    with desktop.start() as program:
        with desktop.accessible() as window:
            is_as_typed(window, program, url)
        program.quit()


def test_killed_while_a_request_is_sent(desktop: Desktop) -> None:
    with playing(waits) as stage, desktop.start() as program, desktop.accessible() as window:
        url = f"{stage.url}order/update"
        type_a_request(program, window, url)
        program.press("ctrl+Return")
        window.find("Cancel", "push button").becomes_enabled()
        assert stage.accepted > 0
        time.sleep(1)
        program.kill()
    with desktop.start() as program:
        with desktop.accessible() as window:
            is_as_typed(window, program, url)
            assert window.find("Send", "push button").is_enabled
        program.quit()


def test_killed_at_any_moment_it_opens_again(desktop: Desktop) -> None:
    for pause in (0.0, 0.3, 0.6):
        with desktop.start() as program:
            program.press("ctrl+t")
            time.sleep(pause)
            program.kill()
    with desktop.start() as program:
        with desktop.accessible() as window:
            window.find("Search anything", "push button").becomes_enabled()
        program.quit()


def test_what_is_typed_as_a_secret_is_in_no_file(desktop: Desktop) -> None:
    with desktop.start() as program, desktop.accessible() as window:
        program.press("ctrl+t")
        window.find("URL", "text")
        program.press("ctrl+l")
        program.type("https://localhost:1/")
        program.press("alt+3")
        program.type("be")
        program.press("Tab")
        program.type(TOKEN)
        token = window.find("Token", "text")
        waited(lambda: len(token.text) == len(TOKEN), "token")
        assert not set(TOKEN) & set(token.text), "it is not read aloud either"
        program.press("ctrl+t", "alt+3")
        program.type("ba")
        program.press("Tab")
        program.type("alice")
        program.press("Tab")
        program.type(PASSWORD)
        time.sleep(1)
        files = dict(everything(desktop.home))
        assert any(b"alice" in data for data in files.values()), "what is no secret is kept"
        program.kill()
    for path, data in everything(desktop.home):
        for secret in (TOKEN, PASSWORD):
            assert secret.encode() not in data, path
            assert not re.search(secret[:12].encode(), data), path
    with desktop.start() as program:
        with desktop.accessible() as window:
            window.find("URL", "text")
            program.press("alt+3")
            assert window.find("User name", "text").text == "alice"
        program.quit()
