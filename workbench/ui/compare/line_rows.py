"""The lines of a comparison as a table: left, sign, right."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QGuiApplication, QPalette

from workbench.core.i18n import _, ngettext
from workbench.core.visible import visible
from workbench.ui.compare.comparison import Comparison
from workbench.ui.compare.diff_lines import DiffLine, Sign
from workbench.ui.look import theme

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()
LEFT, SIGN, RIGHT = range(3)
_LONGEST = 2000  # characters of a cell; the whole line is shown below the table
_TONES = {Sign.LEFT: theme.Tone.BAD, Sign.RIGHT: theme.Tone.GOOD, Sign.OTHER: theme.Tone.WARNING}


class LineRows(QAbstractTableModel):
    """``show_comparison()`` in; ``unfold()`` puts hidden lines in place of their fold."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._comparison = Comparison()
        self._lines: list[DiffLine] = []

    def show_comparison(self, comparison: Comparison) -> None:
        """Show this one."""
        self.beginResetModel()
        self._comparison, self._lines = comparison, list(comparison.lines)
        self.endResetModel()

    def line(self, row: int) -> DiffLine | None:
        """The line at ``row``."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def unfold(self, row: int) -> None:
        """Show what the fold at ``row`` stands for."""
        line = self.line(row)
        if line is None or line.sign is not Sign.FOLD:
            return
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._lines[row]
        self.endRemoveRows()
        self.beginInsertRows(QModelIndex(), row, row + len(line.hidden) - 1)
        self._lines[row:row] = line.hidden
        self.endInsertRows()

    def unfold_all(self) -> None:
        """Show every line."""
        for row in range(len(self._lines) - 1, -1, -1):
            self.unfold(row)

    def differences(self) -> list[int]:
        """The rows that differ, the first of each run of them."""
        found: list[int] = []
        before = False
        for row, line in enumerate(self._lines):
            if line.sign.is_difference and not before:
                found.append(row)
            before = line.sign.is_difference
        return found

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        """Left, sign, right."""
        return 0 if parent.isValid() else 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return visible(_shown(line, index.column()))
            case Qt.ItemDataRole.AccessibleTextRole:
                return visible(spoken(line) if index.column() == LEFT else _shown(line, index.column()))
            case Qt.ItemDataRole.FontRole:
                return _font(line, index.column())
            case Qt.ItemDataRole.TextAlignmentRole if index.column() == SIGN:
                return Qt.AlignmentFlag.AlignCenter
            case Qt.ItemDataRole.BackgroundRole:
                return _ground(line, index.column())
            case Qt.ItemDataRole.ForegroundRole:
                return _ink(line, index.column())
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """What the two sides are called."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole or not 0 <= section < 3:
            return None
        return visible((self._comparison.left, "", self._comparison.right)[section])


def spoken(line: DiffLine) -> str:
    """The whole line as assistive technology reads it."""
    match line.sign:
        case Sign.LEFT:
            return _("Only left: {text}").format(text=line.left)
        case Sign.RIGHT:
            return _("Only right: {text}").format(text=line.right)
        case Sign.OTHER | Sign.BESIDE:
            return _("Left: {left}. Right: {right}").format(left=line.left, right=line.right)
        case Sign.HEADING:
            return f"{line.left}, {line.right}"
        case Sign.FOLD:
            return fold_words(line)
        case Sign.SAME:
            return _("Same: {text}").format(text=line.left)
    return line.left


def fold_words(line: DiffLine) -> str:
    """What stands in the place of folded lines."""
    count = len(line.hidden)
    return ngettext("{count} line is the same", "{count} lines are the same", count).format(count=count)


def _shown(line: DiffLine, column: int) -> str:
    if line.sign is Sign.FOLD:
        return f"▸ {fold_words(line)}" if column == LEFT else ""
    if line.sign is Sign.HEADING:
        return (line.left, "", line.right)[column]
    sign = line.sign.value if line.sign.is_difference else ""
    return (line.left[:_LONGEST], sign, line.right[:_LONGEST])[column]


def _font(line: DiffLine, column: int) -> Any:
    if line.sign is Sign.HEADING and column == LEFT:
        return theme.scaled_font(1.0, bold=True)
    if column == SIGN:
        return theme.scaled_font(1.1, bold=True)
    return theme.fixed_font() if line.sign not in (Sign.HEADING, Sign.FOLD, Sign.NOTE) else None


def _ground(line: DiffLine, column: int) -> QBrush | None:
    palette = QGuiApplication.palette()
    if line.sign is Sign.HEADING:
        return QBrush(palette.color(QPalette.ColorRole.Midlight))
    if not line.sign.is_difference:
        return None
    empty = (line.sign is Sign.LEFT and column == RIGHT) or (line.sign is Sign.RIGHT and column == LEFT)
    colour = theme.tone(_TONES[line.sign])
    colour.setAlpha(14 if empty else 40)
    return QBrush(colour)


def _ink(line: DiffLine, column: int) -> QBrush | None:
    if line.sign.is_difference and column == SIGN:
        return QBrush(theme.tone(_TONES[line.sign]))
    quiet = line.sign in (Sign.FOLD, Sign.NOTE) or (line.sign is Sign.HEADING and column == RIGHT)
    return QBrush(QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)) if quiet else None
