"""The best choice: exactly that which looking at every choice finds, on problems of every kind."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from threading import Thread

import pytest

from planner.domain.money import Money
from planner.domain.optimum import solver
from planner.domain.optimum.check import Checked, check
from planner.domain.optimum.problem import End, Limits, OptionKind, Problem
from planner.domain.optimum.program import Column, Program, program
from planner.domain.optimum.search import Found, State
from planner.domain.optimum.solver import Progress, Solution, Status, solve
from planner.domain.optimum.stage import Stage
from tests.domain.optimum_problems import (
    EXAMPLES,
    TODAY,
    Way,
    choices,
    cny,
    day,
    debt,
    drawn,
    drawn_orders,
    every,
    hard,
    late,
    option,
    plan,
    problem,
    seeded,
    shuffled,
    stream,
    two_bills,
    way,
)
from tests.domain.telling import given, steps

SEEDS = range(EXAMPLES)


def best_of(ways: tuple[Way, ...] | list[Way]) -> Way | None:
    """The best by looking at every choice; None if none holds."""
    return min((each for each in ways if each.holds), key=lambda each: each.rank, default=None)


def assert_is(solution: Solution, asked: Problem, best: Way | None, end: End = End.HIGH) -> None:
    """Check that the best choice was found, or that there is none."""
    if best is None:
        assert solution == Solution(Status.INFEASIBLE)
        return
    assert solution.status is Status.PROVED
    assert solution.late_cost == cny(best.late)
    assert solution.cost == solution.bound == cny(best.cost)
    assert solution.gap == cny(0)
    assert solution.ends_on == date.fromordinal(best.ends)
    found = way(asked, solution.chosen, end)
    assert found.holds
    assert found.rank == best.rank


# --- against looking at every choice -------------------------------------------------------------------


def test_the_random_problems_are_of_every_kind() -> None:
    kinds: Counter[str] = Counter()
    for seed in SEEDS:
        ways = choices(seed)
        best, least_late = best_of(ways), min(each.late for each in ways)
        if best is None:
            kinds["impossible"] += 1
            continue
        kinds["late" if best.late > least_late else "in time"] += 1
        kinds["to the fen"] += best.lacks == 0
        kinds["not the cheapest"] += best.costs > min(each.costs for each in ways)
        kinds["of several"] += sum(each.costs == best.costs for each in ways if each.holds) > 1
        kinds["low differs"] += best_of(choices(seed, End.LOW)) != best

    for kind in ("impossible", "in time", "to the fen", "not the cheapest", "of several", "low differs"):
        assert kinds[kind] > EXAMPLES / 10, kind
    assert kinds["late"] > EXAMPLES / 20


@pytest.mark.parametrize("end", End)
def test_the_best_choice_is_that_of_looking_at_every_choice(end: End) -> None:
    for seed in SEEDS:
        assert_is(solve(drawn(seed), end), drawn(seed), best_of(choices(seed, end)), end)


def test_the_order_in_which_debts_and_options_are_listed_changes_nothing() -> None:
    for seed in SEEDS:
        random = seeded(seed)
        assert solve(shuffled(drawn(seed), random)) == solve(drawn(seed)), seed


def test_the_choice_is_never_worse_than_an_order_or_the_cheapest_way_of_each_debt() -> None:
    held = better = 0
    for seed in range(EXAMPLES * 2):
        asked = drawn_orders(seed)
        keys = [one.id for one in asked.decisions]
        others = [dict(zip(keys, order, strict=True)) for order in asked.orders.values()]
        cheapest = [
            min(one.options, key=lambda each: (each.high.late_cost, each.high.cost)).id
            for one in asked.decisions
        ]
        others.append(dict(zip(keys, cheapest, strict=True)))
        solution = solve(asked)
        best = way(asked, solution.chosen) if solution.is_feasible else None
        for other in (way(asked, chosen) for chosen in others):
            if other.holds:
                assert solution.status is Status.PROVED, seed
                assert best is not None
                assert best.holds, seed
                assert best.costs <= other.costs, seed
                held += 1
                better += best.costs < other.costs

    assert held > EXAMPLES
    assert better > EXAMPLES / 2


@pytest.mark.parametrize("spare", [0, -1, 1])
def test_amounts_of_millions_are_exact_to_the_fen(spare: int) -> None:
    for seed in range(max(EXAMPLES // 15, 4)):
        random = seeded(seed)
        debts, paid = [], 0
        for number in range(7):
            owed = 10_000_000_00 + random.randint(0, 10_000_000_00)
            now = random.randint(1, owed - 1)
            paid += random.choice([owed, now])
            debts.append(
                debt(
                    f"debt-{number}",
                    option("full", {0: owed}, random.randint(0, 3)),
                    plan("later", {0: now, 30: owed - now + 3}, random.randint(2, 6)),
                    option("late", {30: owed + 9}, 9, 9),
                )
            )
        asked = problem(*debts, cash={0: paid + 500_00 + spare, 30: 10**12}, reserve=500_00)

        assert_is(solve(asked), asked, best_of(every(asked)))


# --- what counts before what ---------------------------------------------------------------------------


def test_what_is_in_time_comes_before_what_is_late_however_much_dearer() -> None:
    dear = debt("A", option("full", {0: 101}), plan("dear", {10: 400}, 300), late("late", {20: 101}, 1))

    assert solve(problem(dear, cash={0: 100, 10: 400})).chosen == {"A": "dear"}
    assert solve(problem(dear, cash={0: 100, 10: 399})).chosen == {"A": "late"}
    assert solve(problem(dear, cash={0: 100})).status is Status.INFEASIBLE


def test_of_what_is_late_the_least_late_cost_comes_before_the_least_cost() -> None:
    asked = problem(
        debt("A", option("full", {0: 101}), option("x", {9: 60}, 50, 5), option("y", {9: 10}, 6, 6)),
        debt("B", option("full", {0: 1}), plan("z", {9: 1}, 1)),
        cash={0: 100},
    )
    solution = solve(asked)

    assert solution.chosen == {"A": "x", "B": "full"}
    assert (solution.late_cost, solution.cost, solution.bound) == (cny(5), cny(50), cny(50))


def test_of_equal_late_costs_the_least_cost_counts_even_where_another_debt_is_the_late_one() -> None:
    asked = problem(
        debt("A", option("full", {0: 60}), late("late", {9: 65}, 5)),
        debt("B", option("full", {0: 60}), option("late", {9: 65}, 8, 5)),
        cash={0: 60, 9: 125},
    )

    assert solve(asked).chosen == {"A": "late", "B": "full"}


def test_what_cannot_be_avoided_any_more_is_not_late_by_choice() -> None:
    overdue = debt("A", option("full", {0: 107}, 7, 7), option("parts", {0: 50, 30: 70}, 20, 7))
    asked = problem(overdue, debt("B", option("full", {0: 50})), cash={0: 150, 30: 200})
    solution = solve(asked)

    assert solution.chosen == {"A": "parts", "B": "full"}
    assert (solution.late_cost, solution.cost) == (cny(7), cny(20))


def test_of_what_costs_the_same_the_earliest_end_is_taken() -> None:
    for names in (("one", "two"), ("two", "one")):
        soon, later = option(names[0], {10: 5}), option(names[1], {11: 5})
        other = debt("B", option("only", {10: 5}))
        for ways in ((soon, later), (later, soon)):
            assert solve(problem(debt("A", *ways), other, cash={0: 10})).chosen["A"] == names[0]


def test_that_one_debt_ends_late_in_any_case_is_no_reason_to_end_another_late() -> None:
    asked = problem(
        debt("A", option("a", {40: 9}), option("b", {0: 9})), debt("B", option("a", {60: 9})), cash={0: 18}
    )

    assert solve(asked).chosen == {"A": "b", "B": "a"}


def test_an_earlier_end_of_all_is_worth_later_ends_of_single_debts() -> None:
    # In sum A on day 5 and B on day 31 end earlier; the last day of all is earlier with 30 and 30.
    asked = problem(
        debt("A", option("a", {5: 10}), option("b", {30: 10})),
        debt("B", option("a", {31: 10}), option("b", {5: 4, 30: 6})),
        cash={0: 10, 30: 20},
    )

    assert solve(asked).chosen == {"A": "b", "B": "b"}


def test_of_equal_ends_the_fewest_things_to_ask_for_are_taken_before_the_days_in_sum() -> None:
    asked = problem(
        debt("A", option("a", {5: 10}, apply_by=day(0)), option("b", {9: 10})),
        debt("B", option("a", {30: 10})),
        cash={0: 20},
    )
    assert solve(asked).chosen == {"A": "b", "B": "a"}
    # But the last day of all comes first.
    alone = replace(asked, decisions=asked.decisions[:1])
    assert solve(alone).chosen == {"A": "a"}


def test_of_what_is_equal_in_everything_the_first_by_its_id_is_taken() -> None:
    asked = problem(debt("A", *(option(key, {5: 10}) for key in "cab")), cash={0: 20})

    assert solve(asked).chosen == {"A": "a"}


# --- limits and ends of the bands ----------------------------------------------------------------------


def test_no_more_plans_are_open_than_wanted() -> None:
    many = two_bills(1000_00)
    assert solve(many).chosen == {"A": "i3", "B": "full"}
    fewer = replace(many, limits=Limits(most_plans=1))
    assert solve(fewer).chosen == {"A": "i3", "B": "full"}
    none = replace(many, limits=Limits(most_plans=0))
    assert solve(none).status is Status.INFEASIBLE
    poorer = replace(fewer, cash=two_bills(700_00).cash)
    assert solve(poorer).status is Status.INFEASIBLE
    assert solve(replace(poorer, limits=Limits(most_plans=2))).chosen == {"A": "i3", "B": "i3"}


def test_no_new_plan_is_opened_with_a_lender_who_is_ruled_out() -> None:
    ways = option("full", {0: 101}), plan("parts", {10: 101})
    running = option("on", {20: 101}, 1, 0, OptionKind.AS_AGREED, opens_plan=True)
    limits = Limits(no_new_plan_with=frozenset({"Bank"}))
    for lender, chosen in (("Bank", {}), ("Other", {"A": "parts"})):
        asked = problem(debt("A", *ways, lender=lender), cash={0: 100, 10: 200}, limits=limits)
        assert solve(asked).chosen == chosen
    goes_on = problem(debt("A", *ways, running), cash={0: 100, 10: 200}, limits=limits)
    assert solve(goes_on).chosen == {"A": "on"}


def test_the_reserve_is_kept_unless_it_may_be_used() -> None:
    asked = problem(debt("A", option("full", {0: 100})), cash={0: 150}, reserve=51)

    assert solve(asked).status is Status.INFEASIBLE
    assert solve(replace(asked, reserve=cny(50))).chosen == {"A": "full"}
    used = replace(asked, limits=Limits(keeps_reserve=False))
    assert solve(used).chosen == {"A": "full"}
    assert solve(replace(used, cash=((TODAY, cny(99)),))).status is Status.INFEASIBLE


def test_each_end_of_a_band_is_solved_by_its_own_amounts() -> None:
    fee = option("b", {30: 130}, 30, low=stream({30: 104}, 4))
    asked = problem(debt("A", option("a", {10: 110}, 10), fee), cash={0: 200})

    high, low = solve(asked), solve(asked, End.LOW)

    assert (high.chosen, high.cost, high.ends_on) == ({"A": "a"}, cny(10), day(10))
    assert (low.chosen, low.cost, low.ends_on) == ({"A": "b"}, cny(4), day(30))


# --- hardly anything to decide --------------------------------------------------------------------------


def test_without_debts_nothing_is_paid() -> None:
    solution = solve(problem(cash={0: 0}))

    assert solution == Solution(Status.PROVED, {}, cny(0), cny(0), None, cny(0))
    assert solution.chosen == {}
    assert solution.is_feasible
    assert solution.gap == cny(0)
    assert solve(problem(cash={0: 0}, limits=Limits(most_plans=0))).status is Status.PROVED


def test_without_debts_too_little_cash_is_still_said() -> None:
    assert solve(problem(cash={0: -1})).status is Status.INFEASIBLE
    assert solve(problem(cash={0: 5, 3: 4, 4: 9}, reserve=5)).status is Status.INFEASIBLE
    assert solve(problem(cash={0: 5, 3: 5, 4: 9}, reserve=5)).status is Status.PROVED


def test_the_only_way_of_the_only_debt_is_taken_where_it_holds() -> None:
    only = debt("A", option("full", {3: 100}, 2, 1))

    assert solve(problem(only, cash={0: 100})) == Solution(
        Status.PROVED, {"A": "full"}, cny(1), cny(2), day(3), cny(2)
    )
    assert solve(problem(only, cash={0: 100})).chosen == {"A": "full"}
    assert solve(problem(only, cash={0: 99})) == Solution(Status.INFEASIBLE)


def test_a_debt_without_a_way_that_is_allowed_leaves_no_choice() -> None:
    ruled_out = Limits(no_new_plan_with=frozenset({"Bank"}))
    fine = debt("B", option("full", {0: 1}))
    for asked in (
        problem(debt("A", plan("parts", {0: 1})), fine, cash={0: 100}, limits=ruled_out),
        problem(debt("A"), fine, cash={0: 100}),
        problem(debt("A"), cash={0: 100}),
    ):
        solution = solve(asked)

        assert solution == Solution(Status.INFEASIBLE)
        assert not solution.is_feasible
        assert (solution.chosen, solution.gap) == ({}, None)


def test_what_is_short_before_anything_is_paid_leaves_no_choice() -> None:
    asked = problem(debt("A", option("full", {10: 5})), cash={0: 100, 3: -1, 5: 100})

    assert solve(asked).status is Status.INFEASIBLE
    assert solve(replace(asked, cash=((TODAY, cny(100)), (day(3), cny(0))))).status is Status.INFEASIBLE
    assert solve(replace(asked, cash=((day(-3), cny(-1)), (TODAY, cny(100))))).chosen == {"A": "full"}


def test_income_of_a_day_is_there_before_the_payments_of_that_day() -> None:
    bill = debt("A", option("full", {10: 100}))

    assert solve(problem(bill, cash={0: 0, 10: 100})).chosen == {"A": "full"}
    assert solve(problem(bill, cash={0: 0, 11: 100})).status is Status.INFEASIBLE


# --- stopped before the end ----------------------------------------------------------------------------


def after(calls: int) -> object:
    """Ask to stop once so many questions were answered with no."""
    left = iter(range(calls))
    return lambda: next(left, None) is None


def test_who_stops_at_once_gets_nothing() -> None:
    solution = solve(two_bills(), should_end=lambda: True)

    assert solution == Solution(Status.CANCELLED)
    assert (solution.chosen, solution.is_feasible, solution.gap) == ({}, False, None)


def test_whenever_it_is_stopped_what_is_given_back_holds() -> None:
    asked = problem(
        debt("A", option("full", {0: 60}), option("x", {9: 60}), late("late", {9: 65}, 5)),
        debt("B", option("full", {0: 60}), option("late", {9: 65}, 8, 5), option("later", {8: 65}, 8, 5)),
        cash={0: 59, 9: 125},
    )
    best = best_of(every(asked))
    assert best is not None
    found = [solve(asked, should_end=after(calls)) for calls in range(40)]  # type: ignore[arg-type]

    assert found[0].status is Status.CANCELLED
    assert found[-1] == solve(asked)
    for solution in found:
        assert solution.status is not Status.INFEASIBLE
        if solution.status is Status.CANCELLED:
            assert not solution.is_feasible
            continue
        assert way(asked, solution.chosen).holds
        assert solution.late_cost == cny(best.late)
    # Once a choice is known, it stays known.
    are_known = [solution.is_feasible for solution in found]
    assert are_known == sorted(are_known)
    unproved = [each for each in found if each.status is Status.BEST_SO_FAR]
    assert any(each.bound is None and each.gap is None for each in unproved)
    assert any(each.cost == each.bound and each.gap == cny(0) for each in unproved)


def test_a_search_that_is_too_long_ends_with_the_best_so_far_and_its_gap() -> None:
    asked = hard()
    solution = solve(asked, most_nodes=1)

    assert solution.status is Status.BEST_SO_FAR
    assert way(asked, solution.chosen).holds
    assert solution.cost is not None
    assert solution.bound is not None
    assert solution.bound < solution.cost
    assert solution.gap == solution.cost - solution.bound


def test_what_is_known_after_few_steps_is_between_the_bound_and_the_best() -> None:
    unproved = 0
    for seed in range(EXAMPLES // 2):
        asked = drawn_orders(seed)
        best = solve(asked)
        for steps_to_go in (1, 10):
            found = solve(asked, most_nodes=steps_to_go)
            assert (found.status is Status.INFEASIBLE) <= (best.status is Status.INFEASIBLE)
            if found.status is Status.PROVED:
                assert found == best
            if found.status is not Status.BEST_SO_FAR or best.cost is None:
                continue
            unproved += 1
            assert found.bound is None or found.bound <= best.cost
            if found.cost is not None:
                assert way(asked, found.chosen).holds
                assert found.cost >= best.cost

    assert unproved


def test_a_long_search_tells_what_it_finds_ends_when_asked_and_leaves_other_threads_alone() -> None:
    asked, news, found, ended = hard(), list[Progress | Stage](), list[Solution](), list[float]()
    wanted = time.perf_counter() + 0.7

    def run() -> None:
        found.append(solve(asked, tell=news.append, should_end=lambda: time.perf_counter() > wanted))
        ended.append(time.perf_counter())

    thread = Thread(target=run)
    thread.start()
    pauses, last = [], time.perf_counter()
    while thread.is_alive():
        time.sleep(0.001)
        now = time.perf_counter()
        pauses.append(now - last)
        last = now
    thread.join()
    (solution,) = found

    assert solution.status is Status.BEST_SO_FAR
    assert way(asked, solution.chosen).holds
    # On a quiet machine some 10 and 20 milliseconds.
    assert 0 < ended[0] - wanted < 0.6
    assert max(pauses) < 0.4

    told = [each for each in news if isinstance(each, Progress)]
    assert told
    assert solution.cost is not None
    assert solution.bound is not None
    for progress in told:
        known = way(asked, progress.chosen)
        assert known.holds
        assert (progress.cost, progress.late_cost) == (cny(known.cost), cny(0))
        assert progress.cost >= solution.cost
        assert progress.bound is None or progress.bound <= solution.cost
    costs = [progress.cost for progress in told]
    assert costs == sorted(costs, reverse=True)


def test_what_is_told_lies_between_the_bound_and_the_best() -> None:
    many = 0
    for seed in range(EXAMPLES // 2):
        asked, news = drawn_orders(seed), list[Progress | Stage]()
        solution = solve(asked, tell=news.append)
        told = [each for each in news if isinstance(each, Progress)]
        many += bool(told)
        for progress in told:
            known = way(asked, progress.chosen)
            assert solution.cost is not None
            assert known.costs == (progress.late_cost.minor, progress.cost.minor)
            assert known.holds, seed
            assert progress.cost >= solution.cost
            assert progress.bound is None or progress.bound <= solution.cost

    assert many > EXAMPLES / 40


def test_a_choice_that_its_own_payments_refute_is_never_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = two_bills()
    groups = program(asked, End.HIGH).groups
    both = tuple(next(column for column in group if column.key == "full") for group in groups)

    def wrong(_program: Program, *_more: object, **_named: object) -> Found:
        return Found(State.STOPPED, both, 0, 0)

    monkeypatch.setattr(solver, "least", wrong)
    assert solve(asked) == Solution(Status.BEST_SO_FAR)


def test_what_its_own_payments_refute_is_cut_off_and_the_next_best_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, refuted = two_bills(), [{"A": "full", "B": "i3"}]

    def stricter(asked: Problem, chosen: Mapping[str, str], end: End = End.HIGH) -> Checked:
        return replace(check(asked, chosen, end), keeps_limits=chosen not in refuted)

    monkeypatch.setattr(solver, "check", stricter)
    found = solve(asked)
    assert found.chosen == {"A": "i3", "B": "full"}
    assert (found.status, found.cost, found.bound) == (Status.PROVED, cny(18_00), cny(18_00))
    refuted.append({"A": "i3", "B": "full"})
    assert solve(asked).chosen == {"A": "i3", "B": "i3"}
    refuted.append({"A": "i3", "B": "i3"})
    assert solve(asked) == Solution(Status.INFEASIBLE)


def test_whatever_is_refuted_the_best_of_the_rest_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    refuted: list[Mapping[str, str]] = []

    def stricter(asked: Problem, chosen: Mapping[str, str], end: End = End.HIGH) -> Checked:
        found = check(asked, chosen, end)
        return replace(found, keeps_limits=found.keeps_limits and chosen not in refuted)

    monkeypatch.setattr(solver, "check", stricter)
    for seed in range(EXAMPLES // 2):
        asked = drawn(seed)
        refuted.clear()
        for _again in range(3):
            best = best_of([each for each in choices(seed) if each.chosen not in refuted])
            assert_is(solve(asked), asked, best)
            if best is None:
                break
            refuted.append(solve(asked).chosen)


def test_the_cheapest_order_that_holds_is_what_a_search_begins_with(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[list[str] | None] = []

    def noted(
        _program: Program, _goal: object, start: Sequence[Column] | None, *_more: object, **_named: object
    ) -> Found:
        begun.append(None if start is None else [column.key for column in start])
        return Found(State.STOPPED)

    monkeypatch.setattr(solver, "least", noted)
    orders = {"snowball": ("i3", "i3"), "avalanche": ("i3", "full"), "own": ("full", "full")}
    solve(two_bills(orders=orders))
    # Listed the other way round, each debt keeps its way; what is cheapest does not hold.
    other = two_bills(orders={"own": ("full", "i3")})
    solve(replace(other, decisions=other.decisions[::-1]))
    solve(two_bills(orders={"own": ("full", "full")}))
    solve(two_bills(orders=orders, limits=Limits(most_plans=0)))

    assert begun == [["i3", "full"], ["i3", "full"], None, None]


# --- what is told --------------------------------------------------------------------------------------


def progress(bound: int | None) -> Progress:
    return Progress({"A": "full"}, cny(50_00), None if bound is None else cny(bound), cny(0))


def test_while_nothing_is_known_of_the_best_only_the_cost_so_far_is_told() -> None:
    told = progress(None)

    assert told.gap is None
    assert str(told.words) == "Best so far: it costs 50.00 CNY."
    cost = told.words.values["cost"]
    assert str(cost.derivation.rule) == "Cost = all payments of the choice − what is owed"
    assert steps(cost) == [("Best so far", cny(50_00))]


def test_the_gap_is_told_as_soon_as_it_is_known() -> None:
    told = progress(37_60)

    assert told.gap == cny(12_40)
    assert str(told.words) == "Best so far: it costs 50.00 CNY, at most 12.40 CNY above the best."
    gap = told.words.values["gap"]
    assert str(gap.derivation.rule) == "The gap = what the best so far costs − what no choice costs less than"
    assert given(gap) == [("The best so far costs", cny(50_00)), ("No choice costs less than", cny(37_60))]
    assert steps(gap) == [("The gap", cny(12_40))]
    assert told.words.values["cost"].value == cny(50_00)


def test_a_gap_is_never_below_nothing() -> None:
    assert progress(50_01).gap == cny(0)
    assert str(progress(50_01).words).endswith("at most 0.00 CNY above the best.")
    assert Solution(Status.PROVED, {}, cny(0), cny(5), None, cny(6)).gap == cny(0)
    assert Solution(Status.BEST_SO_FAR, {}, cny(0), cny(5), None, cny(3)).gap == cny(2)
    assert Solution(Status.BEST_SO_FAR, {}, cny(0), cny(5), None, None).gap is None
    assert Solution(Status.BEST_SO_FAR, bound=Money(3, "CNY")).gap is None


def test_a_way_that_is_late_by_kind_alone_is_a_way_like_any_other() -> None:
    asked = problem(
        debt("A", option("full", {0: 1}, 0), option("free", {9: 1}, 0, 0, OptionKind.LATE)), cash={0: 0, 9: 1}
    )

    assert solve(asked).chosen == {"A": "free"}
