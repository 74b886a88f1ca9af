from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from planner.domain.over_time.early import saved_rate, settling_cost
from planner.domain.over_time.orders import (
    AVALANCHE,
    ORDER_HINTS,
    ORDER_WORDS,
    SNOWBALL,
    Ordering,
    ordered,
    rate_of,
    takes_extra,
)
from planner.domain.over_time.running import EarlySettling, Rows, RunningBalance, RunningDebt
from planner.domain.payoff.scenario import Order
from planner.domain.term import EarlyPolicy
from tests.domain.payoff_cases import FIRST, TODAY, debt, rows, usd, yearly

WAIVED = (EarlyPolicy.WAIVE_REMAINING,)


def names(debts: tuple[RunningDebt, ...]) -> list[str]:
    return [each.id for each in debts]


def way(of: RunningDebt) -> Rows:
    assert isinstance(of.way, Rows)
    return of.way


def test_each_order_has_a_name_and_a_sentence() -> None:
    assert set(ORDER_WORDS) == set(ORDER_HINTS) == set(Order)


def test_snowball_is_by_what_is_owed_and_avalanche_by_the_rate() -> None:
    debts = (debt("A", 300, "10"), debt("B", 100, "20"), debt("C", 200, "30"))

    assert names(ordered(debts, SNOWBALL, TODAY)) == ["B", "C", "A"]
    assert names(ordered(debts, AVALANCHE, TODAY)) == ["C", "B", "A"]


def test_ties_go_to_the_smaller_then_to_the_earlier_then_by_id() -> None:
    later = date(2026, 12, 11)
    same = (debt("D", 100, "10", first_on=later), debt("C", 100, "10"), debt("B", 100, "10"))
    smaller = debt("Z", 99, "10", first_on=later)

    assert names(ordered((*same, smaller), AVALANCHE, TODAY)) == ["Z", "B", "C", "D"]
    assert names(ordered(same, SNOWBALL, TODAY)) == ["B", "C", "D"]


def test_the_user_s_own_order_names_debts_or_accounts_and_the_rest_comes_after() -> None:
    debts = (
        debt("A", 1, "1", first_on=date(2027, 1, 1)),
        debt("B", 1, "1"),
        debt("C", 1, "1"),
        debt("D", 1, "1", account_id="bank"),
    )

    assert names(ordered(debts, Ordering(Order.OWN, ("C", "bank")), TODAY)) == ["C", "D", "B", "A"]
    assert names(ordered(debts, Ordering(Order.OWN), TODAY)) == ["B", "C", "D", "A"]


def test_a_debt_is_as_dear_as_the_dearest_part_that_is_owed() -> None:
    parts = (RunningBalance(usd(0), yearly("30")), RunningBalance(usd(5), yearly("6")))

    assert rate_of(debt("A", 0, "0", balances=parts), TODAY) == Fraction(6, 100)
    assert rate_of(debt("A", 0, "0", balances=parts[:1]), TODAY) == 0


def test_the_rate_of_a_promotion_holds_up_to_its_last_day() -> None:
    balance = RunningBalance(usd(5), yearly("0"), yearly("24"), date(2027, 2, 1))
    promoted = debt("A", 0, "0", balances=(balance,))

    assert rate_of(promoted, date(2027, 1, 31)) == 0
    assert rate_of(promoted, date(2027, 2, 1)) == Fraction(24, 100)
    assert RunningBalance(usd(5), yearly("3")).rate_on(TODAY) == yearly("3")
    assert balance.highest == yearly("24")
    assert RunningBalance(usd(5), yearly("3")).highest == yearly("3")


def test_a_plan_is_as_dear_as_what_settling_it_saves() -> None:
    # 300.00 repaid 1, 2 and 3 months sooner save 9.00: 9.00 x 12 / 600.00 a year.
    plan = rows("P", [(100, 3)] * 4, policies=WAIVED)

    assert saved_rate(way(plan)) == Fraction(18, 100)
    assert rate_of(plan, TODAY) == Fraction(18, 100)
    debts = (plan, debt("Dear", 5000, "19"), debt("Cheap", 5000, "17"))
    assert names(ordered(debts, AVALANCHE, TODAY)) == ["Dear", "P", "Cheap"]


def test_what_can_take_no_extra_money_is_in_no_order() -> None:
    unknown, saves_nothing = rows("P", [(100, 3)] * 4), rows("Q", [(100, 0)] * 4, policies=WAIVED)
    single = rows("S", [(100, 3)], policies=WAIVED)
    card = debt("A", 1, "1")

    assert [takes_extra(each) for each in (unknown, saves_nothing, single, card)] == [
        False,
        False,
        False,
        True,
    ]
    assert names(ordered((unknown, saves_nothing, single, card), SNOWBALL, TODAY)) == ["A"]
    assert rate_of(unknown, TODAY) == 0


@pytest.mark.parametrize(
    ("policies", "is_high", "wanted"),
    [
        (WAIVED, True, 30_000),
        ((EarlyPolicy.REMAINING_FEES_DUE,), True, None),
        ((EarlyPolicy.BILLED_PLUS_NEXT,), True, 30_300),
        ((EarlyPolicy.WAIVE_REMAINING, EarlyPolicy.BILLED_PLUS_NEXT), True, 30_300),
        ((EarlyPolicy.WAIVE_REMAINING, EarlyPolicy.BILLED_PLUS_NEXT), False, 30_000),
        ((EarlyPolicy.WAIVE_REMAINING, EarlyPolicy.REMAINING_FEES_DUE), False, None),
        # Half of the period of 31 days is over: 15/31 of 3.00.
        ((EarlyPolicy.ACTUAL_TIME,), True, 30_145),
    ],
)
def test_settling_costs_what_the_rule_says_if_that_saves_by_every_rule(
    policies: tuple[EarlyPolicy, ...], *, is_high: bool, wanted: int | None
) -> None:
    later = way(rows("P", [(100, 3)] * 4)).rows[1:]
    on = date(2026, 12, 25)

    assert settling_cost(EarlySettling(policies, is_high), later, on, FIRST) == wanted


def test_rows_of_one_month_count_as_a_month_sooner() -> None:
    plan = rows("P", [(100, 3), (100, 3)], policies=WAIVED)
    first, second = way(plan).rows
    near = Rows((first, second.__class__(2, FIRST, usd(100), usd(3), usd(0))), way(plan).settle)

    assert saved_rate(near) == saved_rate(way(plan)) == Fraction(36, 100)
