"""No identity number, whole card number, code or password is in the file, wherever it was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, Charge, LineKind
from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category
from planner.domain.cash.recurrence import Recurrence
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.domain.sourced import Origin, Reliability, Source
from planner.domain.term import Term
from planner.domain.terms import TermClaim
from planner.errors import PlannerError
from planner.gui.recording.purchase import PurchaseForm
from planner.gui.session import Session
from planner.gui.theme import apply_theme
from planner.services.accounts import override_term, save_account
from planner.services.bills import correct, pay, refund_purchase, save_bill, save_charge, save_purchase
from planner.services.cash import save_cash_account
from planner.services.cash_flows import save_flow
from planner.services.pasting import record_message
from planner.services.plans import save_plan
from planner.statements.messages.parse import parse_message
from planner.store.store import Store

TODAY = date(2026, 11, 22)
# Payment networks publish the card for tests; the identity number is the example of GB 11643-1999.
CARD, IDENTITY, CODE = "6200000000000005", "11010519491231002X", "482911"
TYPED = f"Paid with {CARD}, 身份证 {IDENTITY}, the verification code is {CODE}"
KEPT = "Paid with **** 0005, 身份证 ****, the verification code is ****"


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    with store.transaction():
        return save_account(store, Account("白条", "JD", "CNY"))


def in_the_file(store: Store) -> str:
    """Everything that is in any table."""
    return "\n".join(store.connection.iterdump())


def the_name_of_an_account(store: Store, account: Account) -> None:
    save_account(store, replace(account, name=TYPED))


def the_note_on_an_account(store: Store, account: Account) -> None:
    save_account(store, replace(account, note=TYPED))


def a_purchase(store: Store, account: Account) -> None:
    save_purchase(store, Purchase(account.id, cny("20"), TODAY, TYPED, TYPED, category=TYPED))


def a_bill(store: Store, account: Account) -> None:
    line = BillLine(LineKind.UNITEMISED, cny("20"), label=TYPED)
    save_bill(store, Bill(account.id, TODAY, TODAY, (line,), note=TYPED))


def a_charge(store: Store, account: Account) -> None:
    save_charge(store, Charge(account.id, LineKind.FEE, cny("2"), TODAY, TYPED))


def a_payment(store: Store, account: Account) -> None:
    pay(store, Payment(account.id, cny("20"), TODAY, note=TYPED))


def a_correction(store: Store, account: Account) -> None:
    correct(store, account.id, cny("7"), TODAY, TYPED)


def a_plan(store: Store, account: Account) -> None:
    row = Instalment(1, TODAY, cny("20"), cny("0"), cny("0"))
    save_plan(store, InstalmentPlan(account.id, TYPED, cny("20"), (row,), 1))


def a_term(store: Store, account: Account) -> None:
    source = Source(TYPED, TODAY, Reliability.CONTRACT, Origin.CONTRACT)
    override_term(store, account.id, TermClaim(Term.LATE_RATE, "", "0.0004", source))


def a_cash_account(store: Store, _account: Account) -> None:
    save_cash_account(store, CashAccount(TYPED, "CNY", (Balance(TODAY, cny("5")),), TYPED))


def an_income(store: Store, _account: Account) -> None:
    save_flow(store, CashFlow(TYPED, Category.SALARY, cny("5"), Recurrence(TODAY), note=TYPED))


@pytest.mark.row("C006", "C102")
@pytest.mark.parametrize(
    "record",
    [
        the_name_of_an_account,
        the_note_on_an_account,
        a_purchase,
        a_bill,
        a_charge,
        a_payment,
        a_correction,
        a_plan,
        a_term,
        a_cash_account,
        an_income,
    ],
)
def test_of_what_is_typed_only_the_tail_of_a_card_is_kept(
    store: Store, account: Account, record: Callable[[Store, Account], None]
) -> None:
    with store.transaction():
        record(store, account)

    kept = in_the_file(store)
    assert KEPT in kept
    assert not [secret for secret in (CARD, IDENTITY, CODE) if secret in kept]


def test_order_numbers_amounts_days_and_telephone_numbers_stay_as_they_are(
    store: Store, account: Account
) -> None:
    words = "Order 302847561238 of 2026-11-20, 1,200.00 yuan, asked 95118 at 14:30"
    purchase = Purchase(account.id, cny("20"), TODAY, words, order_number=CARD)
    with store.transaction():
        save_purchase(store, purchase)

    assert store.purchases.get(purchase.id) == purchase


def test_what_a_file_said_keeps_its_words_so_that_it_is_known_again(store: Store, account: Account) -> None:
    said = f"Order {CARD}"
    purchase = Purchase(account.id, cny("20"), TODAY, "Shop", said, source_key="2026-11-20T10:00:00|x")
    with store.transaction():
        save_purchase(store, purchase)
        refund_purchase(store, purchase.id, cny("5"), TODAY)

    assert store.purchases.get(purchase.id).description == said


@pytest.mark.row("C102")
def test_the_form_of_a_purchase_keeps_no_card_number_and_says_so(
    qtbot: QtBot, qapp: QApplication, store: Store, account: Account
) -> None:
    apply_theme(qapp, "light")
    session = Session(store, TODAY)
    form = PurchaseForm(session, account.id)
    qtbot.addWidget(form)
    form.show()
    QTest.keyClicks(form.amount.edit, "20")
    QTest.keyClicks(form.merchant.edit, f"Card {CARD}")
    assert form.kept_out.isVisible()
    assert form.kept_out.text() == "Of a card number only the last four digits are kept."
    with qtbot.waitSignal(form.saved):
        QTest.keyClick(form.merchant.edit, Qt.Key.Key_Return)

    (purchase,) = store.purchases.all()
    assert purchase.merchant == "Card **** 0005"


def test_the_form_says_nothing_where_all_of_it_is_kept(
    qtbot: QtBot, qapp: QApplication, store: Store, account: Account
) -> None:
    apply_theme(qapp, "light")
    form = PurchaseForm(Session(store, TODAY), account.id)
    qtbot.addWidget(form)
    form.show()
    QTest.keyClicks(form.merchant.edit, f"Card {CARD}")
    form.merchant.edit.clear()
    QTest.keyClicks(form.merchant.edit, "Bookshop 24")

    assert not form.kept_out.isVisible()


@pytest.mark.row("C102")
def test_of_a_pasted_message_the_card_is_masked_and_its_text_is_not_kept(store: Store) -> None:
    with store.transaction():
        baitiao = save_account(store, Account("Baitiao", "JD", "CNY", "jd-baitiao"))
    text = (
        f"服务商户：某某小店 {CARD}\n交易类型：分3期\n交易订单：100200300\n"
        "交易时间：11月20日 09:05:07\n消费金额：90.00元"
    )
    draft = parse_message(text, TODAY)
    assert draft is not None
    with store.transaction():
        record_message(store, draft, baitiao.id, TODAY)

    kept = in_the_file(store)
    assert "某某小店 **** 0005" in kept
    assert CARD not in kept
    assert "交易时间" not in kept


@pytest.mark.row("C006", "C102")
def test_a_message_with_a_code_is_not_read_at_all(store: Store) -> None:
    with pytest.raises(PlannerError, match="verification code"):
        parse_message(f"【京东】您的验证码是{CODE}，请勿告诉他人", TODAY)
    assert CODE not in in_the_file(store)


# --- There is no room for them -----------------------------------------------------------------------

_NO_ROOM_FOR = r"(card|identity|passport|id)_?(number|no)\b|password|passcode|\bpin\b|\bcvv|otp|ssn"


@pytest.mark.row("C006", "C102")
def test_no_table_has_a_column_for_them(store: Store) -> None:
    tables = [
        row[0] for row in store.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    columns = [row[1] for table in tables for row in store.connection.execute(f"PRAGMA table_info({table})")]

    assert len(columns) > 100
    assert [name for name in columns if re.search(_NO_ROOM_FOR, name, re.IGNORECASE)] == []
    assert re.search(_NO_ROOM_FOR, "card_number")
    assert re.search(_NO_ROOM_FOR, "password")
