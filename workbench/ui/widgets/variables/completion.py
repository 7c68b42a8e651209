"""The list of names that opens while one types, of variables after ``{{``; for line edits and for text editors."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workbench.core.i18n import _
from workbench.core.visible import visible
from workbench.ui.look import theme
from workbench.ui.widgets.code import editing
from workbench.ui.widgets.variables.known import Offer, Variables

_OPENING, _CLOSING = "{{", "}}"
_MOST_SHOWN = 10
_LONGEST_NAME = 200
_NOTE, _MEANT = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class CompletionField(Protocol):
    """What the list completes in."""

    @property
    def widget(self) -> QWidget:
        """The widget that has the keyboard."""

    def before(self) -> str:
        """The text of the line before the cursor."""

    def after(self) -> str:
        """The text of the line after the cursor."""

    def replace(self, back: int, forth: int, text: str) -> None:
        """Put ``text`` in place of that many characters before and after the cursor, undoable."""

    def corner(self) -> QPoint:
        """The place below the cursor, on the screen."""


class CompletionSource(Protocol):
    """Where the names are from. ``closing`` is put behind one; ``least`` letters must be typed unless it is asked."""

    name: str
    closing: str
    least: int

    def begun(self, before: str) -> str | None:
        """What was typed of a name at the end of ``before``; None where none may stand."""

    def offers(self, before: str) -> Sequence[Offer]:
        """What could be meant."""


class VariableNames:
    """Variables between their braces."""

    name = _("Variables")
    closing = _CLOSING
    least = 0

    def __init__(self, variables: Variables) -> None:
        self._variables = variables

    def begun(self, before: str) -> str | None:
        """What was typed behind two braces."""
        return begun(before)

    def offers(self, before: str) -> Sequence[Offer]:
        """The variables that could be meant."""
        return self._variables.offers(begun(before) or "")


class Completion(QListWidget):
    """Follows ``field``: ``look`` after each change of its text or cursor."""

    def __init__(self, field: CompletionField, source: CompletionSource) -> None:
        super().__init__(field.widget)
        self._field, self._source = field, source
        self.setWindowFlags(Qt.WindowType.ToolTip)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(source.name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Noted(self))
        self.itemClicked.connect(lambda _item: self.take())
        field.widget.installEventFilter(self)
        self.hide()

    def look(self, *, asked: bool = False) -> None:
        """Open, narrow or close the list as what stands before the cursor wants it; it opens unasked if preferred."""
        before = self._field.before()
        typed = self._source.begun(before)
        enough = typed is not None and len(typed) >= self._source.least and editing.now().complete
        welcome = asked or self.isVisible() or enough
        if typed is None or not welcome or not self._field.widget.hasFocus():
            self.hide()
            return
        offers = self._source.offers(before)
        if not offers or (len(offers) == 1 and offers[0].name == typed.strip() and self._is_closed()):
            self.hide()
            return
        self._fill(offers)
        self._place(offers)
        self.show()

    def take(self) -> None:
        """Put the chosen name in, with its closing braces."""
        typed = self._source.begun(self._field.before())
        self.hide()
        if typed is None or self.currentRow() < 0:
            return
        after, closing = self._field.after(), self._source.closing
        rest = len(after) - len(after.lstrip("}")) if closing else 0
        self._field.replace(len(typed), min(rest, len(closing)), str(self.currentItem().data(_MEANT)) + closing)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that go to the list while it is open; everything else stays the field's."""
        if not self.isVisible():
            if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress or not _asks(event):
                return False
            self.look(asked=True)
            return self.isVisible()
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.hide()
        if isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and event.key() in _OURS:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and event.key() in _OURS and not event.modifiers() & _CONTROL:
                self._press(event.key())
                return True
        return super().eventFilter(watched, event)

    def _press(self, key: int) -> None:
        if key == Qt.Key.Key_Escape:
            self.hide()
        elif key in _STEPS:
            self.setCurrentRow((self.currentRow() + _STEPS[Qt.Key(key)]) % self.count())
        else:
            self.take()

    def _is_closed(self) -> bool:
        return self._field.after().startswith(self._source.closing)

    def _fill(self, offers: Sequence[Offer]) -> None:
        self.clear()
        for offer in offers:
            item = QListWidgetItem(visible(offer.name), self)
            item.setData(_MEANT, offer.name)
            item.setData(_NOTE, visible(offer.note))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, visible(f"{offer.name}: {offer.note}"))
        self.setCurrentRow(0)

    def _place(self, offers: Sequence[Offer]) -> None:
        metrics = self.fontMetrics()
        widest = max(_width(metrics, offer) for offer in offers)
        row = self.sizeHintForRow(0)
        height = min(len(offers), _MOST_SHOWN) * row + 2 * self.frameWidth()
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent) if len(offers) > _MOST_SHOWN else 0
        screen = self._field.widget.screen().availableGeometry()
        size = QSize(min(widest + bar + 4 * theme.SPACE, 560, screen.width()), height)
        corner = self._field.corner()
        left = max(min(corner.x(), screen.right() - size.width()), screen.left())
        line = self._field.widget.fontMetrics().height() + theme.SPACE
        top = corner.y() if corner.y() + size.height() <= screen.bottom() else corner.y() - line - size.height()
        self.setGeometry(QRect(QPoint(left, top), size))


def _asks(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_Space and bool(event.modifiers() & _CONTROL)


def begun(before: str) -> str | None:
    """What was typed of a variable's name that begins in ``before`` and is still open; None where none is."""
    opening = before.rfind(_OPENING)
    if opening < 0:
        return None
    typed = before[opening + len(_OPENING) :]
    return None if "}" in typed or "{" in typed or len(typed) > _LONGEST_NAME else typed


class _Noted(QStyledItemDelegate):
    """The name, and behind it what it is in a quieter colour."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:  # type: ignore[override]
        self.initStyleOption(option, index)
        name, option.text = option.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        quiet = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.PlaceholderText
        room = option.rect.adjusted(theme.SPACE, 0, -theme.SPACE, 0)
        middle = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.save()
        painter.setPen(option.palette.color(role))
        painter.drawText(room, middle, name)
        room.setLeft(room.left() + option.fontMetrics.horizontalAdvance(name) + 2 * theme.SPACE)
        painter.setPen(option.palette.color(quiet))
        note = option.fontMetrics.elidedText(str(index.data(_NOTE)), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, middle, note)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # type: ignore[override]
        """A little air above and below."""
        size = super().sizeHint(option, index)
        return QSize(size.width(), option.fontMetrics.height() + theme.SPACE // 2 + 2)


def _width(metrics: QFontMetrics, offer: Offer) -> int:
    return metrics.horizontalAdvance(offer.name) + min(metrics.horizontalAdvance(offer.note), 320)


_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_OURS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Escape,
)
_CONTROL = Qt.KeyboardModifier.ControlModifier
