"""What a request looked like before, step by step: undo for what no text field undoes by itself."""

from workbench.core.draft import Draft

_MOST = 200


class DraftHistory:
    """Drafts in the order in which they were; one that is equal to the present one is no step."""

    def __init__(self, draft: Draft) -> None:
        self._past: list[Draft] = []
        self._present = draft
        self._future: list[Draft] = []

    def begin(self, draft: Draft) -> None:
        """Forget what was; ``draft`` is the beginning."""
        self._past, self._present, self._future = [], draft, []

    def note(self, draft: Draft) -> None:
        """``draft`` is what it is now."""
        if draft != self._present:
            self._past = [*self._past[1 - _MOST :], self._present]
            self._present, self._future = draft, []

    def undo(self) -> Draft | None:
        """One step back; None at the beginning."""
        if not self._past:
            return None
        self._future.append(self._present)
        self._present = self._past.pop()
        return self._present

    def redo(self) -> Draft | None:
        """One step forth again; None when nothing was taken back."""
        if not self._future:
            return None
        self._past.append(self._present)
        self._present = self._future.pop()
        return self._present
