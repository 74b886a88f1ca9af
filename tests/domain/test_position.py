from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode, add_months
from planner.domain.derivation import Given
from planner.domain.due import Due, DueKind
from planner.domain.due_sums import total_of
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.ledger import Ledger, dues_of
from planner.domain.money import Money, sum_of
from planner.domain.payment import Payment
from planner.domain.position import Position, position
from planner.domain.purchase import Purchase, Refund
from planner.domain.sourced import IMPORTED

T = TypeVar("T")

TODAY = date(2026, 11, 22)
ACCOUNT = Account("Baitiao", "JD", "CNY", cycle=Cycle(Mode.BILL, 16, FixedDay(25)), id="account")
STATEMENT, DUE = date(2026, 11, 16), date(2026, 11, 25)
LATE = date(2026, 11, 10)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def bill(*lines: BillLine, due_on: date = DUE, minimum: str = "", named: str = "bill") -> Bill:
    kept = lines or (BillLine(LineKind.UNITEMISED, yuan("100")),)
    least = yuan(minimum) if minimum else None
    return Bill(ACCOUNT.id, due_on - timedelta(days=9), due_on, kept, least, id=named)


def line(amount: str, refers_to: str = "", kind: LineKind = LineKind.PURCHASE) -> BillLine:
    return BillLine(kind, yuan(amount), refers_to)


def purchase(amount: str = "100", bought_on: date = date(2026, 11, 3), named: str = "purchase") -> Purchase:
    return Purchase(ACCOUNT.id, yuan(amount), bought_on, "Shop", id=named)


def payment(amount: str, paid_on: date = TODAY, aimed_at: str = "", named: str = "payment") -> Payment:
    return Payment(ACCOUNT.id, yuan(amount), paid_on, aimed_at=aimed_at, id=named)


def plan(
    count: int = 2,
    principal: str = "50",
    fee: str = "1",
    origin: OriginKind = OriginKind.NONE,
    origin_id: str = "",
    named: str = "plan",
) -> InstalmentPlan:
    rows = tuple(
        Instalment(
            number,
            add_months(date(2026, 11, 25), number),
            yuan(principal),
            yuan(fee),
            yuan("0"),
            f"{named}-{number}",
        )
        for number in range(1, count + 1)
    )
    whole = sum_of((row.principal for row in rows), "CNY")
    return InstalmentPlan(ACCOUNT.id, "Phone", whole, rows, count, origin, origin_id, id=named)


def found(
    on: date = TODAY,
    *,
    purchases: Sequence[Purchase] = (),
    bills: Sequence[Bill] = (),
    plans: Sequence[InstalmentPlan] = (),
    payments: Sequence[Payment] = (),
    charges: Sequence[Charge] = (),
    adjustments: Sequence[Adjustment] = (),
) -> Position:
    ledger = Ledger(ACCOUNT, purchases, bills, plans, payments, charges, adjustments)
    return position((ledger,), on)


def opens(held: Position) -> dict[str, str]:
    return {due.id: str(due.open.decimal) for due in held.open_dues}


# --- a due counts once -------------------------------------------------------------------------------


def test_nothing_recorded_is_nothing_owed() -> None:
    held = found()

    assert held.dues == ()
    assert held.owed == {}
    assert held.credit == {}


def test_a_purchase_is_due_by_the_cycle_until_a_bill_holds_it() -> None:
    alone = found(purchases=[purchase()])
    billed = found(purchases=[purchase()], bills=[bill(line("100", "purchase"))])

    (due,) = alone.dues
    assert (due.kind, due.due_on, due.open, due.projected) == (DueKind.PURCHASE, DUE, yuan("100"), True)
    (due,) = billed.dues
    assert (due.kind, due.open, due.projected) == (DueKind.BILL, yuan("100"), False)


def test_rows_charges_and_corrections_that_a_bill_holds_are_not_due_beside_it() -> None:
    charge = Charge(ACCOUNT.id, LineKind.FEE, yuan("3"), LATE, id="fee")
    correction = Adjustment(ACCOUNT.id, yuan("7"), yuan("7"), LATE, id="correction")
    holding = bill(
        line("51", "plan-1", LineKind.INSTALMENT),
        line("3", "fee", LineKind.FEE),
        line("7", "correction", LineKind.ADJUSTMENT),
    )

    held = found(plans=[plan()], charges=[charge], adjustments=[correction], bills=[holding])

    assert opens(held) == {"bill": "61.00", "plan-2": "51.00"}


def test_what_the_app_says_beyond_our_figure_is_owed_and_not_late_the_day_after() -> None:
    up = Adjustment(ACCOUNT.id, yuan("34"), yuan("134"), TODAY - timedelta(days=3), id="up")
    held = found(adjustments=[up])

    assert opens(held) == {"up": "34.00"}
    assert held.late == ()
    assert [due.due_on for due in held.dues] == [date(2026, 12, 25)]
    unknown = position((Ledger(replace(ACCOUNT, cycle=Cycle()), adjustments=[up]),), TODAY)
    assert [due.due_on for due in unknown.open_dues] == [None]


def test_a_purchase_of_the_month_of_a_bill_that_states_only_its_amount_is_owed_once() -> None:
    small, large = purchase("60", named="small"), purchase("60", date(2026, 11, 4), "large")
    before, after = purchase("1", date(2026, 10, 15), "before"), purchase("1", date(2026, 11, 16), "after")

    held = found(purchases=[small, large, before, after], bills=[bill()])

    assert opens(held) == {"bill": "100.00", "large": "60.00", "before": "1.00", "after": "1.00"}
    unknown = Ledger(replace(ACCOUNT, cycle=Cycle()), [small, after], [bill()])
    assert opens(position((unknown,), TODAY)) == {"bill": "100.00", "after": "1.00"}
    orders = Ledger(replace(ACCOUNT, cycle=Cycle(Mode.ORDER)), [small], [bill()])
    assert opens(position((orders,), TODAY)) == {"bill": "100.00", "small": "60.00"}


def test_what_comes_back_of_such_a_purchase_lowers_the_bill_from_its_statement_on() -> None:
    known, later = Refund(yuan("5"), date(2026, 11, 10)), Refund(yuan("7"), date(2026, 11, 20))
    bought = replace(purchase("60"), refunds=(known, later))

    assert opens(found(purchases=[bought], bills=[bill()])) == {"bill": "93.00"}


def test_a_purchase_whose_bill_is_not_recorded_is_not_called_late_unless_it_has_no_bill() -> None:
    old = purchase(bought_on=date(2026, 9, 3))

    (due,) = found(purchases=[old]).open_dues
    assert due.is_past(TODAY)
    assert not due.is_late(TODAY)

    (order,) = position((Ledger(replace(ACCOUNT, cycle=Cycle(Mode.ORDER)), [old]),), TODAY).open_dues
    assert order.is_late(TODAY)


@pytest.mark.parametrize(
    ("paid_on", "aimed_at", "left"),
    [
        (date(2026, 10, 1), "", {"bill": "66.00", "up": "34.00"}),
        (date(2026, 10, 1), "up", {"bill": "100.00"}),
        (date(2026, 10, 2), "", {"bill": "100.00"}),
    ],
)
def test_what_was_paid_when_the_app_was_looked_at_is_in_what_it_said(
    paid_on: date, aimed_at: str, left: dict[str, str]
) -> None:
    up = Adjustment(ACCOUNT.id, yuan("34"), yuan("134"), date(2026, 10, 1), id="up")

    held = found(bills=[bill()], adjustments=[up], payments=[payment("34", paid_on, aimed_at)])

    assert opens(held) == left


def test_a_payment_that_a_file_tells_of_is_not_taken_off_a_bill_stated_later() -> None:
    imported = replace(payment("30", STATEMENT - timedelta(days=1)), source_key="jd")
    on_the_day = replace(imported, paid_on=STATEMENT)

    assert opens(found(bills=[bill()], payments=[imported])) == {"bill": "100.00"}
    assert opens(found(bills=[bill()], payments=[on_the_day])) == {"bill": "70.00"}
    assert opens(found(bills=[bill(line("100"))], payments=[imported])) == {"bill": "70.00"}
    assert opens(found(bills=[bill()], payments=[replace(imported, aimed_at="bill")])) == {"bill": "70.00"}
    assert opens(found(bills=[bill()], payments=[replace(imported, source_key="")])) == {"bill": "70.00"}


def test_an_account_without_a_known_cycle_keeps_its_purchases_without_a_date() -> None:
    account = replace(ACCOUNT, cycle=Cycle())
    held = position((Ledger(account, [purchase()], [bill(line("100"))]),), TODAY)

    assert [due.due_on for due in held.open_dues] == [DUE, None]
    assert not held.open_dues[1].is_late(date(2030, 1, 1))
    assert held.between(date.min, date.max) == held.open_dues[:1]


def test_a_refund_of_a_purchase_that_is_not_billed_lowers_it() -> None:
    partly = replace(purchase(), refunds=(Refund(yuan("30"), LATE),))
    wholly = replace(purchase(), refunds=(Refund(yuan("100"), LATE),))

    assert opens(found(purchases=[partly])) == {"purchase": "70.00"}
    assert found(purchases=[wholly]).dues == ()


# --- plans move principal ----------------------------------------------------------------------------


def test_a_plan_of_a_purchase_takes_its_place() -> None:
    moved = found(purchases=[purchase()], plans=[plan(2, "50", "1", OriginKind.PURCHASE, "purchase")])

    assert opens(moved) == {"plan-1": "51.00", "plan-2": "51.00"}


def test_a_plan_of_a_part_of_a_purchase_leaves_the_rest_in_it() -> None:
    moved = found(purchases=[purchase()], plans=[plan(2, "30", "1", OriginKind.PURCHASE, "purchase")])

    assert opens(moved) == {"purchase": "40.00", "plan-1": "31.00", "plan-2": "31.00"}


def test_a_plan_of_a_bill_takes_its_principal_and_its_minimum_with_it_and_leaves_its_charges() -> None:
    stated = bill(line("100"), line("5", kind=LineKind.PENALTY), due_on=LATE, minimum="10")
    moved = found(bills=[stated], plans=[plan(2, "50", "1", OriginKind.BILL, "bill")])

    due = moved.due("bill")
    assert due is not None
    assert due.open == due.open_minimum == yuan("5")
    assert due.open_principal == yuan("0")
    assert due.is_late(TODAY)
    assert opens(moved) == {"bill": "5.00", "plan-1": "51.00", "plan-2": "51.00"}


def test_a_plan_made_of_another_plan_replaces_its_rows() -> None:
    first = plan(2, "50", "1")
    second = plan(4, "25", "2", OriginKind.PLAN, "plan", named="again")

    assert set(opens(found(plans=[first, second]))) == {"again-1", "again-2", "again-3", "again-4"}


def test_a_plan_made_of_the_rest_of_another_leaves_what_was_paid_and_what_was_due_before() -> None:
    first = plan(4, "25", "1")
    again = plan(2, "20", "2", OriginKind.PLAN, "plan", named="again")
    held = found(plans=[first, again], payments=[payment("26", LATE, aimed_at="plan-1")])

    # 40 of 100 moved: all of the fourth row, and 15 of the third.
    assert opens(held) == {"plan-2": "26.00", "plan-3": "11.00", "again-1": "22.00", "again-2": "22.00"}


def test_a_plan_that_was_agreed_on_takes_nothing_away() -> None:
    held = found(bills=[bill()], plans=[plan(2, origin=OriginKind.AGREEMENT, origin_id="bill")])

    assert opens(held) == {"bill": "100.00", "plan-1": "51.00", "plan-2": "51.00"}


# --- carried rests -----------------------------------------------------------------------------------


def carried_on() -> tuple[Bill, Bill]:
    older = bill(due_on=date(2026, 10, 25), minimum="10", named="older")
    newer = bill(line("70", "older", LineKind.CARRIED), line("40"), named="newer")
    return older, newer


def test_a_rest_that_a_newer_bill_carries_is_owed_once_and_not_late_in_the_older_one() -> None:
    held = found(bills=carried_on(), payments=[payment("30", date(2026, 10, 20))])

    assert opens(held) == {"newer": "110.00"}
    older = held.due("older")
    assert older is not None
    assert (older.paid_amount, older.open, older.open_principal) == (yuan("30"), yuan("0"), yuan("0"))
    assert older.closed_on == STATEMENT
    assert held.late == ()


@pytest.mark.parametrize(
    ("paid_on", "older", "newer"), [(STATEMENT, "30", "0"), (STATEMENT + timedelta(days=1), "0", "30")]
)
def test_a_payment_after_the_newer_statement_goes_to_the_newer_bill(
    paid_on: date, older: str, newer: str
) -> None:
    held = found(bills=carried_on(), payments=[payment("30", paid_on, aimed_at="older")])

    assert {due.id: due.paid_amount for due in held.dues} == {"older": yuan(older), "newer": yuan(newer)}


# --- where payments go -------------------------------------------------------------------------------


def two_bills() -> list[Bill]:
    return [bill(due_on=LATE, named="older"), bill(named="newer")]


def test_a_payment_goes_to_the_oldest_due_first_and_on_to_the_next() -> None:
    held = found(bills=two_bills(), payments=[payment("130")])

    assert {due.id: due.open for due in held.dues} == {"older": yuan("0"), "newer": yuan("70")}


def test_a_payment_that_was_aimed_goes_there_first_and_what_is_left_to_the_oldest() -> None:
    held = found(bills=two_bills(), payments=[payment("130", aimed_at="newer")])

    assert {due.id: due.open for due in held.dues} == {"older": yuan("70"), "newer": yuan("0")}


def test_a_payment_aimed_at_what_is_no_longer_there_goes_to_the_oldest() -> None:
    held = found(bills=two_bills(), payments=[payment("130", aimed_at="deleted")])

    assert opens(held) == {"newer": "70.00"}


def test_what_is_paid_beyond_every_due_is_a_credit() -> None:
    held = found(bills=[bill()], payments=[payment("130")])

    assert held.open_dues == ()
    assert held.credit == {"account": yuan("30")}
    assert held.of_account("another").credit == {}


def test_a_payment_in_advance_waits_for_the_bill_to_come() -> None:
    held = found(bills=[bill()], payments=[payment("130", date(2026, 9, 1))])

    assert held.open_dues == ()
    assert held.credit == {"account": yuan("30")}


def test_a_payment_of_tomorrow_has_not_been_made_yet() -> None:
    paid = [payment("100", TODAY + timedelta(days=1))]

    assert opens(found(bills=[bill()], payments=paid)) == {"bill": "100.00"}
    assert opens(found(TODAY + timedelta(days=1), bills=[bill()], payments=paid)) == {}


def test_money_of_one_account_does_not_pay_another() -> None:
    other = replace(ACCOUNT, id="other")
    debt = replace(bill(named="theirs"), account_id="other")
    held = position((Ledger(ACCOUNT, payments=[payment("500")]), Ledger(other, bills=[debt])), TODAY)

    assert opens(held) == {"theirs": "100.00"}
    assert held.credit == {"account": yuan("500")}


@pytest.mark.parametrize(
    ("paid", "principal"),
    [("0", "100"), ("6", "100"), ("10", "100"), ("11", "99"), ("60", "50"), ("110", "0")],
)
def test_within_a_bill_penalty_fee_and_interest_are_paid_before_principal(paid: str, principal: str) -> None:
    stated = bill(
        line("100"),
        line("5", kind=LineKind.PENALTY),
        line("3", kind=LineKind.FEE),
        line("2", kind=LineKind.INTEREST),
    )
    payments = [payment(paid)] if paid != "0" else []

    due = found(bills=[stated], payments=payments).due("bill")

    assert due is not None
    assert due.open_principal == yuan(principal)
    assert due.open == yuan("110") - yuan(paid)


def test_a_correction_upwards_is_owed_and_one_downwards_is_money_in_hand() -> None:
    up = Adjustment(ACCOUNT.id, yuan("20"), yuan("120"), LATE, id="up")
    down = Adjustment(ACCOUNT.id, yuan("-20"), yuan("80"), LATE, id="down")

    assert opens(found(bills=[bill()], adjustments=[up])) == {"bill": "100.00", "up": "20.00"}
    lowered = found(bills=[bill()], adjustments=[down])
    assert opens(lowered) == {"bill": "80.00"}
    assert [part.payment_id for part in lowered.dues[0].paid] == ["down"]
    assert found(adjustments=[down]).credit == {"account": yuan("20")}


def test_a_correction_of_a_bill_becomes_a_part_of_it() -> None:
    down = Adjustment(ACCOUNT.id, yuan("-20"), yuan("80"), LATE, bill_id="bill", id="down")
    more = Adjustment(ACCOUNT.id, yuan("5"), yuan("85"), LATE, bill_id="bill", id="more")

    (due,) = found(bills=[bill()], adjustments=[down, more]).dues

    assert due.amount == yuan("85")
    assert due.parts[LineKind.ADJUSTMENT] == yuan("-15")
    assert due.open_principal <= due.open


def test_a_bill_below_zero_pays_what_else_is_due() -> None:
    credit = bill(line("-30", kind=LineKind.REFUND), due_on=LATE, named="credit")

    assert opens(found(bills=[credit, bill()])) == {"bill": "70.00"}


def test_a_credit_that_a_newer_bill_has_taken_into_account_counts_once() -> None:
    credit = bill(line("-30", kind=LineKind.REFUND), due_on=date(2026, 10, 25), named="credit")
    newer = bill(line("-30", "credit", LineKind.CARRIED), line("100"), named="newer")
    held = found(bills=[credit, newer])

    assert opens(held) == {"newer": "70.00"}
    assert held.credit == {}


# --- late --------------------------------------------------------------------------------------------


def test_a_due_is_late_from_the_day_after_its_date() -> None:
    held = found(bills=[bill()])

    assert not held.dues[0].is_late(DUE)
    assert held.dues[0].is_late(DUE + timedelta(days=1))
    assert held.dues[0].days_late(DUE + timedelta(days=3)) == 3
    assert held.dues[0].days_late(DUE) == 0


@pytest.mark.row("C046")
@pytest.mark.parametrize(
    ("paid", "least", "is_late"), [("9.99", "0.01", True), ("10", "0", False), ("60", "0", False)]
)
def test_a_bill_whose_minimum_is_paid_is_not_late(paid: str, least: str, *, is_late: bool) -> None:
    held = found(bills=[bill(due_on=LATE, minimum="10")], payments=[payment(paid)])

    (due,) = held.dues
    assert due.open_minimum == yuan(least)
    assert bool(held.late) is is_late
    assert due.open == yuan("100") - yuan(paid)


def test_no_more_than_is_open_is_asked_for_as_a_minimum() -> None:
    down = Adjustment(ACCOUNT.id, yuan("-95"), yuan("5"), LATE, bill_id="bill")
    (due,) = found(bills=[bill(minimum="10")], adjustments=[down]).dues

    assert due.open_minimum == due.open == yuan("5")


# --- totals and how they were made -------------------------------------------------------------------


def test_each_currency_has_its_own_total_and_the_total_names_what_is_in_it() -> None:
    euros = Account("Card", "Bank", "EUR", id="euros")
    card = Bill("euros", STATEMENT, DUE, (BillLine(LineKind.UNITEMISED, Money.of("40", "EUR")),), id="card")
    held = position((Ledger(ACCOUNT, bills=two_bills()), Ledger(euros, bills=[card])), TODAY)

    assert {currency: owed.value for currency, owed in held.owed.items()} == {
        "CNY": yuan("200"),
        "EUR": Money.of("40", "EUR"),
    }
    assert held.owed["CNY"].derivation.given == tuple(
        Given(due.label, due.still_due) for due in held.of_account("account").open_dues
    )


def test_what_is_still_to_pay_shows_its_parts_and_payments() -> None:
    stated = bill(line("100"), line("5", kind=LineKind.FEE))
    (due,) = found(bills=[stated], payments=[payment("30"), payment("20", LATE, named="first")]).dues

    still = due.still_due
    assert still.value == yuan("55")
    assert [(str(given.label), given.value) for given in still.derivation.given] == [
        ("Fees", yuan("5")),
        ("Purchases and principal", yuan("100")),
        (f"Payment of {LATE}", yuan("20")),
        (f"Payment of {TODAY}", yuan("30")),
    ]
    assert [working.result for working in still.derivation.workings] == [
        yuan("105"),
        yuan("-50"),
        yuan("55"),
    ]


# --- random ledgers ----------------------------------------------------------------------------------

_FIRST = date(2026, 6, 1)
_dates = st.integers(0, 240).map(lambda number: _FIRST + timedelta(days=number))
_minors = st.integers(1, 50_000)
_flips = st.booleans()


@st.composite
def ledgers(draw: st.DrawFn) -> Ledger:
    """Purchases, some billed and some in plans; bills that carry others; charges, corrections, payments."""
    bought = [
        Purchase(ACCOUNT.id, Money(draw(_minors), "CNY"), draw(_dates), id=f"purchase-{number}")
        for number in range(draw(st.integers(0, 5)))
    ]
    charges = [
        Charge(
            ACCOUNT.id,
            draw(st.sampled_from((LineKind.FEE, LineKind.PENALTY))),
            Money(draw(_minors), "CNY"),
            draw(_dates),
            id=f"charge-{number}",
        )
        for number in range(draw(st.integers(0, 2)))
    ]
    held = [(LineKind.PURCHASE, known.id, known.amount) for known in bought if draw(_flips)]
    held += [(known.kind, known.id, known.amount) for known in charges if draw(_flips)]
    bills: list[Bill] = []
    for number in range(draw(st.integers(0, 4))):
        statement_on = _FIRST + timedelta(days=30 * number)
        lines = [BillLine(LineKind.UNITEMISED, Money(draw(_minors), "CNY"), id=f"rest-{number}")]
        lines += [BillLine(kind, amount, known) for kind, known, amount in held[number::4]]
        if draw(_flips) and bills:
            lines.append(BillLine(LineKind.CARRIED, Money(draw(_minors), "CNY"), bills[-1].id))
        minimum = draw(st.none() | st.just(Money(100, "CNY")))
        bills.append(
            Bill(
                ACCOUNT.id,
                statement_on,
                statement_on + timedelta(days=9),
                tuple(lines),
                minimum,
                id=f"bill-{number}",
            )
        )
    in_bills = {entry.refers_to for known in bills for entry in known.lines}
    plans = [
        _plan_of(known, draw(st.integers(1, 4)))
        for known in bought
        if known.id not in in_bills and draw(_flips)
    ]
    adjustments = [
        Adjustment(
            ACCOUNT.id,
            Money(draw(st.integers(-20_000, 20_000).filter(bool)), "CNY"),
            Money(0, "CNY"),
            draw(_dates),
            bill_id=draw(st.sampled_from(["", *(known.id for known in bills)])),
            id=f"adjustment-{number}",
        )
        for number in range(draw(st.integers(0, 2)))
    ]
    ids = ["", "gone", *(f"purchase-{number}" for number in range(5)), *(known.id for known in bills)]
    payments = [
        Payment(
            ACCOUNT.id,
            Money(draw(_minors), "CNY"),
            draw(_dates),
            aimed_at=draw(st.sampled_from(ids)),
            id=f"payment-{number}",
        )
        for number in range(draw(st.integers(0, 5)))
    ]
    return Ledger(ACCOUNT, bought, bills, plans, payments, charges, adjustments)


def _plan_of(bought: Purchase, count: int) -> InstalmentPlan:
    part, over = divmod(bought.amount.minor, count)
    rows = tuple(
        Instalment(
            number,
            bought.bought_on + timedelta(days=30 * number),
            Money(part + (over if number == 1 else 0), "CNY"),
            Money(30, "CNY"),
            Money(0, "CNY"),
            f"{bought.id}-row-{number}",
        )
        for number in range(1, count + 1)
    )
    return InstalmentPlan(
        ACCOUNT.id, "Plan", bought.amount, rows, count, OriginKind.PURCHASE, bought.id, id=f"plan-{bought.id}"
    )


def total(amounts: Iterable[Money]) -> Money:
    return sum_of(amounts, "CNY")


def carried_rest(due: Due) -> Money:
    return due.amount - due.paid_amount if due.closed_on else due.open.zero


@settings(max_examples=60)
@given(ledgers(), _dates)
def test_what_is_open_was_paid_or_is_carried_adds_up_to_what_was_recorded(ledger: Ledger, on: date) -> None:
    held = position((ledger,), on)
    recorded = [due.amount for due in dues_of(ledger)]

    owed = total(amount for amount in recorded if amount.minor > 0)
    assert owed == total(due.open + due.paid_amount + carried_rest(due) for due in held.dues)

    paid = total(known.amount for known in ledger.payments if known.paid_on <= on)
    counted = [due for due in dues_of(ledger) if due.closed_on is None]
    in_hand = paid - total(due.amount for due in counted if due.amount.minor < 0)
    assert in_hand == total(due.paid_amount for due in held.dues) + held.credit.get("account", yuan("0"))
    assert total_of(held.open_dues).get("CNY") is None or held.owed["CNY"].value == total(
        due.open for due in held.open_dues
    )


@settings(max_examples=60)
@given(ledgers(), _dates)
def test_no_due_is_paid_twice_or_below_nothing(ledger: Ledger, on: date) -> None:
    for due in position((ledger,), on).dues:
        assert all(part.amount.minor > 0 for part in due.paid)
        assert due.paid_amount <= due.amount
        assert due.open.zero <= due.open_minimum <= due.open <= due.amount
        assert due.open.zero <= due.open_principal <= due.open


@settings(max_examples=60)
@given(ledgers(), _dates, st.randoms(use_true_random=False))
def test_the_order_in_which_things_were_recorded_does_not_matter(
    ledger: Ledger, on: date, random: Random
) -> None:
    def mixed(recorded: Sequence[T]) -> list[T]:
        return random.sample(list(recorded), len(recorded))

    shuffled = Ledger(
        ledger.account,
        mixed(ledger.purchases),
        mixed(ledger.bills),
        mixed(ledger.plans),
        mixed(ledger.payments),
        mixed(ledger.charges),
        mixed(ledger.adjustments),
    )

    assert position((shuffled,), on) == position((ledger,), on)


@settings(max_examples=60)
@given(ledgers(), _dates)
def test_paying_never_makes_more_owed_or_late(ledger: Ledger, on: date) -> None:
    before = position((ledger,), on)
    more = Payment(ACCOUNT.id, Money(1000, "CNY"), on, id="one more")
    after = position((replace(ledger, payments=[*ledger.payments, more]),), on)

    assert total(due.open for due in after.dues) <= total(due.open for due in before.dues)
    assert {due.id for due in after.late} <= {due.id for due in before.late}


# --- how what was paid ahead was made, and who told of it ------------------------------------------------


def test_what_was_paid_ahead_names_the_money_that_no_due_took() -> None:
    paid = [payment("130"), payment("20", LATE, named="first")]
    held = found(bills=[bill()], payments=paid)

    credit = held.made_credit("account")

    assert credit is not None
    assert credit.value == held.credit["account"] == yuan("50")
    told = [(str(each.label), each.value, each.source) for each in credit.derivation.given]
    assert told == [
        (f"Payment or correction of {TODAY}: left of 130.00 CNY", yuan("50"), None),
    ]
    assert held.of_account("account").made_credit("account") == credit
    assert held.made_credit("another") is None
    assert held.of_account("another").made_credit("account") is None
    assert found(bills=[bill()]).made_credit("account") is None


def test_what_came_back_and_no_due_took_is_called_a_refund() -> None:
    back = Refund(yuan("40"), TODAY, "key", id="back")
    bought = replace(purchase("100"), refunds=(back,))
    held_line = bill(line("100", "purchase"))
    held = found(bills=[held_line], purchases=[bought], payments=[payment("90", LATE)])

    credit = held.made_credit("account")

    assert credit is not None
    (given,) = credit.derivation.given
    assert str(given.label) == f"Refund of {TODAY}: left of 40.00 CNY"
    assert (given.value, given.source) == (yuan("30"), IMPORTED)


@pytest.mark.parametrize("key", ["", "a row of a file"])
def test_what_a_file_told_of_counts_alike_and_says_that_it_did(key: str) -> None:
    back = Refund(yuan("10"), TODAY, key, id="back")
    bought = replace(purchase("100"), refunds=(back,), source_key=key)
    paid = replace(payment("20"), source_key=key)
    alone = found(purchases=[replace(bought, refunds=())])
    held = found(bills=[bill(line("100", "purchase"))], purchases=[bought], payments=[paid])

    (due,) = held.dues
    assert due.open == yuan("70")
    assert {part.is_imported for part in due.paid} == {bool(key)}
    assert [part.is_refund for part in due.paid] == [True, False]
    assert alone.dues[0].is_imported is bool(key)


def test_what_a_file_says_came_back_lowers_a_bill_that_states_only_its_amount() -> None:
    back = Refund(yuan("30"), date(2026, 11, 18), "key", id="back")
    bought = replace(purchase("100", date(2026, 11, 3)), refunds=(back,), source_key="key")
    held = found(bills=[bill()], purchases=[bought])

    (due,) = held.dues
    assert due.open == yuan("70")
    assert [(part.is_refund, part.is_imported) for part in due.paid] == [(True, True)]
