"""A choice between a few values and whatever is inherited, which is the first entry and says what that is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from workbench.ui.look.plain import tip


class InheritingCombo(QComboBox):
    """``value()`` None inherits. A value that is not among those offered, such as a variable, stays chosen."""

    chosen = Signal()

    def __init__(self, values: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered = len(values) + 1
        self.addItem("", None)
        for value, words in values:
            self.addItem(words, value)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _place: self.chosen.emit())

    def value(self) -> str | None:
        """What is chosen."""
        data = self.currentData()
        return None if data is None else str(data)

    def show_value(self, value: str | None) -> None:
        """Choose ``value``."""
        place = 0 if value is None else self.findData(value)
        if place < 0:
            while self.count() > self._offered:
                self.removeItem(self._offered)
            self.addItem(value or "", value)
            place = self.count() - 1
        self.setCurrentIndex(place)

    def show_default(self, words: str) -> None:
        """Say what inheriting comes to."""
        self.setItemText(0, words)
        self.setToolTip(tip(words))
