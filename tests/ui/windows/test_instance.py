"""One process per workspace: who holds it, who hands over, and what a crash leaves behind."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from workbench.core.errors import StorageError, WorkspaceBusy
from workbench.core.workspace.lock import Lock
from workbench.ui.windows.instance import Instance, Order, address_of, enter


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    runtime = tmp_path / "r"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return tmp_path / "home"


@pytest.fixture
def holder(qapp: QApplication, home: Path) -> Iterator[Instance]:
    lock = enter(home, "default", Order())
    assert lock is not None
    made = Instance(lock)
    assert made.listen()
    yield made
    made.close()


def beside(work: Callable[[], object], qtbot: QtBot) -> object:
    """The result of ``work`` in a thread, as another process would do it while ours serves events."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(work())
        except StorageError as error:
            results.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive())
    return results[0]


def test_the_second_hands_over_and_ends(holder: Instance, home: Path, qtbot: QtBot) -> None:
    order = Order((Path("/a b/ä.p12"),), with_lab=True, token="t")
    with qtbot.waitSignal(holder.called) as called:
        assert beside(lambda: enter(home, "default", order), qtbot) is None
    assert called.args == [order]


def test_other_workspaces_and_other_homes_are_free(holder: Instance, home: Path, tmp_path: Path) -> None:
    for place, workspace in ((home, "other"), (tmp_path / "elsewhere", "default")):
        lock = enter(place, workspace, Order())
        assert lock is not None
        lock.release()


def test_the_programs_folder_is_its_owners_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    for home in (tmp_path, tmp_path / "new"):
        lock = enter(home, "default", Order())
        assert lock is not None
        lock.release()
        assert home.stat().st_mode & 0o777 == 0o700


def test_a_holder_that_does_not_answer_is_named(home: Path) -> None:
    lock = enter(home, "default", Order())
    assert lock is not None
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(address_of(lock.path))
        silent.listen()
        with pytest.raises(WorkspaceBusy, match="does not respond") as caught:
            enter(home, "default", Order(), patience=0.2)
    assert str(os.getpid()) in caught.value.detail
    lock.release()


def test_what_a_crash_leaves_behind_is_in_nobodys_way(qapp: QApplication, home: Path, qtbot: QtBot) -> None:
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from workbench.ui.windows.instance import Instance, Order, enter\n"
        "application = QApplication([])\n"
        "instance = Instance(enter(Path(sys.argv[1]), 'default', Order()))\n"
        "assert instance.listen()\n"
        "os.kill(os.getpid(), 9)\n"
    )
    subprocess.run([sys.executable, "-c", code, str(home)], check=False, timeout=30)
    assert Path(address_of(home / "locks" / "default.lock")).exists()
    lock = enter(home, "default", Order())
    assert lock is not None
    instance = Instance(lock)
    assert instance.listen()
    with qtbot.waitSignal(instance.called):
        assert beside(lambda: enter(home, "default", Order()), qtbot) is None
    instance.close()


def test_a_caller_that_talks_nonsense_is_cut_off(holder: Instance, home: Path, qtbot: QtBot) -> None:
    def talk() -> bytes:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(address_of(home / "locks" / "default.lock"))
            line.sendall(b'{"paths": 3}\n')
            try:
                return line.recv(10)
            except ConnectionResetError:
                return b""

    assert beside(talk, qtbot) == b""
    assert isinstance(Lock(home / "locks" / "default.lock"), Lock)


def test_the_socket_is_the_users_alone(holder: Instance, home: Path) -> None:
    path = Path(address_of(home / "locks" / "default.lock"))
    assert path.is_socket()
    assert not path.stat().st_mode & 0o077


def test_a_home_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError):
        enter(tmp_path / "file", "default", Order())


@pytest.mark.parametrize("line", [b"", b"[]", b"{}", b'{"paths": "x", "with_lab": true, "token": ""}', b"\xff"])
def test_what_is_no_order(line: bytes) -> None:
    with pytest.raises(ValueError):
        Order.decode(line)


def test_orders_name_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    order = Order.of(["some.p12"], with_lab=False)
    assert order.paths == (tmp_path / "some.p12",)
    assert Order.decode(order.encode()) == order


def test_a_long_path_of_the_runtime_folder_is_in_nobodys_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runtime = tmp_path / ("r" * 120)
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    address = address_of(tmp_path / "home" / "default.lock")
    assert not address.startswith(str(runtime))
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(address)
    Path(address).unlink()
