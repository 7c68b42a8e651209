"""A body of several parts, texts and files (RFC 7578)."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from workbench.core.draft import MultipartBody, Part
from workbench.core.exchange import Failure, Spot
from workbench.core.i18n import _, ngettext
from workbench.ui.look import theme
from workbench.ui.models.draft_columns import description_column, name_column
from workbench.ui.models.editable import EditableRows, EditColumn
from workbench.ui.request.body.file_body import MEDIA_TYPES
from workbench.ui.request.body.paths import choose_files, missing, written
from workbench.ui.request.faults import cell_of, part_of
from workbench.ui.widgets.edit_table import EditTable
from workbench.ui.widgets.file_drop import TAKES_FILES, local_files
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.variables import Variables

_TEXT, _FILE = "text", "file"
_DIVIDER = " | "  # between several files of one part
_PAUSE_MS = 300
_NAME, _VALUE = 0, 2  # columns


class MultipartEditor(QWidget):
    """``body()`` and ``show_body()``."""

    changed = Signal()

    def __init__(self, variables: Variables, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._folder = run, ""
        self.model: EditableRows[Part] = EditableRows(_columns(), Part(), self)
        self.table = _PartTable(_("Parts"), self.model, variables, self)
        self._message = Message(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        choose = QPushButton(_("Add &files…"), self)
        choose.setToolTip(
            _("Into the selected part if it is a file, otherwise as new parts. You can also drop files here.")
        )
        self.tools = QWidget(self)
        bar = QHBoxLayout(self.tools)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.addWidget(self._message, 1)
        bar.addStretch(0)
        bar.addWidget(choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SPACE // 2)
        layout.addWidget(self.tools)
        layout.addWidget(self.table, 1)
        self.setFocusProxy(self.table)
        choose.clicked.connect(lambda: choose_files(self, self._folder, self.take, many=True))
        self.table.dropped.connect(self.add)
        self.model.edited.connect(self.changed)
        self.model.edited.connect(self._pause.start)
        self._pause.timeout.connect(self._look)

    def body(self) -> MultipartBody:
        """What is shown."""
        self.table.commit()
        return MultipartBody(tuple(row for row in self.model.rows() if row != Part()))

    def show_body(self, body: MultipartBody) -> None:
        """Show ``body``."""
        self.model.show_rows(body.parts)
        self._pause.start()

    def show_folder(self, folder: str) -> None:
        """What paths are relative to."""
        self._folder = folder
        self._pause.start()

    def point_at(self, failure: Failure, spot: Spot) -> None:
        """Go to the part that holds what is wrong, or names a file that cannot be sent."""
        texts = ((row.name, row.value, *(row.files or ())) if row.on else ("",) for row in self.model.rows())
        found = cell_of(texts, spot)
        row = found[0] if found is not None else part_of(self.model.rows(), failure)
        if row is not None:
            self.table.point_at(row, _NAME if found is not None and found[1] == 0 else _VALUE)

    def take(self, paths: Sequence[Path]) -> None:
        """Put files into the part with the cursor when it is a file, else add them."""
        index = self.table.currentIndex()
        part = self.model.row(index)
        if index.isValid() and not self.model.is_empty_row(index) and part.files is not None:
            self.model.put(index.row(), replace(part, files=tuple(written(path, self._folder) for path in paths)))
        else:
            self.add(paths)

    def add(self, paths: Sequence[Path]) -> None:
        """Add a part for each file."""
        parts = [Part(name=path.stem, files=(written(path, self._folder),)) for path in paths]
        self.model.insert(len(self.model.rows()), parts)

    def _look(self) -> None:
        paths = [path for row in self.model.rows() if row.on for path in row.files or ()]
        folder = self._folder
        self._run(lambda: missing(paths, folder), self._tell)

    def _tell(self, gone: Sequence[str]) -> None:
        count = len(gone)
        words = ngettext("File not found: {names}.", "Files not found: {names}.", count).format(
            names=", ".join(gone[:3])
        )
        self._message.show_words(words if gone else "", theme.Tone.WARNING)


class _PartTable(EditTable):
    """Takes dropped files."""

    dropped = Signal(tuple)  # tuple[Path, ...]

    def __init__(self, name: str, model: EditableRows[Part], variables: Variables, parent: QWidget) -> None:
        super().__init__(name, model, variables, parent)
        self.setAcceptDrops(True)
        self.setProperty(TAKES_FILES, True)
        self.viewport().setProperty(TAKES_FILES, True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may come in."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what came."""
        self.dropped.emit(local_files(event.mimeData()))
        event.acceptProposedAction()


def _columns() -> tuple[EditColumn[Part], ...]:
    return (
        name_column(_("Add a part…"), variables=True, stripped=False, width=220),
        EditColumn(
            _("Kind"),
            lambda row: _TEXT if row.files is None else _FILE,
            _with_kind,
            choices=((_TEXT, _("Text")), (_FILE, _("File"))),
            width=80,
        ),
        EditColumn(
            _("Value"),
            lambda row: row.value if row.files is None else _DIVIDER.join(row.files),
            _with_value,
            variables=True,
        ),
        EditColumn(
            _("Content type"),
            lambda row: row.content_type,
            lambda row, text: replace(row, content_type=text.strip()),
            suggestions=lambda _row: MEDIA_TYPES,
            variables=True,
            width=180,
        ),
        description_column(),
    )


def _with_kind(row: Part, kind: str) -> Part:
    if kind == _FILE and row.files is None:
        return replace(row, files=(row.value,) if row.value else (), value="")
    if kind == _TEXT and row.files is not None:
        return replace(row, files=None, value=_DIVIDER.join(row.files))
    return row


def _with_value(row: Part, text: str) -> Part:
    if row.files is None:
        return replace(row, value=text)
    return replace(row, files=tuple(path for path in (one.strip() for one in text.split(_DIVIDER.strip())) if path))
