from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.gui.main_window import MainWindow
from planner.gui.pages.settings import SettingsPage
from planner.gui.recording.published_view import PublishedView
from planner.gui.session import Session
from planner.gui.theme import apply_theme, is_dark
from planner.store.backup import copies_folder
from planner.store.store import Store

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> SettingsPage:
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    return page


@pytest.fixture
def filed(tmp_path: Path, today: date) -> Iterator[Session]:
    """A session on a file of its own."""
    session = Session(Store.create(tmp_path / "my debts.db"), today)
    yield session
    session.close()


def choose(page: SettingsPage, name: str, key: str) -> None:
    """Choose as the keyboard does."""
    box = page.choices[name].box
    keys = [box.itemData(row) for row in range(box.count())]
    moves = keys.index(key) - box.currentIndex()
    box.setFocus()
    for _move in range(abs(moves)):
        QTest.keyClick(box, Qt.Key.Key_Down if moves > 0 else Qt.Key.Key_Up)


@pytest.mark.parametrize(
    ("name", "key"),
    [("language", "fr"), ("format", "fr_FR"), ("currency", "EUR"), ("theme", "dark"), ("text_size", "150")],
)
def test_each_choice_is_kept_at_once_and_shown_again(
    session: Session, page: SettingsPage, name: str, key: str
) -> None:
    choose(page, name, key)

    assert session.store.settings.get(name) == key
    assert page.choices[name].value() == key
    assert not session.history.canUndo()


def test_each_language_is_named_in_its_own_script_and_each_format_has_a_sample(page: SettingsPage) -> None:
    languages = page.choices["language"].box
    formats = page.choices["format"].box

    assert [languages.itemText(row) for row in range(3)] == ["简体中文", "English", "Français"]
    samples = {formats.itemData(row): formats.itemText(row) for row in range(formats.count())}
    assert list(samples) == ["", "zh_CN", "en_GB", "en_US", "fr_FR"]
    assert "1\u202f234,50" in samples["fr_FR"]
    assert "2026年11月30日" in samples["zh_CN"]
    assert "Nov 30, 2026" in samples["en_US"]
    assert i18n.number_format() == "en_GB"


def test_less_detail_is_kept(session: Session, page: SettingsPage) -> None:
    page.less_detail.box.setFocus()
    QTest.keyClick(page.less_detail.box, Qt.Key.Key_Space)
    assert session.store.settings.get("less_detail") == "1"

    QTest.keyClick(page.less_detail.box, Qt.Key.Key_Space)
    assert session.store.settings.get("less_detail") == "0"


def test_it_says_where_the_file_and_its_copies_are_and_opens_the_folder(
    qtbot: QtBot, filed: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    page = SettingsPage(filed)
    qtbot.addWidget(page)
    page.show()

    assert page.file.value() == str(tmp_path / "my debts.db")
    assert page.copies.value() == str(copies_folder(tmp_path / "my debts.db"))
    assert not page.copies.button.isVisible(), "there is no copy yet, hence no folder to open"
    QTest.mouseClick(page.file.button, LEFT)
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path]


def test_the_window_follows_a_choice_at_once(qtbot: QtBot, qapp: QApplication, session: Session) -> None:
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.go("settings")
    window.show()
    page = window.page("settings")
    assert isinstance(page, SettingsPage)

    try:
        choose(page, "theme", "dark")
        assert is_dark()
        choose(page, "language", "zh")
        assert i18n.language() == "zh"
        assert page.choices["language"].value() == "zh"
    finally:
        session.set("language", "en")
        apply_theme(qapp, "light")


def test_published_figures_open_beside_the_settings(page: SettingsPage) -> None:
    button = page.published_button
    assert button.text() == "Show published figures…"

    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)

    assert isinstance(page.pane.content, PublishedView)
    assert page.pane.heading.text() == "Published figures"
    assert page.pane.content.rows
