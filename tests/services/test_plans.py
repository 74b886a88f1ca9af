from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, DueDay, FixedDay, Mode
from planner.domain.instalment import InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.plans.plan_terms import PlanTerms
from planner.domain.purchase import Purchase
from planner.domain.rate import Per, Rate
from planner.services.bills import (
    AmountNotPositiveError,
    delete_recorded,
    pay,
    refund_purchase,
    save_bill,
    save_purchase,
)
from planner.services.plans import (
    MovesTooMuchError,
    NegativeRowError,
    NoRowsError,
    Reach,
    RowEdit,
    RowsMismatchError,
    billed_numbers,
    edited_rows,
    origins,
    rest_in_last,
    save_plan,
    usual_due,
)
from planner.store.store import Store

BILLED = Cycle(Mode.BILL, 1, FixedDay(10))
ROWS = (
    PlanTerms(Money.of("400", "CNY"), 4, date(2026, 12, 10), Rate(Decimal("0.005"), Per.MONTH)).draft().rows
)


def yuan(text: str) -> Money:
    return Money.of(text, "CNY")


@pytest.fixture
def account(store: Store) -> Account:
    """A credit line that bills on the 1st and is due on the 10th."""
    account = Account("Baitiao", "JD", "CNY", cycle=BILLED)
    with store.transaction():
        store.accounts.save(account)
    return account


def plan_of(account: Account, origin: OriginKind = OriginKind.NONE, origin_id: str = "") -> InstalmentPlan:
    return InstalmentPlan(account.id, "Telephone", yuan("400"), ROWS, 4, origin, origin_id)


def a_bill(account: Account, *lines: BillLine) -> Bill:
    return Bill(account.id, date(2026, 11, 1), date(2026, 11, 30), lines)


def test_an_edit_reaches_one_row_the_later_ones_or_all() -> None:
    edit = RowEdit(2, fee=yuan("1"))

    def fees(reach: Reach) -> list[Money]:
        return [row.fee for row in edited_rows(ROWS, replace(edit, reach=reach))]

    one, two = yuan("1"), yuan("2")
    assert fees(Reach.ONE) == [two, one, two, two]
    assert fees(Reach.LATER) == [two, one, one, one]
    assert fees(Reach.ALL) == [one, one, one, one]


def test_a_new_date_moves_the_reached_rows_to_the_same_day_of_their_months() -> None:
    def dues(reach: Reach) -> list[date]:
        return [row.due_on for row in edited_rows(ROWS, RowEdit(2, reach, due_on=date(2027, 1, 31)))]

    assert dues(Reach.ONE) == [date(2026, 12, 10), date(2027, 1, 31), date(2027, 2, 10), date(2027, 3, 10)]
    assert dues(Reach.LATER)[2:] == [date(2027, 2, 28), date(2027, 3, 31)]
    assert dues(Reach.ALL)[0] == date(2026, 12, 31)


def test_an_edit_keeps_the_identity_of_every_row() -> None:
    edited = edited_rows(ROWS, RowEdit(1, Reach.ALL, date(2027, 1, 5), yuan("1"), yuan("2"), yuan("3")))

    assert [row.id for row in edited] == [row.id for row in ROWS]
    assert edited[3].total == yuan("6")


def test_the_difference_goes_into_the_last_row_unless_it_would_fall_below_zero() -> None:
    assert rest_in_last(ROWS, yuan("0")) is None
    assert rest_in_last(ROWS, yuan("-100.01")) is None
    edit = rest_in_last(ROWS, yuan("-0.03"))
    assert edit is not None
    assert [row.principal for row in edited_rows(ROWS, edit)] == [yuan("100")] * 3 + [yuan("99.97")]


def test_a_plan_is_refused_with_the_reason(store: Store, account: Account) -> None:
    plan = plan_of(account)
    low = replace(ROWS[0], fee=yuan("-1"))
    with store.transaction():
        with pytest.raises(NoRowsError):
            save_plan(store, replace(plan, rows=()))
        with pytest.raises(AmountNotPositiveError):
            save_plan(store, replace(plan, principal=yuan("0")))
        with pytest.raises(NegativeRowError):
            save_plan(store, replace(plan, rows=(low, *ROWS[1:])))
        with pytest.raises(RowsMismatchError):
            save_plan(store, replace(plan, principal=yuan("401")))


def test_rows_are_changed_and_what_bills_hold_stays(store: Store, account: Account) -> None:
    with store.transaction():
        plan = save_plan(store, plan_of(account))
        save_bill(store, a_bill(account, BillLine(LineKind.INSTALMENT, ROWS[0].total, ROWS[0].id)))
        changed = save_plan(
            store, replace(plan, rows=edited_rows(plan.rows, RowEdit(1, Reach.ALL, fee=yuan("3"))))
        )

    assert store.plans.get(plan.id) == changed
    assert billed_numbers(store, changed) == (1,)


def test_what_is_open_can_be_turned_into_a_plan_and_what_is_not_cannot(
    store: Store, account: Account, today: date
) -> None:
    loose = Purchase(account.id, yuan("400"), date(2026, 11, 20), "Shop", "Telephone")
    held = Purchase(account.id, yuan("600"), date(2026, 10, 20), "Shop", "Bicycle")
    bill = a_bill(account, BillLine(LineKind.PURCHASE, yuan("600"), held.id))
    with store.transaction():
        save_purchase(store, loose)
        save_purchase(store, held)
        save_bill(store, bill)
        pay(store, Payment(account.id, yuan("100"), date(2026, 11, 15), aimed_at=bill.id))

    found = origins(store, account.id, today)
    assert [(origin.kind, origin.id, origin.amount) for origin in found] == [
        (OriginKind.BILL, bill.id, yuan("500")),
        (OriginKind.PURCHASE, loose.id, yuan("400")),
    ]
    with store.transaction():
        save_plan(store, plan_of(account, OriginKind.PURCHASE, loose.id))
    assert [origin.id for origin in origins(store, account.id, today)] == [bill.id]
    with store.transaction(), pytest.raises(MovesTooMuchError):
        save_plan(store, plan_of(account, OriginKind.PURCHASE, loose.id))
    assert origins(store, "another", today) == ()


def test_what_a_bill_holds_of_a_purchase_cannot_be_turned_into_instalments_beside_it(
    store: Store, account: Account
) -> None:
    bought = Purchase(account.id, yuan("400"), date(2026, 10, 5))
    with store.transaction():
        save_purchase(store, bought)
        save_bill(store, a_bill(account, BillLine(LineKind.PURCHASE, yuan("400"), bought.id)))

    with pytest.raises(MovesTooMuchError), store.transaction():
        save_plan(store, plan_of(account, OriginKind.PURCHASE, bought.id))


@pytest.mark.parametrize("kind", ["bill", "purchase"])
def test_a_plan_can_be_changed_when_what_it_was_made_of_is_gone(
    store: Store, account: Account, kind: str
) -> None:
    bought = Purchase(account.id, yuan("400"), date(2026, 10, 5))
    stated = a_bill(account, BillLine(LineKind.UNITEMISED, yuan("400")))
    plan = plan_of(account, OriginKind(kind), bought.id if kind == "purchase" else stated.id)
    with store.transaction():
        save_purchase(store, bought)
        save_bill(store, stated)
        save_plan(store, plan)
        delete_recorded(store, kind, plan.origin_id)

    with store.transaction():
        save_plan(store, replace(plan, name="Mobile telephone"))

    assert store.plans.get(plan.id).name == "Mobile telephone"


def test_a_plan_can_be_changed_after_some_of_its_purchase_came_back(store: Store, account: Account) -> None:
    bought = Purchase(account.id, yuan("400"), date(2026, 10, 5))
    plan = plan_of(account, OriginKind.PURCHASE, bought.id)
    with store.transaction():
        save_purchase(store, bought)
        save_plan(store, plan)
        refund_purchase(store, bought.id, yuan("100"), date(2026, 11, 1))

    with store.transaction():
        save_plan(store, replace(plan, name="Mobile telephone"))

    assert store.plans.get(plan.id).name == "Mobile telephone"


def test_rows_are_due_as_the_cycle_says(store: Store, account: Account, today: date) -> None:
    purchase = Purchase(account.id, yuan("400"), date(2026, 11, 20), "Shop")
    bill = a_bill(account, BillLine(LineKind.UNITEMISED, yuan("500")))
    with store.transaction():
        save_purchase(store, purchase)
        save_bill(store, bill)
    of_bill, of_purchase = origins(store, account.id, today)

    assert usual_due(store, account, of_bill, 1, today) == DueDay(date(2026, 12, 30))
    assert usual_due(store, account, of_bill, 3, today) == DueDay(date(2027, 2, 28))
    assert usual_due(store, account, of_purchase, 1, today) == DueDay(date(2026, 12, 10))
    assert usual_due(store, account, of_purchase, 4, today) == DueDay(date(2027, 3, 10))
    assert usual_due(store, account, None, 1, today) == DueDay(date(2026, 12, 10))


def test_the_next_row_of_a_running_plan_is_due_with_the_next_bill(store: Store, account: Account) -> None:
    assert usual_due(store, account, None, 1, date(2026, 11, 5)) == DueDay(date(2026, 12, 10))
    assert usual_due(store, account, None, 4, date(2026, 11, 5)) == DueDay(date(2026, 11, 10))
    assert usual_due(store, account, None, 4, date(2026, 11, 22)) == DueDay(date(2026, 12, 10))


def test_without_a_cycle_nobody_knows_when_rows_are_due(store: Store, account: Account, today: date) -> None:
    unknown = replace(account, cycle=Cycle())

    assert usual_due(store, unknown, None, 1, today) is None
    assert usual_due(store, unknown, None, 4, today) is None
