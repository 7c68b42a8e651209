"""How a found entry looks: picture, title with the meant letters bold, detail, and keys or kind at the right."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from workbench.core.i18n import _
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.models.table import Column, TableModel
from workbench.ui.palette.entry import Entry, Kind, kind_words, spoken
from workbench.ui.palette.matching import Hit

HIT = Qt.ItemDataRole.UserRole + 1
_ICON = 16
_LEAST_DETAIL = 60  # pixels under which a detail says nothing
_PICTURES = {Kind.ACTION: "", Kind.REQUEST: "requests"}

Index = QModelIndex | QPersistentModelIndex


def rows(parent: QObject | None = None) -> TableModel[Hit]:
    """The list of what was found."""
    column: Column[Hit] = Column(
        _("Found"),
        lambda hit: hit.entry.title,
        spoken=lambda hit: spoken(hit.entry),
        tip=lambda hit: _tip(hit.entry),
        values={HIT: lambda hit: hit},
    )
    return TableModel((column,), parent)


class RowDelegate(QStyledItemDelegate):
    """Paints a ``Hit``."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """A line of text with air around it."""
        return QSize(0, QFontMetrics(option.font).height() + theme.SPACE + theme.SPACE // 2)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground and focus as the style has them, then the words."""
        hit = index.data(HIT)
        if not isinstance(hit, Hit):
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        _paint(painter, option, hit)
        painter.restore()


def _paint(painter: QPainter, option: QStyleOptionViewItem, hit: Hit) -> None:
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    palette: QPalette = option.palette
    font: QFont = option.font
    entry = hit.entry
    role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.Text
    quiet = palette.color(role if selected else QPalette.ColorRole.PlaceholderText)
    ink = quiet if entry.unavailable else palette.color(role)
    room: QRect = option.rect.adjusted(theme.SPACE, 0, -theme.SPACE, 0)
    mode = QIcon.Mode.Selected if selected else QIcon.Mode.Normal
    name = entry.icon or _PICTURES.get(entry.kind, entry.kind.value)
    if name:
        place = QRect(room.left(), room.center().y() - _ICON // 2, _ICON, _ICON)
        icon(name).paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)
    room.setLeft(room.left() + _ICON + theme.SPACE)
    metrics = QFontMetrics(font)
    right = entry.unavailable or entry.keys or kind_words(entry.kind)
    right = metrics.elidedText(right, Qt.TextElideMode.ElideRight, room.width() // 2)
    painter.setFont(font)
    painter.setPen(quiet)
    painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, right)
    room.setRight(room.right() - metrics.horizontalAdvance(right) - 2 * theme.SPACE)
    painter.setPen(ink)
    end = _draw_title(painter, room, font, hit)
    left = QRect(QPoint(end + theme.SPACE, room.top()), room.bottomRight())
    if entry.detail and left.width() > _LEAST_DETAIL:
        painter.setFont(font)
        painter.setPen(quiet)
        words = metrics.elidedText(entry.detail, Qt.TextElideMode.ElideMiddle, left.width())
        painter.drawText(left, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)


def _draw_title(painter: QPainter, room: QRect, font: QFont, hit: Hit) -> int:
    """Draw the title, runs of meant letters in bold; the pixel where it ends."""
    bold = QFont(font)
    bold.setBold(True)
    title, at = hit.entry.title, room.left()
    shown = QFontMetrics(bold).elidedText(title, Qt.TextElideMode.ElideRight, room.width())
    kept = len(shown) if shown == title else len(shown) - 1
    for run, meant in _runs(shown, {place for place in hit.places if place < kept}):
        painter.setFont(bold if meant else font)
        painter.drawText(
            QRect(at, room.top(), room.right() - at + 1, room.height()), Qt.AlignmentFlag.AlignVCenter, run
        )
        at += QFontMetrics(bold if meant else font).horizontalAdvance(run)
    return at


def _runs(text: str, meant: set[int]) -> list[tuple[str, bool]]:
    runs: list[tuple[str, bool]] = []
    for place, character in enumerate(text):
        bold = place in meant
        if runs and runs[-1][1] == bold:
            runs[-1] = (runs[-1][0] + character, bold)
        else:
            runs.append((character, bold))
    return runs


def _tip(entry: Entry) -> str:
    return "\n".join(part for part in (entry.title, entry.detail, entry.unavailable) if part)
