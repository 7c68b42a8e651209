"""Colours, fonts and editors of the application, as the settings say, from one moment to the next."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from workbench.core.preferences import Setting
from workbench.ui import declared
from workbench.ui.look import theme
from workbench.ui.settings import Settings
from workbench.ui.widgets.code import editing

_SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
_KEYS = {setting.key for setting in (*declared.LOOK, declared.WRAP, declared.COMPLETE)}


class Appearance(QObject):
    """Follows ``settings`` and, where these leave it to the system, the system."""

    def __init__(self, application: QApplication, settings: Settings) -> None:
        super().__init__(application)
        self._application, self._settings = application, settings
        self._apply()
        theme.follow_system(application)
        settings.changed.connect(self._apply_change)

    def _apply_change(self, key: str) -> None:
        if key in _KEYS:
            self._apply()

    def _apply(self) -> None:
        scheme = _SCHEMES.get(self._text(declared.SCHEME), Qt.ColorScheme.Unknown)
        theme.apply(self._application, scheme)
        theme.apply_fonts(
            self._application,
            theme.Fonts(
                self._text(declared.FONT),
                int(self._text(declared.SCALE)),
                self._text(declared.FIXED_FONT),
                int(self._text(declared.FIXED_SCALE)),
            ),
        )

        editing.prefer(
            editing.Editing(
                wrap=self._settings.value(declared.WRAP) is True,
                complete=self._settings.value(declared.COMPLETE) is True,
            )
        )

    def _text(self, setting: Setting) -> str:
        return str(self._settings.value(setting))
