from dataclasses import replace
from datetime import date

import pytest

from planner import i18n
from planner.domain.account import Account
from planner.domain.bill import Bill, BillLine, LineKind
from planner.domain.dates import Cycle, FixedDay, Mode
from planner.domain.instalment import Instalment, InstalmentPlan, OriginKind
from planner.domain.ledger import Ledger
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.position import position
from planner.domain.purchase import Purchase, Refund
from planner.domain.settled import settled_before

LENDER = Account("JD Baitiao", "JD Finance", "CNY", cycle=Cycle(Mode.BILL, 1, FixedDay(10)))
BOUGHT_ON, STATEMENT, DUE = date(2026, 1, 5), date(2026, 2, 1), date(2026, 2, 10)


def cny(minor: int) -> Money:
    return Money(minor, "CNY")


def bought(*refunds: Refund, amount: int = 50_000) -> Purchase:
    return Purchase(LENDER.id, cny(amount), BOUGHT_ON, "Shop", refunds=refunds, id="purchase")


def bill_of(*lines: BillLine, minimum: Money | None = None) -> Bill:
    return Bill(LENDER.id, STATEMENT, DUE, lines, minimum, id="bill")


def whole(amount: int = 50_000) -> BillLine:
    return BillLine(LineKind.PURCHASE, cny(amount), "purchase", "Shop")


def test_a_refund_after_the_statement_lowers_what_is_still_due_of_the_bill_from_its_day_on() -> None:
    back = Refund(cny(12_000), date(2026, 2, 4))
    ledger = Ledger(LENDER, [bought(back)], [bill_of(whole())])

    (before,) = position((ledger,), date(2026, 2, 3)).dues
    (after,) = position((ledger,), date(2026, 2, 4)).dues

    assert (before.open, after.open) == (cny(50_000), cny(38_000))
    assert after.amount == cny(50_000)  # what the statement asks for stays what it is
    given = [i18n.explain(given.label) for given in after.still_due.derivation.given]
    assert "Refund of 4 Feb 2026" in given


def test_a_refund_that_the_bill_knew_of_is_not_taken_off_twice() -> None:
    early = Refund(cny(12_000), date(2026, 1, 20))
    late = Refund(cny(3_000), date(2026, 2, 5))

    (known,) = position((Ledger(LENDER, [bought(early)], [bill_of(whole(38_000))]),), DUE).dues
    (both,) = position((Ledger(LENDER, [bought(early, late)], [bill_of(whole(38_000))]),), DUE).dues

    assert known.open == cny(38_000)
    assert both.open == cny(35_000)


def test_a_refund_with_a_line_of_its_own_lowers_the_bill_by_that_line_alone() -> None:
    back = Refund(cny(12_000), date(2026, 1, 20))
    line = BillLine(LineKind.REFUND, cny(-12_000), back.id)

    (due,) = position((Ledger(LENDER, [bought(back)], [bill_of(whole(), line)]),), DUE).dues

    assert due.open == cny(38_000)


def test_a_line_for_a_refund_of_a_purchase_on_no_bill_counts_once() -> None:
    back = Refund(cny(12_000), date(2026, 1, 20))
    other = bill_of(
        BillLine(LineKind.PURCHASE, cny(90_000)), BillLine(LineKind.REFUND, cny(-12_000), back.id)
    )

    dues = position((Ledger(LENDER, [bought(back)], [other]),), DUE).dues

    assert sum(due.open.minor for due in dues) == 90_000 - 12_000 + 50_000


def test_what_comes_back_after_a_bill_was_paid_is_a_credit_for_what_comes() -> None:
    back = Refund(cny(12_000), date(2026, 3, 4))
    paid = Payment(LENDER.id, cny(50_000), DUE)
    march = Bill(LENDER.id, date(2026, 3, 1), date(2026, 3, 10), (BillLine(LineKind.UNITEMISED, cny(9_000)),))

    alone = position((Ledger(LENDER, [bought(back)], [bill_of(whole())], (), [paid]),), date(2026, 3, 5))
    then = position(
        (Ledger(LENDER, [bought(back)], [bill_of(whole()), march], (), [paid]),), date(2026, 3, 5)
    )

    assert alone.credit == {LENDER.id: cny(12_000)}
    assert then.open_dues == ()
    assert then.credit == {LENDER.id: cny(3_000)}


def test_a_refund_does_not_count_towards_the_minimum() -> None:
    back = Refund(cny(12_000), date(2026, 2, 4))
    (due,) = position((Ledger(LENDER, [bought(back)], [bill_of(whole(), minimum=cny(5_000))]),), DUE).dues

    assert due.open_minimum == cny(5_000)
    assert due.is_late(date(2026, 2, 11))


def test_what_moved_into_a_plan_before_the_bill_is_not_taken_for_a_refund() -> None:
    row = Instalment(1, date(2026, 3, 10), cny(30_000), cny(0), cny(0))
    plan = InstalmentPlan(LENDER.id, "Plan", cny(30_000), (row,), 1, OriginKind.PURCHASE, "purchase")
    back = Refund(cny(5_000), date(2026, 2, 4))

    dues = position((Ledger(LENDER, [bought(back)], [bill_of(whole(20_000))], [plan]),), DUE).dues

    assert {due.id: due.open.minor for due in dues} == {"bill": 15_000, row.id: 30_000}


@pytest.mark.parametrize("on", [date(2026, 3, 20), date(2026, 6, 1)])
def test_a_summary_does_not_end_between_a_bill_and_what_came_back_of_it(on: date) -> None:
    back = Refund(cny(12_000), date(2026, 3, 4))
    paid = Payment(LENDER.id, cny(50_000), DUE)
    ledger = Ledger(LENDER, [bought(back)], [bill_of(whole())], (), [paid])

    without = settled_before(replace(ledger, purchases=[bought()]), on)

    assert without is not None
    assert without.before == date(2026, 2, 11)
    # The credit is still in hand: whoever reads on must read the bill, too.
    assert settled_before(ledger, on) is None


def test_a_refund_that_went_to_the_next_bill_is_settled_with_it() -> None:
    back = Refund(cny(12_000), date(2026, 3, 4))
    march = Bill(
        LENDER.id, date(2026, 3, 1), date(2026, 3, 10), (BillLine(LineKind.UNITEMISED, cny(12_000)),)
    )
    paid = Payment(LENDER.id, cny(50_000), DUE)
    ledger = Ledger(LENDER, [bought(back)], [bill_of(whole()), march], (), [paid])

    settled = settled_before(ledger, date(2026, 6, 1))

    assert settled is not None
    assert settled.before == date(2026, 3, 11)
