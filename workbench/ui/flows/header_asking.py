"""Asking, in the tab, whether header fields that look like secrets are to be written into the file."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from workbench.core.i18n import _, ngettext
from workbench.ui.library.conflict_bar import ConflictBar
from workbench.ui.tabs.request_tab import RequestTab

_KEEP, _WRITE = "keep", "write"


class HeaderAsking(QObject):
    """``answered`` carries the tab and the names of the fields whose values go to the keyring: all of them, or none."""

    answered = Signal(object, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._bars: dict[RequestTab, ConflictBar] = {}

    def ask(self, tab: RequestTab, names: Sequence[str]) -> None:
        """Ask about the header fields called ``names``, in place of an older question in ``tab``."""
        self.forget(tab)
        title, detail = secret_words(names)
        answers = ((_KEEP, _("&Keep in Keyring and Save")), (_WRITE, _("Save As It &Is")))
        bar = ConflictBar(title, detail, answers, tab)
        layout = tab.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(0, bar)
        self._bars[tab] = bar
        bar.answered.connect(lambda answer: self._answer(tab, tuple(names) if answer == _KEEP else ()))
        tab.destroyed.connect(lambda: self._bars.pop(tab, None))
        bar.show()
        bar.focus_first()

    def forget(self, tab: RequestTab) -> None:
        """Take the question in ``tab`` away."""
        bar = self._bars.pop(tab, None)
        if bar is not None:
            bar.close_quietly()

    def _answer(self, tab: RequestTab, kept: tuple[str, ...]) -> None:
        self.forget(tab)
        self.answered.emit(tab, kept)


def secret_words(names: Sequence[str]) -> tuple[str, str]:
    """What is to be said of header fields that look like secrets."""
    listed = ", ".join(f"“{name}”" for name in names)
    title = ngettext("The header {names} looks like a secret.", "The headers {names} look like secrets.", len(names))
    detail = _("It is not saved yet. In the keyring the value stays on this computer; the file names a variable.")
    return title.format(names=listed), detail
