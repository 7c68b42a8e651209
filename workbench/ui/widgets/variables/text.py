"""Variables in a text editor; it colours them itself where it colours its language."""

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QToolTip, QWidget

from workbench.ui.look.plain import tip
from workbench.ui.widgets.variables.completion import Completion, VariableNames
from workbench.ui.widgets.variables.known import Variables
from workbench.ui.widgets.variables.marking import code_points


def watch_text(text: QPlainTextEdit, variables: Variables) -> None:
    """Tell the variables of ``text`` on hover, complete them while typing."""
    _Watch(text, variables)


class _Watch(QObject):
    """Lives with its editor."""

    def __init__(self, text: QPlainTextEdit, variables: Variables) -> None:
        super().__init__(text)
        self._text, self._variables = text, variables
        self._completion: Completion | None = None
        text.cursorPositionChanged.connect(self._follow)
        text.viewport().installEventFilter(self)
        self._added = 0
        text.document().contentsChange.connect(self._note)
        text.textChanged.connect(self._complete)  # not before the change is laid out

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the variable under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cursor = self._text.cursorForPosition(event.pos())
            line = cursor.block().text()
            found = self._variables.at(line, code_points(line, cursor.positionInBlock()))
            if found is not None:
                QToolTip.showText(event.globalPos(), tip(self._variables.words(found.name)), self._text)
                return True
        return super().eventFilter(watched, event)

    def _note(self, _place: int, _removed: int, added: int) -> None:
        self._added = added

    def _complete(self) -> None:
        if self._added > 1 or not self._text.hasFocus():
            return  # pasted or filled in, not typed
        if self._completion is None and "{{" in _line_before(self._text):
            self._completion = Completion(TextField(self._text), VariableNames(self._variables))
        if self._completion is not None:
            self._completion.look()

    def _follow(self) -> None:
        if self._completion is not None and (self._completion.isVisible() or "{{" in _line_before(self._text)[-2:]):
            self._completion.look()


class TextField:
    """A text editor, as ``Completion`` sees it: the line with the cursor."""

    def __init__(self, text: QPlainTextEdit) -> None:
        self._text = text

    @property
    def widget(self) -> QWidget:
        """The editor."""
        return self._text

    def before(self) -> str:
        """The line before the cursor."""
        return _line_before(self._text)

    def after(self) -> str:
        """The line after the cursor."""
        cursor = self._text.textCursor()
        line = cursor.block().text()
        return line[code_points(line, cursor.positionInBlock()) :]

    def replace(self, back: int, forth: int, text: str) -> None:
        """Put ``text`` in place of characters around the cursor."""
        cursor = self._text.textCursor()
        place = cursor.position()
        cursor.setPosition(place - back)
        cursor.setPosition(place + forth, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self._text.setTextCursor(cursor)

    def corner(self) -> QPoint:
        """The place below the cursor."""
        return self._text.viewport().mapToGlobal(self._text.cursorRect().bottomLeft())


def _line_before(text: QPlainTextEdit) -> str:
    cursor = text.textCursor()
    line = cursor.block().text()
    return line[: code_points(line, cursor.positionInBlock())]
