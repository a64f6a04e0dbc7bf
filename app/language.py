"""The language of the window."""

import logging
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

log = logging.getLogger(__name__)

TRANSLATIONS = Path(__file__).resolve().parent.parent / "resources" / "translations"
SOURCE_LANGUAGE = "en"
# As they call themselves: who cannot read the window finds the own language all the same.
LANGUAGES = (("en", "English"), ("de", "Deutsch"), ("es", "Español"))


def chosen_language(name: str) -> str:
    """The language of a setting: itself, or for "system" the first one of the desktop's that we
    have, English where it has none."""
    known = [code for code, _ in LANGUAGES]
    if name in known:
        return name
    wanted = [language.split("-")[0] for language in QLocale.system().uiLanguages()]
    return next((language for language in wanted if language in known), SOURCE_LANGUAGE)


def use_language(application: QApplication, language: str) -> None:
    """Translate what is made from now on; widgets that are there keep their words."""
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    if language == SOURCE_LANGUAGE:
        return
    folders = (Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)), TRANSLATIONS)
    for name, folder in zip(("qtbase", "chatanyone"), folders, strict=True):
        translator = QTranslator(application)
        if translator.load(f"{name}_{language}", str(folder)):
            application.installTranslator(translator)
        else:
            log.info("there is no translation %s_%s in %s", name, language, folder)
            translator.deleteLater()
