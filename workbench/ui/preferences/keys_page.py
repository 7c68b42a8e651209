"""Which keys do what: every command, its keys, and the means to change them."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLineEdit, QPushButton, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.ui.actions import Command
from workbench.ui.look import theme
from workbench.ui.look.marks import Mark
from workbench.ui.models.table import Column, TableModel
from workbench.ui.preferences import keys
from workbench.ui.settings import Settings
from workbench.ui.widgets.label import Label
from workbench.ui.widgets.message import Message
from workbench.ui.widgets.views import RowTable


class KeysPage(QWidget):
    """Changes the keys of ``commands`` in ``settings``; menus and tool tips follow these."""

    def __init__(self, settings: Settings, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._commands = settings, tuple(commands)
        self._model: TableModel[Command] = TableModel(self._columns(), self)
        self._table = RowTable(_("Shortcuts"), self._model, self)
        self._table.setSelectionMode(RowTable.SelectionMode.SingleSelection)
        self._table.stretch_column(0)
        self._filter = QLineEdit(self, clearButtonEnabled=True, placeholderText=_("Search actions or keys"))
        self._filter.setAccessibleName(_("Search actions or keys"))
        self._recorder = QKeySequenceEdit(self)
        self._recorder.setMaximumSequenceLength(1)
        self._recorder.setClearButtonEnabled(True)
        self._recorder.setAccessibleName(_("New keys"))
        self._message = Message(self)
        self._assign = _button(_("Assign"))
        self._remove = _button(_("Remove Keys"))
        self._reset = _button(_("Reset"))
        self._reset_all = _button(_("Reset All"))
        self._lay_out()
        self._filter.textChanged.connect(self._show)
        self._table.selectionModel().currentRowChanged.connect(lambda *_rows: self._start())
        self._recorder.keySequenceChanged.connect(lambda _keys: self._judge())
        self._assign.clicked.connect(self.assign)
        self._remove.clicked.connect(lambda: self._choose({self._command().id: ()}))
        self._reset.clicked.connect(lambda: self._choose({self._command().id: None}))
        self._reset_all.clicked.connect(lambda: self._choose(dict.fromkeys(settings.shortcuts())))
        settings.shortcuts_changed.connect(self._show)
        self._show()
        self._table.selectRow(0)

    def show_command(self, name: str) -> None:
        """Choose the command with this id."""
        self._filter.clear()
        place = next((n for n, command in enumerate(self._model.rows()) if command.id == name), 0)
        self._table.selectRow(place)

    def assign(self) -> None:
        """Give the chosen command the recorded keys, taking them from whoever has them."""
        pressed = self._recorder.keySequence()
        if not keys.trouble(pressed):
            self._choose(keys.taking(keys.portable(pressed), self._commands, self._assigned(), self._command().id))
            self._recorder.clear()

    def _columns(self) -> tuple[Column[Command], ...]:
        return (
            Column(_("Action"), lambda command: command.words),
            Column(_("Menu"), lambda command: command.menu.replace("&", "")),
            Column(
                _("Keys"),
                lambda command: self._words(command),
                spoken=lambda command: self._words(command) or _("none"),
                mark=lambda command: Mark.NOTE if command.id in self._settings.shortcuts() else None,
                tip=lambda command: _("Changed") if command.id in self._settings.shortcuts() else self._words(command),
            ),
        )

    def _lay_out(self) -> None:
        recording = QHBoxLayout()
        label = Label(_("&New keys:"))
        label.setBuddy(self._recorder)
        for widget in (label, self._recorder, self._assign):
            recording.addWidget(widget)
        recording.setStretch(1, 1)
        buttons = QHBoxLayout()
        for widget in (self._remove, self._reset):
            buttons.addWidget(widget)
        buttons.addStretch(1)
        buttons.addWidget(self._reset_all)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.SPACE * 2,) * 4)
        layout.setSpacing(theme.SPACE)
        layout.addWidget(self._filter)
        layout.addWidget(self._table, 1)
        layout.addLayout(recording)
        layout.addWidget(self._message)
        layout.addLayout(buttons)

    def _show(self) -> None:
        before, wanted = self._command().id, self._filter.text().casefold()
        shown = [c for c in self._commands if wanted in f"{c.words} {self._words(c)}".casefold()]
        self._model.show_rows(shown)
        place = next((n for n, command in enumerate(shown) if command.id == before), 0)
        self._table.selectRow(place)
        self._reset_all.setEnabled(bool(self._settings.shortcuts()))
        self._start()

    def _start(self) -> None:
        self._recorder.clear()
        command = self._command()
        there = bool(self._model.rows())
        self._recorder.setEnabled(there)
        self._remove.setEnabled(there and bool(self._assigned()[command.id]))
        self._reset.setEnabled(there and command.id in self._settings.shortcuts())
        self._judge()

    def _judge(self) -> None:
        pressed = self._recorder.keySequence()
        wrong = keys.trouble(pressed)
        self._assign.setEnabled(not wrong and bool(self._model.rows()))
        if not pressed.count():
            self._message.show_words("")
        elif wrong:
            self._message.show_words(wrong, theme.Tone.BAD)
        else:
            self._tell_owners(pressed)

    def _tell_owners(self, pressed: QKeySequence) -> None:
        owners = keys.owners(keys.portable(pressed), self._commands, self._assigned(), self._command().id)
        if not owners:
            self._message.show_words(_("This shortcut is free."), theme.Tone.GOOD)
            return
        names = ", ".join(f"“{owner.words}”" for owner in owners)
        words = _("{keys} is assigned to {names}; assigning it here removes it there.")
        self._message.show_words(words.format(keys=keys.native(keys.portable(pressed)), names=names), _WARNING)

    def _choose(self, chosen: Mapping[str, tuple[str, ...] | None]) -> None:
        self._settings.choose_shortcuts(chosen)

    def _command(self) -> Command:
        return self._model.row(self._table.currentIndex()) or self._commands[0]

    def _assigned(self) -> dict[str, tuple[str, ...]]:
        chosen = self._settings.shortcuts()
        return {command.id: chosen.get(command.id, command.own_keys()) for command in self._commands}

    def _words(self, command: Command) -> str:
        return ", ".join(keys.native(text) for text in self._assigned()[command.id])


_WARNING = theme.Tone.WARNING


def _button(words: str) -> QPushButton:
    button = QPushButton(words)
    button.setAutoDefault(False)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
