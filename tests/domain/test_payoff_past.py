from __future__ import annotations

from datetime import date

from planner.domain.account import Account
from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.dates import Cycle, FixedDay
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.ledger import Ledger
from planner.domain.over_time.past import NO_PAST, Past, Seen, known_on, month_ends, owed_on
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase, Refund
from tests.domain.payoff_cases import usd

CARD = Account("Card", "Bank", "USD", cycle=Cycle(statement_day=1, due=FixedDay(20)), id="card")


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def owed(ledger: Ledger, *days: date) -> list[str]:
    return [str(seen.open.decimal) for seen in owed_on((ledger,), days, "USD")]


def bill(month: int, *lines: BillLine) -> Bill:
    return Bill("card", day(month, 1), day(month, 20), lines, id=f"bill {month}")


def test_the_ends_of_the_months_that_are_over() -> None:
    assert month_ends(day(8, 31), day(11, 30)) == (day(8, 31), day(9, 30), day(10, 31))
    assert month_ends(day(8, 1), day(9, 1)) == (day(8, 31),)
    assert month_ends(day(11, 22), day(11, 22)) == ()
    assert month_ends(date(2025, 12, 5), day(3, 1))[-2:] == (day(1, 31), day(2, 28))


def test_what_is_bought_is_owed_from_that_day_and_once() -> None:
    bought = Purchase("card", usd(100), day(8, 20), "Shop", id="bought")
    line = BillLine(LineKind.PURCHASE, usd(100), "bought")
    ledger = Ledger(CARD, [bought], [bill(9, line, BillLine(LineKind.FEE, usd(5)))])

    # From 1 September on the bill asks for it, with a fee.
    assert owed(ledger, day(8, 19), day(8, 20), day(8, 31), day(9, 1)) == ["100.00", "100.00", "105.00"]


def test_what_was_paid_or_came_back_later_was_still_owed() -> None:
    bought = Purchase("card", usd(100), day(8, 20), "Shop", id="bought")
    refunded = Purchase(
        "card", usd(50), day(8, 20), "Shop", id="other", refunds=(Refund(usd(20), day(8, 28)),)
    )
    ledger = Ledger(CARD, [bought, refunded], payments=[Payment("card", usd(60), day(9, 5))])

    assert owed(ledger, day(8, 27), day(8, 28), day(9, 4), day(9, 5)) == [
        "150.00",
        "130.00",
        "130.00",
        "70.00",
    ]


def test_plans_charges_and_corrections_count_from_their_days() -> None:
    rows = tuple(
        Instalment(number, day(8 + number, 20), usd(100), usd(2), usd(0), f"row {number}")
        for number in (1, 2, 3)
    )
    plan = InstalmentPlan("card", "Sofa", usd(300), rows, 3, started_on=day(8, 25), id="plan")
    older = InstalmentPlan("card", "Lamp", usd(300), rows, 3, id="older")
    empty = InstalmentPlan("card", "Gone", usd(300), (), 3, id="empty")
    charge = Charge("card", LineKind.PENALTY, usd(7), day(8, 26))
    correction = Adjustment("card", usd(3), usd(316), day(8, 27))

    ledger = Ledger(CARD, plans=[plan, empty], charges=[charge], adjustments=[correction])
    days = [day(8, 24), day(8, 25), day(8, 26), day(8, 27)]
    assert owed(ledger, *days) == ["306.00", "313.00", "316.00"]
    # Nobody says since when: a month before the first row.
    assert owed(Ledger(CARD, plans=[older]), day(8, 19), day(8, 20)) == ["306.00"]


def test_days_on_which_nothing_was_owed_count_once_something_was() -> None:
    bought = Purchase("card", usd(100), day(8, 20), "Shop", id="bought")
    ledger = Ledger(CARD, [bought], payments=[Payment("card", usd(100), day(9, 5))])

    assert owed(ledger, day(7, 31), day(8, 31), day(9, 30)) == ["100.00", "0.00"]


def test_what_has_happened_by_then_is_left_as_it_is() -> None:
    bought = Purchase("card", usd(100), day(8, 20), "Shop", refunds=(Refund(usd(20), day(8, 28)),))
    known = known_on(Ledger(CARD, [bought]), day(8, 28))

    assert known.purchases == [bought]


def test_the_past_is_worked_out_once() -> None:
    bought = Purchase("card", usd(100), day(8, 20), "Shop", id="bought")
    past = Past((Ledger(CARD, [bought]),), (day(8, 31),), "USD")

    assert past.seen == (Seen(day(8, 31), usd(100)),)
    assert past.seen is past.seen
    assert NO_PAST.seen == ()
    made = past.seen[0].made
    assert made.value == usd(100)
    assert made.derivation.given[0].value == day(8, 31)
    assert made.derivation.workings[0].result == usd(100)
