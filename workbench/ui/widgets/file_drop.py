"""Files dropped anywhere in a window."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

TAKES_FILES = "takes_files"
"""The property of widgets that know themselves what to do with a file."""


class FileDrop(QObject):
    """``dropped`` carries the files. Text that is dragged goes where it always went.

    Widgets with the property ``TAKES_FILES`` keep what is dropped on them.
    """

    dropped = Signal(tuple)  # tuple[Path, ...]

    def watch(self, widget: QWidget) -> None:
        """Take files dropped on ``widget`` and on everything in it that takes drops itself."""
        widget.setAcceptDrops(True)
        for taker in (widget, *widget.findChildren(QWidget)):
            if taker.acceptDrops() and not taker.property(TAKES_FILES):
                taker.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept what holds local files, leave everything else alone."""
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() not in kinds or not isinstance(event, QDropEvent):
            return super().eventFilter(watched, event)
        paths = local_files(event.mimeData())
        if not paths:
            return super().eventFilter(watched, event)
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self.dropped.emit(paths)
        return True


def local_files(data: QMimeData) -> tuple[Path, ...]:
    """The files of this computer that ``data`` names."""
    return tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
