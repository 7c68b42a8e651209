"""The widget for one setting: what kind of value it has decides which."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from workbench.core.errors import InvalidInput
from workbench.core.i18n import _
from workbench.core.preferences import Kind, Setting, Value
from workbench.ui.look import theme
from workbench.ui.widgets.message import Message

_NARROW, _WIDE = 22, 36  # average letters
_MOST_NAMES = 6


class Editor(QWidget):
    """``show_value`` in, ``edited`` out with what the person chose."""

    edited = Signal(object)  # a value of the setting's own type

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = setting
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE // 2)

    def show_value(self, value: Value) -> None:
        """Show it, telling nobody."""
        raise NotImplementedError

    def show_names(self, names: Sequence[str]) -> None:
        """Offer these names, where names are chosen."""

    def _hold(self, field: QWidget, letters: int = 0) -> None:
        field.setAccessibleName(self.setting.title)
        field.setAccessibleDescription(self.setting.help)
        if letters:
            room = field.fontMetrics().averageCharWidth() * letters + 4 * theme.SPACE
            field.setMaximumWidth(max(room, field.sizeHint().width()))
        self._column.addWidget(field)
        self.setFocusProxy(field)


class Switch(Editor):
    """On or off."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._box = QCheckBox(setting.title)
        self._box.toggled.connect(self.edited.emit)
        self._hold(self._box)

    def show_value(self, value: Value) -> None:
        """Tick it or not."""
        with QSignalBlocker(self._box):
            self._box.setChecked(value is True)


class Chooser(Editor):
    """One of a few, or a font of those that there are."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._box = QComboBox()
        for value, words in _offered(setting):
            self._box.addItem(words, value)
        self._box.activated.connect(lambda place: self.edited.emit(self._box.itemData(place)))
        self._hold(self._box, _WIDE)

    def show_value(self, value: Value) -> None:
        """Show it, also when it is no longer among those that there are."""
        with QSignalBlocker(self._box):
            if self._box.findData(value) < 0:
                self._box.addItem(str(value), value)
            self._box.setCurrentIndex(self._box.findData(value))


class Number(Editor):
    """A whole number with its unit."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._box = QSpinBox(minimum=setting.least, maximum=setting.most)
        self._box.setKeyboardTracking(False)
        self._box.setSuffix(f" {setting.unit}" if setting.unit else "")
        self._box.setSpecialValueText(setting.least_words)
        self._box.setStepType(QSpinBox.StepType.AdaptiveDecimalStepType if setting.most > 1000 else _ONE)
        self._box.valueChanged.connect(self.edited.emit)
        self._hold(self._box, _NARROW)

    def show_value(self, value: Value) -> None:
        """Show it."""
        with QSignalBlocker(self._box):
            self._box.setValue(int(value) if isinstance(value, int) else self.setting.least)


class Text(Editor):
    """A text, which is told about when it cannot be used."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._line = QLineEdit(clearButtonEnabled=True)
        self._line.editingFinished.connect(self._finish)
        self._message = Message(self)
        self._line.textChanged.connect(lambda _text: self._message.show_words(""))
        self._hold(self._line, _WIDE)
        self._column.addWidget(self._message)

    def show_value(self, value: Value) -> None:
        """Show it, unless the person is at it."""
        if not self._line.hasFocus():
            self._line.setText(str(value))

    def _finish(self) -> None:
        text = self._line.text().strip()
        try:
            self.setting.check(text)
        except InvalidInput as error:
            words = " ".join(part for part in (error.title, error.detail, error.hint) if part)
            self._message.show_words(words, theme.Tone.BAD)
        else:
            self.edited.emit(text)


class Names(Editor):
    """Several of the names that there are; at least one."""

    def __init__(self, setting: Setting, parent: QWidget | None = None) -> None:
        super().__init__(setting, parent)
        self._list = QListWidget()
        self._list.itemChanged.connect(self._tell)
        self._names: tuple[str, ...] = ()
        self._chosen: tuple[str, ...] = ()
        self._hold(self._list, _WIDE)

    def show_value(self, value: Value) -> None:
        """Tick these."""
        self._chosen = value if isinstance(value, tuple) else (str(value),)
        self._fill()

    def show_names(self, names: Sequence[str]) -> None:
        """Offer these."""
        self._names = tuple(names)
        self._fill()

    def _fill(self) -> None:
        shown = tuple(dict.fromkeys((*self._names, *self._chosen)))
        with QSignalBlocker(self._list):
            if [self._list.item(place).text() for place in range(self._list.count())] != list(shown):
                self._list.clear()
                self._list.addItems(shown)
            for place in range(self._list.count()):
                item = self._list.item(place)
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(_TICKS[item.text() in self._chosen])
        rows = max(2, min(self._list.count(), _MOST_NAMES))
        row = max(self._list.sizeHintForRow(0), self.fontMetrics().height())
        self._list.setFixedHeight(rows * row + 2 * self._list.frameWidth())

    def _tell(self, _item: QListWidgetItem) -> None:
        items = [self._list.item(place) for place in range(self._list.count())]
        self.edited.emit(tuple(item.text() for item in items if item.checkState() == Qt.CheckState.Checked))


_ONE = QSpinBox.StepType.DefaultStepType
_TICKS = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}
_EDITORS: dict[Kind, type[Editor]] = {
    Kind.SWITCH: Switch,
    Kind.CHOICE: Chooser,
    Kind.FONT: Chooser,
    Kind.FIXED_FONT: Chooser,
    Kind.NUMBER: Number,
    Kind.TEXT: Text,
    Kind.NAMES: Names,
}


def editor(setting: Setting, parent: QWidget | None = None) -> Editor:
    """The widget for ``setting``."""
    return _EDITORS[setting.kind](setting, parent)


def _offered(setting: Setting) -> list[tuple[str, str]]:
    if setting.kind is Kind.CHOICE:
        return [(choice.value, choice.words) for choice in setting.choices]
    families = [name for name in QFontDatabase.families() if not QFontDatabase.isPrivateFamily(name)]
    if setting.kind is Kind.FIXED_FONT:
        families = [name for name in families if QFontDatabase.isFixedPitch(name)]
    return [("", _("System default")), *((name, name) for name in families)]
