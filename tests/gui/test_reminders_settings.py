"""What the user wants of reminders, in Settings."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from planner import i18n, paths
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.gui.pages.settings import SettingsPage
from planner.gui.pages.settings_quiet import QuietDatesForm
from planner.gui.recording.account import AccountForm
from planner.gui.session import Session
from planner.services.accounts import save_account
from planner.services.reminders import rules_of, set_quiet_days

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> SettingsPage:
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    return page


def type_days(page: SettingsPage, text: str) -> None:
    edit = page.reminders.days.edit
    edit.clear()
    QTest.keyClicks(edit, text)
    QTest.keyClick(edit, Qt.Key.Key_Return)


@pytest.mark.row("C099")
def test_days_before_are_kept_when_return_is_pressed_and_can_be_undone(
    session: Session, page: SettingsPage
) -> None:
    assert page.reminders.days.text() == "7, 3, 1"

    type_days(page, "2,10")
    assert rules_of(session.store).lead_days == (10, 2)
    assert page.reminders.days.text() == "10, 2"
    type_days(page, "")
    assert rules_of(session.store).lead_days == ()

    session.history.undo()
    assert rules_of(session.store).lead_days == (10, 2)
    session.history.undo()
    assert rules_of(session.store).lead_days == (7, 3, 1)


@pytest.mark.row("C099")
def test_the_days_of_an_account_are_reached_from_here_and_shown_in_its_form(
    session: Session, page: SettingsPage
) -> None:
    button = page.reminders.own_days
    assert button.isHidden()
    for name, days in (("白条", None), ("A & B", (5, 2))):
        session.do("Add", save_account, Account(name, "JD", "CNY", lead_days=days, id=name))
    texts = [action.text() for action in button.menu().actions()]
    assert texts == ["白条", "A && B: 5, 2"]

    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    menu = button.menu()
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)

    form = page.pane.content
    assert isinstance(form, AccountForm)
    assert form.leads.way.isVisible()
    assert form.leads.way.input.hasFocus()
    QApplication.processEvents()
    assert not form.leads.way.visibleRegion().isEmpty()  # scrolled to
    form.leads.way.set_key("none")
    form.save()
    assert page.pane.content is None
    assert session.store.accounts.get("白条").lead_days == ()


def test_what_is_no_day_is_said_beside_the_field_and_changes_nothing(
    session: Session, page: SettingsPage
) -> None:
    type_days(page, "90")

    assert page.reminders.days.message.text() == "Choose from 1 to 60 days before the due date."
    assert rules_of(session.store).lead_days == (7, 3, 1)
    assert not session.history.canUndo()


@pytest.mark.parametrize(("language", "names"), [("zh", ["星期一", "星期日"]), ("fr", ["lundi", "dimanche"])])
def test_days_of_the_week_are_named_in_the_language_of_the_reader(
    page: SettingsPage, language: str, names: list[str]
) -> None:
    with i18n.speaking(language):
        page.refresh()

    assert [box.text() for box in page.reminders.quiet.weekdays][::6] == names


@pytest.mark.row("C099")
def test_a_day_of_the_week_is_made_quiet_with_its_box_and_undone(
    session: Session, page: SettingsPage
) -> None:
    boxes = page.reminders.quiet.weekdays
    assert [box.text() for box in boxes][::6] == ["Monday", "Sunday"]

    QTest.keyClick(boxes[6], Qt.Key.Key_Space)
    assert rules_of(session.store).quiet_weekdays == {6}

    session.history.undo()
    assert rules_of(session.store).quiet_weekdays == frozenset()
    assert not boxes[6].isChecked()


def test_one_day_of_the_week_is_always_left(session: Session, page: SettingsPage) -> None:
    refused: list[str] = []
    session.refused.connect(refused.append)

    for box in page.reminders.quiet.weekdays:
        QTest.keyClick(box, Qt.Key.Key_Space)

    assert refused == ["Leave at least one day of the week on which reminders may come."]
    assert rules_of(session.store).quiet_weekdays == {0, 1, 2, 3, 4, 5}
    assert not page.reminders.quiet.weekdays[6].isChecked()


def quiet_texts(page: SettingsPage) -> list[str]:
    return [label.text() for row, _button in page.reminders.quiet.rows for label in row.findChildren(QLabel)]


def add_dates(page: SettingsPage, first: date, last: date | None) -> QuietDatesForm:
    QTest.mouseClick(page.reminders.quiet.add_button, LEFT)
    form = page.pane.content
    assert isinstance(form, QuietDatesForm)
    form.first.set_day(first)
    form.last.set_day(last)
    QTest.mouseClick(form.save_button, LEFT)
    return form


@pytest.mark.row("C099")
def test_dates_are_added_shown_as_spans_and_taken_away(session: Session, page: SettingsPage) -> None:
    with session.store.transaction():
        set_quiet_days(session.store, [6], [date(2026, 1, 1)])  # over long since

    add_dates(page, date(2026, 12, 24), date(2026, 12, 26))
    add_dates(page, date(2027, 1, 1), None)

    assert page.pane.content is None
    assert quiet_texts(page) == ["24 Dec 2026 to 26 Dec 2026", "1 Jan 2027"]
    rules = rules_of(session.store)
    assert rules.quiet_dates == {date(2026, 12, day) for day in (24, 25, 26)} | {date(2027, 1, 1)}
    assert rules.quiet_weekdays == {6}

    _row, button = page.reminders.quiet.rows[0]
    assert button.accessibleName() == "Remove: 24 Dec 2026 to 26 Dec 2026"
    QTest.mouseClick(button, LEFT)
    assert quiet_texts(page) == ["1 Jan 2027"]
    session.history.undo()
    assert quiet_texts(page) == ["24 Dec 2026 to 26 Dec 2026", "1 Jan 2027"]


def test_a_span_that_ends_before_it_begins_is_refused_and_stays_to_be_mended(
    session: Session, page: SettingsPage
) -> None:
    form = add_dates(page, date(2026, 12, 24), date(2026, 12, 23))

    assert form.problem.text() == "The last day is before the first one."
    assert page.pane.content is form
    assert rules_of(session.store).quiet_dates == frozenset()


# --- outside of the program


def owe(session: Session) -> None:
    line = BillLine(LineKind.UNITEMISED, Money.of("500", "CNY"))
    with session.store.transaction():
        session.store.accounts.save(Account("白条", "JD", "CNY", id="account"))
        session.store.bills.save(Bill("account", date(2026, 11, 20), date(2026, 12, 10), (line,), id="bill"))


def test_the_file_for_a_calendar_program_is_saved_and_noted_so_that_the_next_one_changes_it(
    session: Session, page: SettingsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owe(session)
    target = tmp_path / "due"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(target), ""))

    QTest.mouseClick(page.reminders.calendar.button, LEFT)

    file = tmp_path / "due.ics"
    assert page.reminders.calendar.note.text() == f"Saved: {file}, with 1 day to pay on."
    content = file.read_bytes()
    assert content.count(b"BEGIN:VEVENT") == 1
    assert b"UID:bill@repayment-planner" in content
    assert content.count(b"BEGIN:VALARM") == 4  # 7, 3 and 1 days before, and on the day
    assert [each.id for each in session.store.handed.all()] == ["bill"]
    assert not session.history.canUndo()


def test_what_cannot_be_saved_is_said_and_nothing_is_noted(
    session: Session, page: SettingsPage, tmp_path: Path
) -> None:
    owe(session)

    said = page.reminders.calendar.save(tmp_path / "missing" / "due.ics")

    assert said.startswith("“due.ics” could not be written")
    assert session.store.handed.all() == []


def test_months_out_of_range_are_said_and_no_file_is_asked_for(
    page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: pytest.fail("asked"))
    page.reminders.calendar.months.set_text("0")

    QTest.mouseClick(page.reminders.calendar.button, LEFT)

    assert page.reminders.calendar.months.message.text() == "Enter a whole number from 1 to 120."


@pytest.fixture
def filed(qtbot: QtBot, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SettingsPage:
    """The page for a file of its own, of a program that was installed."""
    monkeypatch.setattr(sys, "argv", [str(tmp_path / "repayment-planner")])
    monkeypatch.setattr(session.store, "path", tmp_path / "my debts.db")
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.mark.row("C048")
def test_the_lines_for_cron_and_windows_name_the_open_file_and_are_copied(
    filed: SettingsPage, tmp_path: Path
) -> None:
    lines = filed.reminders.lines
    assert lines.shown.isHidden() or not lines.is_open
    lines.set_open(is_open=True)
    command = f"{(tmp_path / 'repayment-planner').resolve()} remind --store '{tmp_path / 'my debts.db'}'"

    assert lines.mailed.value() == f"0 9 * * * {command}"
    assert lines.shown.value().startswith(f"0 9 * * * said=$({command}); ")
    assert lines.windows.value().startswith("schtasks /Create /F /SC DAILY /ST 09:00 ")
    for line in (lines.mailed, lines.shown, lines.windows):
        QTest.keyClick(line.button, Qt.Key.Key_Space)
        assert QGuiApplication.clipboard().text() == line.value()
        assert line.button.accessibleName().startswith("Copy: Every morning, ")


def test_the_usual_file_needs_no_name_in_the_lines(
    filed: SettingsPage, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.store, "path", paths.default_store())

    filed.refresh()

    assert "--store" not in filed.reminders.lines.mailed.value()


def test_without_a_file_there_are_no_lines(page: SettingsPage) -> None:
    assert page.reminders.lines.isHidden()


def test_everything_about_reminders_has_a_name_for_who_listens(page: SettingsPage) -> None:
    reminders = page.reminders
    fields: list[QWidget] = [reminders.days.input, reminders.calendar.months.input]

    assert [field.accessibleName() for field in fields] == [
        "Days before a due date",
        "Months ahead for a calendar program",
    ]
    assert reminders.quiet.weekdays[5].accessibleName() == "No reminders on this day: Saturday"
