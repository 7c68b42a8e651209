"""Asking, in the tab, which of two versions of a request is to be kept."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.core.workspace.request_file import Conflict
from workbench.ui.library.comparison_dialog import ComparisonDialog
from workbench.ui.library.conflict_bar import ConflictBar
from workbench.ui.models.differences import part_words
from workbench.ui.tabs.request_tab import RequestTab

_MINE, _THEIRS, _COMPARE = "mine", "theirs", "compare"


class ConflictAsking(QObject):
    """``kept_mine`` and ``took_theirs`` carry the tab and its ``Conflict``. One question at a time in a tab."""

    kept_mine = Signal(object, object)
    took_theirs = Signal(object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._bars: dict[RequestTab, ConflictBar] = {}

    def ask(self, tab: RequestTab, conflict: Conflict) -> None:
        """Ask about ``conflict`` in ``tab``, in place of an older question there."""
        self.forget(tab)
        parts = ", ".join(map(part_words, conflict.parts))
        bar = ConflictBar(
            _("This request was changed here and outside of this window."),
            _("Changed in both: {parts}. Nothing is lost until you choose.").format(parts=parts),
            ((_MINE, _("&Keep Mine")), (_THEIRS, _("&Take Theirs")), (_COMPARE, _("Co&mpare…"))),
            tab,
        )
        layout = tab.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, bar)
        self._bars[tab] = bar
        bar.answered.connect(lambda answer: self._answer(tab, conflict, answer))
        tab.destroyed.connect(lambda: self._bars.pop(tab, None))

    def forget(self, tab: RequestTab) -> None:
        """Take the question in ``tab`` away."""
        bar = self._bars.pop(tab, None)
        if bar is not None:
            bar.close_quietly()

    def _answer(self, tab: RequestTab, conflict: Conflict, answer: str) -> None:
        if answer == _COMPARE:
            ComparisonDialog(tab.title().words, tab.draft(), conflict.theirs, self._window).open()
            return
        self.forget(tab)
        (self.kept_mine if answer == _MINE else self.took_theirs).emit(tab, conflict)
