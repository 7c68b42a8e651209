"""Where things are kept, each with a button that opens the folder."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from workbench.core.i18n import _
from workbench.core.visible import visible
from workbench.ui.look import theme
from workbench.ui.widgets.label import Label

StorageLocation = tuple[str, Path]
"""What is kept there, and the file or folder."""


class StorageLocations(QWidget):
    """``open_requested`` carries a path."""

    open_requested = Signal(Path)

    def __init__(self, places: Sequence[StorageLocation], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE * 2)
        grid.setVerticalSpacing(theme.SPACE // 2)
        grid.setColumnStretch(1, 1)
        for row, (title, path) in enumerate(places):
            where = Label(str(path), breaks="/", wordWrap=True)
            where.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            where.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            where.setAccessibleName(visible(f"{title}: {path}"))
            button = QPushButton(_("Open"), self)
            button.setAutoDefault(False)
            button.setAccessibleName(_("Open the folder: {title}").format(title=title))
            button.clicked.connect(lambda _on, path=path: self.open_requested.emit(path))
            grid.addWidget(Label(title), row, 0)
            grid.addWidget(where, row, 1)
            grid.addWidget(button, row, 2)
