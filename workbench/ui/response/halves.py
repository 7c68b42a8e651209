"""The diagnosis above the tabs: as high as its words need, and no higher than leaves room for the tabs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from workbench.ui.response.failure_view import FailureView

_MUCH = 14  # line heights of tabs


class Halves(QSplitter):
    """A splitter that shares its height out anew when it changes; in between the person may move the divider."""

    def __init__(self, failure: FailureView, tabs: QTabWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._failure, self._tabs = failure, tabs
        tabs.setMinimumHeight(tabs.tabBar().sizeHint().height())  # on a small screen the rest gives way
        self.addWidget(failure)
        self.addWidget(tabs)
        self.setChildrenCollapsible(False)
        self.setStretchFactor(1, 1)

    def share(self) -> None:
        """Give the diagnosis what it needs, its buttons before all.

        The tabs keep two fifths where that shows much of them; where it does not, they have what is left.
        """
        if self._failure.isVisibleTo(self):
            whole, all_but_tabs = self.height(), self.height() - self._tabs.minimumHeight()
            least = min(self._failure.least_height_for(self.width()), all_but_tabs)
            self._failure.setMinimumHeight(max(least, 0))
            shows_much = whole * 2 // 5 >= _MUCH * self.fontMetrics().height()
            most = whole * 3 // 5 if shows_much else all_but_tabs
            wanted = max(min(self._failure.height_for(self.width()), most), least)
            self.setSizes([wanted, whole - wanted])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height."""
        super().resizeEvent(event)
        self.share()
