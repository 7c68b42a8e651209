"""What is wrong with the chosen file, below the tree, with ways to look at it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from workbench.core.collection.location import DraftLocation
from workbench.core.collection.node import NodeKind
from workbench.core.i18n import _
from workbench.core.visible import isolated, visible_lines
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.models.library_lines import LibraryLine
from workbench.ui.widgets.flow_layout import FlowLayout
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.sentence import Sentence


class TroublePane(QFrame):
    """Hidden as long as nothing is wrong. Each signal carries the ``DraftLocation``."""

    edit_requested = Signal(DraftLocation)
    folder_requested = Signal(DraftLocation)
    retry_requested = Signal(DraftLocation)
    close_requested = Signal(DraftLocation)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spot: DraftLocation | None = None
        self._title = Sentence(_("What is wrong"), self, bold=True)
        self._reason = Label(parent=self, wordWrap=True)
        self._reason.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._edit = QPushButton(_("Open in Editor"), self)
        self._folder = QPushButton(_("Show in Folder"), self)
        self._retry = QPushButton(_("Try Again"), self)
        self._close = QPushButton(_("Close Collection"), self)
        for button, signal in (
            (self._edit, self.edit_requested),
            (self._folder, self.folder_requested),
            (self._retry, self.retry_requested),
            (self._close, self.close_requested),
        ):
            button.clicked.connect(lambda _on=False, signal=signal: signal.emit(self._spot))
        buttons = QWidget(self)
        row = FlowLayout(theme.SPACE // 2, buttons)
        for button in (self._edit, self._folder, self._retry, self._close):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[theme.SPACE] * 4)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self._title)
        layout.addWidget(self._reason)
        layout.addWidget(buttons)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.hide()

    def show_line(self, line: LibraryLine | None) -> None:
        """Say what is wrong with ``line``; None hides the pane."""
        self.setVisible(line is not None)
        if line is None:
            return
        self._spot = line.location
        kind = line.node.kind if line.node is not None else None
        mark = Mark.BAD if kind is NodeKind.BROKEN else Mark.WARNING
        self._title.say(mark, _title(line, kind))
        self._reason.setText(line.trouble)
        self._reason.setAccessibleName(visible_lines(line.trouble))
        for button in (self._retry, self._close):
            button.setVisible(line.away)
        self._edit.setVisible(not line.is_root)
        self._folder.setVisible(not line.away)


def _title(line: LibraryLine, kind: NodeKind | None) -> str:
    if kind is NodeKind.UNSUPPORTED:
        return _("“{name}” is of a kind that this program cannot send.").format(name=isolated(line.name))
    if line.is_container and not line.away:
        return _("“{name}” cannot be read completely.").format(name=isolated(line.name))
    if kind is None:
        return _("“{name}” cannot be read.").format(name=isolated(line.name))
    return _("“{name}” is damaged.").format(name=isolated(line.name))
