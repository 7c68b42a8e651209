"""Qt in the program's language: its own words, such as those of buttons, and how it writes numbers and dates."""

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from workbench.core.i18n import LANGUAGE, SOURCE


def install(application: QApplication) -> None:
    """Have ``application`` speak the language; to be called before the first window is made.

    Numbers and dates follow the system where it speaks the same language (English in Britain, German in Austria).
    """
    own, system = QLocale(LANGUAGE), QLocale.system()
    QLocale.setDefault(system if system.language() == own.language() else own)
    translator = QTranslator(application)
    if translator.load(own, "qtbase", "_", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)


def name(language: str) -> str:
    """What the language with this locale name calls itself."""
    return "English" if language == SOURCE else QLocale(language).nativeLanguageName()
