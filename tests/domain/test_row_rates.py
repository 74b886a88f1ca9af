from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.dates import add_months
from planner.domain.instalment import Instalment
from planner.domain.money import Money
from planner.domain.plans.level import Interest, level
from planner.domain.plans.row_rates import balances, interest_on, row_rates, stated_rate
from planner.domain.rate import Rate

START = date(2026, 1, 31)


def rows_of(*parts: tuple[int, int]) -> tuple[Instalment, ...]:
    """Rows of a principal and an interest each, in cents."""
    return tuple(
        Instalment(
            number, add_months(START, number), Money(part, "EUR"), Money(0, "EUR"), Money(interest, "EUR")
        )
        for number, (part, interest) in enumerate(parts, 1)
    )


def loan(percent: str, count: int = 24, principal: int = 1_000_000) -> tuple[Instalment, ...]:
    dues = [add_months(START, month) for month in range(1, count + 1)]
    return level(Money(principal, "EUR"), dues, Interest(Rate.percent(percent)))


def test_what_is_owed_before_each_row() -> None:
    assert balances(rows_of((300, 0), (200, 0), (100, 0))) == [600, 300, 100]
    assert balances(()) == []


@pytest.mark.parametrize("percent", ["4.1", "8", "8.5", "12", "18.25", "24", "3.375", "0.9", "4.13"])
def test_the_rate_behind_a_level_loan_is_found_again(percent: str) -> None:
    found = stated_rate(loan(percent))

    assert found is not None
    assert found == Rate.percent(percent)


# 165,000 at 4.1 % over 20 years, rows 24 to 27 (forums.jeuxonline.info/sujet/1143612-8); what is owed is
# made up by one more row.
def test_the_rate_behind_published_rows() -> None:
    published = [(47_949, 52_909), (48_113, 52_745), (48_278, 52_580), (48_443, 52_415), (48_608, 52_250)]
    rest = 15_485_452 - sum(part for part, _interest in published)
    last = (rest, interest_on(rest, Fraction(41, 12_000)))

    assert stated_rate(rows_of(*published, last)) == Rate.percent("4.1")


def test_no_interest_has_no_rate() -> None:
    assert stated_rate(rows_of((100, 0), (100, 0))) is None
    assert stated_rate(()) is None


def test_rows_that_no_one_rate_fits_have_none() -> None:
    assert stated_rate(rows_of((100_000, 3_000), (100_000, 1_000), (100_000, 5_000))) is None


def test_a_first_row_of_another_length_is_passed_over() -> None:
    usual = loan("12")
    odd = (
        Instalment(1, usual[0].due_on, usual[0].principal, usual[0].fee, Money(15_000, "EUR")),
        *usual[1:],
    )

    assert stated_rate(odd) == Rate.percent("12")
    # 150.00 on 10,000.00 is the rate of that row alone.
    assert row_rates(odd)[:2] == [Fraction(15, 1000), Fraction(1, 100)]


def test_a_free_month_stays_free() -> None:
    rows = rows_of((100_000, 0), (100_000, 2_000), (100_000, 1_000))

    assert stated_rate(rows) == Rate.percent("12")
    assert row_rates(rows) == [Fraction(0), Fraction(1, 100), Fraction(1, 100)]


def test_without_one_rate_each_row_has_its_own() -> None:
    rows = rows_of((100_000, 3_000), (100_000, 1_000), (100_000, 5_000))

    assert row_rates(rows) == [Fraction(1, 100), Fraction(1, 200), Fraction(1, 20)]


def test_a_row_before_which_nothing_is_owed_has_no_rate() -> None:
    assert row_rates(rows_of((100, 0), (0, 5))) == [Fraction(0), Fraction(0)]


@pytest.mark.parametrize(("owed", "interest"), [(149, 1), (150, 2), (151, 2), (0, 0), (49, 0), (50, 1)])
def test_interest_is_rounded_half_up(owed: int, interest: int) -> None:
    assert interest_on(owed, Fraction(1, 100)) == interest


def test_the_simplest_rate_within_the_bounds_is_taken_the_nearest_to_their_middle() -> None:
    # 0.01 on 1.00: from 6 to 18 % a year.
    assert stated_rate(rows_of((100, 1))) == Rate.percent("12")
    # 1.00 on 100.00: from 0.995 to 1.005 % a month, 11.94 to 12.06 % a year.
    assert stated_rate(rows_of((10_000, 100))) == Rate.percent("12")
    # 5 on 10,000 is half a per mille: 0.54 to 0.66 % a year.
    assert stated_rate(rows_of((10_000, 5))) == Rate.percent("0.6")


def test_a_rate_may_have_eight_decimals_and_no_more() -> None:
    owed = 12 * 10**14

    assert stated_rate(rows_of((owed, 12_000_000_010_000))) == Rate.percent("12.00000001")
    assert stated_rate(rows_of((owed, 12_000_000_001_000))) is None


def test_a_rate_at_the_higher_bound_is_none_of_the_rates() -> None:
    # 4 on 1,800: from 2.33 to below 3 % a year, for 3 % would make 4.5 and so 5.
    assert stated_rate(rows_of((1_800, 4))) == Rate.percent("2.7")
    # 4 on 1,400: from 3 % on.
    assert stated_rate(rows_of((1_400, 4))) == Rate.percent("3")


def test_the_higher_bound_itself_rounds_up_and_is_no_rate() -> None:
    # 1 cent on 50 cents: from 1 to just below 3 % a month; on 100 cents 2 cents: from 1.5 to below 2.5 %.
    rate = stated_rate(rows_of((50, 2), (50, 1)))

    assert rate is not None
    assert Decimal("0.18") <= rate.fraction < Decimal("0.30")


@given(st.integers(1, 3_600), st.integers(2, 60), st.integers(100_000, 100_000_000))
def test_the_rate_found_makes_every_interest_of_the_loan(hundredths: int, count: int, principal: int) -> None:
    rows = loan(str(Decimal(hundredths) / 100), count, principal)
    found = stated_rate(rows)
    if found is None:
        return
    monthly = Fraction(found.fraction) / 12

    assert row_rates(rows) == [
        monthly if row.interest or not interest_on(owed, monthly) else Fraction(0)
        for owed, row in zip(balances(rows), rows, strict=True)
    ]
    assert [interest_on(owed, rate) for owed, rate in zip(balances(rows), row_rates(rows), strict=True)] == [
        row.interest.minor for row in rows
    ]
