"""A body that is the bytes of a file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCompleter, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from workbench.core.draft import FileBody, FileChoice
from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.request.body.paths import choose_files, missing, written
from workbench.ui.widgets.file_drop import TAKES_FILES, local_files
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.running import Run
from workbench.ui.widgets.variables import Variables, watch_line

_WIDEST = 640
_PAUSE_MS = 300
MEDIA_TYPES = (
    "application/octet-stream", "application/json", "application/xml", "application/pdf", "application/zip",
    "application/pkcs10", "image/png", "image/jpeg", "text/plain", "text/csv",
)  # fmt: skip


class FileEditor(QWidget):
    """``body()`` and ``show_body()``: the file that is selected; others that the body names stay as they are."""

    changed = Signal()

    def __init__(self, variables: Variables, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run, self._folder = run, ""
        self._body = FileBody()
        self._path = QLineEdit(self)
        self._path.setPlaceholderText(_("Choose a file, or drop one here"))
        self._type = QLineEdit(self)
        self._type.setPlaceholderText("application/octet-stream")
        self._type.setCompleter(QCompleter(MEDIA_TYPES, self._type))
        choose = QPushButton(_("C&hoose…"), self)
        choose.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._message = Message(self)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE)
        line.addWidget(self._path, 3)
        line.addWidget(choose)
        line.addStretch(1)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.SPACE)
        form.addRow(_("File"), line)
        form.addRow(_("Content type"), self._type)
        form.addRow("", self._message)
        for widget, name in ((self._path, _("Body file")), (self._type, _("Content type"))):
            widget.setAccessibleName(name)
            widget.setMaximumWidth(_WIDEST)
            watch_line(widget, variables)
            widget.textChanged.connect(self.changed)
        self.setAcceptDrops(True)
        self.setProperty(TAKES_FILES, True)
        self._path.setAcceptDrops(False)
        self.setFocusProxy(self._path)
        choose.clicked.connect(lambda: choose_files(self, self._folder, self.take, many=False))
        self._path.textChanged.connect(self._pause.start)
        self._pause.timeout.connect(self._look)

    def body(self) -> FileBody:
        """What is shown."""
        shown = FileChoice(self._path.text().strip(), self._type.text().strip())
        place = next((n for n, each in enumerate(self._body.files) if each.selected), None)
        if place is None:
            return FileBody((*self._body.files, shown)) if shown.path or shown.content_type else self._body
        files = list(self._body.files)
        files[place] = replace(files[place], path=shown.path, content_type=shown.content_type)
        return FileBody(tuple(files))

    def show_body(self, body: FileBody) -> None:
        """Show ``body``."""
        self._body = body
        chosen = next((each for each in body.files if each.selected), FileChoice())
        self._path.setText(chosen.path)
        self._type.setText(chosen.content_type)

    def show_folder(self, folder: str) -> None:
        """What paths are relative to."""
        self._folder = folder
        self._look()

    def take(self, paths: Sequence[Path]) -> None:
        """Send the first of these files."""
        if paths:
            self._path.setText(written(paths[0], self._folder))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may come in."""
        if local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take a dropped file."""
        self.take(local_files(event.mimeData()))
        event.acceptProposedAction()

    def _look(self) -> None:
        path, folder = self._path.text().strip(), self._folder
        self._run(lambda: missing([path], folder), lambda gone: self._tell(path, gone))

    def _tell(self, path: str, gone: Sequence[str]) -> None:
        if path == self._path.text().strip():
            self._message.show_words(_("There is no such file.") if gone else "", theme.Tone.WARNING)
