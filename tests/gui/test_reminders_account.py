"""How many days before a due date to remind of an account, in its form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.gui.pane import SidePane
from planner.gui.recording.account import AccountForm
from planner.gui.recording.lead_fields import LeadDaysField
from planner.gui.session import Session
from planner.services.reminders import rules_of, set_lead_days

LEFT = Qt.MouseButton.LeftButton
Show = Callable[..., AccountForm]


@pytest.fixture
def show(qtbot: QtBot, session: Session) -> Show:
    panes: list[SidePane] = []

    def make(lead_days: tuple[int, ...] | None = None) -> AccountForm:
        account = Account("白条", "JD", "CNY", lead_days=lead_days, id="account")
        with session.store.transaction():
            session.store.accounts.save(account)
        pane = SidePane()
        qtbot.addWidget(pane)
        panes.append(pane)
        form = AccountForm(session, account)
        pane.open(form, "Account")
        pane.resize(480, 800)
        pane.show()
        return form

    return make


def save(form: AccountForm) -> tuple[int, ...] | None:
    QTest.mouseClick(form.save_button, LEFT)
    return form.session.store.accounts.get("account").lead_days


def choose(form: AccountForm, key: str) -> None:
    box = form.leads.way.box
    moves = [str(box.itemData(row)) for row in range(box.count())].index(key) - box.currentIndex()
    for _move in range(abs(moves)):
        QTest.keyClick(box, Qt.Key.Key_Down if moves > 0 else Qt.Key.Key_Up)


def test_they_wait_behind_more_and_say_what_holds_for_every_account(session: Session, show: Show) -> None:
    with session.store.transaction():
        set_lead_days(session.store, [10, 2])
    form = show()
    assert form.leads.way.isHidden()

    QTest.mouseClick(form.more_button, LEFT)

    assert form.leads.way.isVisible()
    assert form.leads.days.isHidden()
    assert form.leads.way.box.currentText() == "As for every account: 10, 2 days before"
    assert save(form) is None


@pytest.mark.row("C099")
def test_an_account_gets_days_of_its_own_in_any_order_and_undo_takes_them_back(
    session: Session, show: Show
) -> None:
    form = show()
    QTest.mouseClick(form.more_button, LEFT)
    choose(form, "own")
    assert form.leads.days.isVisible()
    assert form.leads.days.text() == "7, 3, 1"

    form.leads.days.edit.clear()
    QTest.keyClicks(form.leads.days.edit, "2; 14 5,2")

    assert save(form) == (14, 5, 2)
    assert rules_of(session.store).leads_of("account") == (14, 5, 2)
    session.history.undo()
    assert session.store.accounts.get("account").lead_days is None


def test_none_at_all_can_be_chosen(show: Show) -> None:
    form = show((7,))
    QTest.mouseClick(form.more_button, LEFT)
    assert form.leads.way.value() == "own"

    choose(form, "none")

    assert form.leads.days.isHidden()
    assert save(form) == ()


@pytest.mark.parametrize("kept", [None, (), (14, 2)])
def test_what_is_kept_stays_where_nobody_looks_at_it(show: Show, kept: tuple[int, ...] | None) -> None:
    form = show(kept)

    form.note.set_text("mine")

    assert save(form) == kept


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("soon", "Enter the days as numbers, such as 7, 3, 1."),
        ("7.5", "Enter the days as numbers, such as 7, 3, 1."),
        ("7, 61", "Choose from 1 to 60 days before the due date."),
        ("0", "Choose from 1 to 60 days before the due date."),
        ("", "Please fill this in."),
    ],
)
def test_what_is_no_day_is_said_and_nothing_is_saved(show: Show, typed: str, problem: str) -> None:
    form = show()
    QTest.mouseClick(form.more_button, LEFT)
    choose(form, "own")
    form.leads.days.edit.clear()
    QTest.keyClicks(form.leads.days.edit, typed)

    assert save(form) is None
    assert form.leads.days.message.text() == problem
    assert form.leads.days.text() == typed


def test_chinese_marks_stand_between_days_too(qtbot: QtBot) -> None:
    field = LeadDaysField()
    qtbot.addWidget(field)

    field.set_text("2、14，5；2")

    assert field.value() == (14, 5, 2)


def test_what_was_typed_is_echoed_from_far_to_near(qtbot: QtBot) -> None:
    field = LeadDaysField()
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    field.edit.setFocus()
    qtbot.waitUntil(field.edit.hasFocus)
    QTest.keyClicks(field.edit, "1;3 30")

    field.edit.clearFocus()

    assert field.text() == "30, 3, 1"
