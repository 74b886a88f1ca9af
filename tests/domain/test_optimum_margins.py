"""How firm the best choice is: the next best and the day that binds, against looking at every choice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from planner.domain.money import Money
from planner.domain.optimum.left import made_above
from planner.domain.optimum.margins import Binding, NextBest, binding, made_difference, next_best
from planner.domain.optimum.problem import End, Limits, Problem, Stream
from planner.domain.optimum.solver import Solution, Status, solve
from planner.phrases import Phrase
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
from tests.domain.telling import given, rule, steps

SEEDS = range(EXAMPLES)
CHECKED = "The difference = what the one choice costs − what the other costs; both are checked exactly"


def costs(ways: Sequence[Way]) -> list[tuple[int, int]]:
    """What choices that hold come to, each once, the best first."""
    return sorted({each.costs for each in ways if each.holds})


# --- the next best -------------------------------------------------------------------------------------


def test_the_next_best_is_the_next_that_costs_something_else() -> None:
    found_some = later = 0
    for seed, end in product(SEEDS, End):
        asked, known = drawn(seed), costs(choices(seed, end))
        solution = solve(asked, end)
        found = next_best(asked, solution, end)
        if len(known) < 2:
            assert found is None, seed
            continue
        best, second = known[:2]
        assert found is not None, seed
        assert found.is_proved
        assert (found.late_cost.minor, found.cost.minor) == second, seed
        chosen = way(asked, found.chosen, end)
        assert chosen.holds
        assert chosen.costs == second
        assert found.gap.value == cny(second[1] - best[1])
        assert found.later.value == cny(second[0] - best[0])
        found_some += 1
        later += second[0] > best[0]

    assert found_some > EXAMPLES / 2
    assert later > EXAMPLES / 10


def test_the_next_best_of_the_worked_example() -> None:
    asked = two_bills()
    found = next_best(asked, solve(asked))

    assert found is not None
    assert found.chosen == {"A": "i3", "B": "full"}
    assert (found.late_cost, found.cost, found.is_proved) == (cny(0), cny(18_00), True)
    assert given(found.gap) == [("The next best choice costs", cny(18_00)), ("The best costs", cny(15_00))]
    assert steps(found.gap) == [("The difference", cny(3_00))]
    assert rule(found.gap) == CHECKED
    assert found.later.value == cny(0)
    assert str(found.words) == "The next best choice costs 3.00 CNY more."
    assert found.words.values["gap"] is found.gap


def test_a_next_best_that_is_later_is_said_to_be_later() -> None:
    asked = problem(debt("A", option("full", {0: 100}, 9), late("late", {9: 105}, 5)), cash={0: 109})
    found = next_best(asked, solve(asked))

    assert found is not None
    assert (found.cost, found.late_cost) == (cny(5), cny(5))
    assert found.gap.value == cny(-4)
    assert given(found.later) == [
        ("Being late costs with the next best", cny(5)),
        ("Being late costs with the best", cny(0)),
    ]
    assert steps(found.later) == [("The difference", cny(5))]
    assert str(found.words) == "The next best choice would be later: being late costs 0.05 CNY more."
    assert found.words.values["more"] is found.later


def test_of_what_is_later_the_least_late_and_of_that_the_cheapest_is_the_next_best() -> None:
    ways = [
        option("full", {0: 100}),
        option("a", {9: 105}, 5, 5),
        option("b", {9: 103}, 30, 3),
        option("c", {9: 103}, 20, 3),
    ]
    asked = problem(debt("A", *ways), cash={0: 200})
    found = next_best(asked, solve(asked))

    assert found is not None
    assert found.chosen == {"A": "c"}
    assert (found.late_cost, found.cost) == (cny(3), cny(20))


def test_what_is_as_late_but_dearer_comes_before_what_is_later() -> None:
    ways = [option("full", {0: 100}), option("dear", {9: 190}, 90), late("late", {9: 101}, 1)]
    asked = problem(debt("A", *ways), cash={0: 200})
    found = next_best(asked, solve(asked))

    assert found is not None
    assert found.chosen == {"A": "dear"}


def test_there_is_no_next_best_where_everything_costs_the_same_or_nothing_holds() -> None:
    same = problem(debt("A", option("a", {0: 5}), option("b", {9: 5})), cash={0: 9})
    assert next_best(same, solve(same)) is None
    only = problem(debt("A", option("a", {0: 5}), option("b", {9: 50}, 45)), cash={0: 49})
    assert next_best(only, solve(only)) is None
    none = problem(cash={0: 0})
    assert next_best(none, solve(none)) is None
    poor = problem(debt("A", option("a", {0: 5}), option("b", {0: 6}, 1)), cash={0: 4})
    assert next_best(poor, solve(poor)) is None


def test_beside_a_choice_that_is_not_proved_nothing_is_proved_to_be_the_next_best() -> None:
    asked = two_bills()
    best = solve(asked)
    found = next_best(asked, replace(best, status=Status.BEST_SO_FAR))

    assert found is not None
    assert not found.is_proved
    assert str(found.words) == "The next best choice that was found costs 3.00 CNY more."
    assert found.words.values["gap"] is found.gap


def test_a_next_best_that_is_less_late_is_not_said_to_be_later() -> None:
    gap = made_difference(Phrase("One"), cny(9), Phrase("Other"), cny(5))
    less = made_difference(Phrase("One"), cny(1), Phrase("Other"), cny(2))
    found = NextBest({}, cny(1), cny(9), is_proved=False, gap=gap, later=less)

    assert str(found.words) == "The next best choice that was found costs 0.04 CNY more."


def test_a_next_best_that_is_not_looked_for_to_the_end_is_not_proved() -> None:
    asked = hard()
    best = solve(asked, most_nodes=1)
    found = next_best(asked, replace(best, status=Status.PROVED), should_end=lambda: True)

    assert found is None or not found.is_proved


# --- the day that binds --------------------------------------------------------------------------------


def richer(asked: Problem, since: date, more: int) -> Problem:
    """The same with so much more on a day and after it."""
    known = dict(asked.cash)
    before = [left for on, left in asked.cash if on <= since]
    if before:
        known.setdefault(since, before[-1])
    return replace(
        asked,
        cash=tuple((on, cny(known[on].minor + more) if on >= since else known[on]) for on in sorted(known)),
    )


def cheapest(asked: Problem, end: End) -> dict[str, str] | None:
    """The cheapest way of each debt, of equal ones the last to end; None if a debt has none."""
    found = {}
    for one in asked.decisions:
        alone = replace(asked, decisions=(one,), limits=replace(asked.limits, most_plans=None))
        ways = [each for each in every(alone, end) if each.is_wanted]
        if not ways:
            return None
        best = min(ways, key=lambda each: (each.costs, -each.ends, each.chosen[one.id]))
        found[one.id] = best.chosen[one.id]
    return found


def test_what_more_cash_saves_is_what_solving_again_finds() -> None:
    seen = saved = less_late = 0
    for seed, end in product(SEEDS, End):
        asked, known = drawn(seed), costs(choices(seed, end))
        more = [1, 100, 5 * 10**9][seed % 3]
        found = binding(asked, solve(asked, end), cny(more), end)
        by_itself = cheapest(asked, end)
        alone = None if by_itself is None else way(asked, by_itself, end)
        if not known or alone is None or alone.lacks <= 0 or alone.costs == known[0]:
            assert found is None, seed
            continue
        assert found is not None, seed
        assert found.more == cny(more)
        then = costs(every(richer(asked, found.on, more), end))
        assert found.saves is not None
        assert found.saves.value == cny(known[0][1] - then[0][1]), seed
        assert found.saves_late is not None
        assert found.saves_late.value == cny(known[0][0] - then[0][0])
        # On no day more is missing if each debt takes its cheapest way.
        floor = asked.reserve.minor if asked.limits.keeps_reserve else 0
        short = [each for each in _left(asked, by_itself, end) if each[1] == floor - alone.lacks]
        assert found.on == short[0][0]
        assert found.above.value.minor == dict(_left(asked, solve(asked, end).chosen, end))[found.on] - floor
        seen += 1
        saved += found.saves.value.minor > 0
        less_late += found.saves_late.value.minor > 0

    assert seen > EXAMPLES / 4
    assert saved > EXAMPLES / 20
    assert less_late > EXAMPLES / 50


def _left(asked: Problem, chosen: Mapping[str, str] | None, end: End) -> list[tuple[date, int]]:
    """What is left at the end of each day on which it changes for any choice."""
    payments = [
        (one, each.high if end is End.HIGH else each.low)
        for one in asked.decisions
        for each in one.options
        if chosen is not None and each.id == chosen[one.id]
    ]
    every_day = {on for one in asked.decisions for each in one.options for on, _paid in each.high.payments}
    every_day |= {on for one in asked.decisions for each in one.options for on, _paid in each.low.payments}
    found = []
    for on in sorted({asked.today, *every_day, *(on for on, _left in asked.cash)}):
        if on >= asked.today:
            cash = [left.minor for known, left in asked.cash if known <= on][-1]
            paid = sum(
                amount.minor for _one, each in payments for when, amount in each.payments if when <= on
            )
            found.append((on, cash - paid))
    return found


def test_the_binding_day_of_the_worked_example() -> None:
    asked = two_bills()
    found = binding(asked, solve(asked), cny(500_00))

    # Both in full leave −300.00 on the first day, where 200.00 have to be left.
    assert found is not None
    assert found.on == TODAY
    assert found.above == made_above(asked, {"A": "full", "B": "i3"}, TODAY)
    assert found.above.value == cny(100_00)
    assert found.saves is not None
    assert given(found.saves) == [
        ("The best choice costs", cny(15_00)),
        (f"With 500.00 CNY more from {TODAY} on", cny(0)),
    ]
    assert steps(found.saves) == [("The difference", cny(15_00))]
    assert rule(found.saves) == CHECKED
    assert str(found.words) == (
        f"What keeps a cheaper choice out is the cash on {TODAY}; with this plan 100.00 CNY is to "
        "spare on it. "
        "500.00 CNY more on that day would save 15.00 CNY."
    )
    assert found.words.values["above"] is found.above
    assert found.words.values["saved"] is found.saves
    assert given(found.words.values["more"]) == [("Thought of", cny(500_00))]


def test_more_cash_that_is_not_enough_saves_nothing() -> None:
    asked = two_bills()
    found = binding(asked, solve(asked), cny(499_99))

    assert found is not None
    assert found.saves is not None
    assert found.saves.value == cny(0)
    assert str(found.words) == (
        f"What keeps a cheaper choice out is the cash on {TODAY}; with this plan 100.00 CNY is to "
        "spare on it. "
        "499.99 CNY more would save nothing."
    )
    assert given(found.words.values["more"]) == [("Thought of", cny(499_99))]
    assert rule(found.made_more) == "An amount that is only thought of, to see what more cash would save."
    assert found.made_more.value == cny(499_99)


@pytest.mark.parametrize(("currency", "hundred"), [("CNY", 100_00), ("JPY", 100), ("KWD", 100_000)])
def test_a_hundred_more_is_thought_of_in_any_currency(currency: str, hundred: int) -> None:
    def money(found: Money) -> Money:
        return Money(found.minor, currency)

    asked = two_bills()
    debts = tuple(
        replace(
            one,
            owed=money(one.owed),
            options=tuple(
                replace(each, high=_in(each.high, currency), low=_in(each.low, currency))
                for each in one.options
            ),
        )
        for one in asked.decisions
    )
    other = replace(
        asked,
        currency=currency,
        decisions=debts,
        cash=tuple((on, money(left)) for on, left in asked.cash),
        reserve=money(asked.reserve),
    )
    found = binding(other, solve(other))

    assert found is not None
    assert found.more == Money(hundred, currency)


def _in(found: Stream, currency: str) -> Stream:
    payments = tuple((on, Money(paid.minor, currency)) for on, paid in found.payments)
    cost, late_cost = Money(found.cost.minor, currency), Money(found.late_cost.minor, currency)
    return Stream(payments, cost, late_cost)


def test_more_cash_that_makes_something_less_late_saves_that_though_it_costs_more() -> None:
    ways = plan("dear", {0: 100, 9: 40}, 40), late("late", {9: 105}, 5)
    asked = problem(debt("A", *ways), debt("B", option("full", {0: 50})), cash={0: 100, 9: 300})
    found = binding(asked, solve(asked), cny(50))

    assert found is not None
    assert found.saves is not None
    assert found.saves_late is not None
    assert (found.saves.value, found.saves_late.value) == (cny(-35), cny(5))
    assert given(found.saves_late) == [
        ("Being late costs with the best", cny(5)),
        (f"With 0.50 CNY more from {TODAY} on", cny(0)),
    ]
    assert str(found.words) == (
        f"What keeps a cheaper choice out is the cash on {TODAY}; with this plan 0.50 CNY is to "
        "spare on it. "
        "With 0.50 CNY more on that day, being late would cost 0.05 CNY less."
    )
    assert found.words.values["saved"] is found.saves_late


def test_the_worst_day_binds_and_not_the_first_that_is_short() -> None:
    first = debt("A", option("now", {0: 100}), plan("parts", {0: 10, 30: 100}, 10))
    second = debt("B", option("soon", {10: 100}), plan("parts", {40: 110}, 10))
    asked = problem(first, second, cash={0: 90, 30: 210, 40: 220})
    found = binding(asked, solve(asked))

    # In full: −10 on the first day, −110 on the tenth.
    assert found is not None
    assert found.on == day(10)
    assert found.above.value == cny(80)


def test_no_day_binds_where_each_debt_takes_its_cheapest_way_or_one_that_costs_the_same() -> None:
    fine = two_bills(2000_00)
    assert binding(fine, solve(fine)) is None
    one_fen_less = two_bills(1999_99)
    assert binding(one_fen_less, solve(one_fen_less)) is not None
    # The way that ends last is the cheapest by itself, and another one costs the same.
    same = problem(debt("A", option("a", {5: 5}), option("b", {0: 4, 9: 1})), cash={0: 3, 5: 9})
    assert solve(same).chosen == {"A": "a"}
    assert binding(same, solve(same)) is None
    # What is against the cheapest ways are limits, no day.
    limited = two_bills(3000_00, limits=Limits(most_plans=0))
    assert binding(limited, solve(limited)) is None


def test_nothing_binds_what_does_not_hold_or_has_no_ways() -> None:
    poor = two_bills(0)
    assert binding(poor, solve(poor)) is None
    ruled_out = two_bills(limits=Limits(no_new_plan_with=frozenset({"Bank"})))
    assert binding(ruled_out, solve(ruled_out)) is None
    none = problem(debt("A"), cash={0: 0})
    assert binding(none, Solution(Status.BEST_SO_FAR, {}, cny(0), cny(0))) is None


def test_what_more_cash_saves_is_not_said_of_a_choice_that_is_not_proved() -> None:
    asked = two_bills()
    best = solve(asked)
    for found in (
        binding(asked, replace(best, status=Status.BEST_SO_FAR)),
        binding(asked, best, should_end=lambda: True),
    ):
        assert found is not None
        assert (found.saves, found.saves_late) == (None, None)
        assert str(found.words) == (
            f"What keeps a cheaper choice out is the cash on {TODAY}; with this plan 100.00 CNY is to "
            "spare on it."
        )
        assert found.words.values["above"] is found.above


def test_each_end_of_a_band_has_its_own_binding_day() -> None:
    ways = option("a", {0: 100}, low=stream({0: 90})), option("b", {9: 130}, 30, low=stream({9: 104}, 4))
    asked = problem(debt("A", *ways), cash={0: 89, 9: 200})
    for end, saved in ((End.HIGH, 30), (End.LOW, 4)):
        found = binding(asked, solve(asked, end), cny(11), end)
        assert found is not None
        assert found.saves is not None
        assert found.saves.value == cny(saved)


def test_words_without_what_being_late_would_save_are_those_of_the_cost() -> None:
    above = made_above(two_bills(), {"A": "full", "B": "i3"}, TODAY)
    saves = made_difference(Phrase("One"), cny(9), Phrase("Other"), cny(5))
    found = Binding(TODAY, above, cny(7), saves)

    assert str(found.words).endswith("0.07 CNY more on that day would save 0.04 CNY.")
    nothing = made_difference(Phrase("One"), cny(9), Phrase("Other"), cny(9))
    both = Binding(TODAY, above, cny(7), saves, nothing)
    assert both.words == found.words
