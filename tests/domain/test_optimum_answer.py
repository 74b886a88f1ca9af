"""The answer: the choice, what is proved of it, what it is compared with, and why it is the best."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from planner.domain.derivation import Derived, figures_in
from planner.domain.money import Money, sum_of
from planner.domain.optimum.answer import CHEAPEST, Answer, answer, compared, made_cost
from planner.domain.optimum.at_low import at_low
from planner.domain.optimum.cheapest import cheapest_of_each
from planner.domain.optimum.check import check
from planner.domain.optimum.infeasible import least_extra
from planner.domain.optimum.left import made_above, made_left, made_missing
from planner.domain.optimum.margins import binding, next_best
from planner.domain.optimum.problem import End, Limits, OptionKind, Problem
from planner.domain.optimum.reasons import reasons
from planner.domain.optimum.solver import Progress, Status, solve
from planner.domain.optimum.stage import HOW_FIRM, LEAST_LATE, LEAST_MISSING, Stage
from tests.domain.optimum_problems import (
    EXAMPLES,
    TODAY,
    cny,
    day,
    debt,
    drawn,
    drawn_orders,
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


def words(found: Answer) -> list[str]:
    return [str(each) for each in reasons(found)]


# --- what is in it -------------------------------------------------------------------------------------


def test_the_answer_to_the_worked_example() -> None:
    asked = two_bills()
    found = answer(asked)
    solution = solve(asked)

    assert (found.problem, found.solution) == (asked, solution)
    assert (found.is_feasible, found.is_proved, found.is_late) == (True, True, False)
    assert found.checked == check(asked, solution.chosen)
    assert [(one.id, way.id) for one, way in found.chosen] == [("A", "full"), ("B", "i3")]
    assert found.cost == made_cost(asked, solution.chosen)
    assert found.second == next_best(asked, solution)
    assert found.binding == binding(asked, solution)
    assert found.low == at_low(asked, solution)
    assert found.compared == compared(asked)
    assert found.shortfall is None
    assert found.lowest == (
        TODAY,
        made_left(asked, solution.chosen, TODAY),
        made_above(asked, solution.chosen, TODAY),
    )
    assert str(found.proof) == "Proved: of the 4 options listed, no other choice is better."


def test_the_choice_is_listed_in_the_order_of_the_debts() -> None:
    asked = two_bills()
    other_way_round = replace(asked, decisions=asked.decisions[::-1])

    assert [one.id for one, _way in answer(other_way_round).chosen] == ["B", "A"]


def test_where_nothing_holds_it_says_what_is_missing_and_nothing_else() -> None:
    asked = two_bills(700_00)
    poor = replace(asked, limits=Limits(most_plans=1))
    found = answer(poor)

    assert found.solution.status is Status.INFEASIBLE
    assert (found.is_feasible, found.is_proved, found.is_late) == (False, False, False)
    assert (found.checked, found.cost, found.second, found.binding, found.low) == (None,) * 5
    assert (found.chosen, found.compared, found.lowest, reasons(found)) == ((), (), None, ())
    assert found.shortfall is not None
    assert found.shortfall == least_extra(poor)
    assert found.shortfall.least_extra.value == cny(100_00)


def test_where_only_limits_are_against_it_nothing_is_missing() -> None:
    found = answer(problem(debt("A", plan("p", {0: 1})), cash={0: 9}, limits=Limits(most_plans=0)))

    assert found.solution.status is Status.INFEASIBLE
    assert (found.is_feasible, found.shortfall) == (False, None)


def test_without_debts_there_is_nothing_to_choose() -> None:
    found = answer(problem(cash={0: 5}))

    assert (found.is_feasible, found.is_proved, found.is_late, found.chosen) == (True, True, False, ())
    assert found.cost is not None
    assert found.cost.value == cny(0)
    assert given(found.cost) == []
    assert (found.second, found.binding, found.shortfall) == (None, None, None)
    assert words(found) == [
        "Each debt is settled in the way that costs least, and the cash holds all the same."
    ]
    poor = answer(problem(cash={0: 5, 9: 3}, reserve=4))
    assert poor.shortfall is not None
    assert poor.shortfall.least_extra.value == cny(1)


def test_one_debt_with_one_way_is_proved_without_a_next_best() -> None:
    found = answer(problem(debt("A", option("x", {3: 7}, 2)), cash={0: 7}))

    assert str(found.proof) == "Proved: of the 1 option listed, no other choice is better."
    assert (found.second, found.binding) == (None, None)


def test_a_debt_without_ways_leaves_no_choice_that_money_would_help() -> None:
    for limits, one in (
        (Limits(), debt("A")),
        (Limits(no_new_plan_with=frozenset({"Bank"})), debt("A", plan("p", {0: 1}))),
    ):
        found = answer(problem(one, debt("B", option("x", {0: 1})), cash={0: 9}, limits=limits))
        assert found.solution.status is Status.INFEASIBLE
        assert (found.is_feasible, found.shortfall, reasons(found)) == (False, None, ())


def test_what_solving_tells_is_told() -> None:
    news: list[Progress | Stage] = []
    until = time.perf_counter() + 0.2
    found = answer(hard(), tell=news.append, should_end=lambda: time.perf_counter() > until)

    told = [each for each in news if isinstance(each, Progress)]
    assert told
    assert news[-1] is HOW_FIRM
    assert found.is_feasible
    assert not found.is_proved
    assert found.cost is not None
    assert found.cost.value == told[-1].cost


def test_that_nothing_holds_is_told_before_the_least_extra_is_looked_for() -> None:
    news: list[Progress | Stage] = []
    asked = problem(debt("A", option("now", {0: 100})), cash={0: 40})
    found = answer(asked, tell=news.append)

    assert news == [LEAST_LATE, LEAST_MISSING]
    assert not any(each.has_choice for each in (LEAST_LATE, LEAST_MISSING))
    assert found.shortfall is not None


# --- the proof -----------------------------------------------------------------------------------------


def test_who_stops_at_once_gets_no_choice_and_no_proof() -> None:
    found = answer(two_bills(), should_end=lambda: True)

    assert found.solution.status is Status.CANCELLED
    assert (found.is_feasible, found.is_proved, found.shortfall) == (False, False, None)
    assert str(found.proof) == "Not proved yet: how much better another choice could be is not known."


def unproved(bound: int | None) -> Answer:
    found = answer(two_bills())
    least = None if bound is None else cny(bound)
    return replace(found, solution=replace(found.solution, status=Status.BEST_SO_FAR, bound=least))


def test_how_much_better_another_choice_could_be_is_said_with_how_it_is_known() -> None:
    found = unproved(12_50)

    assert not found.is_proved
    assert str(found.proof) == "Not proved yet: another choice could cost 2.50 CNY less at most."
    gap = found.proof.values["gap"]
    assert gap.value == cny(2_50)
    assert rule(gap) == "The gap = what this choice costs − what no choice costs less than"
    assert given(gap) == [("This choice costs", cny(15_00)), ("No choice costs less than", cny(12_50))]
    assert steps(gap) == [("The gap", cny(2_50))]


def test_a_choice_that_costs_least_but_may_end_too_late_is_not_said_to_cost_too_much() -> None:
    assert str(unproved(15_00).proof) == (
        "Not proved yet: no other choice costs less, but one that costs the same could end earlier."
    )
    assert str(unproved(None).proof) == (
        "Not proved yet: how much better another choice could be is not known."
    )


def test_all_options_that_are_listed_are_counted() -> None:
    asked = problem(
        debt("A", *(option(key, {0: 5}) for key in "abc")), debt("B", option("x", {0: 5})), cash={0: 10}
    )

    assert str(answer(asked).proof) == "Proved: of the 4 options listed, no other choice is better."


# --- what it costs -------------------------------------------------------------------------------------


def test_what_it_costs_is_the_sum_of_what_each_debt_costs() -> None:
    one = replace(debt("A", option("full", {0: 107}, 7)), account="Card")
    asked = problem(one, debt("B", plan("parts", {9: 55}, 5, low=stream({9: 52}, 2))), cash={0: 200})
    made = made_cost(asked, {"A": "full", "B": "parts"})

    assert made.value == cny(12)
    assert given(made) == [("Card: A: full", cny(7)), ("B: parts", cny(5))]
    assert steps(made) == [("Together", cny(12))]
    assert rule(made) == "What it costs = what each debt costs above what is owed, together"
    assert made_cost(asked, {"A": "full", "B": "parts"}, End.LOW).value == cny(9)
    assert given(made_cost(asked, {"A": "full", "B": "parts"}, End.LOW))[1] == ("B: parts", cny(2))


# --- what it is compared with --------------------------------------------------------------------------


def test_the_cheapest_way_of_each_debt_by_itself_is_compared() -> None:
    asked = two_bills()
    (found,) = compared(asked)

    assert (found.key, found.chosen) == (CHEAPEST, {"A": "full", "B": "full"})
    assert found.checked == check(asked, found.chosen)
    assert found.cost == made_cost(asked, found.chosen)
    assert found.missing is not None
    assert found.missing == made_missing(asked, found.chosen, TODAY)
    assert found.missing.value == cny(500_00)


def test_nothing_is_missing_where_the_cash_holds() -> None:
    (found,) = compared(two_bills(2000_00))

    assert found.missing is None
    (one_fen_less,) = compared(two_bills(1999_99))
    assert one_fen_less.missing is not None
    assert one_fen_less.missing.value == cny(1)


def test_the_first_day_that_is_short_is_that_on_which_something_is_missing() -> None:
    asked = problem(debt("A", option("x", {0: 10, 5: 20})), cash={0: 8})
    (found,) = compared(asked)

    assert found.missing is not None
    assert found.missing.value == cny(2)


def test_the_orders_are_compared_by_their_names() -> None:
    orders = {"snowball": ("full", "i3"), "own": ("i3", "i3")}
    asked = two_bills(orders=orders)
    cheapest, *others = compared(asked)

    assert cheapest.key == CHEAPEST
    assert [(each.key, each.chosen) for each in others] == [
        ("snowball", {"A": "full", "B": "i3"}),
        ("own", {"A": "i3", "B": "i3"}),
    ]
    assert [each.cost.value for each in others] == [cny(15_00), cny(33_00)]
    assert [each.missing for each in others] == [None, None]
    with pytest.raises(ValueError, match="zip"):
        compared(replace(asked, orders={"own": ("i3",)}))


def test_a_debt_without_ways_has_no_cheapest_one() -> None:
    limits = Limits(no_new_plan_with=frozenset({"Bank"}))
    asked = problem(debt("A", plan("p", {0: 1})), debt("B", option("x", {0: 1})), cash={0: 9}, limits=limits)

    assert cheapest_of_each(asked) == {}
    assert compared(asked) == ()


def test_what_is_cheapest_is_least_late_then_least_dear_then_latest_then_first() -> None:
    def best(*ways: tuple[str, int, int, int], end: End = End.HIGH) -> str:
        options = [
            option(key, {on: 1}, cost, of_it, low=stream({on: 1}, 9 - cost, 9 - of_it))
            for key, on, cost, of_it in ways
        ]
        for listed in (options, options[::-1]):
            found = cheapest_of_each(problem(debt("A", *listed), cash={0: 9}), end)
            assert found == cheapest_of_each(problem(debt("A", *options), cash={0: 9}), end)
        return found["A"]

    assert best(("a", 0, 5, 1), ("b", 0, 9, 0)) == "b"
    assert best(("a", 0, 5, 1), ("b", 0, 4, 1)) == "b"
    assert best(("a", 3, 4, 1), ("b", 8, 4, 1)) == "b"
    assert best(("b", 8, 4, 1), ("a", 8, 4, 1)) == "a"
    assert best(("a", 0, 5, 1), ("b", 0, 9, 0), end=End.LOW) == "a"


# --- why -----------------------------------------------------------------------------------------------


HOLDS = "Each debt is settled in the way that costs least, and the cash holds all the same."


def test_where_the_cash_holds_with_the_cheapest_ways_nothing_more_is_to_say() -> None:
    assert words(answer(two_bills(2000_00))) == [HOLDS]


def test_where_another_way_costs_the_same_as_the_cheapest_nothing_more_is_to_say_either() -> None:
    asked = problem(debt("A", option("a", {5: 5}), option("b", {0: 4, 9: 1})), cash={0: 3, 5: 9})
    found = answer(asked)

    # By itself the one that ends last is taken as the cheapest, and with it the cash does not hold.
    assert found.solution.chosen == {"A": "a"}
    assert found.compared[0].missing is not None
    assert words(found) == [HOLDS]


def test_what_would_be_missing_with_the_cheapest_ways_is_the_reason() -> None:
    found = answer(two_bills())

    assert words(found) == [
        (
            "If each debt were settled in the way that costs least by itself, 500.00 CNY would be missing "
            f"on {TODAY}."
        ),
        "B: i3 instead of full, for 15.00 CNY more.",
        "Of all choices that are in time while the cash holds, this one costs least.",
        (
            f"With 500.00 CNY more from {TODAY} on, each debt could take its cheapest way. "
            "That would save 15.00 CNY."
        ),
    ]
    missing, dearer, _least, enough = reasons(found)
    assert missing.values["missing"] == made_missing(two_bills(), {"A": "full", "B": "full"}, TODAY)
    more = dearer.values["more"]
    assert rule(more) == "More = what this way costs − what the cheapest way of this debt costs"
    assert given(more) == [("i3", cny(15_00)), ("full", cny(0))]
    assert steps(more) == [("How much more", cny(15_00))]
    saved = enough.values["saved"]
    assert rule(saved) == "Saved = what this choice costs − what it costs if each debt takes its cheapest way"
    assert given(saved) == [("This choice costs", cny(15_00)), ("The cheapest ways cost", cny(0))]
    assert steps(saved) == [("Saved", cny(15_00))]
    assert inner(saved, "This choice costs") == found.cost


def test_the_worst_day_says_how_much_more_cash_would_be_enough() -> None:
    first = debt("A", option("now", {0: 100}), plan("parts", {0: 10, 30: 100}, 10))
    second = debt("B", option("soon", {10: 100}), plan("parts", {40: 110}, 10))
    found = answer(problem(first, second, cash={0: 90, 30: 210, 40: 220}))

    # In full: −0.10 on the first day, −1.10 on the tenth.
    assert words(found)[0].endswith(f"0.10 CNY would be missing on {TODAY}.")
    assert words(found)[-1] == (
        f"With 1.10 CNY more from {TODAY} on, each debt could take its cheapest way. "
        "That would save 0.20 CNY."
    )


def test_only_debts_that_take_a_dearer_way_are_named() -> None:
    asked = problem(
        debt("A", option("now", {0: 100}), plan("parts", {0: 10, 30: 95}, 5)),
        debt("B", option("first", {0: 20}), option("second", {9: 20})),
        cash={0: 90, 5: 80, 30: 300},
    )
    told = [each for each in words(answer(asked)) if "instead of" in each]

    assert told == ["A: parts instead of now, for 0.05 CNY more."]


def test_a_limit_on_plans_is_a_reason_where_the_cash_is_none() -> None:
    parts = plan("parts", {0: 50, 9: 50})
    asked = problem(
        debt("A", option("full", {0: 109}, 9), parts),
        debt("B", option("full", {0: 108}, 8), parts),
        cash={0: 500},
        limits=Limits(most_plans=1),
    )

    assert words(answer(asked)) == [
        (
            "If each debt were settled in the way that costs least by itself, more plans would be open "
            "than you want."
        ),
        "B: full instead of parts, for 0.08 CNY more.",
        "Of all choices that are in time while the cash holds, this one costs least.",
    ]
    poorer = replace(asked, cash=((TODAY, cny(99)), (day(5), cny(500))), limits=Limits(most_plans=0))
    assert reasons(answer(poorer)) == ()


def test_both_the_cash_and_a_limit_can_be_the_reason() -> None:
    parts = plan("parts", {0: 50, 9: 50})
    asked = problem(
        debt("A", parts, option("later", {20: 109}, 9)),
        debt("B", parts, option("later", {20: 109}, 9)),
        cash={0: 99, 9: 300},
        limits=Limits(most_plans=1),
    )
    told = words(answer(asked))

    assert told[0].endswith(f"0.01 CNY would be missing on {TODAY}.")
    assert told[1].endswith("more plans would be open than you want.")
    # More cash alone would not do.
    assert told[-1] == "Of all choices that are in time while the cash holds, this one costs least."


def test_what_is_not_proved_is_not_said_to_cost_least() -> None:
    best = "Of all choices that are in time while the cash holds, this one costs least."
    so_far = "Of the choices found so far that are in time while the cash holds, this one costs least."
    for bound in (12_50, None):
        told = words(unproved(bound))
        assert so_far in told
        assert best not in told
    assert best in words(unproved(15_00))


def test_what_is_late_is_only_said_with_the_advice_to_contact_the_lender_first() -> None:
    ways = option("full", {0: 100}), late("late", {30: 105}, 5)
    fine = debt("B", option("full", {0: 50}), late("late", {30: 55}, 9))
    asked = problem(replace(debt("A", *ways), account="Card"), fine, cash={0: 60, 30: 500})
    found = answer(asked)

    assert found.is_late
    assert words(found) == [
        "Card: A: the cash does not hold in any way that is in time. Contact the lender first."
    ]
    both = answer(replace(asked, cash=((TODAY, cny(40)), (day(30), cny(500)))))
    assert words(both) == [
        "Card: A: the cash does not hold in any way that is in time. Contact the lender first.",
        "B: the cash does not hold in any way that is in time. Contact the lender first.",
    ]
    assert not answer(replace(asked, cash=((TODAY, cny(150)),))).is_late


def test_a_way_that_goes_on_late_by_agreement_is_not_late_by_choice() -> None:
    agreed = option("agreed", {0: 50, 30: 60}, 10, 5, OptionKind.AGREEMENT)
    asked = problem(debt("A", option("full", {0: 105}, 5, 5), agreed), cash={0: 60, 30: 500})
    found = answer(asked)

    assert [each.id for _one, each in found.chosen] == ["agreed"]
    assert not found.is_late
    assert "A: agreed instead of full, for 0.05 CNY more." in words(found)


def test_a_way_that_is_later_but_costs_less_is_not_said_to_cost_more() -> None:
    agreed = option("agreed", {0: 50, 30: 60}, 10, 8, OptionKind.AGREEMENT)
    asked = problem(debt("A", option("full", {0: 120}, 20, 5), agreed), cash={0: 60, 30: 500})

    assert words(answer(asked)) == [
        (
            "If each debt were settled in the way that costs least by itself, 0.60 CNY would be missing "
            f"on {TODAY}."
        ),
        "Of all choices that are in time while the cash holds, this one costs least.",
    ]


# --- every figure says how it was made -----------------------------------------------------------------


def every_figure(found: Answer) -> Iterator[Derived[Money]]:
    """Every figure that an answer says, and those that it was made from."""
    values: list[object] = [found.cost, found.lowest, found.proof, reasons(found)]
    parts = (found.second, found.binding, found.low)
    values += [part.words for part in parts if part is not None]
    if found.shortfall is not None:
        values += found.shortfall.words
    for other in found.compared:
        values += [other.cost, other.missing]
    todo = list(figures_in(*values))
    while todo:
        figure = todo.pop()
        yield figure
        todo += figures_in(*(each.value for each in figure.derivation.given))


def test_every_figure_says_how_it_was_made_and_adds_up() -> None:
    seen = 0
    drawn_ones: list[Problem] = [*map(drawn, range(EXAMPLES // 2)), *map(drawn_orders, range(EXAMPLES // 10))]
    for asked in drawn_ones:
        for figure in every_figure(answer(asked)):
            seen += 1
            told = figure.derivation
            assert told.workings[-1].result == figure.value if told.workings else told.given
            parts = [each.plain for each in told.given if isinstance(each.plain, Money)]
            if not parts:
                # The steps say it all, the last of them what they come to.
                assert not told.given
                continue
            assert _comes_to(str(told.rule), parts) == figure.value, told.rule

    assert seen > EXAMPLES * 5


def _comes_to(formula: str, parts: list[Money]) -> Money:
    """What a formula comes to, worked out from what it was given."""
    if formula.startswith(("What it costs =", "Cash at the end of a day =")):
        return sum_of(parts, "CNY")
    if formula.startswith(("An amount", "The least extra =")):
        (only,) = parts
        return only
    less = parts[0] - parts[1]
    return max(less, less.zero) if formula.startswith(("Missing =", "The gap =")) else less


def test_the_answer_of_a_random_problem_is_what_its_parts_say() -> None:
    for seed in range(EXAMPLES // 4):
        asked = drawn_orders(seed)
        found, solution = answer(asked), solve(asked)
        assert found.solution == solution
        assert found.is_feasible == solution.is_feasible
        assert (found.shortfall is None) == found.is_feasible
        assert len(found.compared) == (4 if found.is_feasible else 0)
        for other in found.compared:
            known = way(asked, other.chosen)
            assert other.cost.value == cny(known.cost)
            assert (other.missing is None) == (known.lacks <= 0)
