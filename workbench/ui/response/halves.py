"""The diagnosis above the tabs: as high as its words need, and no higher than leaves room for the tabs."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabWidget, QWidget

from workbench.ui.response.failure_view import FailureView


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
        """Give the diagnosis what it needs, at most three fifths, but its buttons before all."""
        if self._failure.isVisibleTo(self):
            least = min(self._failure.least_height_for(self.width()), self.height() - self._tabs.minimumHeight())
            self._failure.setMinimumHeight(max(least, 0))
            wanted = max(min(self._failure.height_for(self.width()), self.height() * 3 // 5), least)
            self.setSizes([wanted, self.height() - wanted])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new height."""
        super().resizeEvent(event)
        self.share()
