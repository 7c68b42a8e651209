"""Variables in a line edit."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSignalBlocker
from PySide6.QtGui import QHelpEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget

from workbench.ui.look.plain import tip
from workbench.ui.widgets.variables.completion import Completion, VariableNames
from workbench.ui.widgets.variables.known import Variables
from workbench.ui.widgets.variables.marking import code_points, variable_formats


def watch_line(line: QLineEdit, variables: Variables) -> None:
    """Colour the variables of ``line``, tell them on hover, complete them while typing."""
    _Watch(line, variables)


class _Watch(QObject):
    """Lives with its line edit."""

    def __init__(self, line: QLineEdit, variables: Variables) -> None:
        super().__init__(line)
        self._line, self._variables = line, variables
        self._tip = line.toolTip()
        self._coloured = False
        self._completion: Completion | None = None
        line.textChanged.connect(self._colour)
        line.textEdited.connect(self._complete)
        line.cursorPositionChanged.connect(self._follow)
        variables.changed.connect(self._colour)
        line.installEventFilter(self)
        self._colour()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the variable under the mouse; take the colours of a new palette."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            return self._tell(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        return super().eventFilter(watched, event)

    def _colour(self) -> None:
        # QLineEdit draws formats that an input method asks for: that keeps its own undo, its own
        # selection and its own voice for assistive technology, which no other one-line editor has.
        line = self._line
        masked = line.echoMode() != QLineEdit.EchoMode.Normal
        formats = [] if masked else variable_formats(self._variables, line.text())
        if not formats and not self._coloured:
            return
        self._coloured = bool(formats)
        kind, cursor = QInputMethodEvent.AttributeType.TextFormat, line.cursorPosition()
        attributes = [QInputMethodEvent.Attribute(kind, one.start - cursor, one.length, one.format) for one in formats]
        with QSignalBlocker(line):
            QApplication.sendEvent(line, QInputMethodEvent("", attributes))

    def _complete(self) -> None:
        if self._completion is None and "{{" in self._line.text() and _in_the_clear(self._line):
            self._completion = Completion(_LineField(self._line), VariableNames(self._variables))
        if self._completion is not None:
            self._completion.look()

    def _follow(self) -> None:
        if self._completion is not None and self._completion.isVisible():
            self._completion.look()

    def _tell(self, event: QHelpEvent) -> bool:
        line = self._line
        place = code_points(line.text(), line.cursorPositionAt(event.pos()))
        found = self._variables.at(line.text(), place) if _in_the_clear(line) else None
        if found is None:
            return False
        QToolTip.showText(event.globalPos(), tip(self._variables.words(found.name)), line)
        return True


class _LineField:
    """A line edit, as ``Completion`` sees it."""

    def __init__(self, line: QLineEdit) -> None:
        self._line = line

    @property
    def widget(self) -> QWidget:
        return self._line

    def before(self) -> str:
        text = self._line.text()
        return text[: code_points(text, self._line.cursorPosition())]

    def after(self) -> str:
        text = self._line.text()
        return text[code_points(text, self._line.cursorPosition()) :]

    def replace(self, back: int, forth: int, text: str) -> None:
        self._line.setSelection(self._line.cursorPosition() - back, back + forth)
        self._line.insert(text)

    def corner(self) -> QPoint:
        place = self._line.cursorRect().bottomLeft()
        return self._line.mapToGlobal(QPoint(max(place.x(), 0), self._line.height()))


def _in_the_clear(line: QLineEdit) -> bool:
    return line.echoMode() == QLineEdit.EchoMode.Normal
