"""Live language: our texts, Qt's own buttons, and the event that redraws every window."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from planner import i18n

_QT_NAMES = {"zh": "qtbase_zh_CN", "fr": "qtbase_fr"}
_translators: dict[str, QTranslator] = {}


def speak(app: QApplication, language: str, number_format: str = "") -> None:
    """Speak a language from now on, everywhere.

    Args:
        app: The application.
        language: ``zh``, ``en`` or ``fr``; empty for the system's own.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    chosen = language or i18n.preferred_language(QLocale.system().name())
    before = (i18n.language(), i18n.number_format())
    i18n.use(chosen, number_format)
    if (i18n.language(), i18n.number_format()) == before:
        return
    for known in _translators.values():
        app.removeTranslator(known)
    translator = _qt_translator(i18n.language())
    # Calendars and spin boxes follow Qt's own locale.
    QLocale.setDefault(QLocale(i18n.number_format()))
    if translator is not None:
        app.installTranslator(translator)
    # installTranslator reaches windows only once the event loop runs, and English installs none.
    for window in app.topLevelWidgets():
        app.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def _qt_translator(language: str) -> QTranslator | None:
    name = _QT_NAMES.get(language)
    if name is None:
        return None
    if language not in _translators:
        translator = QTranslator()
        if not translator.load(name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            return None
        _translators[language] = translator
    return _translators[language]
