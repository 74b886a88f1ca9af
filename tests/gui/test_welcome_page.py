from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n
from planner.domain.money import Money
from planner.gui.language import speak
from planner.gui.main_window import MainWindow
from planner.gui.pages.today import TodayPage
from planner.gui.pages.welcome import WelcomePage
from planner.gui.session import Session
from planner.gui.theme import apply_theme

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def nothing_open(qapp: QApplication, today: date) -> Iterator[Session]:
    """A session without a file, as on the first start."""
    apply_theme(qapp, "light")
    session = Session(None, today)
    yield session
    session.close()
    speak(qapp, "en", "en_GB")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "planner" / "repayments.db"


@pytest.fixture
def page(qtbot: QtBot, nothing_open: Session, path: Path) -> WelcomePage:
    page = WelcomePage(nothing_open, path)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    return page


def texts(widget: QWidget) -> str:
    QApplication.processEvents()
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def choose(page: WelcomePage, product: str) -> None:
    box = page.product.box
    keys = [box.itemData(row) for row in range(box.count())]
    for _move in range(keys.index(product) - box.currentIndex()):
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_three_fields_make_a_file_with_an_account_and_its_bill(
    qtbot: QtBot, nothing_open: Session, page: WelcomePage, path: Path, today: date
) -> None:
    QTest.keyClicks(page.amount.edit, "573.33")
    QTest.keyClicks(page.due.edit, "10 Dec 2026")
    with qtbot.waitSignal(page.finished):
        QTest.keyClick(page.due.edit, Qt.Key.Key_Return)

    assert path.is_file()
    store = nothing_open.store
    (account,) = store.accounts.all()
    (due,) = store.ledgers.position(today).open_dues
    assert (account.name, account.product, account.currency) == ("JD Baitiao", "jd-baitiao", "CNY")
    assert account.terms.claims
    assert (due.open, due.due_on) == (Money.of("573.33", "CNY"), date(2026, 12, 10))
    assert store.settings.all() == {"language": "en", "currency": "CNY"}
    assert nothing_open.history.undoText() == "Add a bill"


def test_another_lender_has_a_name_and_a_currency_of_its_own(
    qtbot: QtBot, nothing_open: Session, page: WelcomePage
) -> None:
    assert not page.name.isVisible()
    choose(page, "blank")
    assert page.name.isVisible()
    QTest.keyClicks(page.name.edit, "Credit de la Loire")
    while page.currency.value() != "EUR":
        QTest.keyClick(page.currency.box, Qt.Key.Key_Down)
    QTest.keyClicks(page.amount.edit, "80")
    QTest.keyClicks(page.due.edit, "+7")
    with qtbot.waitSignal(page.finished):
        QTest.mouseClick(page.start_button, LEFT)

    (account,) = nothing_open.store.accounts.all()
    assert (account.name, account.lender, account.currency) == (
        "Credit de la Loire",
        "Credit de la Loire",
        "EUR",
    )


@pytest.mark.parametrize(
    ("amount", "due", "problem"),
    [
        ("", "+7", "Please fill this in."),
        ("lots", "+7", "is not an amount"),
        ("0", "+7", "Enter an amount above zero."),
        ("10", "some day", "is not a date"),
    ],
)
def test_what_cannot_be_read_is_said_and_makes_no_file(
    nothing_open: Session, page: WelcomePage, path: Path, amount: str, due: str, problem: str
) -> None:
    QTest.keyClicks(page.amount.edit, amount)
    QTest.keyClicks(page.due.edit, due)
    QTest.mouseClick(page.start_button, LEFT)

    assert problem in texts(page)
    assert page.amount.text() == amount or amount == "0"
    assert not nothing_open.has_store
    assert not path.exists()


def test_a_file_that_cannot_be_made_is_said_on_the_page(
    qtbot: QtBot, nothing_open: Session, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("in the way")
    page = WelcomePage(nothing_open, tmp_path / "a file" / "repayments.db")
    qtbot.addWidget(page)
    page.show()
    finished: list[bool] = []
    page.finished.connect(lambda: finished.append(True))

    QTest.mouseClick(page.empty_link, LEFT)

    assert page.problem.isVisible()
    assert page.problem.text()
    assert not finished


def test_choosing_a_language_switches_at_once_and_keeps_what_was_typed(page: WelcomePage) -> None:
    QTest.keyClicks(page.amount.edit, "573.33")
    QTest.mouseClick(page.language_buttons["fr"], LEFT)

    assert i18n.language() == "fr"
    assert page.language_buttons["fr"].isChecked()
    assert page.amount.text() == "573,33"
    assert page.currency.value() == "EUR"
    assert [button.text() for button in page.language_buttons.values()] == ["简体中文", "English", "Français"]


def test_the_language_chosen_first_is_kept_in_the_file(
    qtbot: QtBot, nothing_open: Session, page: WelcomePage
) -> None:
    QTest.mouseClick(page.language_buttons["zh"], LEFT)
    with qtbot.waitSignal(page.finished):
        QTest.mouseClick(page.empty_link, LEFT)

    assert nothing_open.store.settings.get("language") == "zh"
    assert not nothing_open.store.accounts.all()


def test_the_example_is_one_click_away_and_says_what_it_is(
    qtbot: QtBot, nothing_open: Session, page: WelcomePage, path: Path
) -> None:
    assert "invented figures and a file of its own" in texts(page)
    with qtbot.waitSignal(page.example_wanted):
        page.example_button.setFocus()
        QTest.keyClick(page.example_button, Qt.Key.Key_Return)

    assert not nothing_open.has_store
    assert not path.exists()


def test_it_says_that_nothing_is_sent_and_where_the_file_will_be(page: WelcomePage, path: Path) -> None:
    said = texts(page).replace("\u200b", "")

    assert "no account to create and no e-mail to give. Nothing is sent anywhere." in said
    assert str(path) in said


def test_the_window_goes_on_to_today_in_the_language_that_was_chosen(
    qtbot: QtBot, nothing_open: Session, path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("planner.paths.data_dir", lambda: tmp_path)  # where the last file is remembered
    window = MainWindow(nothing_open)
    qtbot.addWidget(window)
    page = WelcomePage(nothing_open, path)
    page.finished.connect(lambda: window.end_start(page))
    window.show_start(page)
    window.show()

    QTest.mouseClick(page.language_buttons["fr"], LEFT)
    QTest.keyClicks(page.amount.edit, "80,50")
    QTest.keyClicks(page.due.edit, "+3")
    QTest.mouseClick(page.start_button, LEFT)

    today = window.page("today")
    assert i18n.language() == "fr"
    assert window.stack.currentWidget() is today
    assert isinstance(today, TodayPage)
    assert "80,50" in texts(today.step)


@pytest.mark.parametrize("language", ["zh", "en", "fr"])
def test_it_fits_a_small_screen_with_large_text(
    qtbot: QtBot, qapp: QApplication, nothing_open: Session, path: Path, language: str
) -> None:
    speak(qapp, language)
    apply_theme(qapp, "light", 200)
    page = WelcomePage(nothing_open, path)
    qtbot.addWidget(page)
    page.resize(680, 560)
    page.show()
    QApplication.processEvents()

    content, room = page.area.widget(), page.area.viewport().width()
    apply_theme(qapp, "light")
    assert content is not None
    assert content.width() <= room
