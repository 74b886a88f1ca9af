import os
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.dates import add_months
from planner.domain.instalment import Instalment
from planner.domain.interest.day_count import DayCount
from planner.domain.money import Money, sum_of
from planner.domain.plans.level import (
    FirstPeriod,
    Interest,
    equal_principal,
    level,
    level_payment,
    with_interest,
)
from planner.domain.plans.schedule import Rounding, flat_fee
from planner.domain.rate import Per, Rate
from planner.domain.term import FeeTiming, Remainder

# How many random plans the test of sums looks at; 100,000 were looked at for the record.
EXAMPLES = int(os.environ.get("PLANNER_EXAMPLES", "300"))


def cny(amount: int | str) -> Money:
    return Money.of(amount, "CNY")


def yearly(percent: str) -> Rate:
    return Rate.percent(percent)


def dues(count: int, first: date = date(2026, 2, 10)) -> list[date]:
    return [add_months(first, month, first.day) for month in range(count)]


def texts(amounts: Sequence[Money]) -> list[str]:
    return [str(amount.decimal) for amount in amounts]


# --- level payments ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "percent", "months", "expected"),
    [
        # kmymoney2.sourceforge.net/kde4/online-manual/details.loans.example.html
        pytest.param("25000", "5.5", 60, "477.53", id="KMyMoney's handbook, a new auto"),
        # KDE/kmymoney, mymoneyfinancialcalculator-test.cpp
        pytest.param("300000", "5", 360, "1610.46", id="KMyMoney's tests, use case 1"),
        pytest.param("320000", "5", 360, "1717.83", id="KMyMoney's tests, use case 2"),
        # RaihanStark/financy, internal/core/amortize_test.go
        pytest.param("10000", "12", 12, "888.49", id="financy, the annuity check"),
        # support.microsoft.com, the PMT function
        pytest.param("10000", "8", 10, "1037.03", id="Microsoft, PMT"),
        # vertex42.com, "Amortization Calculation", as nationalhomeplans.com quotes it
        pytest.param("20000", "7.5", 60, "400.76", id="Vertex42, a car loan"),
        # numpy-financial, TestPmt
        pytest.param("15000", "8", 60, "304.15", id="numpy-financial, TestPmt"),
        pytest.param("200000", "7.5", 180, "1854.02", id="numpy-financial, the example of pmt"),
        pytest.param("15000", "0", 60, "250.00", id="numpy-financial, TestPmt, no interest"),
        pytest.param("10000", "0", 3, "3333.33", id="no interest, a third"),
        pytest.param("100", "12", 1, "101.00", id="one month"),
    ],
)
def test_the_level_payment_of_published_loans(amount: str, percent: str, months: int, expected: str) -> None:
    assert level_payment(cny(amount), yearly(percent), months) == cny(expected)


def test_a_level_payment_is_rounded_as_it_is_told() -> None:
    assert level_payment(cny("10000"), yearly("0"), 3, ROUND_CEILING) == cny("3333.34")
    assert level_payment(cny("10000"), yearly("12"), 12, ROUND_DOWN) == cny("888.48")


def test_a_monthly_rate_is_not_divided_again() -> None:
    assert level_payment(cny("10000"), Rate(Decimal("0.01"), Per.MONTH), 12) == cny("888.49")


def test_the_rows_of_level_payments_begin_as_published_and_the_last_makes_up_for_the_rounding() -> None:
    # RaihanStark/financy, internal/core/amortize_test.go: row 1 is 788.49 and 100.00; the last is not more.
    rows = level(cny("10000"), dues(12), Interest(yearly("12")))

    assert (rows[0].principal, rows[0].interest) == (cny("788.49"), cny("100.00"))
    assert texts([row.total for row in rows]) == ["888.49"] * 11 + ["888.47"]
    assert sum_of((row.principal for row in rows), "CNY") == cny("10000")
    assert sum_of((row.interest for row in rows), "CNY") == cny("661.86")
    assert [row.number for row in rows] == list(range(1, 13))
    assert [row.due_on for row in rows] == dues(12)
    assert not any(row.fee for row in rows)


def test_interest_of_each_row_is_on_what_was_owed_before_it() -> None:
    rows = level(cny("3000"), dues(3), Interest(yearly("12")))

    # 1 % of 3,000.00, of 2,009.93 and of 1,009.96; the payment is 1,020.07.
    assert texts([row.interest for row in rows]) == ["30.00", "20.10", "10.10"]
    assert texts([row.principal for row in rows]) == ["990.07", "999.97", "1009.96"]


def test_without_interest_level_payments_are_divided_by_the_lender_s_rule() -> None:
    for place, expected in (
        (Remainder.LAST, ["33.33", "33.33", "33.34"]),
        (Remainder.FIRST, ["33.34", "33.33", "33.33"]),
    ):
        rows = level(cny("100"), dues(3), Interest(yearly("0")), Rounding(place))
        assert texts([row.total for row in rows]) == expected
    # RaihanStark/financy divides by rounding up: 3,334, 3,334 and the rest.
    up = level(Money(10_000, "CNY"), dues(3), Interest(yearly("0")), Rounding(principal=ROUND_UP))
    assert [row.total.minor for row in up] == [3334, 3334, 3332]


def test_free_months_repay_equal_parts_and_the_rest_is_level() -> None:
    rows = level(cny("1200"), dues(6), Interest(yearly("12"), free_months=3))

    assert texts([row.total for row in rows]) == ["200.00", "200.00", "200.00", "204.01", "204.01", "204.02"]
    assert texts([row.interest for row in rows]) == ["0.00", "0.00", "0.00", "6.00", "4.02", "2.02"]
    free = level(cny("1200"), dues(3), Interest(yearly("12"), free_months=3))
    assert texts([row.total for row in free]) == ["400.00"] * 3
    more = level(cny("1200"), dues(3), Interest(yearly("12"), free_months=4))
    assert [row.total for row in more] == [row.total for row in free]


def test_an_amount_too_small_for_its_payment_leaves_no_row_below_nothing() -> None:
    rows = level(Money(1, "CNY"), dues(60), Interest(yearly("60")))

    assert [row.principal.minor for row in rows] == [0] * 59 + [1]
    assert all(row.total.minor >= 0 for row in rows)


# --- equal principal ---------------------------------------------------------------------------------


def test_t46_equal_principal_bears_interest_on_the_whole_amount_in_the_first_month() -> None:
    # T46: github.com/GZWgssmart/LoanCalculator/issues/2 took this month's principal off before the
    # interest, so that every month bore the next one's: 550 instead of 600 here.
    rows = equal_principal(cny("120000"), dues(12), Interest(yearly("6")))

    assert texts([row.interest for row in rows]) == [f"{600 - 50 * month}.00" for month in range(12)]
    assert {row.principal for row in rows} == {cny("10000")}
    assert sum_of((row.interest for row in rows), "CNY") == cny("3900")
    assert (rows[0].total, rows[-1].total) == (cny("10600"), cny("10050"))


def test_equal_principal_is_divided_by_the_lender_s_rule() -> None:
    rows = equal_principal(cny("100"), dues(3), Interest(yearly("12")), Rounding(Remainder.FIRST))

    assert texts([row.principal for row in rows]) == ["33.34", "33.33", "33.33"]
    assert texts([row.interest for row in rows]) == ["1.00", "0.67", "0.33"]
    free = equal_principal(cny("300"), dues(3), Interest(yearly("12"), free_months=1))
    assert texts([row.interest for row in free]) == ["0.00", "2.00", "1.00"]


def test_interest_is_rounded_by_the_lender_s_rule() -> None:
    down = Rounding(fee=ROUND_DOWN)
    rows = equal_principal(cny("100"), dues(3), Interest(yearly("12")), down)

    assert texts([row.interest for row in rows]) == ["1.00", "0.66", "0.33"]


# --- a first period that is not one month --------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "interest"),
    [
        # 45 days from 27 December to 10 February; 43 where each month has 30: 10,000 × 12 % × 45/365 …
        (DayCount.ACTUAL_365, "147.95"),
        (DayCount.ACTUAL_360, "150.00"),
        (DayCount.THIRTY_360, "143.33"),
    ],
)
def test_the_interest_of_a_broken_first_period_is_counted_by_days(rule: DayCount, interest: str) -> None:
    first = FirstPeriod(date(2025, 12, 27), rule)
    usual = level(cny("10000"), dues(12), Interest(yearly("12")))
    rows = level(cny("10000"), dues(12), Interest(yearly("12"), first=first))

    assert rows[0].interest == cny(interest)
    assert [row.principal for row in rows] == [row.principal for row in usual]
    assert [row.interest for row in rows[1:]] == [row.interest for row in usual[1:]]


def test_a_short_first_period_costs_less_and_a_free_one_nothing() -> None:
    first = FirstPeriod(date(2026, 1, 31), DayCount.ACTUAL_360)
    short = equal_principal(cny("9000"), dues(3), Interest(yearly("12"), first=first))
    free = equal_principal(cny("9000"), dues(3), Interest(yearly("12"), 1, first))

    assert texts([row.interest for row in short]) == ["30.00", "60.00", "30.00"]
    assert texts([row.interest for row in free]) == ["0.00", "60.00", "30.00"]


# --- rows of one's own ---------------------------------------------------------------------------------


def test_uneven_rows_bear_the_interest_on_what_is_owed_before_each() -> None:
    parts = [cny("500"), cny("0"), cny("700")]
    rows = with_interest(cny("1200"), dues(3), parts, Interest(yearly("12")))

    assert texts([row.interest for row in rows]) == ["12.00", "7.00", "7.00"]
    assert texts([row.total for row in rows]) == ["512.00", "7.00", "707.00"]


def test_rows_that_do_not_repay_the_amount_are_refused() -> None:
    with pytest.raises(ValueError, match=r"do not add up to 1200\.00 CNY"):
        with_interest(cny("1200"), dues(2), [cny("500"), cny("699.99")], Interest(yearly("12")))


def test_every_row_has_its_day() -> None:
    parts = [cny("500"), cny("700")]
    for count in (1, 3):
        with pytest.raises(ValueError, match="zip"):
            with_interest(cny("1200"), dues(count), parts, Interest(yearly("12")))


# --- every plan ----------------------------------------------------------------------------------------

amounts = st.integers(1, 10**9).map(lambda minor: Money(minor, "CNY"))
roundings = st.builds(
    Rounding,
    st.sampled_from(Remainder),
    st.sampled_from((ROUND_DOWN, ROUND_HALF_UP, ROUND_UP)),
    st.sampled_from((ROUND_HALF_UP, ROUND_DOWN, ROUND_UP, None)),
    st.sampled_from((ROUND_HALF_UP, ROUND_DOWN, None)),
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[Money, Decimal, tuple[Instalment, ...]]:
    """An amount, the rate of a month and the rows of a random plan of any kind."""
    amount, count = draw(amounts), draw(st.integers(1, 60))
    rounding, free = draw(roundings), draw(st.integers(0, 61))
    days = dues(count, date(2026, 1, draw(st.integers(1, 31))))
    kind = draw(st.sampled_from(("flat", "whole", "level", "equal", "own")))
    percent = Decimal(draw(st.integers(0, 4800))) / 100
    if kind == "flat":
        timing = draw(st.sampled_from(FeeTiming))
        fee = Rate.percent(percent / 12, Per.MONTH)
        return amount, fee.fraction, flat_fee(amount, days, fee, timing, rounding, free)
    if kind == "whole":
        timing, whole = draw(st.sampled_from(FeeTiming)), draw(amounts)
        return amount, Decimal(0), flat_fee(amount, days, whole, timing, rounding, free)
    first = draw(
        st.none()
        | st.builds(
            FirstPeriod,
            st.integers(0, 60).map(lambda day: date.fromordinal(days[0].toordinal() - day)),
            st.sampled_from(DayCount),
        )
    )
    interest = Interest(Rate.percent(percent), free, first)
    if kind == "own":
        cuts = sorted(draw(st.lists(st.integers(0, amount.minor), min_size=count - 1, max_size=count - 1)))
        ends = [0, *cuts, amount.minor]
        parts = [Money(high - low, "CNY") for low, high in pairwise(ends)]
        return amount, interest.monthly, with_interest(amount, days, parts, interest, rounding)
    rows = (level if kind == "level" else equal_principal)(amount, days, interest, rounding)
    return amount, interest.monthly, rows


@settings(max_examples=EXAMPLES, deadline=None)
@given(plans())
def test_every_plan_repays_its_amount_to_the_cent_and_no_row_is_below_nothing(
    plan: tuple[Money, Decimal, tuple[Instalment, ...]],
) -> None:
    amount, _monthly, rows = plan

    assert sum(row.principal.minor for row in rows) == amount.minor
    assert all(min(row.principal.minor, row.fee.minor, row.interest.minor) >= 0 for row in rows)
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))


@settings(max_examples=EXAMPLES, deadline=None)
@given(amounts, st.integers(1, 60), st.integers(1, 3600), st.sampled_from(Remainder))
def test_level_payments_are_equal_but_for_the_last_which_differs_by_rounding_only(
    amount: Money, count: int, points: int, place: Remainder
) -> None:
    interest = Interest(Rate(Decimal(points) / 10_000))
    rows = level(amount, dues(count), interest, Rounding(place))
    payment = level_payment(amount, interest.rate, count)
    # Each row is half a cent wrong at most in its payment and half in its interest; both grow until the end.
    growth = 1 + interest.monthly
    most = (growth**count - 1) / interest.monthly + 1

    assert abs((rows[-1].total - payment).minor) <= most
    left = amount
    for row in rows[:-1]:
        left -= row.principal
        # A small amount may be repaid before the last row, because every payment is rounded up.
        assert row.total == max(payment, row.interest) or (not left and row.total <= payment)


@settings(max_examples=EXAMPLES, deadline=None)
@given(amounts, st.integers(1, 60), st.integers(0, 3600), roundings)
def test_equal_parts_differ_by_less_than_a_cent_for_each_row(
    amount: Money, count: int, points: int, rounding: Rounding
) -> None:
    rows = equal_principal(amount, dues(count), Interest(Rate(Decimal(points) / 10_000)), rounding)
    parts = [row.principal.minor for row in rows]

    assert max(parts) - min(parts) <= count


@settings(max_examples=EXAMPLES, deadline=None)
@given(amounts, st.integers(1, 60), st.integers(0, 3600))
def test_equal_principal_never_costs_more_than_level_payments(amount: Money, count: int, points: int) -> None:
    interest = Interest(Rate(Decimal(points) / 10_000))
    even, equal = (
        sum(row.interest.minor for row in kind(amount, dues(count), interest))
        for kind in (level, equal_principal)
    )

    # What is owed falls faster at first; rounding may cost a cent a row.
    assert equal <= even + count
