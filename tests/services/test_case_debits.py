from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.procedures.case import Case
from planner.domain.procedures.debits import DebitState
from planner.domain.reminders.planned import newest
from planner.domain.reminders.reminder import About, Reminder, ReminderKind, ReminderRules, Topic
from planner.domain.reminders.words import beside_line, words_of
from planner.services import procedures
from planner.services.accounts import delete_account, save_account
from planner.services.bills import pay, save_bill
from planner.services.cases.debits import NotOpenError, confirm_debit, debits_view, fail_debit
from planner.services.cases.errors import FutureDateError
from planner.services.failed_debits import forget_failed_debit
from planner.services.reminder_topics import topics
from planner.store import catalogue
from planner.store.changes import inverse
from planner.store.store import Store
from tests.care_procedure import CARE, care

STARTED = date(2026, 11, 20)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    with store.transaction():
        return save_account(store, Account("Card", "Bank", "CNY", automatic=True))


@pytest.fixture
def case(store: Store, account: Account, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Case:
    procedure = care(tmp_path, "debits")
    monkeypatch.setattr(catalogue, "procedures", lambda: (procedure,))
    with store.transaction():
        return procedures.start_case(store, CARE, account.id, STARTED)


def billed(store: Store, account: Account, due_on: date, amount: str = "100") -> Bill:
    lines = (BillLine(LineKind.UNITEMISED, yuan(amount)),)
    with store.transaction():
        return save_bill(store, Bill(account.id, due_on - timedelta(days=9), due_on, lines))


def states(store: Store, case: Case, today: date) -> list[tuple[date, DebitState]]:
    return [(each.on, each.state) for each in debits_view(store, case, today).debits]


def topic_of(store: Store, today: date) -> Topic:
    (topic,) = topics(store, today)
    return topic


@pytest.mark.row("C086", "C090")
@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 12, 9), DebitState.TO_COME),
        (date(2026, 12, 10), DebitState.TO_COME),
        (date(2026, 12, 11), DebitState.UNCONFIRMED),
        (date(2027, 1, 11), DebitState.UNCONFIRMED),
    ],
)
def test_a_debit_wants_to_be_confirmed_from_the_day_after_its_due_date_on(
    store: Store, account: Account, case: Case, today: date, state: DebitState
) -> None:
    bill = billed(store, account, date(2026, 12, 10))

    found = debits_view(store, case, today)

    assert found.is_automatic
    assert [(each.due.id, each.on, each.state) for each in found.debits] == [
        (bill.id, date(2026, 12, 10), state)
    ]
    assert found.open_count == (state is DebitState.UNCONFIRMED)


def test_debits_are_listed_from_the_day_before_the_start_up_to_two_months_ahead(
    store: Store, account: Account, case: Case
) -> None:
    for due_on in (date(2026, 11, 18), date(2026, 11, 19), date(2027, 1, 20), date(2027, 1, 21)):
        billed(store, account, due_on)

    assert states(store, case, STARTED) == [
        (date(2026, 11, 19), DebitState.UNCONFIRMED),
        (date(2027, 1, 20), DebitState.TO_COME),
    ]


@pytest.mark.row("C090")
def test_a_debit_that_was_made_is_recorded_as_an_automatic_payment_for_its_due(
    store: Store, account: Account, case: Case
) -> None:
    bill = billed(store, account, date(2026, 12, 10))
    today = date(2026, 12, 12)

    with store.transaction() as journal:
        confirm_debit(store, account.id, bill.id, date(2026, 12, 10), today)

    (payment,) = store.payments.all()
    assert (payment.amount, payment.paid_on, payment.automatic, payment.aimed_at) == (
        yuan("100"),
        date(2026, 12, 10),
        True,
        bill.id,
    )
    assert states(store, case, today) == [(date(2026, 12, 10), DebitState.DEBITED)]
    with pytest.raises(NotOpenError), store.transaction():
        confirm_debit(store, account.id, bill.id, today, today)
    store.apply(inverse(journal.changes))
    assert states(store, case, today) == [(date(2026, 12, 10), DebitState.UNCONFIRMED)]


def test_what_was_paid_by_hand_is_not_asked_for(store: Store, account: Account, case: Case) -> None:
    billed(store, account, date(2026, 12, 10))
    with store.transaction():
        pay(store, Payment(account.id, yuan("100"), date(2026, 12, 9)))

    (debit,) = debits_view(store, case, date(2026, 12, 12)).debits
    assert (debit.state, debit.paid_on) == (DebitState.PAID, date(2026, 12, 9))


def test_who_paid_the_minimum_by_hand_is_not_asked_either(store: Store, account: Account, case: Case) -> None:
    bill = billed(store, account, date(2026, 12, 10))
    with store.transaction():
        save_bill(store, replace(bill, minimum=yuan("10")))
        pay(store, Payment(account.id, yuan("10"), date(2026, 12, 9)))

    assert states(store, case, date(2026, 12, 12)) == [(date(2026, 12, 10), DebitState.PAID)]


@pytest.mark.row("C090", "C100")
def test_a_debit_that_failed_is_said_until_its_due_is_paid(
    store: Store, account: Account, case: Case
) -> None:
    bill = billed(store, account, date(2026, 12, 10))
    today = date(2026, 12, 12)
    assert topic_of(store, today).about is About.DEBIT
    with store.transaction():
        fail_debit(store, account.id, bill.id, date(2026, 12, 10), today, " no money ")
        fail_debit(store, account.id, bill.id, date(2026, 12, 11), today, " no money ")

    (debit,) = debits_view(store, case, today).debits
    assert debit.state is DebitState.FAILED
    assert debit.failed is not None
    assert (debit.failed.on, debit.failed.note) == (date(2026, 12, 11), "no money")
    topic = topic_of(store, today)
    reminder = newest(topic, ReminderRules(), today)
    assert topic.about is About.FAILED
    assert reminder is not None
    assert reminder.kind is ReminderKind.AFTER
    assert str(words_of(reminder, today)) == (
        "Card: Bill of 2026-12-01: the automatic debit failed on 2026-12-11, and 100.00 CNY is still open. "
        "Pay it by hand, or ask the lender what can be agreed."
    )
    assert str(beside_line(Reminder(topic, ReminderKind.AFTER, 1, today), today)) == (
        "The automatic debit failed. Pay it by hand, or ask the lender what can be agreed."
    )

    with store.transaction():
        pay(store, Payment(account.id, yuan("100"), today))
    assert topics(store, today) == []
    assert states(store, case, today) == [(date(2026, 12, 10), DebitState.PAID)]


def test_that_a_debit_failed_can_be_taken_back_and_goes_with_its_account(
    store: Store, account: Account, case: Case
) -> None:
    bill = billed(store, account, date(2026, 12, 10))
    today = date(2026, 12, 12)
    with store.transaction():
        fail_debit(store, account.id, bill.id, today, today)
        forget_failed_debit(store, bill.id)
    assert states(store, case, today) == [(date(2026, 12, 10), DebitState.UNCONFIRMED)]

    with store.transaction():
        fail_debit(store, account.id, bill.id, today, today)
        confirm_debit(store, account.id, bill.id, today, today)
    assert not store.has_failed_debits

    with store.transaction():
        store.payments.delete(store.payments.all()[0].id)
        fail_debit(store, account.id, bill.id, today, today)
        delete_account(store, account.id)
    assert not store.has_failed_debits


def test_no_debit_is_confirmed_or_fails_before_its_day(store: Store, account: Account) -> None:
    bill = billed(store, account, date(2026, 12, 10))
    for wish in (confirm_debit, fail_debit):
        with pytest.raises(FutureDateError), store.transaction():
            wish(store, account.id, bill.id, STARTED + timedelta(days=1), STARTED)
