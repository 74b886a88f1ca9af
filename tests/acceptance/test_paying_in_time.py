"""Paying in time: what can be paid in full, and when one is reminded of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.rules import CashRules
from planner.domain.money import Money
from planner.gui.pages.payoff import PayoffPage
from planner.gui.pages.settings import SettingsPage
from planner.gui.pages.today import TodayPage
from planner.gui.recording.account import AccountForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.i18n import explain
from planner.phrases import N_
from planner.services.accounts import account_from, save_account
from planner.services.bills import save_bill
from planner.services.cash import save_rules
from planner.services.payoff import best_plan, payoff_question
from planner.services.reminders import note_said, reminders_today
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.case_window import texts

LEFT = Qt.MouseButton.LeftButton
DUE = date(2026, 12, 10)  # a Thursday


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    with store.transaction():
        return save_account(store, account_from(sheet, "My Baitiao"))


@pytest.fixture
def session(qapp: QApplication, store: Store, account: Account, today: date) -> Session:
    """The person's file, with the one account."""
    apply_theme(qapp, "light")
    assert store.accounts.get(account.id) == account
    return Session(store, today)


def billed(store: Store, account: Account, due_on: date = DUE, amount: str = "600") -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
    with store.transaction():
        return save_bill(store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))


# --- A bill that is not large is paid in full ------------------------------------------------------------


@dataclass(frozen=True)
class Purse:
    """What has to be left on each day, and what a repair costs on 1 February."""

    reserve: str
    repair: str


def with_cash(store: Store, purse: Purse, today: date) -> None:
    """1,000 on the account, 300 of wages on the 2nd of each month from February on, and one repair."""
    with store.transaction():
        bank = CashAccount("Bank", "CNY", (Balance(today, yuan("1000")),), id="bank")
        store.cash_accounts.save(bank)
        wages = Recurrence(date(2027, 2, 2))
        store.cash_flows.save(CashFlow("Wages", Category.SALARY, yuan("300"), wages, bank.id))
        once = Recurrence(date(2027, 2, 1), Unit.ONCE)
        store.cash_flows.save(CashFlow("Repair", Category.HOUSING, yuan(purse.repair), once, bank.id))
        store.cash_rules.save(CashRules("CNY", yuan(purse.reserve)))


# 1,000 less the bill of 600 is 400 from 10 December on, and 400 less the repair on 1 February. A Baitiao bill
# can otherwise be split over three parts at no fee: 60 of it (10 %) in December, and three times 180.
@pytest.mark.row("C028")
@pytest.mark.parametrize(
    ("purse", "wanted"),
    [
        (Purse("200", "200"), "full"),  # exactly the reserve is left on 1 February
        (Purse("200", "200.01"), "promotion-3"),  # a cent less: December alone does not decide
        (Purse("400", "0.01"), "promotion-3"),
        (Purse("399.99", "0.01"), "full"),
    ],
    ids=str,
)
def test_paying_in_full_is_proposed_where_every_month_stays_on_the_reserve(
    store: Store, account: Account, today: date, purse: Purse, wanted: str
) -> None:
    bill = billed(store, account)
    with_cash(store, purse, today)

    plan = best_plan(payoff_question(store, today, "CNY"))

    assert plan.is_feasible
    assert plan.chosen == {bill.id: wanted}
    assert [each.decision_id for each in plan.full] == ([bill.id] if wanted == "full" else [])
    paid = {
        "full": [(DUE, yuan("600"))],
        "promotion-3": [
            (DUE, yuan("60")),
            *((date(2027, month, 10), yuan("180")) for month in (1, 2, 3)),
        ],
    }
    assert [(each.on, each.amount.value) for each in plan.payables] == paid[wanted]


@pytest.mark.row("C028")
def test_the_window_says_that_a_bill_can_be_paid_in_full_until_the_reserve_forbids_it(
    qtbot: QtBot, session: Session, account: Account, today: date
) -> None:
    billed(session.store, account)
    with_cash(session.store, Purse("200", "150"), today)
    page = PayoffPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()

    def settled() -> str:
        qtbot.waitUntil(lambda: not page.best._latest.is_working, timeout=20_000)
        qtbot.wait(30)
        return texts(page.best.result)

    in_full = "can be paid in full: on no day less than CN¥250.00 is left, on 1 Feb 2027"
    assert in_full in settled()
    assert session.do(N_("Change the reserve"), save_rules, CashRules("CNY", yuan("250.01"))) is not None
    assert "can be paid in full" not in settled()


# --- Reminders are set -----------------------------------------------------------------------------------


def shown(qtbot: QtBot, session: Session) -> SettingsPage:
    page = SettingsPage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    return page


def heard(store: Store, first: date, last: date) -> dict[date, list[str]]:
    """What is said from day to day to somebody who looks every day."""
    found = {}
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        told = reminders_today(store, day)
        with store.transaction():
            note_said(store, [each.reminder for each in told], day)
        if told:
            found[day] = [explain(each.words) for each in told]
    return found


@pytest.mark.row("C099")
def test_the_days_that_are_set_are_those_on_which_one_is_reminded(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    store = session.store
    billed(store, account)
    page = shown(qtbot, session)
    page.reminders.days.edit.clear()
    QTest.keyClicks(page.reminders.days.edit, "9, 4")
    QTest.keyClick(page.reminders.days.edit, Qt.Key.Key_Return)
    # Sundays are quiet. Four days before the due date is one, so that it is said on the Saturday before.
    assert (DUE - timedelta(days=4)).weekday() == 6
    QTest.keyClick(page.reminders.quiet.weekdays[6], Qt.Key.Key_Space)

    bill = "My Baitiao: Bill of 1 Dec 2026: CN¥600.00 is due on 10 Dec 2026"
    assert heard(store, session.today, DUE) == {
        date(2026, 12, 1): [f"{bill}, in 9 days."],
        date(2026, 12, 5): [f"{bill}, in 5 days."],
        DUE: [f"{bill}, today."],
    }


@pytest.mark.row("C099")
def test_an_account_is_reminded_of_on_days_of_its_own_or_only_on_the_due_day(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    store = session.store
    billed(store, account)
    bill = "My Baitiao: Bill of 1 Dec 2026: CN¥600.00 is due on 10 Dec 2026"

    def set_days(way: str, typed: str = "") -> None:
        form = AccountForm(session, store.accounts.get(account.id))
        qtbot.addWidget(form)
        form.show()
        QTest.mouseClick(form.more_button, LEFT)
        form.leads.way.set_key(way)
        form.leads.way.changed.emit()
        if typed:
            form.leads.days.edit.clear()
            QTest.keyClicks(form.leads.days.edit, typed)
        with qtbot.waitSignal(form.saved):
            form.save()

    set_days("own", "2")
    days = heard(store, session.today, DUE - timedelta(days=1))
    assert days == {date(2026, 12, 8): [f"{bill}, in 2 days."]}
    session.history.undo()
    assert store.accounts.get(account.id).lead_days is None
    set_days("none")
    assert heard(store, session.today, DUE) == {DUE: [f"{bill}, today."]}


@pytest.mark.row("C099")
def test_a_reminder_that_is_put_off_comes_back_on_its_day_in_the_window(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    store = session.store
    billed(store, account)
    days = {
        "a week before": DUE - timedelta(days=7),
        "the day after": DUE - timedelta(days=6),
        "two days before": DUE - timedelta(days=2),
    }

    def bars(day: date) -> list[str]:
        page = TodayPage(Session(store, day))
        qtbot.addWidget(page)
        page.resize(1080, 740)
        page.show()
        qtbot.waitUntil(lambda: page.reminders is not None)
        assert page.reminders is not None
        found = page.reminders.bars
        names = [bar.snooze_button.accessibleName() for bar in found]
        if day == days["a week before"]:
            found[0].menu().actions()[0].trigger()  # until tomorrow
        return names

    left = {when: bars(day) for when, day in days.items()}

    named = "Snooze: My Baitiao: Bill of 1 Dec 2026: CN¥600.00 is due on 10 Dec 2026, in {} days."
    assert left == {when: [named.format((DUE - day).days)] for when, day in days.items()}
    page = TodayPage(Session(store, days["a week before"]))
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.reminders is not None)
    assert page.reminders is not None
    assert page.reminders.bars == []
