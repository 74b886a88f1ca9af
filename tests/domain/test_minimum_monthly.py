from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.minimum.monthly import MonthlyRule, monthly, monthly_rule, share_of
from planner.domain.minimum.rule import BillParts, MinimumReading
from planner.domain.money import Money
from planner.domain.rate import Per, Rate
from planner.domain.term import MinimumRule

TWO_PERCENT = Fraction(2, 100)


@pytest.mark.parametrize(
    ("amount", "part", "share"),
    [
        (0, Fraction(1, 2), 0),
        (49, Fraction(1, 100), 0),
        (50, Fraction(1, 100), 1),
        (51, Fraction(1, 100), 1),
        (150, Fraction(1, 100), 2),
        (249, Fraction(1, 100), 2),
        (250, Fraction(1, 100), 3),
        (7, Fraction(1), 7),
        (7, Fraction(0), 0),
        (10, Fraction(2, 3), 7),
    ],
)
def test_half_a_minor_unit_is_rounded_up(amount: int, part: Fraction, share: int) -> None:
    assert share_of(amount, part) == share


@pytest.mark.parametrize(
    ("rate", "fraction"),
    [
        (Rate(Decimal("0.18")), Fraction(15, 1000)),
        (Rate(Decimal("0.015"), Per.MONTH), Fraction(15, 1000)),
        # 365/12 days: 12 CFR 1026, appendix M1, (b)(4)(vii)
        (Rate(Decimal("0.0005"), Per.DAY), Fraction(365, 24000)),
    ],
)
def test_a_month_is_a_twelfth_of_365_days(rate: Rate, fraction: Fraction) -> None:
    assert monthly(rate) == fraction


def test_a_part_or_the_least_amount_is_asked_and_never_more_than_is_owed() -> None:
    rule = MonthlyRule(TWO_PERCENT, least=2000)

    assert rule.asked(150_000, 1000) == 3000
    assert rule.asked(100_025, 1000) == 2001  # 2000.5, half up
    assert rule.asked(100_024, 1000) == 2000
    assert rule.asked(50_000, 1000) == 2000
    assert rule.asked(1500, 400) == 1900
    assert rule.asked(1500, 500) == 2000


def test_the_part_may_be_of_the_interest_too_and_the_interest_may_come_on_top() -> None:
    tenth = Fraction(1, 10)

    assert MonthlyRule(tenth).asked(10_000, 500) == 1000
    assert MonthlyRule(tenth, is_of_interest=True).asked(10_000, 500) == 1050
    assert MonthlyRule(tenth, plus_interest=True).asked(10_000, 500) == 1500
    assert MonthlyRule(tenth, is_of_interest=True, plus_interest=True).asked(10_000, 500) == 1550


def test_a_small_balance_may_be_due_in_full() -> None:
    rule = MonthlyRule(Fraction(1, 10), all_below=30_000)

    assert rule.asked(29_999, 15) == 30_014
    assert rule.asked(30_000, 15) == 3000


def test_a_fixed_payment_is_made_unless_the_minimum_is_more() -> None:
    rule = MonthlyRule(TWO_PERCENT, least=500, fixed=1500)

    assert rule.asked(50_000, 0) == 1500
    assert rule.asked(100_000, 0) == 2000
    assert rule.floor == 1500
    assert replace(rule, fixed=0).floor == 500


def test_at_least_one_minor_unit_is_asked_so_that_rounding_alone_keeps_nothing_for_ever() -> None:
    assert MonthlyRule(TWO_PERCENT).asked(10, 0) == 1
    assert MonthlyRule(TWO_PERCENT).floor == 1
    assert MonthlyRule(TWO_PERCENT).asked(0, 0) == 0


# --- What never lowers a balance -------------------------------------------------------------------


def test_a_fixed_payment_of_no_more_than_the_interest_never_lowers_a_balance() -> None:
    percent = Fraction(1, 100)

    assert MonthlyRule(Fraction(0), fixed=1000).never_falls(100_000, percent)
    assert not MonthlyRule(Fraction(0), fixed=1001).never_falls(100_000, percent)
    assert MonthlyRule(Fraction(0), least=1000).never_falls(100_000, percent)
    assert not MonthlyRule(Fraction(0), least=1000).never_falls(99_900, percent)


def test_a_part_of_the_balance_never_lowers_it_where_the_rate_is_as_high() -> None:
    assert MonthlyRule(TWO_PERCENT).never_falls(100_000, TWO_PERCENT)
    assert MonthlyRule(TWO_PERCENT).never_falls(100_000, TWO_PERCENT + Fraction(1, 10**6))
    assert not MonthlyRule(TWO_PERCENT).never_falls(100_000, TWO_PERCENT - Fraction(1, 10**6))
    # The least amount is more than the interest of a small balance.
    assert MonthlyRule(TWO_PERCENT, least=2000).never_falls(100_000, TWO_PERCENT)
    assert not MonthlyRule(TWO_PERCENT, least=2000).never_falls(99_900, TWO_PERCENT)


def test_a_part_and_the_interest_always_lower_a_balance_unless_there_is_no_part() -> None:
    always = Fraction(5, 100)

    assert not MonthlyRule(Fraction(1, 1000), plus_interest=True).never_falls(100_000, always)
    assert MonthlyRule(Fraction(0), plus_interest=True).never_falls(100_000, always)
    assert MonthlyRule(Fraction(0), plus_interest=True, least=5000).never_falls(100_000, always)
    assert not MonthlyRule(Fraction(0), plus_interest=True, least=5001).never_falls(100_000, always)


def test_a_part_of_all_never_lowers_it_where_the_interest_outgrows_it_and_what_is_rounded() -> None:
    # At 10 % a month a part of 5 % is 5.5 % of the balance: 4.5 % are to spare, and have to be at least
    # half a unit of the interest, less its part, and half a unit of the payment: 0.475 + 0.5.
    rule = MonthlyRule(Fraction(5, 100), is_of_interest=True)

    assert rule.never_falls(22, Fraction(10, 100))
    assert not rule.never_falls(21, Fraction(10, 100))
    # Exactly as much as is rounded: the interest is one, and nothing is asked but that.
    assert MonthlyRule(Fraction(0), is_of_interest=True).never_falls(10, Fraction(1, 10))
    # At a part of a tenth, the interest of the month is asked of, too: 10 % + 1 % are more than 10 %.
    assert not MonthlyRule(Fraction(1, 10), is_of_interest=True).never_falls(10**9, Fraction(1, 10))


def test_what_is_due_in_full_is_over() -> None:
    rule = MonthlyRule(Fraction(0), all_below=30_000)

    assert not rule.never_falls(29_999, Fraction(1, 2))
    assert rule.never_falls(30_000, Fraction(1, 2))


def test_each_of_several_parts_may_lose_half_a_minor_unit_of_interest() -> None:
    percent = Fraction(1, 100)
    rule = MonthlyRule(Fraction(0), fixed=1000)

    assert not rule.never_falls(100_000, percent, 3)  # 998.5 is at least 999
    assert rule.never_falls(100_001, percent, 2)  # 999.01 is at least 1000
    assert rule.never_falls(100_150, percent, 3)
    # 2 % of interest and of payment: the rounding of two parts may lower it.
    assert not MonthlyRule(TWO_PERCENT).never_falls(100_000, TWO_PERCENT, 2)
    # 1 % of the balance to spare: half a unit for each part, and half a unit for the payment.
    assert MonthlyRule(percent).never_falls(150, TWO_PERCENT, 2)
    assert not MonthlyRule(percent).never_falls(149, TWO_PERCENT, 2)


@given(
    part=st.fractions(0, Fraction(2, 10), max_denominator=1000),
    rate=st.fractions(0, Fraction(1, 10), max_denominator=5000),
    balance=st.integers(1, 200_000),
    least=st.integers(0, 3000),
    flags=st.tuples(st.booleans(), st.booleans()),
)
def test_what_is_said_never_to_fall_does_not_fall(
    part: Fraction, rate: Fraction, balance: int, least: int, flags: tuple[bool, bool]
) -> None:
    rule = MonthlyRule(part, *flags, least=least)
    if not rule.never_falls(balance, rate):
        return
    owed = balance
    for _month in range(60):
        interest = share_of(owed, rate)
        after = owed + interest - rule.asked(owed, interest)
        assert after >= owed
        owed = after


# --- From the terms --------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", list(MinimumRule))
@given(
    owed=st.integers(1, 5_000_000), interest=st.integers(0, 100_000), part=st.sampled_from(["0.01", "0.10"])
)
def test_a_carried_rest_is_asked_for_as_a_bill_of_it_is(
    rule: MinimumRule, owed: int, interest: int, part: str
) -> None:
    reading = MinimumReading(rule, Decimal(part), Decimal(20))
    zero = Money(0, "CNY")
    # With a part of the balance, the balance is that before the interest of the month.
    counted = 0 if rule is MinimumRule.PART_OR_LEAST else interest
    bill = BillParts(zero, zero, Money(owed, "CNY"), zero, Money(counted, "CNY"), zero, zero, zero, True)  # noqa: FBT003
    asked = monthly_rule(reading, "CNY").asked(owed, interest)

    if rule is MinimumRule.PART_OR_LEAST and owed < 2000:
        assert asked == min(owed + interest, 2000)
    else:
        assert asked == reading.of(bill).minor


def test_figures_are_in_minor_units_of_the_currency() -> None:
    reading = MinimumReading(MinimumRule.BAITIAO, Decimal("0.10"), Decimal(20))

    assert monthly_rule(reading, "CNY") == MonthlyRule(
        Fraction(1, 10), is_of_interest=False, plus_interest=True, least=2000, all_below=30_000
    )
    plain = MinimumReading(MinimumRule.PART_OF_BILL, Decimal("0.10"))
    assert monthly_rule(plain, "JPY") == MonthlyRule(Fraction(1, 10), is_of_interest=True)
    with_least = MinimumReading(MinimumRule.BAITIAO, Decimal("0.10"), Decimal(20))
    assert monthly_rule(with_least, "JPY") == MonthlyRule(
        Fraction(1, 10), plus_interest=True, least=20, all_below=300
    )
