"""Whether the best choice at the dear end is the best at the cheap end too."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from planner.domain.optimum.at_low import AtLow, at_low
from planner.domain.optimum.problem import End, Limits, OptionKind, Problem
from planner.domain.optimum.solver import Solution, Status, solve
from tests.domain.optimum_problems import (
    EXAMPLES,
    choices,
    cny,
    debt,
    drawn,
    every,
    late,
    option,
    problem,
    stream,
    two_bills,
    way,
)
from tests.domain.telling import given, rule, steps


def asked_of(asked: Problem) -> AtLow:
    found = at_low(asked, solve(asked))
    assert found is not None
    return found


def test_the_choice_is_compared_with_the_best_at_the_low_end() -> None:
    kinds: Counter[str] = Counter()
    for seed in range(EXAMPLES * 2):
        asked, solution = drawn(seed), solve(drawn(seed))
        found = at_low(asked, solution)
        if solution.late_cost is None:
            assert found is None
            continue
        assert found is not None
        any_plans = replace(asked, limits=replace(asked.limits, most_plans=None))
        least_late = min(each.late for each in every(any_plans) if each.is_wanted)
        ways = [
            low
            for high, low in zip(choices(seed), choices(seed, End.LOW), strict=True)
            if low.holds and (solution.late_cost.minor > least_late or high.late == least_late)
        ]
        own = way(asked, solution.chosen, End.LOW)
        assert (found.cost, found.keeps) == (cny(own.cost), own.holds)
        if not ways:
            assert (found.holds, found.more, found.later, found.chosen) == (False, None, None, {})
            kinds["nothing"] += 1
            continue
        best = min(ways, key=lambda each: each.rank)
        assert found.holds == (own.holds and own.costs == best.costs)
        assert way(asked, found.chosen, End.LOW).rank == best.rank
        assert found.more is not None
        assert found.later is not None
        assert found.more.value == cny(own.cost - best.cost)
        assert found.later.value == cny(own.late - best.late)
        kinds["best" if found.holds else "short" if not own.holds else "dearer"] += 1

    for kind in ("best", "short", "dearer"):
        assert kinds[kind], kind


def test_where_both_ends_are_the_same_the_choice_is_the_best_at_both() -> None:
    found = asked_of(two_bills())

    assert (found.holds, found.keeps, found.cost) == (True, True, cny(15_00))
    assert found.chosen == {"A": "full", "B": "i3"}
    assert found.more is not None
    assert (found.more.value, found.later and found.later.value) == (cny(0), cny(0))
    assert str(found.words) == "Where the sources disagree, this choice is the best at the low end too."


def test_what_another_choice_would_cost_less_at_the_low_end_is_said() -> None:
    asked = problem(
        debt("A", option("a", {9: 110}, 10), option("b", {9: 130}, 30, low=stream({9: 104}, 4))),
        cash={0: 200},
    )
    found = asked_of(asked)

    assert (found.holds, found.keeps, found.chosen) == (False, True, {"A": "b"})
    assert found.more is not None
    assert rule(found.more).startswith("The difference = what the one choice costs")
    assert given(found.more) == [
        ("This choice costs at the low end", cny(10)),
        ("The best choice costs there", cny(4)),
    ]
    assert steps(found.more) == [("The difference", cny(6))]
    assert str(found.words) == (
        "Where the sources disagree: at the low end another choice would cost 0.06 CNY less."
    )
    assert found.words.values["more"] is found.more


def test_a_choice_that_costs_the_same_at_the_low_end_is_the_best_there_too() -> None:
    asked = problem(
        debt("A", option("a", {9: 110}, 10), option("b", {5: 130}, 30, low=stream({5: 110}, 10))),
        cash={0: 200},
    )

    assert asked_of(asked).chosen == {"A": "b"}
    assert asked_of(asked).holds


def test_a_choice_with_which_the_cash_does_not_hold_at_the_low_end_is_not_the_best_there() -> None:
    # At the low end it costs less, but is paid sooner.
    way_of_it = option("a", {9: 110}, 10, low=stream({0: 102}, 2))
    asked = problem(debt("A", way_of_it, option("b", {9: 120}, 20)), cash={0: 101, 9: 200})
    found = asked_of(asked)

    assert (found.holds, found.keeps, found.cost) == (False, False, cny(2))
    assert found.chosen == {"A": "b"}
    assert found.more is not None
    assert found.more.value == cny(-18)
    assert str(found.words) == (
        "Where the sources disagree: at the low end the cash does not hold with this choice."
    )


def test_where_nothing_holds_at_the_low_end_the_choice_does_not_either() -> None:
    asked = problem(debt("A", option("a", {9: 110}, 10, low=stream({0: 102}, 2))), cash={0: 101, 9: 200})
    found = asked_of(asked)

    assert found == AtLow(holds=False, keeps=False, cost=cny(2), more=None, later=None, chosen={})
    assert found.words == replace(found, chosen={"A": "a"}).words


def test_what_may_cost_nothing_for_being_late_is_late_all_the_same() -> None:
    in_time = option("parts", {0: 50, 9: 70}, 20)
    being_late = option("late", {9: 105}, 5, 5, OptionKind.LATE, low=stream({9: 100}, 0, 0))
    asked = problem(debt("A", in_time, being_late), cash={0: 60, 9: 300})
    found = asked_of(asked)

    # At the low end being late would cost nothing, and the parts 0.20.
    assert solve(asked, End.LOW).chosen == {"A": "late"}
    assert (found.holds, found.chosen) == (True, {"A": "parts"})


def test_where_something_is_late_anyway_what_is_less_late_at_the_low_end_is_better() -> None:
    ways = (
        option("full", {0: 100}),
        option("a", {9: 120}, 20, 5, low=stream({9: 104}, 4, 4)),
        option("b", {9: 130}, 30, 9, low=stream({9: 103}, 3, 3)),
    )
    asked = problem(debt("A", *ways), cash={0: 60, 9: 300})
    found = asked_of(asked)

    assert (found.holds, found.keeps, found.chosen) == (False, True, {"A": "b"})
    assert found.later is not None
    assert found.more is not None
    assert (found.later.value, found.more.value) == (cny(1), cny(1))
    assert given(found.later) == [
        ("Being late costs at the low end with this choice", cny(4)),
        ("Being late costs there with the best choice", cny(3)),
    ]
    assert str(found.words) == (
        "Where the sources disagree: at the low end being late would cost 0.01 CNY less with another choice."
    )
    assert found.words.values["more"] is found.later


def test_what_cannot_be_avoided_any_more_is_no_reason_to_be_later() -> None:
    overdue = debt(
        "A",
        option("full", {0: 107}, 7, 7, low=stream({0: 103}, 3, 3)),
        option("parts", {0: 50, 9: 70}, 20, 7, low=stream({0: 50, 9: 66}, 16, 3)),
        late("late", {30: 109}, 9, low=stream({30: 102}, 2, 2)),
    )
    found = asked_of(problem(overdue, cash={0: 60, 9: 300}))

    assert (found.holds, found.chosen) == (True, {"A": "parts"})


def test_a_way_that_is_ruled_out_is_no_measure_of_what_is_late() -> None:
    # In parts nothing would be late, but with this lender no plan is wanted.
    ruled_out = option("parts", {0: 50, 9: 50}, kind=OptionKind.INSTALMENTS, opens_plan=True)
    ways = option("a", {9: 105}, 5, 5), option("b", {9: 109}, 9, 9, low=stream({9: 101}, 1, 1))
    limits = Limits(no_new_plan_with=frozenset({"Bank"}))
    found = asked_of(problem(debt("A", ruled_out, *ways), cash={0: 60, 9: 300}, limits=limits))

    # "a" is the least late that is allowed: at the low end "b" is no choice.
    assert (found.holds, found.chosen) == (True, {"A": "a"})


def test_what_was_stopped_or_has_no_choice_says_nothing() -> None:
    asked = problem(debt("A", option("a", {9: 105}, 5, low=stream({9: 101}, 1))), cash={0: 300})

    assert at_low(asked, solve(asked), should_end=lambda: True) is None
    assert at_low(asked, Solution(Status.CANCELLED)) is None
    assert at_low(two_bills(0), solve(two_bills(0))) is None


def test_where_both_ends_are_the_same_nothing_is_solved_again() -> None:
    asked = two_bills()
    solution = solve(asked)

    found = at_low(asked, solution, should_end=lambda: True)

    assert found is not None
    assert (found.holds, found.keeps, found.cost, found.chosen) == (True, True, cny(1500), solution.chosen)
    unproved = replace(solution, status=Status.BEST_SO_FAR)
    assert at_low(asked, unproved, should_end=lambda: True) is None


@pytest.mark.parametrize("limits", [Limits(most_plans=1), Limits(keeps_reserve=False)])
def test_the_limits_count_at_the_low_end_too(limits: Limits) -> None:
    asked = two_bills(1000_00, limits=limits)
    solution = solve(asked)
    found = at_low(asked, solution)

    assert found is not None
    assert found.holds
    assert found.chosen == solution.chosen
