"""What is said of choices that cost the same as the best one, and of what a plan rests on."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.optimum.answer import answer
from planner.domain.optimum.problem import End, OptionKind, Problem
from planner.domain.optimum.reasons import reasons
from planner.domain.optimum.solver import Status, solve
from planner.domain.optimum.ties import ties
from tests.domain.optimum_problems import (
    EXAMPLES,
    choices,
    day,
    debt,
    drawn,
    option,
    plan,
    problem,
    two_bills,
    way,
)

ENDS_FIRST = "Other choices cost the same; this one is taken because it ends first."
FEWER_ACTS = (
    "Other choices cost the same and end on the same day; this one is taken because it asks for less."
)
SUMS_FIRST = (
    "Other choices cost the same and end on the same day; this one is taken because single debts end earlier."
)
NO_BETTER = "Other choices cost the same and are as good; of them the same one is taken every time."


def said(asked: Problem) -> str | None:
    found = ties(asked, solve(asked))
    return None if found is None else str(found)


def test_what_decides_between_choices_that_cost_the_same_is_said() -> None:
    one = option("full", {0: 100})
    assert said(problem(debt("A", one, option("x", {9: 100})), cash={0: 200})) == ENDS_FIRST
    asked = option("x", {0: 100}, apply_by=day(0))
    assert said(problem(debt("A", one, asked), cash={0: 200})) == FEWER_ACTS
    other = debt("B", option("full", {9: 100}))
    assert said(problem(debt("A", one, option("x", {5: 100})), other, cash={0: 200})) == SUMS_FIRST
    assert said(problem(debt("A", one, option("x", {0: 100})), cash={0: 200})) == NO_BETTER
    # The closest of the others counts.
    more = debt("A", one, option("x", {9: 100}), asked)
    assert said(problem(more, cash={0: 200})) == FEWER_ACTS


def test_a_way_that_costs_more_or_with_which_the_cash_does_not_hold_is_no_tie() -> None:
    dear = debt("A", option("full", {0: 100}), option("x", {9: 101}, 1))
    assert said(problem(dear, cash={0: 200})) is None
    short = debt("A", option("full", {9: 100}), option("x", {0: 100}))
    assert said(problem(short, cash={0: 99, 9: 200})) is None
    assert said(two_bills()) is None
    assert ties(two_bills(), replace(solve(two_bills()), status=Status.BEST_SO_FAR)) is None
    assert said(problem(cash={0: -1})) is None


def test_a_tie_is_said_exactly_where_another_way_of_one_debt_costs_the_same_and_holds() -> None:
    tied = 0
    for seed in range(EXAMPLES):
        for end in End:
            asked = drawn(seed)
            solution = solve(asked, end)
            if not solution.is_feasible:
                assert ties(asked, solution, end) is None
                continue
            best = way(asked, solution.chosen, end)
            near = [
                each
                for each in choices(seed, end)
                if each.holds
                and each.costs == best.costs
                and sum(each.chosen[key] != value for key, value in solution.chosen.items()) == 1
            ]
            found = ties(asked, solution, end)
            assert (found is not None) == bool(near), seed
            tied += bool(near)
            if near and min(each.ends for each in near) > best.ends:
                assert str(found) == ENDS_FIRST

    assert tied > EXAMPLES / 20


def test_the_next_best_beside_a_tie_is_said_not_to_cost_the_same() -> None:
    ways = debt("A", option("full", {0: 100}), option("x", {9: 100}), plan("y", {9: 194}, 94))
    found = answer(problem(ways, cash={0: 200}))

    assert str(found.tie) == ENDS_FIRST
    assert found.second is not None
    assert str(found.second.words) == (
        "The next best choice that does not cost the same costs 0.94 CNY more."
    )


def test_what_is_asked_for_although_it_only_ends_sooner_is_said_to_save_nothing() -> None:
    agreed = option("agreed", {0: 50, 30: 50}, kind=OptionKind.AS_AGREED, opens_plan=True)
    settled = option("settled", {0: 100}, kind=OptionKind.SETTLEMENT, apply_by=day(0))
    found = answer(problem(debt("A", agreed, settled), cash={0: 200}))
    words = (
        "A: settled saves nothing and only ends sooner. agreed costs the same and leaves you the money for "
        "longer."
    )

    assert found.solution.chosen == {"A": "settled"}
    assert str(found.tie) == ENDS_FIRST
    assert words in [str(each) for each in reasons(found)]

    dearer = replace(
        agreed, high=replace(agreed.high, cost=found.problem.reserve + agreed.high.payments[0][1])
    )
    saving = answer(problem(debt("A", dearer, settled), cash={0: 200}))
    assert not any("saves nothing" in str(each) for each in reasons(saving))


def test_what_not_everybody_is_offered_is_among_the_reasons() -> None:
    promotion = replace(plan("p", {30: 100}), kind=OptionKind.PROMOTION)
    deferral = replace(plan("d", {30: 100}), kind=OptionKind.DEFERRAL)
    found = answer(
        problem(debt("A", promotion), debt("B", deferral), debt("C", plan("i", {30: 1})), cash={0: 300})
    )

    assert [str(each) for each in reasons(found)][1:] == [
        "A: Not everybody is offered this promotion: look in the app.",
        "B: Not everybody may put a bill off, and instalments in it stay due: look in the app.",
    ]
