"""The parts of the search: bounds that never say too much, and every way through it ends with the best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.optimum import branching, layers, prices, search
from planner.domain.optimum.program import Column, Program
from planner.domain.optimum.pruning import fitting
from planner.domain.optimum.search import Found, State, Watch, least, least_excess
from planner.domain.optimum.table import Aim, Table
from tests.domain.optimum_problems import EXAMPLES

Change = Callable[[object, str, object], None]

# So small that programs of a few groups take every way through the search.
SMALL: dict[str, dict[str, float]] = {
    "parts of parts": {"_MOST_STATES": 4, "_LOOK": 2, "_GLANCE": 1},
    "only parts": {"_MOST_STATES": 1, "_LOOK": 1, "_GLANCE": 1, "_PARTS": 1},
    "few prices": {"_SETS": 1, "_ROUNDS": 1, "_SAMPLES": 1, "_LOOK": 3},
    "a wide look": {"_FAR": 1, "_WIDE_LOOK": 3, "_LOOK": 2, "_MOST_STATES": 8},
    "much learning": {"_ROUNDS": 6, "_SAMPLES": 8, "_MANY": 2, "_WORTH_GOING_ON": 1.0, "_LOOK": 2},
}


def cost(column: Column) -> int:
    return column.cost


def drawn(seed: int, most_groups: int = 6) -> Program:
    """A random program that is not easy: what costs less takes more of the rows, which only grow."""
    random = Random(seed)  # noqa: S311 - no secret: the same programs every time
    rows, unit = random.randint(1, 4), random.choice([1, 1, 1, 7, 1000])
    groups = []
    for _group in range(random.randint(2, most_groups)):
        columns = []
        for number in range(random.randint(1, 4)):
            uses = sorted(random.randint(0, 20) for _row in range(rows))
            worth = 60 - sum(uses) // rows + random.randint(0, 6)
            columns.append(Column(f"key-{number}", 0, worth * unit, 740_000, tuple(uses)))
        groups.append(tuple(columns))
        if random.random() < 0.3:
            groups.append(tuple(columns))
    most = [int(sum(random.choice(group).uses[row] for group in groups)) for row in range(rows)]
    return Program(tuple(groups), tuple(most))


def feasible(asked: Program) -> Iterator[tuple[Column, ...]]:
    """Every choice that keeps the rows, in order."""
    for chosen in product(*asked.groups):
        if all(sum(each.uses[row] for each in chosen) <= most for row, most in enumerate(asked.rows)):
            yield chosen


def best(asked: Program, above: int | None = None) -> tuple[Column, ...] | None:
    """The least choice of all, and of equal ones the first."""
    ways = [each for each in feasible(asked) if above is None or sum(map(cost, each)) > above]
    return min(ways, key=lambda each: sum(map(cost, each)), default=None)


def assert_best(found: Found, chosen: Sequence[Column] | None) -> None:
    """Check that exactly this was found."""
    if chosen is None:
        assert found == Found(State.IMPOSSIBLE)
    else:
        value = sum(map(cost, chosen))
        assert found == Found(State.PROVED, tuple(chosen), value, value)


def make_small(monkeypatch: pytest.MonkeyPatch, changes: dict[str, float]) -> None:
    """Search with other sizes."""
    for name, value in changes.items():
        monkeypatch.setattr(layers, name, value)
    monkeypatch.setattr(branching, "_FEW", 2)
    monkeypatch.setattr(branching, "_STATES_PER_GROUP", 1)
    monkeypatch.setattr(branching, "_STATES_PER_SAMPLE", 2)
    monkeypatch.setattr(prices, "_MOST", 12)
    monkeypatch.setattr(prices, "_PART", 3)
    monkeypatch.setattr(prices, "_LOOKED_AT", 2)


def test_of_equal_choices_the_first_is_taken() -> None:
    for seed in range(EXAMPLES):
        assert_best(least(drawn(seed), cost), best(drawn(seed)))


@pytest.mark.parametrize("changes", SMALL.values(), ids=SMALL)
def test_every_way_through_the_search_ends_with_the_first_of_the_best(
    changes: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    make_small(monkeypatch, changes)

    for seed in range(EXAMPLES // 3):
        assert_best(least(drawn(seed), cost), best(drawn(seed)))


def test_where_equal_choices_are_not_told_apart_the_value_is_right_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(layers, "_TIED", 0)
    make_small(monkeypatch, SMALL["parts of parts"])

    for seed in range(EXAMPLES // 3):
        found, chosen = least(drawn(seed), cost), best(drawn(seed))
        assert found.value == (None if chosen is None else sum(map(cost, chosen)))
        assert found.chosen is None or found.chosen in feasible(drawn(seed))


@pytest.mark.parametrize("changes", [{}, SMALL["parts of parts"]], ids=["usual", "small"])
def test_only_what_is_above_or_below_a_value_is_found(
    changes: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    if changes:
        make_small(monkeypatch, changes)
    kinds = set()
    for seed in range(EXAMPLES // 2):
        asked = drawn(seed)
        first = best(asked)
        if first is None:
            continue
        value = sum(map(cost, first))
        second = best(asked, value)
        kinds.add(second is None)

        assert_best(least(asked, cost, above=value), second)
        assert_best(least(asked, cost, above=value - 1), first)
        assert_best(least(asked, cost, below=value + 1), first)
        assert_best(least(asked, cost, below=value), None)

    assert kinds == {False, True}


def test_what_comes_after_a_value_is_found_in_turn() -> None:
    asked = next(asked for asked in map(drawn, range(EXAMPLES)) if len(list(feasible(asked))) > 20)
    values, value = sorted({sum(map(cost, each)) for each in feasible(asked)}), None

    found = []
    for _value in values:
        value = least(asked, cost, above=value).value
        found.append(value)

    assert len(values) > 3
    assert found == values
    assert least(asked, cost, above=value).state is State.IMPOSSIBLE


@pytest.mark.parametrize(
    "changes", [{}, SMALL["parts of parts"], SMALL["few prices"]], ids=["usual", "a", "b"]
)
def test_the_least_excess_is_that_of_looking_at_every_choice(
    changes: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    if changes:
        make_small(monkeypatch, changes)
    kinds = set()
    for seed in range(EXAMPLES // 3):
        random = Random(seed)  # noqa: S311 - as above
        asked = drawn(seed)
        shared = random.randint(1, len(asked.rows))
        rows = tuple(most - random.randint(-2, 9) * (row < shared) for row, most in enumerate(asked.rows))
        asked = Program(asked.groups, rows)
        needs = [
            max(0, *(sum(each.uses[row] for each in chosen) - rows[row] for row in range(shared)))
            for chosen in product(*asked.groups)
            if all(sum(each.uses[row] for each in chosen) <= rows[row] for row in range(shared, len(rows)))
        ]

        found = least_excess(asked, shared)

        kinds.add("none" if not needs else "some" if min(needs) else "nothing")
        if not needs:
            assert found == Found(State.IMPOSSIBLE)
            continue
        assert (found.state, found.value, found.bound) == (State.PROVED, min(needs), min(needs))
        assert found.chosen is not None
        used = [sum(each.uses[row] for each in found.chosen) for row in range(len(rows))]
        assert max(0, *(used[row] - rows[row] for row in range(shared))) == min(needs)
        assert all(used[row] <= rows[row] for row in range(shared, len(rows)))

    assert kinds >= {"some", "nothing"}


def test_the_excess_of_no_groups_is_what_the_rows_lack() -> None:
    assert least_excess(Program((), (5, -3, -4)), 3) == Found(State.PROVED, (), 4, 4)
    assert least_excess(Program((), (5, 0)), 2) == Found(State.PROVED, (), 0, 0)
    assert least_excess(Program((), (-3, -4)), 1) == Found(State.IMPOSSIBLE)


def test_a_limit_that_nothing_keeps_is_no_question_of_excess() -> None:
    group = (Column("a", 0, 0, 0, (5, 1)), Column("b", 0, 0, 0, (3, 2)))

    assert least_excess(Program((group, group), (4, 1)), 1) == Found(State.IMPOSSIBLE)
    assert least_excess(Program((group, group), (4, 2)), 1).value == 6
    assert least_excess(Program((group, group), (4, 4)), 1).value == 2


def test_bills_that_are_the_same_choose_in_order() -> None:
    group = tuple(Column(f"key-{number}", 0, 10 - number, 0, (number * number,)) for number in range(4))

    found = least(Program((group,) * 12, (31,)), cost)

    assert found.chosen is not None
    keys = [each.key for each in found.chosen]
    assert keys == sorted(keys)
    # By hand: twelve first steps take twelve, and six second steps of three more fit into what is left.
    assert found.value == 12 * 10 - 12 - 6


def test_a_choice_that_swaps_what_is_the_same_is_put_in_order_when_it_is_offered() -> None:
    group = (Column("a", 0, 3, 0, (0,)), Column("b", 0, 2, 0, (1,)))

    found = least(Program((group, group), (1,)), cost, (group[1], group[0]))

    assert found.chosen == (group[0], group[1])


# --- bounds ----------------------------------------------------------------------------------------------


def table_of(asked: Program) -> Table:
    return Table.of(asked, cost)


@given(st.integers(0, 10_000), st.lists(st.floats(0, 50), min_size=4, max_size=4), st.data())
def test_prices_never_say_more_than_what_a_state_can_still_become(
    seed: int, some: list[float], data: st.DataObject
) -> None:
    asked = drawn(seed, most_groups=4)
    table = table_of(asked)
    told = prices.Prices(table, Aim.LEAST)
    told.learn([np.zeros(table.rows), np.array(some[: table.rows])])
    chosen = [data.draw(st.integers(-1, len(group) - 1)) for group in asked.groups]
    still = [number for number, each in enumerate(chosen) if each < 0]
    taken = [(number, each) for number, each in enumerate(chosen) if each >= 0]
    worth = np.array([sum(int(table.worth[number][each]) for number, each in taken)])
    used = np.array([sum((table.uses[number][each] for number, each in taken), np.zeros(table.rows))])

    bound = told.bounds(worth, used, still, np.arange(2))[0]

    ends = [
        (sum(map(cost, way)) - table.base) // table.unit
        for way in feasible(asked)
        if all(way[number] is asked.groups[number][each] for number, each in taken)
    ]
    assert all(bound <= end for end in ends)
    assert bound >= worth[0] - 1e-6


@pytest.mark.parametrize("aim", [Aim.LEAST, Aim.FIT])
def test_the_relaxation_is_below_every_choice_and_its_prices_say_as_much(aim: Aim) -> None:
    from planner.domain.optimum.relaxed import Relaxed

    for seed in range(EXAMPLES // 3):
        asked = drawn(seed)
        table = table_of(asked)
        found = Relaxed(table, aim).solve(np.full(table.groups, -1, dtype=np.int16))
        assert found is not None
        told = prices.Prices(table, aim)
        told.learn([found.prices])
        nothing = np.zeros(1, dtype=np.int64), np.zeros((1, table.rows))
        bound = told.bounds(*nothing, range(table.groups), np.arange(1))[0]
        assert bound == pytest.approx(found.value, abs=1e-4 * max(1.0, abs(found.value)))
        assert (found.prices >= 0).all()
        assert [sum(part) for part in np.split(found.parts, table.starts[1:-1])] == pytest.approx(
            [1.0] * table.groups
        )
        if (first := best(asked)) is not None:
            value = (sum(map(cost, first)) - table.base) // table.unit
            assert found.value <= (value if aim is Aim.LEAST else 0) + 1e-4


def test_the_oldest_prices_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prices, "_MOST", 4)
    table = table_of(drawn(1))
    told = prices.Prices(table, Aim.LEAST)

    for number in range(4):
        told.learn([np.full(table.rows, float(number))])
    assert len(told) == 4
    told.learn([np.full(table.rows, 4.0)])

    assert len(told) == 2
    assert told.mean(np.arange(2)).tolist() == [3.5] * table.rows


def test_the_prices_that_say_most_are_asked() -> None:
    table = table_of(drawn(1))
    told = prices.Prices(table, Aim.LEAST)
    told.learn([np.full(table.rows, price) for price in (0.0, 1e-9, 0.4, 2e-9)])
    still = range(table.groups)
    nothing = np.zeros(3, dtype=np.int64), np.zeros((3, table.rows))
    said = told.said(*nothing, still, np.arange(4))[0]

    assert told.telling(*nothing, still, 1).tolist() == [int(said.argmax())]
    assert told.telling(*nothing, still, 4).tolist() == [0, 1, 2, 3]
    assert told.latest(2).tolist() == [2, 3]
    assert told.latest(9).tolist() == [0, 1, 2, 3]


@given(st.integers(1, 500), st.integers(1, 60), st.integers(0, 5))
def test_samples_are_spread_and_none_comes_twice(count: int, wanted: int, turn: int) -> None:
    places = prices.spread(count, wanted, turn).tolist()

    assert len(places) == len(set(places)) == min(count, wanted)
    assert all(0 <= place < count for place in places)
    gaps = [later - sooner for sooner, later in zip(sorted(places), sorted(places)[1:], strict=False)]
    assert all(gap <= -(-count // wanted) + 1 for gap in gaps)


# --- a program as arrays -----------------------------------------------------------------------------------


def test_rows_that_are_left_out_are_kept_by_every_choice_that_keeps_the_others() -> None:
    fewer = 0
    for seed in range(EXAMPLES):
        random = Random(seed)  # noqa: S311 - as above
        asked = drawn(seed)
        asked = Program(asked.groups, tuple(most + random.randint(-3, 12) for most in asked.rows))
        rows = table_of(asked).binding_rows()
        fewer += len(rows) < len(asked.rows)
        some = Program(
            tuple(
                tuple(
                    Column(each.key, 0, each.cost, 0, tuple(each.uses[row] for row in rows)) for each in group
                )
                for group in asked.groups
            ),
            tuple(asked.rows[row] for row in rows),
        )
        assert [[each.key for each in way] for way in feasible(some)] == [
            [each.key for each in way] for way in feasible(asked)
        ]

    assert fewer > EXAMPLES / 3


def test_of_two_equal_rows_one_is_kept() -> None:
    group = (Column("a", 0, 1, 0, (0, 0, 0)), Column("b", 0, 0, 0, (3, 3, 1)))

    assert table_of(Program((group, group), (4, 4, 2))).binding_rows() == [1]
    assert table_of(Program((group, group), (5, 5, 1))).binding_rows() == [2]
    assert table_of(Program((group, group), (4, 5, 1))).binding_rows() == [0, 2]
    assert table_of(Program((group, group), (6, 6, 2))).binding_rows() == []


def test_columns_that_fit_into_no_choice_are_left_out_and_no_others() -> None:
    fewer = 0
    for seed in range(EXAMPLES):
        asked = drawn(seed)
        asked = Program(asked.groups, tuple(most * 2 // 3 for most in asked.rows))
        found = fitting(asked)
        fewer += found != asked
        assert list(feasible(found)) == list(feasible(asked))

    assert fewer > EXAMPLES / 3


def test_a_program_is_counted_above_what_every_choice_costs_in_the_greatest_unit() -> None:
    groups = (
        (Column("a", 0, 1030, 0, (5,)), Column("b", 0, 1000, 0, (7,))),
        (Column("a", 0, -20, 0, (1,)), Column("b", 0, 25, 0, (0,))),
    )

    table = table_of(Program(groups, (9,)))

    assert (table.unit, table.base) == (15, 980)
    assert [worth.tolist() for worth in table.worth] == [[2, 0], [0, 3]]
    worth, used = table.of_choice(np.array([0, 1]))
    assert (worth, used.tolist()) == (5, [5.0])
    assert table.base + table.unit * worth == 1030 + 25
    assert table.twins == (-1, -1)
    assert table_of(Program((groups[0], groups[1], groups[0], groups[0]), (9,))).twins == (-1, -1, 0, 2)


def test_amounts_that_cannot_be_counted_exactly_are_refused() -> None:
    def asked(worth: int, uses: int, most: int) -> Program:
        return Program(((Column("a", 0, 0, 0, (uses,)), Column("b", 0, worth, 0, (0,))),) * 2, (most,))

    limit = 2**53
    assert least(asked(3, limit // 2, limit // 2), cost).value == 3
    # A unit of its own makes great numbers small.
    assert least(asked(limit, limit // 2, limit // 2), cost).value == limit
    for worth, uses, most in ((3, limit // 2 + 1, 5), (3, 2, limit + 1), (3, 2, -limit - 1)):
        with pytest.raises(OverflowError, match="amounts this large cannot be counted exactly"):
            table_of(asked(worth, uses, most))
    odd = (Column("a", 0, 0, 0, (1,)), Column("b", 0, 1, 0, (0,)), Column("c", 0, limit, 0, (0,)))
    assert least(Program((odd,), (0,)), cost).value == 1
    with pytest.raises(OverflowError):
        least(Program((odd, odd), (1,)), cost)


# --- ending before the end ---------------------------------------------------------------------------------


def wide(groups: int = 13) -> Program:
    """A program that takes half a second."""
    random = Random(3)  # noqa: S311 - as above
    found = []
    for _group in range(groups):
        columns = []
        for number in range(5):
            uses = sorted(random.randint(100, 9_999) for _row in range(6))
            columns.append(
                Column(f"key-{number}", 0, 40_000 - sum(uses) // 2 + random.randint(0, 99), 0, tuple(uses))
            )
        found.append(tuple(columns))
    return Program(tuple(found), tuple(groups * share for share in (1500, 2600, 3900, 5000, 6300, 7500)))


def test_a_search_that_looked_at_enough_says_what_no_choice_is_below() -> None:
    whole = least(wide(), cost)
    assert whole.value is not None

    bounds = []
    for nodes in (1, 1_000, 10_000):
        found = least(wide(), cost, watch=Watch(nodes=nodes))
        assert found.state is State.STOPPED
        assert found.value is not None
        assert found.bound is not None
        assert found.bound <= whole.value <= found.value
        bounds.append(found.bound)

    assert bounds == sorted(bounds)
    assert whole.state is State.PROVED


def test_a_search_ends_as_soon_as_it_is_told_to() -> None:
    asked = 0

    def should_end() -> bool:
        nonlocal asked
        asked += 1
        return asked > 5

    found = least(wide(), cost, watch=Watch(should_end=should_end))

    assert asked == 6
    assert found.state is State.STOPPED


def test_what_is_told_is_news() -> None:
    told: list[tuple[int, int | None]] = []

    whole = least(wide(), cost, watch=Watch(lambda _chosen, value, bound: told.append((value, bound))))

    assert len(told) == len(set(told)) > 2
    assert [value for value, _bound in told] == sorted((value for value, _bound in told), reverse=True)
    known = [bound for _value, bound in told if bound is not None]
    assert known == sorted(known)
    assert whole.value is not None
    assert all(bound <= whole.value for bound in known)
    assert told[-1][0] == whole.value


def test_the_module_of_the_search_loads_nothing_heavy() -> None:
    assert not {"np", "numpy", "highspy"} & set(vars(search))
