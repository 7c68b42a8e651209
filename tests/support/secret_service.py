"""The real Secret Service: gnome-keyring, unlocked, on a D-Bus session of its own.

    def test_something(secret_service: SecretService) -> None:
        subprocess.run(…, env=os.environ | secret_service.environment)

Import the fixture into a conftest or test module that needs it. Nothing of the person's own session is touched.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.servers.process import need

_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class SecretService:
    """A running service. ``environment`` leads programs to it; ``folder`` is its home, where it keeps its files."""

    folder: Path
    environment: Mapping[str, str]

    def is_there(self) -> bool:
        """Whether somebody owns the service's name. Asking the bus, unlike asking the service, starts nobody."""
        return "boolean true" in self._ask(
            "org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"
        )

    def collections(self) -> str:
        """What the service itself says it has: proof that it is there."""
        return self._ask(
            "org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.DBus.Properties.Get",
            "string:org.freedesktop.Secret.Service", "string:Collections",
        )  # fmt: skip

    def _ask(self, destination: str, *message: str) -> str:
        command = ["dbus-send", "--session", "--print-reply", f"--dest={destination}", *message]
        environment = os.environ | dict(self.environment)
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=10, check=False).stdout


@pytest.fixture
def secret_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretService]:
    """Skips where gnome-keyring or D-Bus is not installed, and fails there when CI is set."""
    for program in ("dbus-daemon", "dbus-send", "gnome-keyring-daemon"):
        need(program)
    folder = tmp_path_factory.mktemp("service")
    (folder / "run").mkdir(mode=0o700)
    environment = {
        "HOME": str(folder),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
    }
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"],
        env=os.environ | environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    try:
        assert bus.stdout is not None
        environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        daemon = _keyring_daemon(environment)
        try:
            service = SecretService(folder, environment)
            _wait_for(service)
            yield service
        finally:
            _stop(daemon)
    finally:
        _stop(bus)


def _keyring_daemon(environment: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=os.environ | dict(environment), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert daemon.stdin is not None
    daemon.stdin.write(b"login password")  # makes the login collection, which is the default one
    daemon.stdin.close()
    return daemon


def _wait_for(service: SecretService) -> None:
    end = time.monotonic() + _PATIENCE
    # The bus would start a second, locked keyring for whoever asked before the first has the name.
    while not (service.is_there() and "collection/login" in service.collections()):
        if time.monotonic() > end:
            pytest.fail("gnome-keyring did not come up")
        time.sleep(0.05)


def _stop(process: "subprocess.Popen[bytes] | subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None and not pipe.closed:
            pipe.close()
