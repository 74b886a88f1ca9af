"""Tests of how the figures of what was recorded were made."""

from __future__ import annotations

from datetime import date

from planner.domain.bill import Adjustment, Bill, BillLine, Charge, LineKind
from planner.domain.instalment import Instalment, InstalmentPlan
from planner.domain.money import Money
from planner.domain.payment import Payment
from planner.domain.purchase import Purchase, Refund
from planner.domain.recorded import (
    LINE_WORDS,
    as_recorded,
    made_adjustment,
    made_bill,
    made_charge,
    made_minimum,
    made_net,
    made_payment,
    made_plan_costs,
    made_principal,
    made_purchase,
    made_refunds,
    made_row,
    made_row_costs,
    made_row_principal,
    row_words,
)
from planner.domain.sourced import IMPORTED
from planner.phrases import Phrase
from tests.domain.telling import given, rule, steps

DAY = date(2026, 11, 3)


def yuan(amount: str) -> Money:
    return Money.of(amount, "CNY")


def row(number: int = 1, principal: str = "50", fee: str = "2", interest: str = "1") -> Instalment:
    return Instalment(number, date(2026, 10 + number, 10), yuan(principal), yuan(fee), yuan(interest))


def test_what_is_shown_as_recorded_names_who_recorded_it() -> None:
    figure = as_recorded(Phrase("Limit"), yuan("5000"), IMPORTED)

    assert figure.value == yuan("5000")
    assert rule(figure) == "This stands here as it was recorded; nothing is worked out."
    assert given(figure) == [("Limit", yuan("5000"))]
    assert figure.derivation.given[0].source is IMPORTED
    assert as_recorded(Phrase("Limit"), 1).derivation.given[0].source is None


def test_a_bill_is_the_sum_of_its_lines_in_their_words() -> None:
    lines = (
        BillLine(LineKind.PURCHASE, yuan("100"), label="Lamp"),
        BillLine(LineKind.REFUND, yuan("-30")),
        BillLine(LineKind.UNITEMISED, yuan("5")),
    )
    figure = made_bill(Bill("account", DAY, DAY, lines))

    assert figure.value == yuan("75")
    assert given(figure) == [
        ("Purchase: Lamp", yuan("100")),
        ("Refund", yuan("-30")),
        ("Not itemised", yuan("5")),
    ]
    assert steps(figure) == [("Together", yuan("75"))]
    assert rule(figure) == "The amount of a bill = its lines together"
    assert set(LINE_WORDS) == set(LineKind)


def test_the_minimum_is_what_the_statement_says_or_nothing() -> None:
    line = (BillLine(LineKind.UNITEMISED, yuan("100")),)

    known = made_minimum(Bill("account", DAY, DAY, line, yuan("10")))
    unknown = made_minimum(Bill("account", DAY, DAY, line))

    assert known.value == yuan("10")
    assert given(known) == [("Minimum, as the statement says", yuan("10"))]
    assert unknown.value is None
    assert given(unknown) == [("Minimum", None)]
    assert rule(unknown) == "The statement was recorded without a minimum."


def test_the_figures_of_a_plan_are_the_sums_of_its_rows() -> None:
    plan = InstalmentPlan("account", "Telephone", yuan("80"), (row(), row(2, "30", "1", "0")), 2)

    principal, costs = made_principal(plan), made_plan_costs(plan)

    assert principal.value == yuan("80")
    assert given(principal) == [
        ("Instalment 1, 2026-11-10", yuan("50")),
        ("Instalment 2, 2026-12-10", yuan("30")),
    ]
    assert costs.value == yuan("4")
    assert given(costs) == [("Instalment 1, 2026-11-10", yuan("3")), ("Instalment 2, 2026-12-10", yuan("1"))]
    assert rule(principal).startswith("The amount of a plan =")
    assert rule(costs).startswith("The cost of a plan =")


def test_a_row_is_made_of_what_is_in_it() -> None:
    assert made_row(row()).value == yuan("53")
    assert given(made_row(row())) == [
        ("Principal", yuan("50")),
        ("Fee", yuan("2")),
        ("Interest", yuan("1")),
    ]
    assert given(made_row(row(interest="0"))) == [("Principal", yuan("50")), ("Fee", yuan("2"))]
    assert made_row_costs(row()).value == yuan("3")
    assert given(made_row_costs(row(fee="0"))) == [("Interest", yuan("1"))]
    assert rule(made_row(row())) == "An instalment = principal + fee + interest"
    assert given(made_row_costs(row(interest="0"))) == [("Fee", yuan("2"))]
    assert rule(made_row_costs(row())) == "Fees and interest of an instalment = fee + interest"
    assert made_row_principal(row()).value == yuan("50")
    assert given(made_row_principal(row())) == [("Principal of Instalment 1, 2026-11-10", yuan("50"))]
    assert str(row_words(row())) == "Instalment 1, 2026-11-10"


def test_what_a_purchase_came_to_is_told_with_what_came_back() -> None:
    back = (Refund(yuan("20"), DAY, "key"), Refund(yuan("5"), DAY))
    purchase = Purchase("account", yuan("100"), DAY, refunds=back, source_key="key")

    whole, refunds, net = made_purchase(purchase), made_refunds(purchase), made_net(purchase)

    assert whole.value == yuan("100")
    assert given(whole) == [("Ordered for, before refunds", yuan("100"))]
    assert rule(refunds) == "Came back = all refunds of it together"
    assert rule(net) == "After refunds = what was ordered for − what came back"
    assert whole.derivation.given[0].source is IMPORTED
    assert refunds.value == yuan("25")
    assert given(refunds) == [("Refund of 2026-11-03", yuan("20")), ("Refund of 2026-11-03", yuan("5"))]
    assert [each.source for each in refunds.derivation.given] == [IMPORTED, None]
    assert net.value == yuan("75")
    assert given(net) == [("Ordered for, before refunds", yuan("100")), ("Came back", yuan("25"))]
    assert net.derivation.given[0].source is IMPORTED
    assert steps(net) == [("After refunds", yuan("75"))]


def test_a_purchase_of_which_nothing_came_back_stands_as_recorded() -> None:
    purchase = Purchase("account", yuan("100"), DAY)

    assert made_net(purchase) == made_purchase(purchase)
    assert made_purchase(purchase).derivation.given[0].source is None


def test_payments_charges_and_corrections() -> None:
    payment = made_payment(Payment("account", yuan("30"), DAY, source_key="key"))
    charge = made_charge(Charge("account", LineKind.PENALTY, yuan("4"), DAY))
    correction = made_adjustment(Adjustment("account", yuan("-7"), yuan("93"), DAY))

    assert (payment.value, given(payment)) == (yuan("30"), [("Payment of 2026-11-03", yuan("30"))])
    assert payment.derivation.given[0].source is IMPORTED
    assert (charge.value, given(charge)) == (yuan("4"), [("Penalty for paying late", yuan("4"))])
    assert correction.value == yuan("-7")
    assert given(correction) == [
        ("The app said on 2026-11-03", yuan("93")),
        ("To pay by this record", yuan("100")),
    ]
    assert steps(correction) == [("The app − this record", yuan("-7"))]
    assert rule(correction).startswith("A correction = what the app said −")
