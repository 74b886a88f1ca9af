from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.dates import Cycle, DaysAfter, FixedDay, Mode
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase, Refund
from planner.services.accounts import save_account, start_with_bill
from planner.services.billing import candidates, next_statement, placing, project
from planner.services.bills import (
    AccountCurrencyError,
    AmountNotPositiveError,
    BillMovedError,
    HeldTwiceError,
    NothingToCorrectError,
    bill_from_record,
    correct,
    correctable,
    correction,
    delete_recorded,
    delete_refund,
    our_figure,
    pay,
    refund_purchase,
    save_bill,
    save_charge,
    save_purchase,
)
from planner.services.paying import aim_of, next_to_pay, payable, preview_payment
from planner.services.plans import save_plan
from planner.store.store import Store

NOV, NOV_DUE = date(2026, 11, 1), date(2026, 11, 10)
DEC, DEC_DUE = date(2026, 12, 1), date(2026, 12, 10)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    account = Account("JD Baitiao", "JD", "CNY", cycle=Cycle(Mode.BILL, 1, FixedDay(10)))
    with store.transaction():
        save_account(store, account)
    return account


def buy(store: Store, account: Account, day: date, minor: int, *refunds: Refund) -> Purchase:
    with store.transaction():
        return save_purchase(store, Purchase(account.id, cny(minor), day, "Shop", refunds=refunds))


def record(store: Store, account: Account, statement_on: date, *lines: BillLine) -> Bill:
    with store.transaction():
        return save_bill(store, Bill(account.id, statement_on, statement_on.replace(day=10), lines))


def usual(store: Store, account: Account, statement_on: date, due_on: date) -> set[str]:
    found = candidates(store, account.id, statement_on, due_on)
    return {candidate.line.refers_to for candidate in found if candidate.is_usual}


def test_everything_on_an_account_is_in_its_currency(store: Store, account: Account) -> None:
    euro = Money(100, "EUR")
    bill = Bill(account.id, NOV, NOV_DUE, (BillLine(LineKind.UNITEMISED, euro),))
    rows = (Instalment(1, NOV_DUE, euro, euro.zero, euro.zero),)
    acts: list[Callable[[], object]] = [
        lambda: save_bill(store, bill),
        lambda: save_purchase(store, Purchase(account.id, euro, NOV)),
        lambda: save_charge(store, Charge(account.id, LineKind.FEE, euro, NOV)),
        lambda: pay(store, Payment(account.id, euro, NOV)),
        lambda: save_plan(store, InstalmentPlan(account.id, "Phone", euro, rows, 1)),
    ]

    for act in acts:
        with pytest.raises(AccountCurrencyError), store.transaction():
            act()


def test_a_minimum_is_not_less_than_nothing(store: Store, account: Account) -> None:
    line = BillLine(LineKind.UNITEMISED, cny(100))

    with pytest.raises(AmountNotPositiveError), store.transaction():
        save_bill(store, Bill(account.id, NOV, NOV_DUE, (line,), cny(-1)))


def test_nothing_stands_on_two_bills(store: Store, account: Account) -> None:
    bought = buy(store, account, date(2026, 10, 5), 100)
    first = record(store, account, NOV, BillLine(LineKind.PURCHASE, cny(100), bought.id, "Shop"))

    with pytest.raises(HeldTwiceError):
        record(store, account, DEC, BillLine(LineKind.PURCHASE, cny(100), bought.id, "Shop"))

    with store.transaction():
        save_bill(store, replace(first, note="changed"))
    assert store.bills.get(first.id).note == "changed"


def test_a_bill_stays_on_its_account(store: Store, account: Account) -> None:
    bill = record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(100)))
    other = Account("Card", "Bank", "CNY")

    with store.transaction():
        save_account(store, other)

    with pytest.raises(BillMovedError), store.transaction():
        save_bill(store, replace(bill, account_id=other.id))

    assert store.bills.get(bill.id) == bill


def test_the_preview_of_a_bill_is_what_is_then_recorded(store: Store, account: Account) -> None:
    bought = buy(store, account, date(2026, 10, 5), 20_000, Refund(cny(5_000), date(2026, 10, 9)))
    with store.transaction():
        charge = save_charge(store, Charge(account.id, LineKind.FEE, cny(300), date(2026, 10, 20)))
    projection = project(candidates(store, account.id, NOV, NOV_DUE), "CNY", cny(16_000))

    with store.transaction():
        bill = bill_from_record(store, Bill(account.id, NOV, NOV_DUE, ()), stated=cny(16_000))

    assert (projection.total, projection.rest) == (cny(15_300), cny(700))
    shapes = [(line.kind, line.amount.minor, line.refers_to) for line in bill.lines]
    assert shapes == [(line.kind, line.amount.minor, line.refers_to) for line in projection.lines]
    assert shapes == [
        (LineKind.PURCHASE, 15_000, bought.id),
        (LineKind.FEE, 300, charge.id),
        (LineKind.UNITEMISED, 700, ""),
    ]


@pytest.mark.parametrize("statement_on", [NOV, date(2026, 11, 3)])
def test_a_statement_a_few_days_late_takes_up_the_same_purchases(
    store: Store, account: Account, statement_on: date
) -> None:
    buy(store, account, date(2026, 9, 30), 100)
    inside = buy(store, account, date(2026, 10, 5), 200)
    buy(store, account, date(2026, 11, 2), 300)

    assert usual(store, account, statement_on, NOV_DUE) == {inside.id}


def test_rows_refunds_corrections_and_rests_can_be_on_a_bill(store: Store, account: Account) -> None:
    row = Instalment(1, DEC_DUE, cny(5_000), cny(25), cny(0))
    earlier = buy(store, account, date(2026, 10, 5), 20_000)
    old = record(store, account, NOV, BillLine(LineKind.PURCHASE, earlier.amount, earlier.id))
    adjustment = Adjustment(account.id, cny(70), cny(70), date(2026, 11, 12), "interest")
    with store.transaction():
        save_plan(store, InstalmentPlan(account.id, "Phone", cny(5_000), (row,), 1, OriginKind.NONE))
        refund_purchase(store, earlier.id, cny(3_000), date(2026, 11, 20))
        store.adjustments.save(adjustment)
    refund = store.purchases.get(earlier.id).refunds[0]

    found = {each.line.refers_to: each for each in candidates(store, account.id, DEC, DEC_DUE)}

    amounts = {key: (each.line.kind, each.line.amount.minor) for key, each in found.items()}
    assert amounts == {
        row.id: (LineKind.INSTALMENT, 5_025),
        refund.id: (LineKind.REFUND, -3_000),
        adjustment.id: (LineKind.ADJUSTMENT, 70),
        old.id: (LineKind.CARRIED, 17_000),
    }
    assert [key for key, each in found.items() if each.is_usual] == [row.id]
    assert i18n.explain(found[refund.id].what) == "Refund: Shop"


def test_a_refund_on_the_next_bill_counts_there_and_nowhere_else(store: Store, account: Account) -> None:
    earlier = buy(store, account, date(2026, 10, 5), 20_000)
    old = record(store, account, NOV, BillLine(LineKind.PURCHASE, earlier.amount, earlier.id))
    with store.transaction():
        refund_purchase(store, earlier.id, cny(3_000), date(2026, 11, 20))
    refund = store.purchases.get(earlier.id).refunds[0]
    new = record(
        store,
        account,
        DEC,
        BillLine(LineKind.UNITEMISED, cny(9_000)),
        BillLine(LineKind.REFUND, cny(-3_000), refund.id),
    )

    position = store.ledgers.position(DEC_DUE)

    assert {due.id: due.open.minor for due in position.open_dues} == {old.id: 20_000, new.id: 6_000}


def test_what_is_on_another_bill_is_not_offered_but_what_the_edited_one_holds_is(
    store: Store, account: Account
) -> None:
    bought = buy(store, account, date(2026, 10, 5), 20_000)
    line = BillLine(LineKind.PURCHASE, cny(19_000), bought.id, "Shop")
    gone = BillLine(LineKind.FEE, cny(5), "deleted", "What was deleted")
    bill = record(store, account, NOV, line, gone)

    assert [c.line.refers_to for c in candidates(store, account.id, DEC, DEC_DUE)] == [bill.id]
    found = {each.line: each for each in candidates(store, account.id, NOV, NOV_DUE, bill)}
    assert set(found) == {line, gone}
    assert all(each.is_held for each in found.values())
    assert found[gone].on is None
    assert i18n.explain(found[gone].what) == "What was deleted"


def test_the_next_statement_is_the_last_one_or_follows_the_newest_bill(
    store: Store, account: Account, today: date
) -> None:
    assert next_statement(store, account.id, today) == (NOV, NOV_DUE)
    record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(1)))
    assert next_statement(store, account.id, today) == (DEC, DEC_DUE)


def test_the_bill_after_a_first_one_without_its_statement_date_is_due_later(
    store: Store, today: date
) -> None:
    account = Account("JD Baitiao", "JD", "CNY", cycle=Cycle(Mode.BILL, 1, FixedDay(10)))
    with store.transaction():
        start_with_bill(store, account, cny(100), today, DEC_DUE)

    assert next_statement(store, account.id, today) == (date(2027, 1, 1), date(2027, 1, 10))


def test_without_a_cycle_the_next_bill_is_a_month_after_the_last(store: Store, today: date) -> None:
    account = Account("Shop", "Shop", "CNY")
    with store.transaction():
        save_account(store, account)
    assert next_statement(store, account.id, today) == (today, None)
    record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(1)))
    assert next_statement(store, account.id, today) == (DEC, DEC_DUE)


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [
        (
            Cycle(Mode.BILL, 25, DaysAfter(20)),
            "It will be on the bill of 25 Nov 2026, due on 15 Dec 2026.",
        ),
        (Cycle(Mode.ORDER), "It has no bill: it is due on 20 Dec 2026."),
        (Cycle(), "When it is due is not known, because the account’s cycle is not set."),
    ],
)
def test_where_a_purchase_is_due_follows_from_the_cycle(store: Store, cycle: Cycle, expected: str) -> None:
    account = Account("Lender", "Lender", "CNY", cycle=cycle)
    with store.transaction():
        save_account(store, account)

    assert i18n.explain(placing(store, account.id, date(2026, 11, 20))) == expected


def test_a_purchase_for_a_bill_that_is_recorded_already_says_so(store: Store, account: Account) -> None:
    record(store, account, NOV, BillLine(LineKind.PURCHASE, cny(1)))

    phrase = placing(store, account.id, date(2026, 10, 5))

    assert i18n.explain(phrase).startswith("The bill of 1 Nov 2026 is recorded already.")


def test_a_purchase_for_a_bill_that_states_only_its_amount_is_counted_in_it(
    store: Store, account: Account
) -> None:
    bill = record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(500)))

    phrase = placing(store, account.id, date(2026, 10, 5))
    assert i18n.explain(phrase).startswith("It is counted in the bill of 1 Nov 2026")

    bought = buy(store, account, date(2026, 10, 5), 400)
    assert [due.id for due in store.ledgers.position(NOV).open_dues] == [bill.id]
    assert bought.id not in usual(store, account, DEC, DEC_DUE)


def test_a_refund_can_be_taken_back(store: Store, account: Account) -> None:
    bought = buy(store, account, date(2026, 10, 5), 20_000, Refund(cny(1), NOV), Refund(cny(2), NOV))

    with store.transaction():
        delete_refund(store, bought.id, bought.refunds[0].id)

    assert store.purchases.get(bought.id).refunds == bought.refunds[1:]


def test_the_preview_of_a_payment_is_what_the_position_says_once_it_is_recorded(
    store: Store, account: Account, today: date
) -> None:
    first = record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(10_000)))
    second = record(store, account, DEC, BillLine(LineKind.UNITEMISED, cny(20_000)))
    payment = Payment(account.id, cny(13_000), today)

    found = preview_payment(store, payment, today)
    with store.transaction():
        pay(store, payment)
    after = store.ledgers.history(account.id, today)

    assert [(due.id, amount.minor) for due, amount in found.parts] == [(first.id, 10_000), (second.id, 3_000)]
    assert [due for due, _amount in found.parts] == [after.due(first.id), after.due(second.id)]
    assert (found.extra, found.open_after) == (cny(0), cny(17_000))


def test_a_payment_for_something_settled_goes_on_and_says_so(
    store: Store, account: Account, today: date
) -> None:
    bill = record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(10_000)))
    with store.transaction():
        pay(store, Payment(account.id, cny(10_000), NOV_DUE))

    found = preview_payment(store, Payment(account.id, cny(500), today, aimed_at=bill.id), today)

    assert found.is_aim_missed
    assert (found.parts, found.extra) == ((), cny(500))


def test_a_payment_of_a_coming_day_is_previewed_as_of_that_day(
    store: Store, account: Account, today: date
) -> None:
    bill = record(store, account, DEC, BillLine(LineKind.UNITEMISED, cny(10_000)))

    found = preview_payment(store, Payment(account.id, cny(10_000), DEC_DUE), today)

    assert [due.id for due, _amount in found.parts] == [bill.id]
    assert found.open_after == cny(0)


def test_what_can_be_paid_leaves_the_payment_under_change_out(
    store: Store, account: Account, today: date
) -> None:
    bill = record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(10_000)))
    with store.transaction():
        payment = pay(store, Payment(account.id, cny(10_000), NOV_DUE))

    assert payable(store, account.id, today) == ()
    assert [due.id for due in payable(store, account.id, today, payment.id)] == [bill.id]
    assert aim_of(store, bill.id, today) == ""
    assert next_to_pay(store, today) == ""


def test_a_correction_is_the_difference_on_its_day(store: Store, account: Account, today: date) -> None:
    bill = record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(10_000)))
    record(store, account, DEC, BillLine(LineKind.UNITEMISED, cny(500)))
    with store.transaction():
        pay(store, Payment(account.id, cny(4_000), NOV_DUE))

    assert our_figure(store, account.id, today, bill.id) == cny(6_000)
    assert our_figure(store, account.id, NOV, bill.id) == cny(10_000)
    assert our_figure(store, account.id, today) == cny(6_500)
    found = correction(store, account.id, cny(6_100), today, "", bill.id)
    assert found is not None
    assert found.amount == cny(100)
    assert correction(store, account.id, cny(6_000), today, "", bill.id) is None
    with pytest.raises(NothingToCorrectError), store.transaction():
        correct(store, account.id, cny(6_000), today, "", bill.id)


def test_a_bill_of_which_nothing_is_left_is_not_mistaken_for_the_whole_account(
    store: Store, account: Account, today: date
) -> None:
    bill = record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(10_000)))
    record(store, account, DEC, BillLine(LineKind.UNITEMISED, cny(500)))
    with store.transaction():
        correct(store, account.id, cny(0), today, "", bill.id)

    assert our_figure(store, account.id, today, bill.id) == cny(0)
    assert our_figure(store, account.id, today) == cny(500)


def test_a_bill_can_be_changed_after_the_one_whose_rest_it_carries_was_deleted(
    store: Store, account: Account, today: date
) -> None:
    older = record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(10_000)))
    newer = record(store, account, DEC, BillLine(LineKind.CARRIED, cny(10_000), older.id))
    with store.transaction():
        delete_recorded(store, "bill", older.id)
    with store.transaction():
        save_bill(store, replace(newer, note="changed"))

    assert store.bills.get(newer.id).note == "changed"
    assert our_figure(store, account.id, today) == cny(10_000)


def test_a_settled_bill_can_be_checked_when_it_is_named(store: Store, account: Account, today: date) -> None:
    bill = record(store, account, NOV, BillLine(LineKind.UNITEMISED, cny(10_000)))
    with store.transaction():
        pay(store, Payment(account.id, cny(10_000), NOV_DUE))

    assert correctable(store, account.id, today) == ()
    assert [due.id for due in correctable(store, account.id, today, bill.id)] == [bill.id]
