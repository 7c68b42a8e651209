"""One line of a comparison whole, both sides one above the other, what differs in it marked."""

from difflib import SequenceMatcher

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from workbench.core.i18n import _
from workbench.ui.compare.diff_lines import DiffLine, Sign
from workbench.ui.look import theme

_LONGEST = 4000  # characters in which single ones are compared


class WholeLine(QPlainTextEdit):
    """``show_line()`` in. Differing characters are underlined and on a coloured ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Whole line"))
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFont(theme.fixed_font())
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)

    def show_line(self, line: DiffLine | None) -> None:
        """Show ``line``; folds and headings show nothing."""
        self.clear()
        if line is None or line.sign in (Sign.FOLD, Sign.HEADING):
            return
        if line.sign in (Sign.SAME, Sign.NOTE):
            self.setPlainText(line.left)
            return
        marks = _marks(line.left, line.right) if line.sign is Sign.OTHER else ([], [])
        sides = [
            (sign, text, marked, tone)
            for sign, text, marked, tone in (
                ("−", line.left, marks[0], theme.Tone.BAD),
                ("+", line.right, marks[1], theme.Tone.GOOD),
            )
            if text or line.sign is Sign.OTHER
        ]
        cursor = QTextCursor(self.document())
        for place, (sign, text, marked, tone) in enumerate(sides):
            cursor.insertText(f"{chr(10) if place else ''}{sign} ", _plain())
            _insert(cursor, text, marked, tone)
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _insert(cursor: QTextCursor, text: str, marked: list[tuple[int, int]], tone: theme.Tone) -> None:
    place = 0
    for start, end in marked:
        cursor.insertText(text[place:start], _plain())
        cursor.insertText(text[start:end], _differing(tone))
        place = end
    cursor.insertText(text[place:], _plain())


def _marks(left: str, right: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    if max(len(left), len(right)) > _LONGEST:
        return [], []
    codes = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return (
        [(i1, i2) for tag, i1, i2, _j1, _j2 in codes if tag in ("replace", "delete")],
        [(j1, j2) for tag, _i1, _i2, j1, j2 in codes if tag in ("replace", "insert")],
    )


def _plain() -> QTextCharFormat:
    return QTextCharFormat()


def _differing(tone: theme.Tone) -> QTextCharFormat:
    style = QTextCharFormat()
    ground = theme.tone(tone)
    ground.setAlpha(60)
    style.setBackground(ground)
    style.setFontUnderline(True)
    style.setFontWeight(QFont.Weight.Bold)
    return style
