"""The closed form and a plain loop over the days agree to the cent, and waiting is never cheaper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.late.accrual import Dated
from planner.domain.late.charges import late_charges
from planner.domain.late.ends import LateEnd
from planner.domain.late.item import LateCase
from planner.domain.late.payments import course_of, end_cost, paid_of
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from tests.domain import late_loop
from tests.domain.late_cases import case, high, item, terms
from tests.domain.late_loop import DEBT, FEE, INTEREST, Debt, Rules

START = date(2026, 1, 31)
ORDERS = {
    "penalty_fee_interest_principal": (FEE, INTEREST, DEBT),
    "fee_interest_penalty_principal": (FEE, INTEREST, DEBT),
    "interest_fee_penalty_principal": (INTEREST, FEE, DEBT),
    "principal_interest_fee_penalty": (DEBT, INTEREST, FEE),
}
RATES = {"0.0003": "0.0003", "0.0005": "0.0005", "0.0007": "0.0007", "0.001": "0.001"}

money = st.integers(1, 2_000_000).map(lambda minor: Money(minor, "CNY"))
days = st.integers(0, 120).map(lambda number: START + timedelta(days=number))
parts = st.lists(st.tuples(days, st.integers(1, 800_000).map(lambda minor: Money(minor, "CNY"))), max_size=3)


@st.composite
def lenders(draw: st.DrawFn) -> tuple[LateEnd, Rules]:
    """A lender, as the program reads its terms and as the loop does."""
    rate = draw(st.sampled_from(sorted(RATES)))
    grace = draw(st.sampled_from((0, 0, 3, 10)))
    base = draw(st.sampled_from(("overdue", "all_unpaid")))
    compounding = draw(st.sampled_from(("none", "monthly")))
    order = draw(st.sampled_from(sorted(ORDERS)))
    fee = draw(st.sampled_from((None, "5", "12.34")))
    least = draw(st.sampled_from((None, "0.01", "1.5")))
    texts: dict[str, str | tuple[str, ...]] = {
        "late_rate": rate,
        "grace_days": str(grace),
        "late_base": base,
        "late_compounding": compounding,
        "allocation": order,
    }
    if fee:
        texts["late_fee_fixed"] = fee
    if least:
        texts["late_least_per_day"] = least
    rules = Rules(
        Decimal(rate),
        grace,
        base == "all_unpaid",
        compounding == "monthly",
        Decimal(least) if least else None,
        Decimal(fee) if fee else Decimal(0),
        ORDERS[order],
    )
    return high(terms(**texts)), rules


@st.composite
def cases(draw: st.DrawFn) -> LateCase:
    """One to three bills, and what else is open."""
    bills = draw(st.lists(st.tuples(money, days), min_size=1, max_size=3))
    other = draw(st.one_of(st.just(Money(0, "CNY")), money))
    return case(*(item(amount, due_on) for amount, due_on in bills), other=other)


def looped(found: LateCase, rules: Rules, day: date, planned: list[Dated]) -> Decimal:
    debts = [Debt(each.due_on, each.unpaid.decimal) for each in found.items]
    other = Debt(date.max, found.other.decimal)
    for on, amount in sorted(planned, key=lambda part: part[0]):
        late_loop.pay(debts, other, rules, on, amount.decimal)
    return late_loop.total(debts, other, rules, day)


@settings(max_examples=300, deadline=None)
@given(cases(), lenders(), days)
def test_the_closed_form_is_what_a_loop_over_the_days_comes_to(
    found: LateCase, lender: tuple[LateEnd, Rules], day: date
) -> None:
    end, rules = lender

    assert end_cost(found, end, day).decimal == looped(found, rules, day, [])


@settings(max_examples=400, deadline=None)
@given(cases(), lenders(), parts)
def test_with_planned_payments_they_agree_to_the_cent(
    found: LateCase, lender: tuple[LateEnd, Rules], planned: list[Dated]
) -> None:
    end, rules = lender
    day = START + timedelta(days=150)
    course = course_of(found, end, planned)

    assert end_cost(found, end, day, course).decimal == looped(found, rules, day, planned)


@settings(max_examples=200, deadline=None)
@given(cases(), lenders(), parts, st.lists(days, min_size=2, max_size=6))
def test_paying_the_rest_later_is_never_cheaper(
    found: LateCase, lender: tuple[LateEnd, Rules], planned: list[Dated], after: list[date]
) -> None:
    end, _ = lender
    course = course_of(found, end, planned)
    costs = [end_cost(found, end, day + timedelta(days=120), course) for day in sorted(after)]

    assert costs == sorted(costs)


@settings(max_examples=200, deadline=None)
@given(cases(), lenders(), days, money, st.integers(0, 2))
def test_more_that_is_unpaid_is_never_cheaper(
    found: LateCase, lender: tuple[LateEnd, Rules], day: date, more: Money, which: int
) -> None:
    end, _ = lender
    items = list(found.items)
    place = which % len(items)
    items[place] = replace(items[place], unpaid=items[place].unpaid + more)
    dearer = replace(found, items=tuple(items))

    assert end_cost(dearer, end, day) >= end_cost(found, end, day)
    assert end_cost(replace(found, other=found.other + more), end, day) >= end_cost(found, end, day)


@settings(max_examples=200, deadline=None)
@given(cases(), st.sampled_from(("overdue", "all_unpaid")), days, st.integers(2, 9))
def test_so_many_times_the_amounts_cost_as_many_times_as_much(
    found: LateCase, base: str, day: date, times: int
) -> None:
    end = high(terms(late_rate="0.0005", grace_days="0", late_base=base))
    many = replace(
        found,
        items=tuple(replace(each, unpaid=each.unpaid.times(times)) for each in found.items),
        other=found.other.times(times),
    )
    products = len(late_charges(found, end, day))

    difference = end_cost(many, end, day).minor - end_cost(found, end, day).minor * times
    # Each product is rounded by half a cent at most.
    assert abs(difference) * 2 <= products * (times + 1)


@settings(max_examples=200, deadline=None)
@given(cases(), lenders(), parts)
def test_a_planned_payment_goes_somewhere_until_nothing_is_left_to_pay(
    found: LateCase, lender: tuple[LateEnd, Rules], planned: list[Dated]
) -> None:
    end, _ = lender
    course = course_of(found, end, planned)
    last = START + timedelta(days=150)
    owed = found.unpaid + found.other + end_cost(found, end, last, course)

    paid = paid_of(course, "CNY")
    assert paid <= owed
    if paid < owed:
        wanted = sum(amount.minor for _, amount in planned)
        on_the_way = {on: found.unpaid + found.other + end_cost(found, end, on, course) for on, _ in planned}
        assert paid.minor <= wanted
        if all(paid < total for total in on_the_way.values()):
            assert paid.minor == wanted


@settings(max_examples=100, deadline=None)
@given(cases(), money, days)
def test_a_yearly_rate_costs_a_365th_of_it_a_day(found: LateCase, amount: Money, day: date) -> None:
    yearly = replace(high(terms(late_rate="0.1825/year", grace_days="0", late_base="overdue")))
    daily = high(terms(late_rate="0.0005", grace_days="0", late_base="overdue"))

    assert yearly.rate is not None
    assert yearly.rate.value == Rate(Decimal("0.1825"), Per.YEAR)
    both = replace(found, other=amount)
    assert end_cost(both, yearly, day) == end_cost(both, daily, day)
