"""Two exchanges side by side, as a person steps through what differs."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from workbench.core.i18n import _, ngettext
from workbench.ui.compare.comparison import Compared, Comparison, compare
from workbench.ui.compare.diff_lines import Sign
from workbench.ui.compare.line_rows import LEFT, RIGHT, SIGN, LineRows
from workbench.ui.compare.whole_line import WholeLine
from workbench.ui.look import plain, theme
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.views import RowTable

_SIGN_WIDTH = 28


class CompareView(QWidget):
    """``show_exchanges()`` in. F8 and Shift+F8 step from difference to difference; Enter opens a fold."""

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._round = 0
        self.model = LineRows(self)
        self._summary = Label(parent=self)
        self._previous = self._button(_("&Previous"), _("Previous difference (Shift+F8)"), lambda: self.step(-1))
        self._next = self._button(_("&Next"), _("Next difference (F8)"), lambda: self.step(1))
        self._unfold = self._button(_("Show &All"), _("Also show what is the same"), self._unfold_all)
        self.table = RowTable(_("Differences"), self.model, self)
        self._whole = WholeLine(self)
        self._lay_out()
        self.table.activated.connect(self._open_fold)
        self.table.selectionModel().currentRowChanged.connect(self._show_whole)
        for keys, by in (("F8", 1), ("Shift+F8", -1)):
            shortcut = QShortcut(QKeySequence(keys), self, lambda by=by: self.step(by))
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def show_exchanges(self, left: Compared, right: Compared) -> None:
        """Compare these; the result is shown when it has been worked out."""
        self._round += 1
        asked = self._round

        def show(comparison: Comparison) -> None:
            if asked == self._round:
                self._show(comparison)

        self._summary.setText(_("Comparing…"))
        for button in (self._previous, self._next, self._unfold):
            button.setEnabled(False)
        self._run(lambda: compare(left, right), show)

    def step(self, by: int) -> None:
        """Go to the next difference, or the one before, round the end."""
        places = self.model.differences()
        if not places:
            return
        current = self.table.currentIndex().row()
        if by > 0:
            target = next((place for place in places if place > current), places[0])
        else:
            target = next((place for place in reversed(places) if place < current), places[-1])
        index = self.model.index(target, LEFT)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        self._tell(places.index(target) + 1, len(places))

    def summary(self) -> str:
        """How many differences there are, and which one is in front."""
        return self._summary.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both sides get the same room."""
        super().resizeEvent(event)
        self._share_width()

    def _button(self, text: str, tip: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(plain.tip(tip))
        button.setAccessibleDescription(tip)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        self._summary.setAccessibleName(_("Differences found"))
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.setAlternatingRowColors(False)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.SPACE // 2)
        bar = QHBoxLayout()
        bar.setContentsMargins(theme.SPACE, theme.SPACE, theme.SPACE, theme.SPACE // 2)
        bar.setSpacing(theme.SPACE)
        bar.addWidget(self._summary, 1)
        for button in (self._previous, self._next, self._unfold):
            bar.addWidget(button)
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.addWidget(self.table)
        split.addWidget(self._whole)
        split.setChildrenCollapsible(False)
        split.setStretchFactor(0, 1)
        split.setSizes([400, 90])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(split, 1)

    def _share_width(self) -> None:
        room = max(self.table.viewport().width() - _SIGN_WIDTH, 80)
        header = self.table.horizontalHeader()
        header.resizeSection(LEFT, room // 2)
        header.resizeSection(SIGN, _SIGN_WIDTH)
        header.resizeSection(RIGHT, room - room // 2)

    def _show(self, comparison: Comparison) -> None:
        self.model.show_comparison(comparison)
        self._share_width()
        self._unfold.setEnabled(any(line.sign is Sign.FOLD for line in comparison.lines))
        for button in (self._previous, self._next):
            button.setEnabled(bool(comparison.differences))
        self._tell(0, len(self.model.differences()))
        self.step(1)

    def _tell(self, number: int, count: int) -> None:
        if not count:
            self._summary.setText(_("No differences, apart from timing."))
            return
        words = ngettext("{count} difference", "{count} differences", count).format(count=count)
        self._summary.setText(f"{words} · {number} / {count}" if number else words)

    def _open_fold(self, index: QModelIndex) -> None:
        row = index.row()
        self.model.unfold(row)
        self.table.setCurrentIndex(self.model.index(row, LEFT))

    def _unfold_all(self) -> None:
        self.model.unfold_all()
        self._unfold.setEnabled(False)

    def _show_whole(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._whole.show_line(self.model.line(current.row()) if current.isValid() else None)
