"""The field that finds everything, over the window that it belongs to."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui.lasting import lasting
from workbench.ui.look import theme
from workbench.ui.palette.entry import Entry, spoken
from workbench.ui.palette.matching import Index, search
from workbench.ui.palette.rows import HIT, RowDelegate, rows
from workbench.ui.widgets.label import Label

Provider = Callable[[], Sequence[Entry]]
Work = Callable[[Callable[[], Any], Callable[[Any], object]], object]

_MOST = 50
_FEW = 300  # entries that are made ready at once
_SHOWN = 12  # rows without scrolling
_WIDTH = 44  # times the width of an ordinary letter
_MOVES = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _SHOWN,
    Qt.Key.Key_PageUp: -_SHOWN,
    Qt.Key.Key_Tab: 1,
    Qt.Key.Key_Backtab: -1,
}


def _index_of(provider: Provider, known: Index | None) -> Index:
    with lasting():
        entries = tuple(provider())
        return known if known is not None and known.entries is entries else Index(entries, known)


class Palette(QFrame):
    """``open`` asks the sources what there is; what is chosen is run when the palette is gone.

    ``work`` does slow work beside the UI thread. The palette gives the keyboard back to who had it.
    """

    def __init__(self, window: QWidget, work: Work) -> None:
        super().__init__(window)
        self._work = work
        self._sources: dict[str, Provider] = {}
        self._indexes: dict[str, Index] = {}
        self._slow: frozenset[str] = frozenset()
        self._awaited: dict[str, object] = {}  # what is being made ready in the worker
        self._window = window
        self._before: QWidget | None = None
        self._choosing = False  # the person was quicker than the worker
        self.setAccessibleName(_("Search anything"))
        self.field = QLineEdit(self, clearButtonEnabled=True)
        self.field.setAccessibleName(_("Search anything"))
        self.field.setPlaceholderText(_("An action, request, identity, environment, setting…"))
        self.field.setFont(theme.scaled_font(1.15))
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self._model = rows(self)
        self.list = QListView(self)
        self.list.setAccessibleName(_("Found"))
        self.list.setModel(self._model)
        self.list.setItemDelegate(RowDelegate(self.list))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.clicked.connect(lambda _index: self.choose())
        self._footer = Label(_("> actions   @ identities   # environments   / requests   , settings"), self)
        self._footer.setForegroundRole(self._footer.palette().ColorRole.PlaceholderText)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self.field)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._footer)
        self.hide()

    def add_source(self, name: str, provider: Provider, *, in_worker: bool = False) -> None:
        """Offer what ``provider`` answers each time the palette opens; it must not wait unless asked ``in_worker``.

        The same tuple as before costs nothing. A later provider of the same name takes the place of the earlier.
        """
        self._sources[name] = provider
        self._slow = self._slow | {name} if in_worker else self._slow - {name}

    def prepare(self, name: str) -> None:
        """Make a source ready that is asked in the worker, so that it is when the palette opens."""
        if self.isHidden() and name in self._slow:
            self._await(name, object(), partial(_index_of, self._sources[name], self._indexes.get(name)))

    def open(self, typed: str = "") -> None:
        """Appear with ``typed`` in the field, or take it up anew when already there."""
        if self.isHidden():
            self._before = QApplication.focusWidget()
            self._choosing = False
            self._collect()
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]  # there is one by now
            self._window.installEventFilter(self)
        self.field.setText(typed)
        self._search()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_quietly(self, *, give_back: bool = True) -> None:
        """Go away, and let the widget that had the keyboard have it again."""
        if self.isHidden():
            return
        self._window.removeEventFilter(self)
        QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
        before, self._before = self._before, None
        self.hide()
        if give_back and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose(self) -> None:
        """Do what the current row is for; without rows, when the entries come."""
        hit = self.list.currentIndex().data(HIT)
        if hit is None:
            self._choosing = bool(self._awaited)
        elif not hit.entry.unavailable:
            self.close_quietly()
            hit.entry.run()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A sheet with an edge that stands out in light and dark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self.palette().color(QPalette.ColorRole.Dark if not theme.is_dark() else QPalette.ColorRole.Mid))
        painter.setBrush(self.palette().color(QPalette.ColorRole.Window))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep it: what is beneath was not meant."""
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys of the field that are the list's, clicks beside the palette, and another size of the window."""
        match event.type():
            case QEvent.Type.ShortcutOverride if watched is self.field and isinstance(event, QKeyEvent):
                if event.key() in _MOVES or event.key() == Qt.Key.Key_Escape:
                    event.accept()
                    return True
            case QEvent.Type.KeyPress if watched is self.field and isinstance(event, QKeyEvent):
                return self._take_key(event)
            case QEvent.Type.MouseButtonPress if isinstance(event, QMouseEvent) and isinstance(watched, QWidget):
                if watched is not self and not self.isAncestorOf(watched) and watched.window() is self.window():
                    self.close_quietly(give_back=False)
            case QEvent.Type.Resize if watched is self._window:
                self._place()
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_quietly()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose()
        elif event.key() in _MOVES:
            self._move(_MOVES[Qt.Key(event.key())])
        else:
            return False
        return True

    def _move(self, by: int) -> None:
        count = self._model.rowCount()
        if not count:
            return
        place = self.list.currentIndex().row() + by
        place = place % count if abs(by) == 1 else max(0, min(place, count - 1))
        self._go_to(place)

    def _go_to(self, place: int) -> None:
        index = self._model.index(place, 0)
        self.list.setCurrentIndex(index)
        hit = index.data(HIT)
        if hit is not None:
            said = _("{words}, {n} of {count}").format(
                words=spoken(hit.entry), n=place + 1, count=self._model.rowCount()
            )
            self.field.setAccessibleDescription(said)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, said))

    def _collect(self) -> None:
        for name, provider in self._sources.items():
            known = self._indexes.get(name)
            if name in self._slow:
                self._await(name, object(), partial(_index_of, provider, known))
                continue
            entries = tuple(provider())
            if known is not None and known.entries is entries:
                continue
            if len(entries) <= _FEW:
                self._awaited.pop(name, None)
                self._indexes[name] = Index(entries)
            elif self._awaited.get(name) is not entries:
                self._await(name, entries, partial(Index, entries))

    def _await(self, name: str, token: object, work: Callable[[], Index]) -> None:
        self._awaited[name] = token
        self._work(work, lambda index: self._take_index(name, token, index))

    def _take_index(self, name: str, token: object, index: Index) -> None:
        if self._awaited.get(name) is not token:
            return  # it has been asked again since
        del self._awaited[name]
        if self._indexes.get(name) is index:
            return
        self._indexes[name] = index
        if self.isHidden():
            return
        choosing = self._choosing
        self._search()
        if choosing:
            self.choose()

    def _search(self) -> None:
        self._choosing = False
        indexes = [self._indexes[name] for name in self._sources if name in self._indexes]
        hits = search(indexes, self.field.text(), _MOST)
        self._model.show_rows(hits)
        if hits:
            self._go_to(0)
        self._place()

    def _place(self) -> None:
        window = self._window
        width = min(self.fontMetrics().averageCharWidth() * _WIDTH * 2, window.width() - 4 * theme.SPACE)
        count = min(max(self._model.rowCount(), 1), _SHOWN)
        row = self.list.sizeHintForRow(0) if self._model.rowCount() else self.fontMetrics().height()
        self.list.setMinimumHeight(0)
        layout = self.layout()
        rest = layout.contentsMargins().top() * 2 + layout.spacing() * 2 if layout is not None else 0
        height = self.field.sizeHint().height() + count * row + self._footer.sizeHint().height() + rest + 4
        top = min(4 * theme.SPACE, window.height() // 10)
        self.setGeometry((window.width() - width) // 2, top, width, min(height, window.height() - 2 * top))
