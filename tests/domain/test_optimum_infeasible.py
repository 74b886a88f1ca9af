"""Where nothing holds: the least cash that would make it hold, against looking at every choice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest

from planner.domain.optimum.infeasible import Shortfall, least_extra
from planner.domain.optimum.problem import End, Limits, Problem
from planner.domain.optimum.solver import Status, solve
from tests.domain.optimum_problems import (
    EXAMPLES,
    TODAY,
    Way,
    choices,
    cny,
    day,
    debt,
    drawn,
    every,
    hard,
    late,
    option,
    plan,
    problem,
    stream,
    two_bills,
    way,
)
from tests.domain.telling import given, inner, rule, steps

SEEDS = range(EXAMPLES)


def richer(asked: Problem, more: int) -> Problem:
    """The same with so much more on every day."""
    return replace(asked, cash=tuple((on, cny(left.minor + more)) for on, left in asked.cash))


def least_of(ways: Sequence[Way]) -> Way | None:
    """The way that lacks least, of equal ones the least late; None if one holds or none is wanted."""
    wanted = [each for each in ways if each.is_wanted]
    found = min(wanted, key=lambda each: (each.lacks, each.late), default=None)
    return found if found is not None and found.lacks > 0 else None


def in_time(asked: Problem, ways: Sequence[Way]) -> list[Way]:
    """Only the ways that are no later than they have to be."""
    any_plans = replace(asked, limits=replace(asked.limits, most_plans=None))
    least = min((each.late for each in every(any_plans) if each.is_wanted), default=0)
    return [each for each in ways if each.late == least]


def assert_least(found: Shortfall | None, asked: Problem, ways: Sequence[Way], end: End = End.HIGH) -> None:
    best = least_of(ways)
    if best is None:
        assert found is None
        return
    assert found is not None
    assert found.is_proved
    assert found.least_extra.value == cny(best.lacks)
    chosen = way(asked, found.chosen, end)
    assert chosen.is_wanted
    assert chosen.lacks == best.lacks
    # Of those for which it suffices, none is less late.
    assert chosen.late == min(each.late for each in ways if each.is_wanted and each.lacks <= best.lacks)


def test_the_least_extra_is_that_of_looking_at_every_choice() -> None:
    kinds: Counter[str] = Counter()
    for seed, end in product(SEEDS, End):
        asked, ways = drawn(seed), choices(seed, end)
        assert_least(least_extra(asked, end), asked, ways, end)
        kinds["found" if least_of(ways) is not None else "none"] += 1
        kinds["only limits"] += not any(each.is_wanted for each in ways)

    assert kinds["found"] > EXAMPLES / 2
    assert kinds["none"] > EXAMPLES / 2
    assert kinds["only limits"]


def test_one_fen_less_than_the_least_extra_does_not_do() -> None:
    for seed in SEEDS:
        asked, found = drawn(seed), least_extra(drawn(seed))
        if found is None:
            continue
        extra = found.least_extra.value.minor
        assert solve(richer(asked, extra)).status is Status.PROVED
        assert solve(richer(asked, extra - 1)).status is Status.INFEASIBLE
        assert least_extra(richer(asked, extra)) is None
        just = least_extra(richer(asked, extra - 1))
        assert just is not None
        assert just.least_extra.value == cny(1)


def test_the_least_extra_with_which_everything_is_in_time() -> None:
    differs = 0
    for seed in SEEDS:
        asked = drawn(seed)
        ways = in_time(asked, choices(seed))
        found = least_extra(asked, is_late_allowed=False)
        assert_least(found, asked, ways)
        assert found is None or not found.is_late_allowed
        with_late = least_extra(asked)
        assert with_late is None or with_late.is_late_allowed
        differs += (found and found.least_extra.value) != (with_late and with_late.least_extra.value)

    assert differs > EXAMPLES / 20


def test_the_least_extra_of_many_millions_is_exact_to_the_fen() -> None:
    ways = option("full", {0: 10_000_000_03}), plan("parts", {0: 3_333_333_35, 30: 6_666_666_70}, 2)
    asked = problem(
        *(debt(key, *ways) for key in "ABCDE"), cash={0: 25_000_000_00, 30: 45_000_000_07}, reserve=1_000_00
    )
    # On day 30 at least 5 × 10,000,000.03 are paid, or a fen or two more for each in parts.
    best = least_of(every(asked))
    assert best is not None
    found = least_extra(asked)

    assert_least(found, asked, every(asked))
    assert best.lacks == 5 * 10_000_000_03 + 1_000_00 - 25_000_000_00 or best.lacks > 5_000_000_00


def test_the_worst_day_makes_the_least_extra_and_the_first_short_day_is_named() -> None:
    asked = problem(
        debt("A", option("x", {3: 60, 8: 45}, 5), option("y", {3: 90, 8: 50}, 40)),
        debt("B", option("z", {8: 11})),
        cash={-2: 100, 5: 90, 9: 80, 30: 500},
        reserve=45,
    )
    found = least_extra(asked)

    # Left on day 3: 40, day 5: 30, day 8: −26, day 9: −36, day 30: 384.
    assert found is not None
    assert found.chosen == {"A": "x", "B": "z"}
    assert (found.short_on, found.missing.value) == (day(3), cny(5))
    assert given(found.missing) == [("Has to be left", cny(45)), (f"Left on {day(3)}", cny(40))]
    assert found.least_extra.value == cny(81)
    assert given(found.least_extra) == [(f"Missing on {day(9)}", cny(81))]
    assert given(inner(found.least_extra, f"Missing on {day(9)}")) == [
        ("Has to be left", cny(45)),
        (f"Left on {day(9)}", cny(-36)),
    ]
    assert steps(found.least_extra) == [("The least extra", cny(81))]
    assert rule(found.least_extra) == (
        "The least extra = what is missing on the worst day of the choice that needs the least. "
        "With less, no choice holds."
    )
    assert found.until == day(30)
    assert [str(words) for words in found.words] == [
        (
            "The cash does not hold in any way. In the way that needs least, "
            f"0.05 CNY is missing on {day(3)}, the first day that is short."
        ),
        f"With 0.81 CNY more from today on, it would hold until {day(30)}.",
    ]
    assert found.words[0].values["missing"] is found.missing
    assert found.words[1].values["amount"] is found.least_extra


def test_what_would_do_in_time_is_said_as_such() -> None:
    asked = problem(debt("A", option("full", {0: 100}), late("late", {30: 104}, 4)), cash={0: 90, 30: 200})

    assert least_extra(asked) is None
    found = least_extra(asked, is_late_allowed=False)
    assert found is not None
    assert (found.chosen, found.short_on, found.least_extra.value) == ({"A": "full"}, TODAY, cny(10))
    assert [str(words) for words in found.words] == [
        (
            "The cash does not hold in any way that is in time. In the one that needs least, "
            f"0.10 CNY is missing on {TODAY}, the first day that is short."
        ),
        f"With 0.10 CNY more from today on, it would hold until {day(30)}.",
    ]


def test_of_equal_need_what_is_less_late_is_named() -> None:
    asked = problem(
        debt("A", option("full", {0: 100}), late("late", {0: 1, 30: 103}, 4)),
        debt("B", option("full", {30: 100})),
        cash={0: 90, 30: 100},
    )
    # In full: −10 on day 0 and −100 on day 30; late: −104 on day 30, though nothing on day 0.
    found = least_extra(asked)

    assert found is not None
    assert (found.chosen["A"], found.least_extra.value) == ("full", cny(100))


def test_what_is_short_before_anything_is_paid_is_missing_too() -> None:
    asked = problem(debt("A", option("full", {9: 5})), cash={0: 10, 3: -4, 5: 80}, reserve=2)
    found = least_extra(asked)

    assert found is not None
    assert (found.short_on, found.missing.value, found.least_extra.value) == (day(3), cny(6), cny(6))
    alone = least_extra(problem(cash={0: 10, 3: -4, 5: 80}))
    assert alone is not None
    assert (alone.chosen, alone.short_on, alone.least_extra.value) == ({}, day(3), cny(4))


def test_each_end_of_a_band_has_its_own_least_extra() -> None:
    way_of_it = option("x", {5: 130}, 30, low=stream({5: 104}, 4))
    asked = problem(debt("A", way_of_it), cash={0: 100})
    high, low = least_extra(asked), least_extra(asked, End.LOW)

    assert high is not None
    assert low is not None
    assert (high.least_extra.value, high.missing.value) == (cny(30), cny(30))
    assert (low.least_extra.value, low.missing.value) == (cny(4), cny(4))


@pytest.mark.parametrize(
    "asked",
    [
        two_bills(limits=Limits(most_plans=0), start=1700_00),
        problem(cash={0: 0}),
        problem(debt("A", option("full", {0: 5})), cash={0: 5}),
    ],
    ids=["no plans", "no debts", "to the fen"],
)
def test_nothing_is_missing_where_a_choice_holds(asked: Problem) -> None:
    more = richer(asked, 300_00)

    assert solve(more).status is Status.PROVED
    assert least_extra(more) is None


@pytest.mark.parametrize(
    "asked",
    [
        problem(debt("A", plan("parts", {0: 1})), cash={0: 0}, limits=Limits(most_plans=0)),
        problem(
            *(debt(key, plan("parts", {0: 1})) for key in "ABC"), cash={0: 0}, limits=Limits(most_plans=2)
        ),
        problem(
            debt("A", plan("parts", {0: 1})), cash={0: 0}, limits=Limits(no_new_plan_with=frozenset({"Bank"}))
        ),
        problem(debt("A"), debt("B", option("full", {0: 1})), cash={0: 0}),
    ],
    ids=["no plans", "too many plans", "the lender", "no ways"],
)
def test_no_money_helps_against_the_limits(asked: Problem) -> None:
    assert least_extra(asked) is None
    assert least_extra(asked, is_late_allowed=False) is None
    assert least_extra(asked, should_end=lambda: True) is None


def test_as_many_plans_as_wanted_are_no_hindrance() -> None:
    asked = problem(
        *(debt(key, plan("parts", {0: 5}), option("full", {0: 9})) for key in "ABC"),
        cash={0: 0},
        limits=Limits(most_plans=2),
    )
    found = least_extra(asked)

    assert found is not None
    assert found.least_extra.value == cny(5 + 5 + 9)


# --- stopped before the end ----------------------------------------------------------------------------


def test_who_stops_at_once_still_gets_an_amount_that_suffices() -> None:
    for seed in range(0, EXAMPLES, 2):
        asked, best = drawn(seed), least_of(choices(seed))
        if best is None:
            continue
        found = least_extra(asked, should_end=lambda: True)
        assert found is not None
        chosen = way(asked, found.chosen)
        assert chosen.is_wanted
        assert found.least_extra.value == cny(chosen.lacks)
        assert best.lacks <= chosen.lacks
        assert found.is_proved <= (best.lacks == chosen.lacks)


def test_what_is_not_proved_is_said_as_such() -> None:
    asked = problem(
        debt("A", plan("parts", {0: 40, 9: 61}, 1), option("full", {0: 100})), cash={0: 20, 9: 300}
    )
    found = least_extra(asked, should_end=lambda: True)

    assert found is not None
    assert not found.is_proved
    amount = found.least_extra.value
    assert amount == cny(way(asked, found.chosen).lacks)
    assert str(found.words[1]) == (
        f"With {amount} more from today on, it would hold until {day(9)}; perhaps less would do."
    )
    assert rule(found.least_extra) == (
        "The extra = what is missing on the worst day of the choice that needs the least of those found."
    )


def test_a_search_that_is_too_long_ends_with_an_amount_that_suffices() -> None:
    asked = hard()
    poor = replace(asked, cash=tuple((on, cny(left.minor // 2)) for on, left in asked.cash))
    found = least_extra(poor, most_nodes=1)

    assert found is not None
    assert found.least_extra.value == cny(way(poor, found.chosen).lacks)
    assert solve(richer(poor, found.least_extra.value.minor), most_nodes=1).is_feasible
