"""Live language: our texts, Qt's own buttons, and the event that redraws every window."""

from __future__ import annotations

import os

from PySide6.QtCore import QCoreApplication, QEvent, QTranslator
from PySide6.QtWidgets import QApplication

from planner import i18n

_QT_NAMES = {"zh": "qtbase_zh_CN", "fr": "qtbase_fr"}
_translators: dict[str, QTranslator] = {}
_installed: list[QTranslator] = []


def speak(app: QApplication, language: str, number_format: str = "") -> None:
    """Speak a language from now on, everywhere.

    Args:
        app: The application.
        language: ``zh``, ``en`` or ``fr``; empty for the system's own.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    before = (i18n.language(), i18n.number_format())
    begin_to_speak(app, language, number_format)
    if (i18n.language(), i18n.number_format()) == before:
        return
    tell_qt_the_format()
    # A translator tells windows only once the event loop runs, and a new format not at all: so they are
    # told now, and not a second time.
    for window in app.topLevelWidgets():
        QCoreApplication.removePostedEvents(window, QEvent.Type.LanguageChange.value)
        app.sendEvent(window, QEvent(QEvent.Type.LanguageChange))


def begin_to_speak(app: QApplication, language: str, number_format: str = "") -> None:
    """Speak a language before there is any window; ``tell_qt_the_format`` can wait until one is drawn.

    Args:
        app: The application.
        language: ``zh``, ``en`` or ``fr``; empty for the system's own.
        number_format: How numbers and dates are written; empty for the language's usual way.
    """
    i18n.use(language or system_language(), number_format)
    translator = _qt_translator(_QT_NAMES.get(i18n.language(), ""))
    for known in [each for each in _installed if each is not translator]:
        app.removeTranslator(known)
        _installed.remove(known)
    if translator is not None and translator not in _installed:
        app.installTranslator(translator)
        _installed.append(translator)


def tell_qt_the_format() -> None:
    """Let calendars and spin boxes, which follow Qt's own locale, write as the user does."""
    from PySide6.QtCore import QLocale  # noqa: PLC0415 - its lists of countries take 5 ms to load

    QLocale.setDefault(QLocale(i18n.number_format()))


def system_language() -> str:
    """The language that the system is set to."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return i18n.preferred_language(os.environ[name])
    from PySide6.QtCore import QLocale  # noqa: PLC0415 - see tell_qt_the_format

    return i18n.preferred_language(QLocale.system().name())


def _qt_translator(name: str) -> QTranslator | None:
    if not name:
        return None
    if name not in _translators:
        from PySide6.QtCore import QLibraryInfo  # noqa: PLC0415 - English needs none

        translator = QTranslator()
        if not translator.load(name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            return None
        _translators[name] = translator
    return _translators[name]
