from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode, add_months
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.position import position
from planner.domain.purchase import Purchase
from planner.services.accounts import save_account
from planner.services.bills import delete_recorded, pay, refund_purchase, save_bill, save_purchase
from planner.store.changes import inverse
from planner.store.store import Store

START = date(2026, 1, 1)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def assert_same_with_and_without(store: Store, on: date) -> None:
    short = store.ledgers.position(on)
    whole = position((store.ledgers.whole(account) for account in store.accounts.all()), on)
    assert short.open_dues == whole.open_dues
    assert short.late == whole.late
    assert short.credit == whole.credit


def summaries(store: Store) -> set[str]:
    return set(store.ledgers._settled())


def months_of_paid_bills(store: Store, account: Account, months: int) -> None:
    """A purchase and a bill a month, each paid on its due date."""
    save_account(store, account)
    for month in range(months):
        statement_on = add_months(date(2026, 2, 1), month)
        bought = Purchase(account.id, cny(10_000 + month), add_months(START, month), f"Shop {month}")
        save_purchase(store, bought)
        due_on = statement_on + timedelta(days=9)
        line = BillLine(LineKind.PURCHASE, bought.amount, bought.id)
        save_bill(store, Bill(account.id, statement_on, due_on, (line,)))
        pay(store, Payment(account.id, bought.amount, due_on))


@pytest.fixture
def account() -> Account:
    return Account("JD Baitiao", "JD Finance", "CNY", cycle=Cycle(Mode.BILL, 1, FixedDay(10)))


def test_a_summary_keeps_what_is_settled_from_being_read(store: Store, account: Account) -> None:
    with store.transaction():
        months_of_paid_bills(store, account, 6)
    on = date(2026, 7, 20)
    before = store.ledgers.position(on)

    store.ledgers.summarise(on)
    after = store.ledgers.position(on)

    assert len(before.dues) == 6
    assert after.dues == ()
    assert_same_with_and_without(store, on)


def test_a_position_of_a_day_before_the_summary_still_sees_what_was_open_then(
    store: Store, account: Account
) -> None:
    with store.transaction():
        months_of_paid_bills(store, account, 6)
    store.ledgers.summarise(date(2026, 7, 20))

    assert store.ledgers.position(date(2026, 3, 5)).open_dues[0].open == cny(10_001)
    assert_same_with_and_without(store, date(2026, 3, 5))


def test_an_edit_of_something_settled_drops_the_summary_and_undo_does_too(
    store: Store, account: Account
) -> None:
    with store.transaction():
        months_of_paid_bills(store, account, 6)
    on = date(2026, 7, 20)
    store.ledgers.summarise(on)

    with store.transaction() as journal:
        delete_recorded(store, "payment", store.payments.of_account(account.id)[2].id)
    assert summaries(store) == set()
    assert_same_with_and_without(store, on)

    store.ledgers.summarise(on)
    store.apply(inverse(journal.changes))
    assert_same_with_and_without(store, on)


def test_new_entries_leave_the_summary_alone(store: Store, account: Account) -> None:
    with store.transaction():
        months_of_paid_bills(store, account, 6)
    on = date(2026, 7, 20)
    store.ledgers.summarise(on)

    with store.transaction():
        bought = save_purchase(store, Purchase(account.id, cny(5_000), date(2026, 7, 15), "Shop"))
        line = BillLine(LineKind.PURCHASE, bought.amount, bought.id)
        save_bill(store, Bill(account.id, date(2026, 8, 1), date(2026, 8, 10), (line,)))
        pay(store, Payment(account.id, cny(2_000), on))

    assert summaries(store) == {account.id}
    assert [due.open for due in store.ledgers.position(on).open_dues] == [cny(3_000)]
    assert_same_with_and_without(store, on)


def test_purchases_of_a_deleted_bill_are_open_again_however_old_they_are(
    store: Store, account: Account
) -> None:
    with store.transaction():
        months_of_paid_bills(store, account, 6)
        old = save_purchase(store, Purchase(account.id, cny(7_000), date(2026, 3, 15), "Billed late"))
        line = BillLine(LineKind.PURCHASE, old.amount, old.id)
        bill = save_bill(store, Bill(account.id, date(2026, 8, 1), date(2026, 8, 10), (line,)))
    on = date(2026, 7, 20)
    store.ledgers.summarise(on)
    assert summaries(store) == {account.id}

    with store.transaction():
        delete_recorded(store, "bill", bill.id)

    assert sum(due.open.minor for due in store.ledgers.position(on).open_dues) == 7_000
    assert_same_with_and_without(store, on)


def test_purchases_that_were_paid_without_a_bill_stay_paid(store: Store) -> None:
    account = Account("Orders", "Shop", "CNY", cycle=Cycle(Mode.ORDER))
    with store.transaction():
        save_account(store, account)
        for month in range(5):
            bought_on = add_months(date(2026, 1, 5), month)
            save_purchase(store, Purchase(account.id, cny(1_000), bought_on, "Shop"))
            pay(store, Payment(account.id, cny(1_000), add_months(bought_on, 1)))
        save_purchase(store, Purchase(account.id, cny(2_000), date(2026, 6, 5), "Shop"))
    on = date(2026, 6, 20)
    store.ledgers.summarise(on)

    assert summaries(store) == {account.id}
    assert [due.open for due in store.ledgers.position(on).open_dues] == [cny(2_000)]
    assert_same_with_and_without(store, on)


def test_a_refund_of_something_on_a_settled_bill_drops_the_summary(store: Store, account: Account) -> None:
    with store.transaction():
        months_of_paid_bills(store, account, 6)
        # Bought after the days that the summary covers, but on a bill that it covers.
        late = save_purchase(store, Purchase(account.id, cny(4_000), date(2026, 7, 25), "Dated wrongly"))
        known = store.bills.of_account(account.id)[-1]
        lines = (*known.lines, BillLine(LineKind.PURCHASE, late.amount, late.id))
        save_bill(store, replace(known, lines=lines))
        pay(store, Payment(account.id, late.amount, known.due_on))
    on = date(2026, 7, 28)
    store.ledgers.summarise(on)
    assert summaries(store) == {account.id}

    with store.transaction():
        refund_purchase(store, late.id, cny(1_500), date(2026, 7, 27))

    assert store.ledgers.position(on).credit == {account.id: cny(1_500)}
    assert_same_with_and_without(store, on)
    store.ledgers.summarise(on)
    assert_same_with_and_without(store, on)


def test_a_refund_of_something_on_an_open_bill_is_read_with_the_summary(
    store: Store, account: Account
) -> None:
    with store.transaction():
        months_of_paid_bills(store, account, 6)
        bought = save_purchase(store, Purchase(account.id, cny(5_000), date(2026, 7, 15), "Shop"))
        line = BillLine(LineKind.PURCHASE, bought.amount, bought.id)
        save_bill(store, Bill(account.id, date(2026, 8, 1), date(2026, 8, 10), (line,)))
    on = date(2026, 8, 5)
    store.ledgers.summarise(on)

    with store.transaction():
        refund_purchase(store, bought.id, cny(1_500), date(2026, 8, 3))

    assert summaries(store) == {account.id}
    assert [due.open for due in store.ledgers.position(on).open_dues] == [cny(3_500)]
    assert_same_with_and_without(store, on)
