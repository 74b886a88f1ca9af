"""Columns and rows that no best choice needs are left away, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from planner.domain.optimum.problem import End
from planner.domain.optimum.program import Column, Program, program
from planner.domain.optimum.pruning import pruned
from tests.domain.optimum_problems import EXAMPLES, drawn

ONE = Column("m", 5, 5, 5, (5, 5), 1)


def kept(*columns: Column) -> list[str]:
    """What is kept of one group; the rows are so tight that each may bind."""
    (group,) = pruned(Program((columns,), (0, 0))).groups
    return [column.key for column in group]


@pytest.mark.parametrize(
    "worse",
    [{"late": 6}, {"cost": 6}, {"ends": 6}, {"uses": (6, 5)}, {"uses": (5, 6)}, {"acts": 2}],
    ids=["late", "cost", "ends", "first row", "second row", "acts"],
)
def test_what_is_worse_in_one_thing_and_better_in_none_is_left_away(worse: dict[str, object]) -> None:
    for key in ("a", "z"):
        other = replace(ONE, key=key, **worse)  # type: ignore[arg-type]  # one field of a column

        assert kept(ONE, other) == kept(other, ONE) == ["m"]


@pytest.mark.parametrize("better", ["late", "cost", "ends", "first", "second", "acts"])
def test_what_is_better_in_one_thing_stays_however_much_worse_in_all_others(better: str) -> None:
    values = {"late": 9, "cost": 9, "ends": 9, "first": 9, "second": 9, "acts": 9} | {better: 0}
    uses = values.pop("first"), values.pop("second")
    other = Column("a", uses=uses, **values)

    assert kept(ONE, other) == ["m", "a"]
    assert kept(other, ONE) == ["a", "m"]


def test_of_equal_columns_the_first_by_its_key_stays() -> None:
    equal = [replace(ONE, key=key) for key in "cab"]

    assert kept(*equal) == ["a"]
    assert kept(*reversed(equal)) == ["a"]


def test_columns_of_other_groups_are_not_compared() -> None:
    better = replace(ONE, key="a", cost=0)
    made = pruned(Program(((ONE,), (better,)), (0, 0)))

    assert made.groups == ((ONE,), (better,))


def test_a_row_that_even_the_greatest_uses_keep_is_left_away() -> None:
    groups = (
        (Column("a", 0, 0, 9, (3, 1, 7)), Column("b", 1, 1, 8, (1, 2, 0))),
        (Column("c", 0, 0, 0, (4, 4, 4)),),
    )

    # At most 7, 6 and 11 are taken.
    assert pruned(Program(groups, (7, 5, 11))).rows == (5,)
    assert pruned(Program(groups, (6, 6, 10))).rows == (6, 10)
    made = pruned(Program(groups, (6, 6, 10)))
    assert [[column.uses for column in group] for group in made.groups] == [[(3, 7), (1, 0)], [(4, 4)]]
    assert pruned(Program(groups, (9, 9, 99))).rows == ()
    assert [column.uses for group in pruned(Program(groups, (9, 9, 99))).groups for column in group] == [
        ()
    ] * 3


def test_rows_are_judged_by_the_columns_that_stay() -> None:
    dominated = Column("b", 0, 1, 0, (9,))
    group = (Column("a", 0, 0, 0, (3,)), dominated)

    assert pruned(Program((group,), (3,))) == Program(((Column("a", 0, 0, 0, ()),),), ())
    assert pruned(Program((group,), (2,))) == Program(((Column("a", 0, 0, 0, (3,)),),), (2,))


def test_a_row_below_nothing_stays_where_there_is_nothing_to_choose() -> None:
    assert pruned(Program((), (-1, 0, 5))) == Program((), (-1,))
    assert pruned(Program(((),), (-1, 0))) == Program(((),), (-1,))


def test_what_is_left_away_changes_no_best_choice_in_any_regard() -> None:
    fewer = 0
    for seed in range(EXAMPLES):
        asked = program(drawn(seed), End.HIGH)
        made = pruned(asked)
        before = [chosen for chosen in product(*asked.groups) if asked.holds(chosen)]
        after = [chosen for chosen in product(*made.groups) if made.holds(chosen)]
        assert bool(before) == bool(after)
        fewer += len(after) < len(before)
        for rank in (_by_cost, _by_lateness, _by_end, _by_ends_in_sum):
            assert min(map(rank, before), default=None) == min(map(rank, after), default=None), seed
        keys = {tuple(column.key for column in chosen) for chosen in before}
        assert {tuple(column.key for column in chosen) for chosen in after} <= keys

    assert fewer > EXAMPLES / 8


def _sums(chosen: tuple[Column, ...]) -> tuple[int, int, int, int]:
    late, cost = sum(each.late for each in chosen), sum(each.cost for each in chosen)
    return late, cost, sum(each.acts for each in chosen), sum(each.ends for each in chosen)


def _by_lateness(chosen: tuple[Column, ...]) -> tuple[int, ...]:
    late, cost, acts, ends = _sums(chosen)
    return late, cost, max(each.ends for each in chosen), acts, ends


def _by_cost(chosen: tuple[Column, ...]) -> tuple[int, ...]:
    late, cost, acts, ends = _sums(chosen)
    return cost, late, acts, ends


def _by_end(chosen: tuple[Column, ...]) -> tuple[int, ...]:
    late, cost, acts, ends = _sums(chosen)
    return max(each.ends for each in chosen), ends, acts, cost, late


def _by_ends_in_sum(chosen: tuple[Column, ...]) -> tuple[int, ...]:
    late, cost, acts, ends = _sums(chosen)
    return ends, acts, late, cost
