"""A few facts, name and value, that wrap where they must."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QSizePolicy, QWidget

from workbench.core.visible import visible_lines
from workbench.ui.look import theme
from workbench.ui.widgets.label import Label


class FactsForm(QWidget):
    """``show_facts`` replaces what was shown; values may hold several lines."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(theme.SPACE * 2)
        self._form.setVerticalSpacing(theme.SPACE // 2)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show names and values."""
        while self._form.rowCount():
            self._form.removeRow(0)
        for name, value in facts:
            label = Label(value, breaks=",", wordWrap=True)
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            label.setAccessibleName(visible_lines(f"{name}: {value}" if name else value))
            self._form.addRow(Label(name), label)
