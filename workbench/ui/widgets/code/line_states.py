"""The states of a tokenizer between lines, for texts that are coloured only where they are looked at."""

from PySide6.QtGui import QTextBlock

from workbench.ui.widgets.code.syntax import Syntax, Tokenizer

_LOOK_BACK = 200  # lines above the first visible one that are read for its state
_STATES = 8  # more than any tokenizer has


class LineStates:
    """The state that each block ends in, kept in the block itself; Qt drops it when the block is edited."""

    def __init__(self) -> None:
        self._round = 1

    def forget(self) -> None:
        """Let nothing count as coloured."""
        self._round += 1

    def keep(self, block: QTextBlock, state: int) -> None:
        """``block`` is coloured now and ends in ``state``."""
        block.setUserState(self._round * _STATES + state)

    def at_end(self, block: QTextBlock) -> int | None:
        """The state that ``block`` ends in, None while it is not coloured."""
        coloured_in, state = divmod(block.userState(), _STATES)
        return state if coloured_in == self._round else None

    def before(self, block: QTextBlock, syntax: Syntax, read: Tokenizer) -> int:
        """The state that ``block`` begins in, found out from the lines above."""
        if syntax is Syntax.JSON:  # its lines do not depend on those above
            return 0
        start, steps = block.previous(), 0
        while start.isValid() and self.at_end(start) is None and steps < _LOOK_BACK:
            start, steps = start.previous(), steps + 1
        state = (self.at_end(start) or 0) if start.isValid() else 0
        start = start.next() if start.isValid() else block.document().firstBlock()
        while start.isValid() and start != block:
            _spans, state = read(start.text(), state)
            start = start.next()
        return state
