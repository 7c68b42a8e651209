"""Work that takes a while: how far it has come, and whether anybody still wants it."""

import threading
from collections.abc import Callable


class Stopped(Exception):
    """Nobody wants the result any more."""


class Work:
    """Shared by who does the work and who waits for it, in whatever threads they are.

    ``done`` is the part that is done, from 0 to 1.
    """

    def __init__(self) -> None:
        self.done = 0.0
        self._stopped = threading.Event()
        self._last_words: Callable[[], object] | None = None

    def stop(self) -> None:
        """Want the result no more; ``check`` raises from now on."""
        self._stopped.set()
        if self._last_words is not None:
            self._last_words()

    @property
    def stopped(self) -> bool:
        """Whether nobody wants the result."""
        return self._stopped.is_set()

    def when_stopped(self, call: Callable[[], object]) -> None:
        """Have ``call`` called by ``stop``, at once when that has been."""
        self._last_words = call
        if self.stopped:
            call()

    def check(self, done: float = 0.0) -> None:
        """Tell how far it is. Raises ``Stopped``."""
        self.done = max(self.done, done)
        if self.stopped:
            raise Stopped
