"""Undo beyond a field: what a field cannot take back any more, the request can."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget

Keys = QKeySequence.StandardKey


class UndoBeyond(QObject):
    """A text field keeps Ctrl+Z to itself even when it has nothing to take back; within ``panel`` not any more."""

    def __init__(self, panel: QWidget) -> None:
        super().__init__(panel)
        self._panel = panel
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the key to the panel's shortcut where the field would do nothing with it."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = event.matches(Keys.Undo), event.matches(Keys.Redo)
            if (undo or redo) and not _can(watched, undo=undo):
                event.ignore()
                return True
        return super().eventFilter(watched, event)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None:
            old.removeEventFilter(self)
        if isinstance(new, QLineEdit | QPlainTextEdit | QComboBox) and self._panel.isAncestorOf(new):
            new.installEventFilter(self)


def _can(field: QObject, *, undo: bool) -> bool:
    line = field.lineEdit() if isinstance(field, QComboBox) else field
    if isinstance(line, QLineEdit):
        return line.isUndoAvailable() if undo else line.isRedoAvailable()
    if isinstance(line, QPlainTextEdit):
        return line.document().isUndoAvailable() if undo else line.document().isRedoAvailable()
    return False
