"""How texts are edited, as the person prefers it: one answer for all editors of the application."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal


@dataclass(frozen=True, slots=True)
class Editing:
    """``wrap`` breaks long lines at the edge; ``complete`` offers names unasked, otherwise Ctrl+Space does."""

    wrap: bool = True
    complete: bool = True


class _Preference(QObject):
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.now = Editing()


_preference = _Preference()
changed = _preference.changed
"""Emitted when the person prefers something else."""


def now() -> Editing:
    """What is preferred now."""
    return _preference.now


def prefer(editing: Editing) -> None:
    """Put ``editing`` in force."""
    if editing != _preference.now:
        _preference.now = editing
        _preference.changed.emit()
