from __future__ import annotations

from fractions import Fraction

import pytest

from planner.domain.minimum.monthly import MonthlyRule
from planner.domain.minimum.path import Fate
from planner.domain.over_time.baseline import least_extra_of, minimum_only
from planner.domain.over_time.never import Steady, never_clear
from planner.domain.over_time.orders import SNOWBALL
from planner.domain.over_time.run import least_extra, run
from planner.domain.over_time.running import RunningBalance
from tests.domain.payoff_cases import TODAY, budget, daily, debt, fixed, part, rows, usd, yearly

FIXED = MonthlyRule(Fraction(0), fixed=1000, smallest=0)


def steady(
    owed: int,
    monthly: str = "0.01",
    rule: MonthlyRule = FIXED,
    regular: int = 1000,
    bought: int = 0,
    parts: int = 1,
) -> Steady:
    return Steady(owed, (Fraction(monthly),) * 12, parts, rule, regular, bought)


def never(*debts: Steady, extra: int = 0, most: int = 120, rolls_on: bool = True) -> set[int]:
    return set(never_clear(debts, extra, most, rolls_on=rolls_on))


# --- The proof by itself --------------------------------------------------------------------------


def test_interest_of_as_much_as_is_paid_is_never_over_and_of_less_is() -> None:
    # 1 % of 1,000.00 is 10.00; rounded half up it still is of 999.50.
    assert never(steady(100_000)) == {0}
    assert never(steady(99_950)) == {0}
    assert never(steady(99_949)) == set()
    assert never(steady(100_000), extra=1) == set()


def test_a_debt_that_falls_is_left_out_with_what_it_asks_for() -> None:
    falling, growing = steady(5_000, "0", regular=500, rule=MonthlyRule(Fraction(0), fixed=500)), 3_000
    # Once the first is paid, after ten months, 15.00 go to the second each month. Until then it grows.
    assert never(falling, steady(growing * 100)) == {1}
    assert never(falling, steady(150_000)) == {1}
    assert never(falling, steady(149_900)) == {1}
    assert never(falling, steady(144_000)) == set()
    assert never(falling, steady(144_000), rolls_on=False) == {1}


def test_debts_are_looked_at_by_themselves_where_nothing_goes_from_one_to_another() -> None:
    assert never(steady(5_000), steady(200_000), steady(90_000), rolls_on=False) == {1}


def test_what_is_bought_each_month_holds_a_debt_up() -> None:
    tenth = MonthlyRule(Fraction(1, 10))
    # It falls to where a tenth of it is what is bought, and stays.
    assert never(steady(100_000, "0", tenth, 10_000, 3000), rolls_on=False) == {0}
    assert never(steady(100_000, "0", tenth, 10_000, 3000), rolls_on=False, most=0) == set()
    # Where 100.00 are paid each month, it is paid in the end.
    assert never(steady(100_000, "0", tenth, 10_000, 3000)) == set()


def test_nothing_is_claimed_where_more_owed_may_be_less_owed() -> None:
    # Below 300.00 the first asks for all of it, and then leaves the others nothing of what it usually asks.
    jumping = MonthlyRule(Fraction(1, 10), all_below=30_000)
    first = steady(29_000, "0", jumping, 2_900)
    assert never(first, steady(500_000)) == set()
    assert never(first, steady(500_000), rolls_on=False) == {1}
    assert never(steady(400_000, "0.2", jumping, 2_900), steady(500_000)) == {0, 1}
    assert never(steady(100_000, parts=2), steady(100_000)) == set()
    assert never(steady(100_000, "0.02", parts=2)) == {0}


def test_a_debt_that_is_over_stays_over() -> None:
    jumping = MonthlyRule(Fraction(1, 10), all_below=30_000)

    assert steady(0).is_over(0)
    assert not steady(0).is_over(1)
    assert not steady(0, bought=10).is_over(0)
    assert steady(0, rule=jumping, bought=29_999).is_over(0)
    assert not steady(0, rule=jumping, bought=30_000).is_over(0)
    assert never(steady(0, "0.01", jumping, 0, 20_000), steady(100_000)) == {1}


def test_each_part_may_lose_half_a_minor_unit() -> None:
    assert steady(0).interest(150, 0) == 2  # 1.5, rounded half up
    assert steady(0, parts=2).interest(150, 0) == 1  # at least 1.5 - 1
    assert steady(0, parts=2).interest(151, 3) == 1
    assert steady(0, parts=2).interest(201, 3) == 2
    assert steady(0, parts=4).interest(10, 0) == 0


# --- Through the simulation -----------------------------------------------------------------------


@pytest.mark.parametrize("amount", ["140.00", "150.00", "151.90"])
def test_a_day_s_rate_that_bears_more_in_a_year_than_is_paid_never_ends(amount: str) -> None:
    # After the first payment, before which nothing is borne, 10,000.00 at 0.05 % a day bear 1,825.00 in 365
    # days, 152.08 in a month.
    found = minimum_only((debt("A", 10150, daily("0.05"), amount),), TODAY, "USD")

    assert found.fate is Fate.NEVER


def test_a_day_s_rate_that_bears_less_than_is_paid_ends() -> None:
    found = minimum_only((debt("A", 10150, daily("0.05"), 155),), TODAY, "USD")

    assert found.fate is Fate.CLEARS
    least = least_extra_of(debt("A", 10150, daily("0.05"), 150), TODAY)
    assert least is not None
    assert usd(2) <= least <= usd(3)


def test_a_promotion_has_to_end_before_anything_is_said() -> None:
    long = RunningBalance(usd(1000), yearly("30"), yearly("6"), TODAY.replace(year=2032))
    short = RunningBalance(usd(1000), yearly("0"), yearly("30"), TODAY.replace(year=2027))

    # It grows for five years, and falls once the rate does.
    falls = run((debt("A", 0, "0", fixed(24), balances=(long,)),), budget())
    assert falls.fate is Fate.CLEARS
    assert max(month.open for month in falls.months) > usd(1000)
    # It falls for a year, and grows once the rate does.
    grows = run((debt("A", 0, "0", fixed(10), balances=(short,)),), budget())
    assert grows.fate is Fate.NEVER
    assert min(month.open for month in grows.months) < usd(1000)


def test_a_lump_sum_to_come_may_end_what_grows() -> None:
    one = debt("A", 1000, "24", 15)

    assert run((one,), budget()).fate is Fate.NEVER
    assert run((one,), budget(0, (TODAY.replace(year=2028), 1000))).fate is Fate.CLEARS
    assert run((one,), budget(0, (TODAY.replace(year=2028), 300))).fate is Fate.NEVER


def test_rows_that_end_may_pay_what_grows() -> None:
    grows = debt("A", 1000, "24", 15)

    assert run((grows, rows("Plan", [(10, 0)] * 30, regular=10)), budget()).fate is Fate.CLEARS
    assert run((grows, rows("Plan", [(10, 0)] * 30)), budget()).fate is Fate.NEVER


def test_new_purchases_hold_the_minimum_up_for_ever() -> None:
    one = debt("A", 1000, "12", part("0.05"), bought=usd(40))

    found = minimum_only((one,), TODAY, "USD")

    assert found.fate is Fate.NEVER
    assert found.months[-1].open > usd(0)
    least = least_extra((one,), budget(rolls_on=False), SNOWBALL)
    assert least is not None
    assert run((one,), budget(str(least.decimal), rolls_on=False)).fate is Fate.CLEARS


def test_a_debt_that_ends_is_told_from_one_that_never_does() -> None:
    found = minimum_only((debt("A", 1000, "24", 5), debt("B", 500, "12", 10)), TODAY, "USD")

    assert [path.fate for path in found.paths] == [Fate.NEVER, Fate.CLEARS]
    assert found.fate is Fate.NEVER
    assert found.path("B").months == 70  # 1 % a month with 10.00: 69.66
    assert len(found.months) == 240


def test_a_debt_that_only_takes_long_is_not_said_never_to_end() -> None:
    debts = (debt("A", 1000, "24", 5), debt("B", 1000, "12", "10.01"))

    found = run(debts, budget(rolls_on=False), most=100)

    assert [path.fate for path in found.paths] == [Fate.NEVER, Fate.TOO_LONG]
    assert found.fate is Fate.NEVER
