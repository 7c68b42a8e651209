"""Where one types what to look for in the history: words, and keys that are completed with their values."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from workbench.core.history.query import KEYS, MOMENTS, STATUSES
from workbench.core.i18n import _
from workbench.ui.look.icons import icon
from workbench.ui.widgets.clear_button import show_clear_button

_PAUSE = 200  # milliseconds after the last letter
_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")
_ACCEPTING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class SearchLine(QLineEdit):
    """``search_changed`` carries the line, a moment after it was last changed, and at once with Enter."""

    search_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Search the history"))
        self.setPlaceholderText(_("Text, host:, status:…"))
        self.setToolTip(
            _(
                "Searches URL, status and headers. Narrow the search with keys: host:example.org "
                "status:4xx cert:ab12 method:POST identity:alice since:2026-11-01 before:today"
            )
        )
        show_clear_button(self)
        self._glass = QAction(_("Search"), self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._glass.setIcon(icon("search"))
        self._hosts: tuple[str, ...] = ()
        self._identities: tuple[str, ...] = ()
        self._told = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._tell)
        self._offered = QStringListModel(self)
        self._completer = QCompleter(self._offered, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.activated.connect(self._complete)
        self.textChanged.connect(lambda _text: self._pause.start())
        self.textEdited.connect(lambda _text: self._offer())
        self.returnPressed.connect(self._tell)

    def show_hosts(self, hosts: Sequence[str]) -> None:
        """Offer these after ``host:``."""
        self._hosts = tuple(hosts)

    def learn_hosts(self, hosts: Iterable[str]) -> None:
        """Offer these too, before the others."""
        self._hosts = tuple(dict.fromkeys((*(host for host in hosts if host), *self._hosts)))

    def show_identities(self, names: Sequence[str]) -> None:
        """Offer these after ``identity:``."""
        self._identities = tuple(names)

    def completions(self) -> tuple[str, ...]:
        """What the word at the cursor may become."""
        word = self._word()
        key, colon, value = word.partition(":")
        if not colon:
            return tuple(f"{name}:" for name in KEYS if word and name.startswith(word.lower()))
        offered = {
            "host": self._hosts,
            "status": STATUSES,
            "method": _METHODS,
            "identity": self._identities,
            "since": MOMENTS,
            "before": MOMENTS,
        }.get(key.lower(), ())
        found = [one for one in offered if value.lower() in one.lower() and one != value]
        return tuple(f"{key}:{_quoted(one)}" for one in found)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the popup while it is there; Down opens it; Escape empties the line."""
        popup = self._completer.popup()
        if popup is not None and popup.isVisible() and event.key() in (*_ACCEPTING, Qt.Key.Key_Escape):
            event.ignore()  # the completer's
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self._tell()
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._offer(everything=True)
        else:
            super().keyPressEvent(event)

    def _word(self) -> str:
        return self.text()[: self.cursorPosition()].rpartition(" ")[2]

    def _offer(self, *, everything: bool = False) -> None:
        offered = self.completions() or (tuple(f"{name}:" for name in KEYS) if everything and not self._word() else ())
        self._offered.setStringList(list(offered))
        if offered:
            place = self.cursorRect()
            place.setWidth(max(self.width() * 2 // 3, 160))
            self._completer.complete(place)
        elif (popup := self._completer.popup()) is not None:
            popup.hide()

    def _complete(self, chosen: str) -> None:
        before, after = self.text()[: self.cursorPosition()], self.text()[self.cursorPosition() :]
        kept = before[: len(before) - len(self._word())]
        space = "" if chosen.endswith(":") or after.startswith(" ") else " "
        self.setText(kept + chosen + space + after)
        self.setCursorPosition(len(kept + chosen + space))
        if chosen.endswith(":"):
            QTimer.singleShot(0, self._offer)

    def _tell(self) -> None:
        self._pause.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.search_changed.emit(self._told)


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
