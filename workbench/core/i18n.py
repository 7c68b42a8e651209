"""Translation of every sentence a person reads: ``from workbench.core.i18n import _``.

Messages are English in the source; a catalogue ``locale/<language>/LC_MESSAGES/mtls-workbench.mo`` under the
program's resources replaces them. The language is the one that the settings name, else that of the environment
(``LANGUAGE``, ``LC_ALL``, ``LC_MESSAGES``, ``LANG``), else, on Windows and macOS, that of the system's settings.
It is chosen when this module is imported, before any other module translates its constants, and holds until the
program ends: whoever changes the setting is told that it takes effect with the next start.
"""

import gettext
import json
import os
import plistlib
import sys
from collections.abc import Iterable
from pathlib import Path

from workbench.core import resources
from workbench.core.home import Home

DOMAIN = "mtls-workbench"
SOURCE = "en"
SETTING = "appearance.language"
SYSTEM = "system"
_ENVIRONMENT = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
_UNTRANSLATED = {SOURCE, "C", "POSIX"}


def languages() -> tuple[str, ...]:
    """English and the languages that have a catalogue, as locale names such as ``de`` and ``pt_BR``."""
    catalogues = (resources.folder() / "locale").glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return tuple(sorted({SOURCE, *(path.parent.parent.name for path in catalogues)}))


def wanted() -> list[str]:
    """The languages that the person wants, the most wanted first."""
    chosen = _setting()
    if chosen != SYSTEM:
        return [chosen]
    for name in _ENVIRONMENT:
        if os.environ.get(name):
            return os.environ[name].split(":")
    return system_languages()


def system_languages(preferences: Path = Path("~/Library/Preferences/.GlobalPreferences.plist")) -> list[str]:
    """The languages of the system's settings on Windows and macOS, as locale names; elsewhere none."""
    if sys.platform == "win32":
        import ctypes
        import locale

        found = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage())
        return [found] if found else []
    if sys.platform == "darwin":
        return _of_macos(preferences.expanduser())
    return []


def _of_macos(preferences: Path) -> list[str]:
    """What the Language & Region settings list, such as ``de-DE`` and ``zh-Hans-CN``, without the script."""
    try:
        listed = plistlib.loads(preferences.read_bytes())["AppleLanguages"]
        parts = [str(name).split("-") for name in listed]
    except (OSError, ValueError, KeyError, TypeError, plistlib.InvalidFileException):
        return []
    return ["_".join(part for part in name if len(part) != len("Hans")) for name in parts]


def _setting() -> str:
    """What the settings file says. What is wrong with the file is told by whoever reads all settings."""
    try:
        return str(json.loads(Home.default().settings.read_bytes())["preferences"][SETTING])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return SYSTEM


def catalogue(names: Iterable[str]) -> tuple[str, gettext.NullTranslations]:
    """The first of the languages that there is a catalogue for, and the catalogue. English needs none."""
    folder = resources.folder() / "locale"
    for name in names:
        if name.partition(".")[0].partition("_")[0] in _UNTRANSLATED:
            break
        path = gettext.find(DOMAIN, folder, [name])
        if path is not None:
            return Path(path).parent.parent.name, gettext.translation(DOMAIN, folder, [name])
    return SOURCE, gettext.NullTranslations()


# Without catalogues, nobody needs to be asked.
LANGUAGE, _translations = catalogue(wanted() if len(languages()) > 1 else ())
_ = _translations.gettext
ngettext = _translations.ngettext


def separators(sample: str) -> dict[int, str]:
    """What stands for the comma and the point of English numbers in a language that writes 1,234.5 as ``sample``."""
    return {ord(","): sample[1:-5], ord("."): sample[-2:-1]}


# Translators: this number as the language writes it. What separates its digits does so in every number.
_separators = separators(_("1,234.5"))


def number(value: float, decimals: int = 0) -> str:
    """``value`` as people read it: ``1,234.5`` in English, ``1.234,5`` in German."""
    return f"{value:,.{decimals}f}".translate(_separators)
