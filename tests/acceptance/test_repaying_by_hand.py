"""Repaying a part by hand, in the window: from the bill to the proof, and the record beside the app."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.gui.pages.procedure_parts.bodies.reconcile import ReconcileBody
from planner.gui.pages.procedures import ProceduresPage
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.phrases import N_
from planner.services import procedures
from planner.services.accounts import account_from, save_account
from planner.services.bills import pay, save_bill
from planner.store import catalogue
from planner.store.store import Store
from tests.acceptance.case_window import give, open_case, opened, press, state, texts, titles

BY_HAND = "manual-repayment"


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    """A Baitiao with a bill of 100 of which at least 10 are due on 10 December."""
    sheet = catalogue.product("jd-baitiao")
    assert sheet is not None
    lines = (BillLine(LineKind.UNITEMISED, yuan("100")),)
    with store.transaction():
        account = save_account(store, account_from(sheet, "My Baitiao"))
        save_bill(store, Bill(account.id, date(2026, 12, 1), date(2026, 12, 10), lines, yuan("10")))
    return account


@pytest.fixture
def page(qtbot: QtBot, qapp: QApplication, store: Store, account: Account, today: date) -> ProceduresPage:
    """Repaying by hand, in the window."""
    apply_theme(qapp, "light")
    session = Session(store, today)
    with store.transaction():
        case = procedures.start_case(store, BY_HAND, account.id, today)
    return open_case(qtbot, session, case)


@pytest.mark.row("C087", "C091", "C092")
def test_the_way_goes_from_signing_in_over_the_bill_to_the_payment_and_changes_with_the_amount(
    page: ProceduresPage,
) -> None:
    ways = {}
    for amount in ("full", "part", "late"):
        give(page, "amount", amount)
        QApplication.processEvents()
        ways[amount] = sorted(page.case.rows, key=lambda step: page.case.rows[step].y())

    begin, end = (
        ["log-in", "pick-bill", "choose-amount"],
        ["confirm-payment", "record-payment", "compare-record"],
    )
    assert ways == {
        "full": ["look-at-due", "check-cash", *begin, *end],
        "part": ["look-at-due", "look-at-part", *begin, *end],
        "late": ["look-at-due", *begin, "pay-late", *end],
    }
    assert len(titles(page)) == len(ways["late"])
    assert "我的账户 (My account)" in texts(opened(page, "log-in"))
    assert "立即还款 (Repay now)" in texts(opened(page, "pick-bill"))


# 100 less 40 is 60, of which nothing has to be paid on 10 December any more.
@pytest.mark.row("C093", "C094")
def test_a_part_that_was_paid_lowers_what_is_due_and_the_record_is_compared_with_the_app(
    page: ProceduresPage, store: Store, account: Account
) -> None:
    give(page, "amount", "part")
    assert "CN¥100.00" in texts(page.case.facts)
    assert "CN¥10.00" in texts(page.case.facts)
    session = page.session
    payment = Payment(account.id, yuan("40"), session.today, note="No. 4711")
    assert session.do(N_("Record a payment"), pay, payment) is not None

    (due,) = store.ledgers.position(session.today).open_dues
    assert (due.open, due.open_minimum) == (yuan("60"), yuan("0"))
    assert "CN¥60.00" in texts(page.case.facts)
    body = opened(page, "compare-record").body
    assert isinstance(body, ReconcileBody)
    assert "CN¥60.00" in texts(body)
    QTest.keyClicks(body.stated.edit, "61")
    press(body.compare_button)
    assert body.result.text() == "The app shows CN¥1.00 more than the record."
    assert state(page, "compare-record") == "Not started"

    body.stated.edit.clear()
    QTest.keyClicks(body.stated.edit, "60")
    press(body.compare_button)
    assert body.result.text() == "Both say CN¥60.00."
    assert state(page, "compare-record") == "Done on 22 Nov 2026"
    assert [paid.note for paid in store.payments.all()] == ["No. 4711"]


@pytest.mark.row("C094")
def test_what_the_app_shows_is_recorded_by_a_press_and_undone(page: ProceduresPage, store: Store) -> None:
    give(page, "amount", "full")
    body = opened(page, "compare-record").body
    assert isinstance(body, ReconcileBody)
    QTest.keyClicks(body.stated.edit, "99.50")
    press(body.compare_button)
    assert body.result.text() == "The app shows CN¥0.50 less than the record."

    press(body.correct_button)
    assert [due.open for due in store.ledgers.position(page.session.today).open_dues] == [yuan("99.50")]
    assert state(page, "compare-record") == "Done on 22 Nov 2026"
    page.session.history.undo()
    assert [due.open for due in store.ledgers.position(page.session.today).open_dues] == [yuan("100")]
