"""Payments in time and late ones, counted in words that judge nobody."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.gui.pages.overdue import LatePage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.i18n import explain
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_bill
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.case_window import open_case, texts


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


def billed(store: Store, account: Account, due_on: date, amount: str) -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
    with store.transaction():
        return save_bill(store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))


_JUDGING = re.compile(
    r"bad|poor|fail|delinquen|default|streak|malicious|shame|great|good|well done|!", re.IGNORECASE
)


@pytest.mark.row("C103")
def test_payments_in_time_are_not_counted_as_late_and_late_ones_are_told_without_judging(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    store = session.store
    # Of JD Baitiao no days of grace are known: the due date itself is the last day in time.
    for month, paid_on in ((6, 10), (7, 9), (8, 12), (9, 10), (10, 11)):
        due_on = date(2026, month, 10)
        billed(store, account, due_on, "100")
        with store.transaction():
            pay(store, Payment(account.id, yuan("100"), date(2026, month, paid_on)))

    page = LatePage(session)
    qtbot.addWidget(page)
    page.resize(1080, 740)
    page.show()
    # Late were August (two days) and October (one day); September, in time, is between them.
    page.counts.show_account(session, store.accounts.get(account.id))
    told = page.counts.own.text()
    assert told == "2 late months in all, 1 in a row now, 1 at most; the longest delay: 2 days"
    assert not _JUDGING.search(told)
    # June, July and September.
    assert page.counts.in_time.text() == "3 payments in time"
    assert not page.counts.note.isVisibleTo(page.counts)

    answer = page.counts.own.answer()
    assert answer is not None
    given = answer.figures[0][1].derivation.given
    assert [(explain(each.label), explain(each.value)) for each in given] == [
        ("Bill of 1 Aug 2026, due on 10 Aug 2026", "2 days late"),
        ("Bill of 1 Oct 2026, due on 10 Oct 2026", "1 day late"),
    ]


@pytest.mark.row("C103")
def test_looking_back_is_a_task_that_has_both_counts_before_ones_eyes(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    store = session.store
    for month, paid_on in ((9, 10), (10, 11)):
        billed(store, account, date(2026, month, 10), "100")
        with store.transaction():
            pay(store, Payment(account.id, yuan("100"), date(2026, month, paid_on)))
    with store.transaction():
        case = procedures.start_case(store, "prevention", account.id, session.today)
    page = open_case(qtbot, session, case)

    assert "look-at-counts" in page.case.rows
    facts = texts(page.case.facts)
    assert "1 late month in all, 1 in a row now, 1 at most; the longest delay: 1 day" in facts
    assert "1 payment in time" in facts


@pytest.mark.row("C103")
def test_who_always_paid_in_time_reads_how_often_and_nothing_more(
    qtbot: QtBot, session: Session, account: Account
) -> None:
    store = session.store
    for month in (8, 9, 10, 11):
        billed(store, account, date(2026, month, 10), "100")
        with store.transaction():
            pay(store, Payment(account.id, yuan("100"), date(2026, month, 10)))
    page = LatePage(session)
    qtbot.addWidget(page)
    page.show()
    page.counts.show_account(session, store.accounts.get(account.id))

    said = texts(page.counts)
    assert said == "Late so far\nNo payment was ever late, by what is recorded.\n4 payments in time"
