"""The settings of one page, a row each: what it is, its value, the way back to the default, and what it means."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QToolButton, QVBoxLayout, QWidget

from workbench.core.i18n import _
from workbench.core.preferences import Kind, Setting
from workbench.ui.look import theme
from workbench.ui.look.icons import icon
from workbench.ui.look.plain import tip
from workbench.ui.preferences.editors import Editor, editor
from workbench.ui.settings import Settings
from workbench.ui.widgets.label import Label


class SettingsPage(QWidget):
    """Shows and changes ``settings``; ``show_setting`` puts the keyboard at one of them."""

    def __init__(self, settings: Settings, shown: Sequence[Setting], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._editors: dict[str, Editor] = {}
        self._resets: dict[str, QToolButton] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.SPACE * 2)
        self._grid.setVerticalSpacing(theme.SPACE // 2)
        self._grid.setColumnStretch(1, 1)
        for setting in shown:
            self._add(setting)
        self.below = QVBoxLayout()
        self.below.setSpacing(theme.SPACE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(theme.SPACE * 2,) * 4)
        layout.addLayout(self._grid)
        layout.addLayout(self.below)
        layout.addStretch(1)
        settings.changed.connect(self._show)
        for setting in shown:
            self._show(setting.key)

    def editor(self, key: str) -> Editor | None:
        """The widget of the setting with this key, None when it stands on another page."""
        return self._editors.get(key)

    def show_names(self, key: str, names: Sequence[str]) -> None:
        """Offer names to the setting with this key, if it is here."""
        if key in self._editors:
            self._editors[key].show_names(names)

    def _add(self, setting: Setting) -> None:
        row = self._grid.rowCount()
        edit = self._editors[setting.key] = editor(setting, self)
        edit.edited.connect(lambda value: self._settings.choose(setting, value))
        edit.edited.connect(lambda _value: self._show(setting.key))
        if setting.kind is not Kind.SWITCH:
            label = Label(setting.title, self)
            label.setBuddy(edit)
            label.setMinimumHeight(edit.sizeHint().height() if setting.kind is not Kind.NAMES else 0)
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(edit, row, 1)
        reset = self._resets[setting.key] = QToolButton(self)
        reset.setIcon(icon("reset"))
        reset.setAutoRaise(True)
        reset.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        words = _("Reset “{title}” to: {value}").format(title=setting.title, value=_default_words(setting))
        reset.setAccessibleName(words)
        reset.setToolTip(tip(words))
        reset.clicked.connect(lambda: self._settings.reset(setting))
        self._grid.addWidget(reset, row, 2, Qt.AlignmentFlag.AlignTop)
        if setting.help:
            about = Label(setting.help, self, wordWrap=True)
            about.setForegroundRole(about.palette().ColorRole.PlaceholderText)
            self._grid.addWidget(about, row + 1, 1, 1, 2)
        self._grid.setRowMinimumHeight(row + 2, theme.SPACE)

    def _show(self, key: str) -> None:
        edit = self._editors.get(key)
        if edit is not None:
            edit.show_value(self._settings.value(edit.setting))
            self._resets[key].setEnabled(not self._settings.is_default(edit.setting))
        for other in self._editors.values():
            if other.setting.needs is not None:
                needed, value = other.setting.needs
                other.setEnabled(needed not in self._editors or self._is(needed, value))

    def _is(self, key: str, value: object) -> bool:
        return self._settings.value(self._editors[key].setting) == value


def _default_words(setting: Setting) -> str:
    if setting.kind in (Kind.FONT, Kind.FIXED_FONT):
        return _("system default")
    return setting.words(setting.default) or _("(none)")
