"""A choice checked by its payments, day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from planner.domain.optimum.check import check
from planner.domain.optimum.left import made_above, made_left, made_missing
from planner.domain.optimum.problem import End, Limits, OptionKind, Problem
from tests.domain.optimum_problems import (
    EXAMPLES,
    TODAY,
    choices,
    cny,
    day,
    debt,
    drawn,
    late,
    option,
    plan,
    problem,
    stream,
    two_bills,
)
from tests.domain.telling import given, inner, rule, steps

SEEDS = range(EXAMPLES)


def test_a_choice_comes_to_what_its_payments_come_to() -> None:
    for seed, end in product(SEEDS, End):
        asked = drawn(seed)
        floor = asked.reserve.minor if asked.limits.keeps_reserve else 0
        for way in choices(seed, end)[:60]:
            found = check(asked, way.chosen, end)
            assert (found.late_cost, found.cost) == (cny(way.late), cny(way.cost))
            assert found.ends_on == date.fromordinal(way.ends)
            assert (found.keeps_limits, found.holds) == (way.is_wanted, way.holds)
            assert found.lowest[1].minor == floor - way.lacks
            assert (found.first_short is None) == (way.lacks <= 0)


def test_the_balances_are_those_of_every_single_day() -> None:
    for seed in range(0, EXAMPLES, 4):
        asked = drawn(seed)
        way = choices(seed)[seed % len(choices(seed))]
        found = check(asked, way.chosen)
        paid = [
            payment
            for one in asked.decisions
            for each in one.options
            if each.id == way.chosen[one.id]
            for payment in each.high.payments
        ]
        by_day, balance = dict(found.balances), None
        assert [on for on, _left in found.balances] == sorted(by_day)
        for number in range(240):
            on = TODAY + timedelta(days=number)
            balance = by_day.get(on, balance)
            cash = [left.minor for known, left in asked.cash if known <= on][-1]
            assert balance == cny(cash - sum(amount.minor for when, amount in paid if when <= on))


def test_the_worked_example_day_by_day() -> None:
    found = check(two_bills(), {"A": "full", "B": "i3"})

    assert [((on - TODAY).days, left.minor) for on, left in found.balances] == [
        (0, 300_00),
        (30, 595_00),
        (60, 890_00),
        (90, 1185_00),
    ]
    assert (found.late_cost, found.cost, found.ends_on) == (cny(0), cny(15_00), day(90))
    assert (found.first_short, found.keeps_limits, found.holds) == (None, True, True)
    assert found.lowest == (TODAY, cny(300_00))


def test_the_first_day_below_the_floor_is_named_with_what_is_missing() -> None:
    found = check(two_bills(), {"A": "full", "B": "full"})

    assert found.first_short == (TODAY, cny(500_00))
    assert found.lowest == (TODAY, cny(-300_00))
    assert not found.holds
    asked = problem(debt("A", option("x", {3: 60, 8: 40})), cash={0: 100, 5: 90}, reserve=40)
    assert check(asked, {"A": "x"}).first_short == (day(5), cny(10))
    assert check(asked, {"A": "x"}).lowest == (day(8), cny(-10))
    exactly = replace(asked, reserve=cny(-10))
    assert check(exactly, {"A": "x"}).first_short is None
    one_more = replace(asked, reserve=cny(-9))
    assert check(one_more, {"A": "x"}).first_short == (day(8), cny(1))


def test_of_several_lowest_days_the_first_is_named() -> None:
    asked = problem(debt("A", option("x", {3: 60, 5: 40})), cash={0: 100, 5: 140, 9: 200})

    assert check(asked, {"A": "x"}).lowest == (day(3), cny(40))


def test_income_of_a_day_comes_before_its_payments() -> None:
    asked = problem(debt("A", option("x", {3: 60})), cash={0: 0, 3: 60})

    assert [left.minor for _on, left in check(asked, {"A": "x"}).balances] == [0, 0]
    assert check(asked, {"A": "x"}).holds


def test_what_was_before_today_is_no_balance_of_the_choice() -> None:
    asked = problem(debt("A", option("x", {2: 60})), cash={-9: -500, -4: 80})
    found = check(asked, {"A": "x"})

    assert found.balances == ((TODAY, cny(80)), (day(2), cny(20)))
    assert found.holds


def test_what_is_short_before_the_first_payment_is_short() -> None:
    asked = problem(debt("A", option("x", {9: 5})), cash={0: 10, 3: -1, 5: 80})

    assert check(asked, {"A": "x"}).first_short == (day(3), cny(1))


def test_several_payments_of_a_day_are_paid_together() -> None:
    asked = problem(
        debt("A", option("x", {2: 60})), debt("B", option("y", {2: 30, 4: 1}), lender="Other"), cash={0: 100}
    )

    assert check(asked, {"A": "x", "B": "y"}).balances == (
        (TODAY, cny(100)),
        (day(2), cny(10)),
        (day(4), cny(9)),
    )


def test_each_end_of_a_band_is_checked_by_its_own_payments() -> None:
    way = option("x", {5: 130}, 30, 20, low=stream({3: 104}, 4, 2))
    asked = problem(debt("A", way), cash={0: 120})
    high, low = check(asked, {"A": "x"}), check(asked, {"A": "x"}, End.LOW)

    assert (high.late_cost, high.cost, high.ends_on) == (cny(20), cny(30), day(5))
    assert high.first_short == (day(5), cny(10))
    assert (low.late_cost, low.cost, low.ends_on) == (cny(2), cny(4), day(3))
    assert low.holds


def test_without_debts_there_is_the_cash_alone() -> None:
    found = check(problem(cash={-1: 5, 4: 3}, reserve=4), {})

    assert found.balances == ((TODAY, cny(5)), (day(4), cny(3)))
    assert (found.late_cost, found.cost, found.ends_on) == (cny(0), cny(0), None)
    assert found.first_short == (day(4), cny(1))


def test_a_choice_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError, match="B"):
        check(two_bills(), {"A": "full"})
    with pytest.raises(KeyError, match="nothing like it"):
        check(two_bills(), {"A": "full", "B": "nothing like it"})


# --- limits --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("most", "keeps"), [(None, True), (2, True), (1, False), (0, False)])
def test_every_open_plan_counts(most: int | None, keeps: bool) -> None:  # noqa: FBT001 - what is expected
    found = check(two_bills(limits=Limits(most_plans=most)), {"A": "i3", "B": "i3"})

    assert (found.keeps_limits, found.holds) == (keeps, keeps)
    assert found.first_short is None


@pytest.mark.parametrize("kind", OptionKind)
def test_only_a_new_plan_with_a_lender_who_is_ruled_out_breaks_a_limit(kind: OptionKind) -> None:
    runs_already = {OptionKind.AS_AGREED, OptionKind.SETTLEMENT, OptionKind.STREAM, OptionKind.LATE}
    limits = Limits(no_new_plan_with=frozenset({"Bank"}))
    for opens in (True, False):
        way = option("x", {0: 1}, kind=kind, opens_plan=opens)
        for lender in ("Bank", "Other"):
            asked = problem(debt("A", way, lender=lender), cash={0: 1}, limits=limits)
            is_refused = opens and lender == "Bank" and kind not in runs_already
            assert check(asked, {"A": "x"}).keeps_limits is not is_refused


def test_one_plan_that_is_ruled_out_is_enough() -> None:
    limits = Limits(no_new_plan_with=frozenset({"Bank"}))
    fine = debt("A", option("full", {0: 1}))
    ruled_out = debt("B", plan("parts", {0: 1}))
    for debts in ((fine, ruled_out), (ruled_out, fine)):
        found = check(problem(*debts, cash={0: 2}, limits=limits), {"A": "full", "B": "parts"})
        assert found.first_short is None
        assert not found.holds


# --- how what is left was made -------------------------------------------------------------------------


def asked_for_left(limits: Limits | None = None) -> Problem:
    return problem(
        debt("A", option("x", {3: 60, 8: 45}, 5, low=stream({3: 60, 8: 42}, 2))),
        debt("B", late("y", {8: 11}, 1)),
        debt("C", option("z", {20: 7})),
        cash={-2: 100, 5: 90, 9: 80},
        reserve=30,
        limits=limits,
    )


CHOSEN = {"A": "x", "B": "y", "C": "z"}


def test_what_is_left_is_told_from_the_cash_and_everything_paid_by_then() -> None:
    left = made_left(asked_for_left(), CHOSEN, day(8))

    assert left.value == cny(-26)
    assert (
        rule(left) == "Cash at the end of a day = the cash if no debt is paid − everything paid by that day"
    )
    assert given(left) == [
        (f"Cash on {day(8)} if no debt is paid", cny(90)),
        ("Paid by then: A", cny(-105)),
        ("Paid by then: B", cny(-11)),
    ]
    assert steps(left) == [(f"Left on {day(8)}", cny(-26))]
    assert made_left(asked_for_left(), CHOSEN, day(8), End.LOW).value == cny(-23)
    assert made_left(asked_for_left(), CHOSEN, day(2)).value == cny(100)
    assert given(made_left(asked_for_left(), CHOSEN, day(2))) == [
        (f"Cash on {day(2)} if no debt is paid", cny(100))
    ]


def test_what_is_to_spare_is_what_is_left_less_what_has_to_be() -> None:
    above = made_above(asked_for_left(), CHOSEN, day(3))

    assert above.value == cny(10)
    assert rule(above) == "To spare = what is left at the end of the day − what has to be left"
    assert given(above) == [(f"Left on {day(3)}", cny(40)), ("Has to be left", cny(30))]
    assert steps(above) == [("To spare", cny(10))]
    assert inner(above, f"Left on {day(3)}") == made_left(asked_for_left(), CHOSEN, day(3))
    assert made_above(asked_for_left(), CHOSEN, day(8)).value == cny(-56)
    assert made_above(asked_for_left(), CHOSEN, day(8), End.LOW).value == cny(-53)
    assert made_above(asked_for_left(Limits(keeps_reserve=False)), CHOSEN, day(3)).value == cny(40)


def test_what_is_missing_is_never_below_nothing() -> None:
    missing = made_missing(asked_for_left(), CHOSEN, day(8))

    assert missing.value == cny(56)
    assert rule(missing) == (
        "Missing = what has to be left − what is left at the end of the day, if that is less"
    )
    assert given(missing) == [("Has to be left", cny(30)), (f"Left on {day(8)}", cny(-26))]
    assert steps(missing) == [("Missing", cny(56))]
    assert inner(missing, f"Left on {day(8)}") == made_left(asked_for_left(), CHOSEN, day(8))
    assert made_missing(asked_for_left(), CHOSEN, day(8), End.LOW).value == cny(53)
    assert made_missing(asked_for_left(), CHOSEN, day(3)).value == cny(0)


def test_what_is_left_adds_up_on_every_day_of_every_choice() -> None:
    for seed in range(0, EXAMPLES, 4):
        asked, way = drawn(seed), choices(seed)[0]
        for on, left in check(asked, way.chosen).balances:
            made = made_left(asked, way.chosen, on)
            parts = [each.plain.minor for each in made.derivation.given]
            assert made.value == left == cny(sum(parts))
            missing = made_missing(asked, way.chosen, on).value
            above = made_above(asked, way.chosen, on).value
            assert missing == max(-above, cny(0))
