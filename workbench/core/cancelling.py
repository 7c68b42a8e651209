"""Ending a request on purpose, and having an answer from it all the same."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # asyncio is there by the time that a scope is used; the window is painted without it
    import asyncio

    from workbench.core.exchange import Exchange


class CancelScope:
    """Lets somebody end one request on purpose, as Cancel in the window does.

    Work done ``with scope:`` stops at its next ``await`` after ``cancel()``, and the task goes on behind the block. A
    task that is cancelled from outside, by ``asyncio.timeout`` or the end of the program, raises ``CancelledError``
    through the block as through any other. Blocks of one scope may follow each other and stand in each other.

    ``exchange`` is how far the request had come when either of the two happened, None before.
    """

    def __init__(self) -> None:
        self.exchange: Exchange | None = None
        self._cancelled = False
        self._blocks: list[_Block] = []

    def cancel(self) -> None:
        """Stop the work, now or once it begins; only in the thread of its loop."""
        if not self._cancelled:
            self._cancelled = True
            for block in self._blocks[-1:]:
                block.cancel()

    def __enter__(self) -> None:
        """Begin a piece of the work, in the task that does it."""
        from asyncio import current_task

        task = current_task()
        if task is None:
            raise RuntimeError("no task to cancel")
        self._blocks.append(_Block(task, task.cancelling()))
        if self._cancelled:
            self._blocks[-1].cancel()

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> bool:
        """End the piece; a cancellation goes no further when it is this scope's alone."""
        from asyncio import CancelledError

        alone = self._blocks.pop().take_back()
        return alone and kind is not None and issubclass(kind, CancelledError)


@dataclass(slots=True)
class _Block:
    task: "asyncio.Task[object]"
    others: int
    """How many had asked to cancel the task before."""
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True
        self.task.cancel()

    def take_back(self) -> bool:
        """Whether we cancelled the task, and nobody else has meanwhile: what others ask for holds."""
        return self.cancelled and self.task.uncancel() <= self.others
