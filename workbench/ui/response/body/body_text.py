"""The text of a body: an ordinary text edit for what is small, a view of rows for what is not."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QStackedWidget, QWidget

from workbench.core.content.lines import HexLines, Lines, TextLines
from workbench.core.content.search import Matches, search
from workbench.core.content.work import Stopped, Work
from workbench.core.i18n import _, number
from workbench.ui.response.body.forms import SMALL
from workbench.ui.widgets.code.code_view import CodeView
from workbench.ui.widgets.code.long_text import LongText
from workbench.ui.widgets.code.syntax import Syntax
from workbench.ui.widgets.running import Run

_SMALL_DUMP = 200_000  # bytes whose dump is still a small text


class BodyText(QStackedWidget):
    """Shows ``Lines`` and finds in them. Searching a long text is a job; a newer search stops an older one."""

    counted = Signal(int)
    filled = Signal()
    refused = Signal(str)

    def __init__(self, run: Run, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._work = Work()
        self._wanted = ""
        self._lines: Lines = TextLines()
        self.small, self.long = CodeView(), LongText()
        for view in (self.small, self.long):
            view.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
            self.addWidget(view)
        self.small.counted.connect(self.counted)
        self.small.filled.connect(self.filled)
        self.long.refused.connect(self.refused)
        self.long.line_wanted.connect(self.ask_for_line)
        self.setFocusProxy(self.small)
        self._name()

    def show_lines(self, lines: Lines, syntax: Syntax = Syntax.PLAIN) -> None:
        """Show a text from its beginning."""
        self._work.stop()
        self._lines = lines
        if isinstance(lines, HexLines) and len(lines.data) <= _SMALL_DUMP:
            self._show(self.small)
            self.small.show_text("\n".join(map(lines.text, range(lines.count))) if lines.data else "", syntax)
        elif isinstance(lines, TextLines) and lines.size <= SMALL:
            self._show(self.small)
            self.small.show_rows(lines, syntax)
        else:
            self._show(self.long)
            self.long.show_lines(lines, syntax)
            self.filled.emit()

    def lines(self) -> Lines:
        """What is shown."""
        return self._lines

    def is_small(self) -> bool:
        """Whether an ordinary text edit shows it."""
        return self.currentWidget() is self.small

    def set_wrapped(self, wrapped: bool) -> None:
        """Break long lines at the edge, or scroll sideways."""
        self.small.set_wrapped(wrapped)
        self.long.set_wrapped(wrapped)

    def copy_selection(self) -> None:
        """Put the selection on the clipboard."""
        if self.is_small():
            if self.small.selected_text():
                QGuiApplication.clipboard().setText(self.small.selected_text())
        else:
            self.long.copy()

    def selected_text(self) -> str:
        """What is selected."""
        return self.small.selected_text() if self.is_small() else self.long.selected_text()

    def find_all(self, wanted: str) -> None:
        """Look for ``wanted``, whatever its case; ``counted`` tells what came of it."""
        self._work.stop()
        if self.is_small():
            self.small.find_all(wanted)
            return
        self._wanted = wanted
        self._work = work = Work()
        lines = self._lines

        def look() -> Matches | None:
            try:
                return search(lines, wanted, work)
            except Stopped:
                return None

        def done(found: Matches | None) -> None:
            if found is not None and not work.stopped:
                self.long.show_matches(found)
                self.counted.emit(found.total)

        if not wanted:
            self.long.show_matches(Matches())
            self.counted.emit(0)
        else:
            self._run(look, done)

    def step_match(self, step: int) -> int:
        """Go ``step`` matches on."""
        return self.small.step_match(step) if self.is_small() else self.long.step_match(step)

    def match_number(self) -> int:
        """Number of the match that is selected."""
        return self.small.match_number() if self.is_small() else self.long.match_number()

    def go_to_line(self, number: int) -> None:
        """Put the caret at the beginning of a line."""
        (self.small if self.is_small() else self.long).go_to_line(number)

    def ask_for_line(self) -> None:
        """Ask which line to go to."""
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(_("Go to Line"))
        last = self._lines.number(self._lines.count - 1) or self._lines.count
        dialog.setLabelText(_("Line, 1 to {last}:").format(last=number(last)))
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(1, max(last, 1))
        dialog.intValueSelected.connect(self.go_to_line)
        dialog.open()

    def unfold_all(self) -> None:
        """Show everything that was folded away."""
        self.small.unfold_all()
        self.long.unfold_all()

    def _show(self, view: QWidget) -> None:
        self.setCurrentWidget(view)
        self.setFocusProxy(view)
        self._name()
        if view is self.small:
            self.long.show_lines(TextLines())
        else:
            self.small.show_text("")

    def _name(self) -> None:
        # The one that is in front is the body; the other one is nothing.
        front, back = (self.small, self.long) if self.is_small() else (self.long, self.small)
        front.setAccessibleName(_("Response body"))
        back.setAccessibleName("")
