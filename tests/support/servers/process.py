"""Foreign servers as processes: started, waited for by connecting, ended with everything they started."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

HOST = "127.0.0.1"
_READY_SECONDS = 30.0
_END_SECONDS = 5.0
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Server:
    """A running server. ``log`` is the file with all that it wrote."""

    name: str
    port: int
    log: Path
    host: str = HOST

    @property
    def url(self) -> str:
        return f"https://{self.host}:{self.port}/"

    def said(self, last: int = 4000) -> str:
        """The end of the log, at most ``last`` characters."""
        return self.log.read_text("utf-8", "replace")[-last:] if self.log.exists() else ""


def need(program: str) -> str:
    """Path of ``program``. Without it the test is skipped; where CI is set it fails, since there all are installed."""
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin:/usr/local/go/bin")
    if path:
        return path
    reason = f"{program} is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def listening(
    name: str, folder: Path, command: Callable[[int], Sequence[str]], *, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a server that must be told its port: ``command(port)`` gives the arguments.

    The port was free a moment ago; where another process was quicker, the next port is tried.
    """
    log = folder / f"{name}.log"
    for _attempt in range(_ATTEMPTS):
        port = free_port()
        with _running(command(port), log, env) as process:
            if _answers(process, port):
                yield Server(name, port, log)
                return
    pytest.fail(f"{name} did not start:\n{Server(name, 0, log).said()}")


@contextmanager
def announcing(
    name: str, folder: Path, command: Sequence[str], pattern: str, *, env: Mapping[str, str] | None = None
) -> Iterator[Server]:
    """Run a server that listens on port 0 and writes where: ``pattern`` has the port as its group."""
    log = folder / f"{name}.log"
    with _running(command, log, env) as process:
        server = Server(name, 0, log)
        until = time.monotonic() + _READY_SECONDS
        while (found := re.search(pattern, server.said())) is None:
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{name} did not start:\n{server.said()}")
            time.sleep(0.01)
        yield Server(name, int(found[1]), log)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def _running(command: Sequence[str], log: Path, env: Mapping[str, str] | None) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
            start_new_session=True,  # a process group of its own, so that its children end with it
        )
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, sign)
        except ProcessLookupError:
            break
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            continue
    process.wait(_END_SECONDS)


def _answers(process: subprocess.Popen[bytes], port: int) -> bool:
    """Whether something listens on ``port`` while ``process`` still lives."""
    until = time.monotonic() + _READY_SECONDS
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((HOST, port), 1.0).close()
        except OSError:
            time.sleep(0.01)
        else:
            return process.poll() is None
    return False
