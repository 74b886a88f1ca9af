"""The exact search: the least choice of a program, whatever finds it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

import pytest

from planner.domain.optimum.problem import End
from planner.domain.optimum.program import Column, Program, program
from planner.domain.optimum.pruning import pruned
from planner.domain.optimum.search import Found, State, Watch, least, least_excess
from tests.domain.optimum_problems import EXAMPLES, hard, seeded


def cost(column: Column) -> int:
    return column.cost


def lateness(column: Column) -> int:
    return column.late


def ends(column: Column) -> int:
    return column.ends


GOALS = (cost, lateness, ends)


def drawn(seed: int) -> Program:
    """A random program; rows that take less than nothing of what is there are among them."""
    random = seeded(seed)
    unit = random.choice([1, 1, 3, 100, 10_000_000_019])
    rows, few = random.randint(0, 4), random.randint(2, 30)
    signs = [random.choice([1, 1, 1, -1]) for _row in range(rows)]
    groups = tuple(
        tuple(
            Column(
                f"key-{number}",
                random.choice([0, 0, random.randint(0, few)]) * unit,
                random.randint(-few // 3, few) * unit + random.choice([0, 1]),
                random.randint(740_000, 740_000 + few),
                tuple(sign * (random.randint(0, few) * unit + random.choice([0, 0, 1])) for sign in signs),
            )
            for number in range(random.randint(1, 5))
        )
        for _group in range(random.randint(1, 5))
    )
    most = []
    for row in range(rows):
        some = [random.choice(group).uses[row] for group in groups]
        most.append(sum(some) + random.choice([0, 0, 1, -1, unit]))
    return Program(groups, tuple(most))


def keeps(found: Program, chosen: Sequence[Column]) -> bool:
    """Whether every row is kept, counted anew."""
    return all(sum(column.uses[row] for column in chosen) <= most for row, most in enumerate(found.rows))


def close(seed: int) -> Program:
    """A random program of amounts up to many millions that differ by a few fen, or by millions."""
    random, rows = seeded(seed), seed % 3 + 1
    big = 10 ** random.randint(8, 12)
    groups = []
    for _group in range(random.randint(2, 5)):
        least = [random.randint(big, 2 * big) for _row in range(rows)]
        more = [
            [random.choice([0, 0, 1, 2, random.randint(0, 9), random.randint(0, big)]) for _row in least]
            for _column in range(random.randint(2, 5))
        ]
        groups.append(
            tuple(
                Column(
                    f"key-{number}",
                    0,
                    random.randint(0, 6),
                    740_000 + random.randint(0, 3),
                    tuple(map(sum, zip(least, each, strict=True))),
                )
                for number, each in enumerate(more)
            )
        )
    some = [[random.choice(group).uses[row] for group in groups] for row in range(rows)]
    return Program(tuple(groups), tuple(sum(uses) + random.choice([0, 0, 0, -1, 1]) for uses in some))


def least_of(
    found: Program, goal: Callable[[Column], int], above: int | None = None, below: int | None = None
) -> int | None:
    """The least goal by looking at every choice; None if no choice keeps the rows."""
    goals = (sum(map(goal, chosen)) for chosen in product(*found.groups) if keeps(found, chosen))
    return min(
        (each for each in goals if (above is None or each > above) and (below is None or each < below)),
        default=None,
    )


def assert_least(
    found: Found,
    asked: Program,
    goal: Callable[[Column], int],
    above: int | None = None,
    below: int | None = None,
) -> None:
    """Check that what was found is the least, or that there is nothing to find."""
    value = least_of(asked, goal, above, below)
    if value is None:
        assert found == Found(State.IMPOSSIBLE)
        return
    assert found.state is State.PROVED
    assert found.value == found.bound == value
    assert found.chosen is not None
    assert len(found.chosen) == len(asked.groups)
    assert all(column in group for column, group in zip(found.chosen, asked.groups, strict=True))
    assert keeps(asked, found.chosen)
    assert sum(map(goal, found.chosen)) == value


@pytest.mark.parametrize("goal", GOALS)
def test_the_least_choice_is_that_of_looking_at_every_one(goal: Callable[[Column], int]) -> None:
    searched = impossible = 0
    for seed in range(EXAMPLES):
        asked = drawn(seed)
        assert_least(least(asked, goal), asked, goal)
        cheapest = tuple(min(group, key=goal) for group in asked.groups)
        searched += not keeps(asked, cheapest)
        impossible += least_of(asked, goal) is None

    assert searched > EXAMPLES / 3
    assert EXAMPLES / 20 < impossible < EXAMPLES / 2


def test_pruning_changes_neither_the_least_nor_whether_there_is_one() -> None:
    for seed in range(EXAMPLES):
        asked, fewer = drawn(seed), pruned(drawn(seed))
        for goal in GOALS:
            assert least_of(fewer, goal) == least_of(asked, goal), seed
            assert least(fewer, goal).value == least_of(asked, goal), seed


def test_a_start_changes_nothing_of_the_least_whether_it_keeps_the_rows_or_not() -> None:
    for seed in range(0, EXAMPLES, 2):
        asked, random = drawn(seed), seeded(seed)
        start = tuple(random.choice(group) for group in asked.groups)
        assert_least(least(asked, cost, start), asked, cost)
        unknown = tuple(Column("?", 0, 0, 0, column.uses) for column in start)
        assert_least(least(asked, cost, unknown), asked, cost)


def test_only_what_is_above_or_below_is_looked_for_if_that_is_asked() -> None:
    found_some = 0
    for seed in range(EXAMPLES):
        asked, random = drawn(seed), seeded(seed)
        goals = sorted({sum(map(cost, chosen)) for chosen in product(*asked.groups)})
        for _try in range(2):
            above = random.choice([None, random.choice(goals) + random.randint(-1, 0)])
            below = random.choice([None, random.choice(goals) + random.randint(0, 1)])
            found = least(asked, cost, above=above, below=below)
            assert_least(found, asked, cost, above, below)
            found_some += found.state is State.PROVED

    assert found_some > EXAMPLES / 2


def test_amounts_of_millions_that_differ_by_a_fen_are_told_apart() -> None:
    for seed in range(EXAMPLES):
        for goal in (cost, ends):
            assert_least(least(close(seed), goal), close(seed), goal)


def test_of_equal_choices_that_of_the_first_columns_is_taken() -> None:
    several = 0
    for seed in range(EXAMPLES):
        asked = drawn(seed)
        value = least_of(asked, cost)
        equal = [
            chosen
            for chosen in product(*asked.groups)
            if keeps(asked, chosen) and sum(map(cost, chosen)) == value
        ]
        if equal:
            assert least(asked, cost).chosen == equal[0], seed
            several += len(equal) > 1

    assert several > EXAMPLES / 20


@pytest.mark.parametrize("draw", [drawn, close])
def test_the_least_excess_of_some_rows_is_that_of_looking_at_every_choice(
    draw: Callable[[int], Program],
) -> None:
    for seed in range(EXAMPLES):
        asked = draw(seed)
        for shared in range(1, len(asked.rows) + 1):
            first, rest = asked.rows[:shared], replace(asked, rows=(*[10**15] * shared, *asked.rows[shared:]))
            excess = [
                max(0, *(sum(each.uses[row] for each in chosen) - most for row, most in enumerate(first)))
                for chosen in product(*asked.groups)
                if keeps(rest, chosen)
            ]
            found = least_excess(asked, shared)
            if not excess:
                assert found == Found(State.IMPOSSIBLE)
                continue
            assert (found.state, found.value, found.bound) == (State.PROVED, min(excess), min(excess))
            assert found.chosen is not None
            assert keeps(rest, found.chosen)
            more = replace(asked, rows=(*(most + min(excess) for most in first), *asked.rows[shared:]))
            assert keeps(more, found.chosen)


def test_without_groups_what_is_missing_is_the_excess() -> None:
    assert least_excess(Program((), (-3, 5, -4)), 3) == Found(State.PROVED, (), 4, 4)
    assert least_excess(Program((), (3, 5)), 2) == Found(State.PROVED, (), 0, 0)
    assert least_excess(Program((), (-3, -1)), 1) == Found(State.IMPOSSIBLE)
    assert least_excess(Program(((),), (3,)), 1) == Found(State.IMPOSSIBLE)


def test_the_same_program_has_the_same_choice_every_time() -> None:
    for seed in range(0, EXAMPLES, 3):
        assert least(drawn(seed), cost) == least(drawn(seed), cost)


def column(key: str, of: int, *uses: int) -> Column:
    return Column(key, 0, of, 740_000, uses)


def test_a_program_without_groups_has_one_choice_if_no_row_is_below_nothing() -> None:
    assert least(Program((), ()), cost) == Found(State.PROVED, (), 0, 0)
    assert least(Program((), (0, 3)), cost) == Found(State.PROVED, (), 0, 0)
    assert least(Program((), (0, -1)), cost) == Found(State.IMPOSSIBLE)


def test_a_group_without_columns_leaves_no_choice() -> None:
    one = (column("a", 1),)

    assert least(Program(((), one), ()), cost) == Found(State.IMPOSSIBLE)
    assert least(Program((one, ()), ()), cost) == Found(State.IMPOSSIBLE)


def test_a_row_that_even_the_least_does_not_keep_leaves_no_choice() -> None:
    group = (column("a", 1, 5, 0), column("b", 2, 0, 5))

    assert least(Program((group,), (-1, 9)), cost) == Found(State.IMPOSSIBLE)
    assert least(Program((group,), (0, 4)), cost) == Found(State.IMPOSSIBLE)
    assert least(Program((group,), (0, 5)), cost).chosen == (group[1],)
    assert least(Program((group, group), (5, 5)), cost).value == 3


@pytest.mark.parametrize("unit", [1, 10**9, 10**11])
def test_a_row_is_kept_to_the_last_unit(unit: int) -> None:
    full, later = column("full", 0, unit + 1), column("later", 1, unit)
    groups = ((full, later),) * 5

    for missing in range(-1, 6):
        found = least(Program(groups, (5 * (unit + 1) - missing,)), cost)
        assert found.value == max(missing, 0)
    assert least(Program(groups, (5 * unit - 1,)), cost) == Found(State.IMPOSSIBLE)


def test_goals_that_differ_by_one_in_many_millions_are_told_apart() -> None:
    for seed in range(20):
        random = seeded(seed)
        groups = tuple(
            tuple(
                column(f"{key}", 10**10 + random.randint(0, 3), random.randint(0, 9) * 10**8 + key)
                for key in range(4)
            )
            for _group in range(5)
        )
        asked = Program(groups, (sum(random.choice(group).uses[0] for group in groups),))
        assert_least(least(asked, cost), asked, cost)


# --- watched and stopped -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def long() -> Program:
    """A program that no search is through with in a minute."""
    return pruned(program(hard(), End.HIGH))


def test_what_is_told_keeps_the_rows_gets_better_and_is_not_below_the_bound(long: Program) -> None:
    told: list[tuple[int, int | None]] = []

    def tell(chosen: tuple[Column, ...], value: int, bound: int | None) -> None:
        assert all(column in group for column, group in zip(chosen, long.groups, strict=True))
        assert keeps(long, chosen)
        assert value == sum(map(cost, chosen))
        told.append((value, bound))

    until = time.perf_counter() + 0.5
    found = least(long, cost, watch=Watch(tell, lambda: time.perf_counter() > until))

    assert found.state is State.STOPPED
    assert found.chosen is not None
    assert keeps(long, found.chosen)
    assert found.value == sum(map(cost, found.chosen))
    assert found.bound is not None
    assert found.bound < found.value
    assert told
    values = [value for value, _bound in told]
    assert values == sorted(values, reverse=True)
    assert values[-1] >= found.value
    assert all(bound is None or bound <= found.value for _value, bound in told)


def test_a_search_that_should_end_at_once_ends_soon(long: Program) -> None:
    started = time.perf_counter()
    found = least(long, cost, watch=Watch(should_end=lambda: True))

    # On a quiet machine some 10 milliseconds.
    assert time.perf_counter() - started < 0.6
    assert found.state is State.STOPPED
    assert found.chosen is None or keeps(long, found.chosen)


def test_few_nodes_end_a_search_with_what_is_known_by_then(long: Program) -> None:
    found = least(long, cost, watch=Watch(nodes=1))

    assert found.state is State.STOPPED
    assert found.chosen is not None
    assert found.value is not None
    assert found.bound is not None
    assert keeps(long, found.chosen)
    assert found.bound <= found.value


def test_a_search_that_is_stopped_with_a_start_gives_back_nothing_worse(long: Program) -> None:
    known = least(long, cost, watch=Watch(nodes=1))
    assert known.value is not None
    until = time.perf_counter() + 0.3
    found = least(long, cost, known.chosen, Watch(should_end=lambda: time.perf_counter() > until))

    assert found.state is State.STOPPED
    assert found.value is not None
    assert found.value <= known.value
