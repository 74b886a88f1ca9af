from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase
from planner.services.account_view import AccountView, account_holding, account_sums, account_view
from planner.store.repository import Repository
from planner.store.store import Store

TODAY = date(2026, 11, 22)
ACCOUNT = Account(
    "Baitiao",
    "JD",
    "CNY",
    limit=Money.of("5000", "CNY"),
    cycle=Cycle(Mode.BILL, 16, FixedDay(25)),
    id="account",
)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def bill(named: str, due_on: date, *lines: BillLine) -> Bill:
    kept = lines or (BillLine(LineKind.UNITEMISED, yuan("100")),)
    return Bill(ACCOUNT.id, due_on - timedelta(days=9), due_on, kept, id=named)


def purchase(named: str, amount: str = "100", bought_on: date = date(2026, 11, 3)) -> Purchase:
    return Purchase(ACCOUNT.id, yuan(amount), bought_on, "Shop", id=named)


def payment(named: str, amount: str, paid_on: date, aimed_at: str = "") -> Payment:
    return Payment(ACCOUNT.id, yuan(amount), paid_on, aimed_at=aimed_at, id=named)


def plan(named: str, origin: OriginKind = OriginKind.NONE, origin_id: str = "") -> InstalmentPlan:
    rows = tuple(
        Instalment(number, due_on, yuan("50"), yuan("1"), yuan("0"), f"{named}-{number}")
        for number, due_on in enumerate((date(2026, 12, 25), date(2027, 1, 25)), 1)
    )
    return InstalmentPlan(ACCOUNT.id, "Phone", yuan("100"), rows, 2, origin, origin_id, id=named)


@dataclass
class Record:
    """An account in a store, and what the place shows of it."""

    store: Store

    def add(
        self, *values: Account | Bill | Purchase | Payment | InstalmentPlan | Charge | Adjustment
    ) -> None:
        """Save some values in a transaction of their own."""
        repositories: dict[type, Repository[Any]] = {
            Account: self.store.accounts,
            Bill: self.store.bills,
            Purchase: self.store.purchases,
            Payment: self.store.payments,
            InstalmentPlan: self.store.plans,
            Charge: self.store.charges,
            Adjustment: self.store.adjustments,
        }
        with self.store.transaction():
            for value in values:
                repositories[type(value)].save(value)

    def view(self, on: date = TODAY) -> AccountView:
        """What the place shows on a day."""
        return account_view(self.store, ACCOUNT.id, on)


@pytest.fixture
def record(store: Store) -> Record:
    record = Record(store)
    record.add(ACCOUNT)
    return record


def test_an_empty_account_owes_nothing_and_its_whole_limit_is_free(record: Record) -> None:
    view = record.view()

    assert not any((view.bills, view.plans, view.purchases, view.payments, view.others))
    assert view.owed.value == view.late == view.credit == yuan("0")
    assert view.free == yuan("5000")
    assert view.statement_on == date(2026, 12, 16)


def test_the_newest_comes_first_in_every_list(record: Record) -> None:
    record.add(
        bill("b1", date(2026, 9, 25)),
        bill("b3", date(2026, 11, 25)),
        bill("b2", date(2026, 10, 25)),
        purchase("p2", bought_on=date(2026, 11, 3)),
        purchase("p1", bought_on=date(2026, 9, 3)),
        payment("y2", "1", date(2026, 11, 3)),
        payment("y1", "1", date(2026, 9, 3)),
        Charge(ACCOUNT.id, LineKind.FEE, yuan("1"), date(2026, 9, 1), id="c1"),
        Adjustment(ACCOUNT.id, yuan("1"), yuan("1"), date(2026, 10, 1), id="a2"),
        Charge(ACCOUNT.id, LineKind.FEE, yuan("1"), date(2026, 11, 1), id="c3"),
    )
    view = record.view()

    assert [row.id for row in view.bills] == ["b3", "b2", "b1"]
    assert [row.id for row in view.purchases] == ["p2", "p1"]
    assert [row.id for row in view.payments] == ["y2", "y1"]
    assert [other.id for other in view.others] == ["c3", "a2", "c1"]


# --- what became of it -------------------------------------------------------------------------------


def test_a_purchase_says_whether_it_is_alone_on_a_bill_or_in_a_plan(record: Record) -> None:
    record.add(
        purchase("alone"),
        purchase("billed"),
        purchase("split"),
        bill("bill", date(2026, 11, 25), BillLine(LineKind.PURCHASE, yuan("100"), "billed")),
        plan("plan", OriginKind.PURCHASE, "split"),
    )
    rows = {row.id: row for row in record.view().purchases}

    alone, billed, split = rows["alone"], rows["billed"], rows["split"]
    assert alone.due is not None
    assert (alone.due.open, alone.bill, alone.plan) == (yuan("100"), None, None)
    assert billed.bill is not None
    assert (billed.due, billed.bill.id, billed.plan) == (None, "bill", None)
    assert split.plan is not None
    assert (split.due, split.bill, split.plan.id) == (None, None, "plan")


def test_a_row_of_a_plan_says_which_bill_holds_it_and_the_plan_what_is_left_beside_bills(
    record: Record,
) -> None:
    record.add(
        plan("plan"),
        bill("bill", date(2026, 12, 25), BillLine(LineKind.INSTALMENT, yuan("51"), "plan-1")),
    )
    (row,) = record.view().plans

    first, second = row.rows
    assert first.bill is not None
    assert (first.due, first.bill.id) == (None, "bill")
    assert second.due is not None
    assert (second.due.open, second.bill) == (yuan("51"), None)
    assert row.open == yuan("51")
    assert row.next_on == date(2027, 1, 25)


def test_a_plan_that_is_paid_has_nothing_left_and_no_next_date(record: Record) -> None:
    record.add(plan("plan"), payment("all", "102", TODAY))
    (row,) = record.view().plans

    assert row.open == yuan("0")
    assert row.next_on is None


def test_a_plan_that_another_one_replaced_asks_for_nothing_more(record: Record) -> None:
    record.add(plan("first"), plan("again", OriginKind.PLAN, "first"))
    rows = {row.id: row for row in record.view().plans}

    assert rows["first"].open == yuan("0")
    assert all(row.due is None for row in rows["first"].rows)
    assert rows["again"].open == yuan("102")


def test_a_bill_of_which_a_part_moved_into_a_plan_asks_for_the_rest(record: Record) -> None:
    stated = bill("bill", date(2026, 11, 25), BillLine(LineKind.UNITEMISED, yuan("130")))
    record.add(stated, plan("plan", OriginKind.BILL, "bill"))
    (row,) = record.view().bills

    assert row.moved == yuan("100")
    assert row.open == yuan("30")


def test_a_bill_of_which_all_moved_into_a_plan_asks_for_nothing(record: Record) -> None:
    record.add(bill("bill", date(2026, 11, 25)), plan("plan", OriginKind.BILL, "bill"))
    (row,) = record.view().bills

    assert row.due is None
    assert row.moved == yuan("100")
    assert row.open == yuan("0")


def test_a_bill_whose_rest_a_newer_one_carries_is_settled_and_the_newer_one_asks_for_it(
    record: Record,
) -> None:
    older = bill("older", date(2026, 10, 25))
    newer = bill(
        "newer",
        date(2026, 11, 25),
        BillLine(LineKind.CARRIED, yuan("70"), "older"),
        BillLine(LineKind.UNITEMISED, yuan("40")),
    )
    record.add(older, newer, payment("part", "30", date(2026, 10, 20)))
    view = record.view()

    opens = {row.id: row.open for row in view.bills}
    assert opens == {"newer": yuan("110"), "older": yuan("0")}
    carried = view.bills[1].due
    assert carried is not None
    assert carried.closed_on == newer.statement_on
    assert view.owed.value == yuan("110")
    assert view.late == yuan("0")
    assert [(due.id, amount) for due, amount in view.payments[0].parts] == [("older", yuan("30"))]


# --- payments ----------------------------------------------------------------------------------------


def test_a_payment_names_everything_it_went_to_and_what_is_left_of_it(record: Record) -> None:
    record.add(
        bill("older", date(2026, 10, 25)),
        bill("newer", date(2026, 11, 25)),
        payment("first", "150", date(2026, 11, 1)),
        payment("second", "80", date(2026, 11, 2)),
        payment("tomorrow", "9", TODAY + timedelta(days=1)),
    )
    view = record.view()

    rows = {row.id: ([(due.id, amount) for due, amount in row.parts], row.left) for row in view.payments}
    assert rows == {
        "first": ([("older", yuan("100")), ("newer", yuan("50"))], yuan("0")),
        "second": ([("newer", yuan("50"))], yuan("30")),
        "tomorrow": ([], yuan("0")),
    }
    assert view.credit == yuan("30")
    assert view.owed.value == yuan("0")


def test_a_settled_bill_is_still_shown_with_what_paid_it_after_a_summary(record: Record) -> None:
    record.add(bill("bill", date(2026, 9, 25)), payment("all", "100", date(2026, 9, 20)))
    before = record.view()

    record.store.ledgers.summarise(TODAY)

    assert record.store.ledgers.position(TODAY).dues == ()
    assert record.view() == before
    assert [(due.id, amount) for due, amount in before.payments[0].parts] == [("bill", yuan("100"))]


# --- sums and the limit ------------------------------------------------------------------------------


def test_only_principal_takes_from_the_limit(record: Record) -> None:
    record.add(
        bill(
            "bill",
            date(2026, 11, 25),
            BillLine(LineKind.PURCHASE, yuan("1000")),
            BillLine(LineKind.PENALTY, yuan("40")),
        ),
        plan("plan"),
        purchase("new", "200"),
        Charge(ACCOUNT.id, LineKind.INTEREST, yuan("7"), date(2026, 11, 1)),
    )
    assert record.view().free == yuan("3700")

    record.add(payment("part", "547", date(2026, 11, 20), "bill"))
    assert record.view().free == yuan("4207")


def test_more_than_the_limit_is_shown_as_it_is(record: Record) -> None:
    record.add(bill("bill", date(2026, 11, 25), BillLine(LineKind.UNITEMISED, yuan("5200"))))

    assert record.view().free == yuan("-200")


def test_an_unknown_limit_leaves_what_is_free_unknown(record: Record) -> None:
    record.add(replace(ACCOUNT, limit=None))

    assert record.view().free is None


def test_the_list_of_accounts_shows_what_each_owes_and_what_of_it_is_late(record: Record) -> None:
    other = Account("Card", "Bank", "EUR", id="other")
    record.add(
        other,
        bill("late", date(2026, 11, 10)),
        bill("soon", date(2026, 11, 25)),
        payment("part", "30", date(2026, 11, 9)),
    )

    sums = {each.account.id: each for each in account_sums(record.store, TODAY)}

    assert (sums["account"].owed, sums["account"].late) == (yuan("170"), yuan("70"))
    assert (sums["other"].owed, sums["other"].late) == (Money(0, "EUR"), Money(0, "EUR"))
    view = record.view()
    assert (view.owed.value, view.late) == (sums["account"].owed, sums["account"].late)


def test_everything_recorded_leads_to_its_account(record: Record) -> None:
    record.add(
        bill("bill", date(2026, 11, 25)),
        purchase("purchase"),
        payment("payment", "1", TODAY),
        plan("plan"),
        Charge(ACCOUNT.id, LineKind.FEE, yuan("1"), TODAY, id="charge"),
        Adjustment(ACCOUNT.id, yuan("1"), yuan("1"), TODAY, id="adjustment"),
    )

    for value_id in ("bill", "purchase", "payment", "plan", "plan-2", "charge", "adjustment"):
        assert account_holding(record.store, value_id) == ACCOUNT.id
    assert account_holding(record.store, "nothing") == ""
