"""One process per workspace: the first holds a lock and listens, the next hands over what it was asked and ends.

The lock is the operating system's and dies with the process, so what a crash leaves behind is only a
socket that nobody answers at, and the next start takes its place.
"""

import contextlib
import hashlib
import json
import os
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from workbench.core.errors import WorkspaceBusy
from workbench.core.files import make_private
from workbench.core.i18n import _
from workbench.core.workspace.lock import Lock

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 5.0  # seconds that the holder gets to answer: it may just be starting, or painting something large
_PAUSE = 0.05
_LONGEST = 100  # bytes of a socket's address; the kernels allow 104 to 108 with the zero at the end
_LARGEST = 1 << 20  # bytes of an order
_ANSWER = b"ok\n"


@dataclass(frozen=True, slots=True)
class Order:
    """What a start asks of the window: ``paths`` to bring in, absolute, and whether to start the lab.

    ``token`` is the display's permission to come to the front, where it gives one.
    """

    paths: tuple[Path, ...] = ()
    with_lab: bool = False
    token: str = ""

    @classmethod
    def of(cls, paths: Sequence[str | Path], *, with_lab: bool) -> "Order":
        """The order of this process."""
        token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
        return cls(tuple(Path(path).absolute() for path in paths), with_lab, token)

    def encode(self) -> bytes:
        """One line."""
        fields = {"paths": [str(path) for path in self.paths], "with_lab": self.with_lab, "token": self.token}
        return json.dumps(fields).encode() + b"\n"

    @classmethod
    def decode(cls, line: bytes) -> "Order":
        """What ``encode`` wrote. Raises ``ValueError`` for anything else."""
        match json.loads(line):
            case {"paths": [*paths], "with_lab": bool(with_lab), "token": str(token)}:
                return cls(tuple(Path(str(path)) for path in paths), with_lab, token)
        raise ValueError("not an order")


class Instance(QObject):
    """Holds a workspace by its ``lock``; ``called`` carries the ``Order`` of another start."""

    called = Signal(object)

    def __init__(self, lock: Lock) -> None:
        super().__init__()
        self._lock = lock
        self._address = address_of(lock.path)
        self._server: QLocalServer | None = None

    def listen(self) -> bool:
        """Answer other starts from now on; False where no socket can be made: they then say that we are silent."""
        from PySide6.QtNetwork import QLocalServer  # after the first paint

        QLocalServer.removeServer(self._address)  # a crash's; the lock says that nobody else listens there
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)
        return self._server.listen(self._address)

    def close(self) -> None:
        """Let the workspace go."""
        if self._server is not None:
            self._server.close()
        self._lock.release()

    def _accept(self) -> None:
        while self._server is not None and (caller := self._server.nextPendingConnection()) is not None:
            caller.readyRead.connect(lambda caller=caller: self._read(caller))
            caller.disconnected.connect(caller.deleteLater)
            self._read(caller)

    def _read(self, caller: "QLocalSocket") -> None:
        if caller.bytesAvailable() > _LARGEST:
            caller.abort()
        if not caller.canReadLine():
            return
        try:
            order = Order.decode(bytes(caller.readLine().data()))
        except ValueError:
            caller.abort()
            return
        caller.write(_ANSWER)
        caller.disconnectFromServer()
        self.called.emit(order)


def enter(home: Path, workspace: str, order: Order, *, patience: float = _PATIENCE) -> Lock | None:
    """Take ``workspace`` of the program's folder ``home``, or hand ``order`` to whoever has it: then None.

    Waits up to ``patience`` seconds for an answer. Raises ``WorkspaceBusy`` when none comes and ``StorageError``
    when ``home`` cannot be written.
    """
    file = home / "locks" / f"{workspace}.lock"
    lock = Lock(file)
    with contextlib.suppress(OSError):  # the lock says in words what is wrong with the folder
        make_private(home)
        make_private(file.parent)
    until = time.monotonic() + patience
    while True:
        try:
            lock.take()
            return lock
        except WorkspaceBusy as error:
            left = until - time.monotonic()
            if left > 0 and _hand_over(address_of(file), order, left):
                return None
            if time.monotonic() >= until:
                raise _silent(error) from error
        time.sleep(_PAUSE)


def address_of(lock: Path) -> str:
    """Where the holder of ``lock`` listens: a socket in a folder of the user's own, on Windows a pipe's name."""
    name = f"mtls-workbench-{hashlib.sha256(os.fsencode(lock.absolute())).hexdigest()[:20]}"
    if sys.platform == "win32":
        return name
    for folder in _folders():
        address = folder / name
        if len(os.fsencode(address)) < _LONGEST and _is_own(folder):
            return str(address)
    return str(lock.with_suffix(".socket"))


def _folders() -> Iterator[Path]:
    if runtime := os.environ.get("XDG_RUNTIME_DIR", ""):
        yield Path(runtime)
    shared_folders = ["/tmp"]  # noqa: S108 - in a folder that is checked to be the user's own
    with contextlib.suppress(FileNotFoundError):  # on a full disk none counts as usable, though sockets have room
        shared_folders.insert(0, tempfile.gettempdir())
    for shared in shared_folders:
        own = Path(shared) / f"mtls-workbench-{os.getuid()}"
        with contextlib.suppress(OSError):  # read-only: the next one, and in the end beside the lock
            own.mkdir(mode=0o700, exist_ok=True)
        yield own


def _is_own(folder: Path) -> bool:
    if sys.platform == "win32":
        return True
    try:
        facts = folder.lstat()
    except OSError:
        return False
    return facts.st_uid == os.getuid() and not facts.st_mode & 0o077 and folder.is_dir()


def _hand_over(address: str, order: Order, seconds: float) -> bool:
    if sys.platform == "win32":
        return _hand_over_by_pipe(rf"\\.\pipe\{address}", order, seconds)
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(seconds)
        try:
            line.connect(address)
            line.sendall(order.encode())
            return line.recv(len(_ANSWER)) == _ANSWER
        except OSError:
            return False


def _hand_over_by_pipe(pipe: str, order: Order, seconds: float) -> bool:
    answers: list[bytes] = []

    def talk() -> None:
        try:
            with Path(pipe).open("r+b", buffering=0) as line:
                line.write(order.encode())
                answers.append(line.read(len(_ANSWER)))
        except OSError:
            return

    talking = threading.Thread(target=talk, daemon=True)  # a pipe knows no time limit
    talking.start()
    talking.join(seconds)
    return answers == [_ANSWER]


def _silent(error: WorkspaceBusy) -> WorkspaceBusy:
    return WorkspaceBusy(
        _("This workspace is open in another window, which does not respond."),
        detail=error.detail,
        hint=_("Wait until it responds, or end that process and start again."),
    )
