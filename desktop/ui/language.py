"""The person's language: the texts of the program, Qt's own, and how days and numbers read."""

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

TRANSLATIONS = Path(__file__).parents[2] / "resources" / "translations"
ENGLISH = "en"  # what the sources are written in; its file holds the plural forms


class Language:
    """Speaks one language at a time; what is on the screen already keeps its words.

    A translation is a file `tandem_LANGUAGE.qm` in the folder: no more is needed for another one.
    """

    def __init__(self, app: QApplication, folder: Path = TRANSLATIONS) -> None:
        self._app = app
        self._folder = folder
        self._home = QLocale()  # as the system has it
        self._installed: list[QTranslator] = []

    def speak(self, tag: str = "") -> None:
        """Speak the language of an account, as BCP 47, or that of the system."""
        locale = locale_for(tag, self._home)
        for translator in self._installed:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self._installed = []
        own = self._load(locale, "tandem", str(self._folder))
        is_translated = own is not None and not own.language().startswith(ENGLISH)
        if is_translated:
            self._load(
                locale, "qtbase", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            )
        elif own is None:
            self._load(QLocale(ENGLISH), "tandem", str(self._folder))
        QLocale.setDefault(locale)
        is_mirrored = is_translated and locale.textDirection() == Qt.LayoutDirection.RightToLeft
        self._app.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if is_mirrored else Qt.LayoutDirection.LeftToRight
        )

    def _load(self, locale: QLocale, name: str, folder: str) -> QTranslator | None:
        """Install the translation of one part, where there is one."""
        translator = QTranslator(self._app)
        if not translator.load(locale, name, "_", folder):
            translator.deleteLater()
            return None
        self._app.installTranslator(translator)
        self._installed.append(translator)
        return translator


def locale_for(tag: str, home: QLocale) -> QLocale:
    """The locale of an account's language; one without a country reads as in the system's.

    Somebody in Germany who reads English expects 17:00, and not 5 PM.
    """
    wanted = QLocale(tag)
    if not tag or wanted.language() == QLocale.Language.C:
        return home
    if "-" in tag or "_" in tag:
        return wanted
    if wanted.language() == home.language():
        return home
    return QLocale(wanted.language(), home.territory())
