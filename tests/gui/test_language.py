from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.compat import override
from planner.gui.language import begin_to_speak, speak, system_language, tell_qt_the_format


@pytest.fixture(autouse=True)
def _end_in_english(qapp: QApplication) -> Iterator[None]:
    yield
    speak(qapp, "fr")
    speak(qapp, "en", "en_GB")


def cancel(qtbot: QtBot) -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    return box.button(QDialogButtonBox.StandardButton.Cancel).text().replace("&", "")


@pytest.mark.parametrize(("language", "said"), [("zh", "取消"), ("fr", "Annuler"), ("en", "Cancel")])
def test_qts_own_buttons_speak_from_the_start(
    qtbot: QtBot, qapp: QApplication, language: str, said: str
) -> None:
    i18n.use(language)  # as on a system of that language, where nothing changes

    begin_to_speak(qapp, language)

    assert cancel(qtbot) == said


def test_qts_own_buttons_follow_a_change(qtbot: QtBot, qapp: QApplication) -> None:
    for language, said in (("zh", "取消"), ("fr", "Annuler"), ("zh", "取消"), ("en", "Cancel")):
        speak(qapp, language)
        assert cancel(qtbot) == said


def test_windows_hear_of_a_change_and_only_of_a_change(qtbot: QtBot, qapp: QApplication) -> None:
    class Window(QWidget):
        heard = 0

        @override
        def changeEvent(self, event: QEvent) -> None:
            self.heard += event.type() == QEvent.Type.LanguageChange
            super().changeEvent(event)

    window = Window()
    qtbot.addWidget(window)
    speak(qapp, "fr")
    QApplication.processEvents()
    assert window.heard == 1, "every page is drawn anew, once"

    speak(qapp, "fr")
    QApplication.processEvents()
    assert window.heard == 1

    speak(qapp, "fr", "en_US")
    QApplication.processEvents()
    assert window.heard == 2, "dates and amounts are written differently now"


def test_calendars_follow_the_format_and_not_the_language(qapp: QApplication) -> None:
    begin_to_speak(qapp, "en", "fr_FR")
    tell_qt_the_format()

    assert QLocale().name() == "fr_FR"


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "zh:fr"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_systems_language_is_the_one_to_begin_with(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], language: str
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)

    assert system_language() == language
