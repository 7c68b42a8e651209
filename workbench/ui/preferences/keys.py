"""Which keys can be assigned to a command, and whose they are already."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from workbench.core.i18n import _
from workbench.ui.actions import Command

Assigned = Mapping[str, tuple[str, ...]]
"""Keys of commands, by the command's id, in portable text."""

_Modifier = Qt.KeyboardModifier
_LONELY = {Qt.Key.Key_Escape, Qt.Key.Key_Pause, Qt.Key.Key_Print, Qt.Key.Key_Help}
_TAKEN = {Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}


def portable(keys: QKeySequence) -> str:
    """As it is stored."""
    return keys.toString(QKeySequence.SequenceFormat.PortableText)


def native(text: str) -> str:
    """Portable text as this platform writes it."""
    keys = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
    return keys.toString(QKeySequence.SequenceFormat.NativeText)


def trouble(keys: QKeySequence) -> str:
    """Why these keys cannot be a shortcut; empty when they can."""
    if not keys.count():
        return _("Press the keys.")
    pressed: QKeyCombination = keys[0]  # type: ignore[index]  # the stubs lack __getitem__
    if _alone(pressed):
        return _("“{keys}” alone is needed for typing. Add Ctrl or Alt.").format(keys=native(portable(keys)))
    return ""


def owners(keys: str, commands: Sequence[Command], assigned: Assigned, but: str) -> tuple[Command, ...]:
    """Those of ``commands`` other than ``but`` that have these keys."""
    wanted = QKeySequence(keys, QKeySequence.SequenceFormat.PortableText)
    return tuple(
        command
        for command in commands
        if command.id != but and any(QKeySequence(text) == wanted for text in assigned.get(command.id, ()))
    )


def taking(keys: str, commands: Sequence[Command], assigned: Assigned, command: str) -> dict[str, tuple[str, ...]]:
    """What must be chosen so that ``command`` has these keys and nobody else."""
    wanted = QKeySequence(keys)
    chosen = {
        owner.id: tuple(text for text in assigned[owner.id] if QKeySequence(text) != wanted)
        for owner in owners(keys, commands, assigned, command)
    }
    return {**chosen, command: (keys,)}


def _alone(pressed: QKeyCombination) -> bool:
    key, held = pressed.key(), pressed.keyboardModifiers()
    if held & (_Modifier.ControlModifier | _Modifier.AltModifier | _Modifier.MetaModifier):
        return False
    function_key = Qt.Key.Key_F1 <= key <= Qt.Key.Key_F35
    return key in _TAKEN or not (function_key or key in _LONELY)
