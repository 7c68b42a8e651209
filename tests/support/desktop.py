"""A desktop of our own: a display, a session bus, an accessibility bus, and the program started on it.

    def test_something(desktop: Desktop) -> None:
        with desktop.start() as program:
            program.type("https://…")

Import the fixture into a conftest or test module that needs it. There is no window manager: ``start`` gives the
window the keyboard.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.accessibility import AccessibilityBus, Accessible, waited
from tests.support.servers.process import announcing, need

ROOT = Path(__file__).parents[2]
_TITLE = "^mTLS Workbench"
_PATIENCE = 30.0


@dataclass(slots=True)
class Program:
    """The running program with its window."""

    process: "subprocess.Popen[bytes]"
    log: Path
    environment: Mapping[str, str] = field(repr=False)
    window: str = ""

    def xdotool(self, *words: str) -> str:
        """One call, and what it says."""
        done = subprocess.run(
            ["xdotool", *words], env=dict(self.environment), capture_output=True, text=True, timeout=60, check=True
        )
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys, one after the other, as xdotool names them."""
        self.xdotool("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """Type on whatever has the keyboard."""
        self.xdotool("type", "--delay", "8", text)

    def picture(self, path: Path) -> None:
        """Save what is on the display."""
        subprocess.run(["import", "-window", "root", str(path)], env=dict(self.environment), timeout=60, check=True)

    def windows(self) -> list[str]:
        """The windows that show and are the program's, by their titles."""
        done = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", _TITLE],
            env=dict(self.environment), capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return done.stdout.split()

    def focus(self) -> None:
        """Wait for the window and give it the keyboard, as a window manager would."""
        until = time.monotonic() + _PATIENCE
        while not (found := self.windows()):
            if self.process.poll() is not None:
                pytest.fail(f"it ended with {self.process.returncode}:\n{self.said()}")
            if time.monotonic() > until:
                pytest.fail("no window came")
            time.sleep(0.02)
        self.window = found[0]
        self.xdotool("windowfocus", "--sync", self.window)

    def kill(self) -> None:
        """End it as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(_PATIENCE)

    def quit(self) -> None:
        """Close it as a person does, and see that it had nothing to complain of."""
        self.press("ctrl+q")
        self.process.wait(_PATIENCE)
        output = self.said()
        assert self.process.returncode == 0, output
        assert "Traceback" not in output, output
        assert "Warning" not in output, output

    def said(self) -> str:
        """What it wrote on its terminal."""
        return self.log.read_text("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Desktop:
    """``home`` is that of the person; everything that the program keeps lies under ``kept``."""

    home: Path
    environment: Mapping[str, str] = field(repr=False)

    @property
    def kept(self) -> Path:
        return self.home / "workbench"

    @contextmanager
    def start(self, *arguments: str, **environment: str) -> Iterator[Program]:
        """Start the program, wait for its window, and end it at last if it still runs."""
        surroundings = {**self.environment, **environment}
        log = self.home / "terminal.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "workbench", *arguments],
                cwd=ROOT,
                env=surroundings,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        program = Program(process, log, surroundings)
        with process:
            try:
                program.focus()
                yield program
            finally:
                process.kill()

    @contextmanager
    def accessible(self) -> Iterator[Accessible]:
        """The running program as assistive technology has it."""
        bus = AccessibilityBus.of(self.environment)
        try:
            yield bus.application("mtls-workbench")
        finally:
            bus.close()


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """Skips where Xvfb, xdotool or AT-SPI is not installed, and fails there when CI is set."""
    need("xdotool")
    need("dbus-send")
    home = tmp_path / "home"
    (home / "run").mkdir(parents=True, mode=0o700)
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("QT_", "WAYLAND_", "DBUS_", "XDG_", "PYTEST", "AT_SPI"))
    }
    environment |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "LC_ALL": "C.UTF-8"}
    environment |= {"MTLS_WORKBENCH_HOME": str(home / "workbench"), "QT_QPA_PLATFORM": "xcb"}
    with display(tmp_path) as name, _session_bus(environment) as address:
        environment |= {"DISPLAY": name, "DBUS_SESSION_BUS_ADDRESS": address}
        _switch_on_accessibility(environment)
        yield Desktop(home, environment)


@contextmanager
def display(folder: Path) -> Iterator[str]:
    """The name of an X server of our own. Skips where Xvfb is not installed."""
    # Far from the numbers that Xvfb chooses itself: two that start at once may both take 0.
    number = 1000 + os.getpid() % 30000
    command = [need("Xvfb"), f":{number}", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    with announcing("xvfb", folder, [*command, "-noreset"], r"(\d+)\n") as server:
        yield f":{server.port}"


@contextmanager
def _session_bus(environment: Mapping[str, str]) -> Iterator[str]:
    command = [need("dbus-daemon"), "--session", "--nofork", "--nopidfile", "--print-address=1"]
    bus = subprocess.Popen(
        command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        start_new_session=True,
    )  # fmt: skip
    assert bus.stdout is not None
    try:
        yield bus.stdout.readline().strip()
    finally:
        os.killpg(bus.pid, signal.SIGTERM)  # with the accessibility bus, which it has started
        bus.wait(_PATIENCE)
        bus.stdout.close()


def _switch_on_accessibility(environment: Mapping[str, str]) -> None:
    """As a screen reader does when it starts."""
    command = ["dbus-send", "--session", "--print-reply", "--dest=org.a11y.Bus", "/org/a11y/bus"]
    command += ["org.freedesktop.DBus.Properties.Set", "string:org.a11y.Status", "string:IsEnabled"]
    command.append("variant:boolean:true")

    def switched() -> bool:
        done = subprocess.run(command, env=dict(environment), capture_output=True, timeout=60, check=False)
        return done.returncode == 0

    if not waited(switched, "accessibility bus"):
        pytest.fail("unreachable")
