from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.derivation import Derived
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase, Refund
from planner.services import account_sums as sums
from planner.services.account_view import AccountView, account_holding, account_sums, account_view
from planner.services.accounts import account_from
from planner.services.due_dates import cycle_source, due_date, statement_date
from planner.store.catalogue import product
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


def free_of(record: Record) -> Derived[Money]:
    free = record.view().free
    assert free is not None
    return free


def test_an_empty_account_owes_nothing_and_its_whole_limit_is_free(record: Record) -> None:
    view = record.view()

    assert not any((view.bills, view.plans, view.purchases, view.payments, view.others))
    assert view.owed.value == view.late.value == yuan("0")
    assert view.credit is None
    assert free_of(record).value == yuan("5000")
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
    assert view.late.value == yuan("0")
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
    assert view.credit is not None
    assert view.credit.value == yuan("30")
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
    assert free_of(record).value == yuan("3700")

    record.add(payment("part", "547", date(2026, 11, 20), "bill"))
    assert free_of(record).value == yuan("4207")


def test_of_more_than_the_limit_nothing_is_free_and_why_tells_by_how_much(record: Record) -> None:
    record.add(bill("bill", date(2026, 11, 25), BillLine(LineKind.UNITEMISED, yuan("5200"))))

    free = free_of(record)

    assert free.value == yuan("0")
    assert [step.result for step in free.derivation.workings] == [yuan("-200"), yuan("0")]


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

    assert (sums["account"].owed.value, sums["account"].late.value) == (yuan("170"), yuan("70"))
    assert (sums["other"].owed.value, sums["other"].late.value) == (Money(0, "EUR"), Money(0, "EUR"))
    view = record.view()
    assert (view.owed, view.late) == (sums["account"].owed, sums["account"].late)


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


# --- how the sums of the lists were made ---------------------------------------------------------------


def told(figure: Derived[Money] | None) -> tuple[Money, list[tuple[str, Money]]]:
    """A sum, and what was added up."""
    assert figure is not None
    assert figure.derivation.workings[-1].result == figure.value
    return figure.value, [(str(each.label), each.plain) for each in figure.derivation.given]


def test_each_list_says_what_its_rows_come_to_and_what_was_added_up(record: Record) -> None:
    record.add(
        bill("older", date(2026, 10, 25), BillLine(LineKind.UNITEMISED, yuan("30"))),
        bill("newer", date(2026, 11, 25)),
        plan("plan"),
        replace(
            purchase("lamp", "40", date(2026, 11, 20)), refunds=(Refund(yuan("15"), date(2026, 11, 21)),)
        ),
        replace(purchase("other", "7", date(2026, 11, 20)), merchant=""),
        payment("part", "20", date(2026, 11, 20), "newer"),
        Charge(ACCOUNT.id, LineKind.FEE, yuan("4"), date(2026, 11, 21)),
        Adjustment(ACCOUNT.id, yuan("-1"), yuan("99"), date(2026, 11, 21), bill_id="newer"),
    )
    view = record.view()

    assert told(sums.bills_amount(view.bills)) == (
        yuan("130"),
        [("Bill of 2026-11-16", yuan("100")), ("Bill of 2026-10-16", yuan("30"))],
    )
    assert told(sums.bills_still(view.bills))[0] == yuan("109")
    assert told(sums.plans_principal(view.plans)) == (yuan("100"), [("Phone", yuan("100"))])
    assert told(sums.plans_still(view.plans)) == (yuan("102"), [("Phone", yuan("102"))])
    assert told(sums.instalments_amount(view.plans[0].rows)) == (
        yuan("102"),
        [("Instalment 1, 2026-12-25", yuan("51")), ("Instalment 2, 2027-01-25", yuan("51"))],
    )
    assert told(sums.purchases_net(view.purchases))[0] == yuan("32")
    assert {label for label, _net in told(sums.purchases_net(view.purchases))[1]} == {
        "Shop, 2026-11-20",
        "Purchase of 2026-11-20",
    }
    assert told(sums.payments_amount(view.payments)) == (yuan("20"), [("Payment of 2026-11-20", yuan("20"))])
    assert told(sums.others_amount(view.others)) == (
        yuan("3"),
        [("Fee, 2026-11-21", yuan("4")), ("Correction of 2026-11-21", yuan("-1"))],
    )
    assert told(sums.dues_still(view.position.open_dues))[0] == view.owed.value


def test_a_list_without_rows_has_no_sum() -> None:
    for add_up in (sums.bills_amount, sums.bills_still):
        assert add_up(()) is None
    assert sums.dues_still(()) is None
    assert sums.others_amount(()) is None


def test_a_bill_that_became_instalments_says_so(record: Record) -> None:
    record.add(bill("bill", date(2026, 11, 25)), plan("plan", OriginKind.BILL, "bill"))

    (row,) = record.view().bills

    assert row.due is None
    assert row.still.value == row.open == yuan("0")
    assert [(str(each.label), each.plain) for each in row.still.derivation.given] == [
        ("Amount of the bill", yuan("100")),
        ("Turned into instalments", yuan("100")),
    ]


def test_a_payment_says_where_it_went_and_what_is_left(record: Record) -> None:
    record.add(bill("bill", date(2026, 11, 25)), payment("much", "130", date(2026, 11, 20)))

    view = record.view()
    (row,) = view.payments

    assert row.shares.value == yuan("130")
    assert [(str(each.text), each.result) for each in row.shares.derivation.workings] == [
        ("Bill of 2026-11-16", yuan("100")),
        ("Left over", yuan("30")),
    ]
    assert view.credit is not None
    assert told(view.credit) == (
        yuan("30"),
        [("Payment or correction of 2026-11-20: left of 130.00 CNY", yuan("30"))],
    )


def test_the_next_instalment_of_a_plan_is_the_first_that_is_still_to_pay(record: Record) -> None:
    record.add(plan("plan"), payment("first", "51", date(2026, 11, 20), "plan-1"))

    (row,) = record.view().plans

    assert row.next_due is not None
    assert (row.next_due.id, row.next_on) == ("plan-2", date(2027, 1, 25))
    assert told(row.still) == (yuan("51"), [("Phone, instalment 2 of 2", yuan("51"))])


# --- how dates were made -------------------------------------------------------------------------------


def test_a_due_date_follows_from_the_day_of_what_is_due(record: Record) -> None:
    record.add(
        bill("bill", date(2026, 11, 25)),
        purchase("lamp", "40", date(2026, 11, 20)),
        Adjustment(ACCOUNT.id, yuan("5"), yuan("145"), date(2026, 11, 21), id="correction"),
        Charge(ACCOUNT.id, LineKind.FEE, yuan("4"), date(2026, 11, 21), id="charge"),
    )
    position = record.view().position

    def first_input(due_id: str) -> tuple[str, object]:
        due = position.due(due_id)
        assert due is not None
        figure = due_date(record.store, due)
        assert figure.value == due.due_on
        first = figure.derivation.given[0]
        return str(first.label), first.value

    assert first_input("bill") == ("Statement of", date(2026, 11, 16))
    assert first_input("lamp") == ("Bought on", date(2026, 11, 20))
    assert first_input("correction") == ("Recorded on", date(2026, 11, 21))
    assert first_input("charge") == ("Posted on", date(2026, 11, 21))


def test_a_cycle_as_published_names_its_source_and_one_of_the_users_own_does_not(store: Store) -> None:
    sheet = product("jd-baitiao")
    assert sheet is not None
    assert sheet.cycle_source is not None
    usual = account_from(sheet, "Usual")
    own = replace(usual, cycle=Cycle(Mode.BILL, 5, FixedDay(20)))
    without = replace(usual, product="")

    assert cycle_source(store, usual) == sheet.cycle_source
    assert cycle_source(store, own) is None
    assert cycle_source(store, without) is None
    figure = statement_date(store, usual, TODAY, date(2026, 12, 1), date(2026, 12, 10))
    assert figure.value == date(2026, 12, 1)
    assert figure.derivation.given[1].source == sheet.cycle_source
