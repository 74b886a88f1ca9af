"""The program in whole numbers: which rows it has, and what each column takes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from planner.domain.optimum.problem import End, Limits, OptionKind, Problem
from planner.domain.optimum.program import (
    Column,
    Program,
    allowed,
    caps_of,
    in_order,
    program,
    with_more_cash,
)
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

SEEDS = range(EXAMPLES)


def test_a_program_says_of_each_choice_whether_it_holds() -> None:
    for seed, end in product(SEEDS, End):
        asked = drawn(seed)
        made = program(asked, end)
        keys = [one.id for one in in_order(asked)]
        for way in choices(seed, end):
            chosen = [
                next((column for column in group if column.key == way.chosen[key]), None)
                for key, group in zip(keys, made.groups, strict=True)
            ]
            is_allowed = None not in chosen
            assert way.holds == (is_allowed and made.holds([each for each in chosen if each])), seed


def test_rows_are_days_with_payments_and_each_has_less_than_the_next() -> None:
    for seed in SEEDS:
        asked = drawn(seed)
        made = program(asked, End.HIGH)
        rows = list(made.rows[: len(made.rows) - (asked.limits.most_plans is not None)])
        days = {on for one in asked.decisions for each in one.options for on, _paid in each.high.payments}
        if (
            rows
            and rows[-1] < 0
            and all(not each.uses[len(rows) - 1] for group in made.groups for each in group)
        ):
            rows.pop()  # too little before anything is paid
        assert len(rows) <= len(days)
        assert rows == sorted(set(rows))


def test_the_worked_example_in_whole_numbers() -> None:
    made = program(two_bills(), End.HIGH)

    # By each month what is there above the reserve; the columns have paid by then what they take.
    assert made.rows == (1300_00, 1800_00, 2300_00, 2800_00)
    ends = day(90).toordinal()
    assert made.groups == (
        (
            Column("full", 0, 0, TODAY.toordinal(), (1200_00,) * 4),
            Column("i3", 0, 18_00, ends, (0, 406_00, 812_00, 1218_00)),
        ),
        (
            Column("full", 0, 0, TODAY.toordinal(), (600_00,) * 4),
            Column("i3", 0, 15_00, ends, (0, 205_00, 410_00, 615_00)),
        ),
    )


def test_groups_and_columns_are_by_id_however_they_are_listed() -> None:
    ways = option("b", {0: 1}), option("a", {0: 2})
    asked = problem(debt("Z", *ways), debt("Y", *reversed(ways)), cash={0: 9})
    made = program(asked, End.HIGH)

    assert [one.id for one in in_order(asked)] == ["Y", "Z"]
    assert [[column.key for column in group] for group in made.groups] == [["a", "b"], ["a", "b"]]
    assert [column.uses for column in made.groups[0]] == [(2,), (1,)]


def test_a_column_says_what_a_way_costs_and_whether_somebody_has_to_be_asked() -> None:
    asked = problem(
        debt("A", late("late", {3: 107}, 7), plan("parts", {1: 50, 9: 60}, 10, apply_by=day(0))),
        cash={0: 500},
    )
    asking, being_late = program(asked, End.HIGH).groups[0][::-1]

    assert (asking.key, asking.late, asking.cost, asking.ends, asking.acts) == (
        "parts",
        0,
        10,
        day(9).toordinal(),
        1,
    )
    assert (being_late.key, being_late.late, being_late.cost, being_late.ends, being_late.acts) == (
        "late",
        7,
        7,
        day(3).toordinal(),
        0,
    )


def test_each_end_of_a_band_has_its_own_days_and_amounts() -> None:
    way = option("a", {5: 130}, 30, 20, low=stream({3: 60, 4: 44}, 4, 2))
    asked = problem(debt("A", way), cash={0: 200, 4: 150})

    assert program(asked, End.HIGH) == Program(((Column("a", 20, 30, day(5).toordinal(), (130,)),),), (150,))
    assert program(asked, End.LOW) == Program(((Column("a", 2, 4, day(4).toordinal(), (104,)),),), (150,))
    dearer_first = replace(asked, cash=((TODAY, cny(100)), (day(4), cny(150))))
    assert program(dearer_first, End.LOW).rows == (100, 150)
    assert program(dearer_first, End.LOW).groups[0][0].uses == (60, 104)


# --- which days bind -----------------------------------------------------------------------------------


def paying(*days: int) -> tuple[object, ...]:
    return tuple(debt(f"debt-{on}", option("full", {on: 1})) for on in days)


def rows(cash: dict[int, int], *days: int, reserve: int = 0) -> tuple[int, ...]:
    return program(problem(*paying(*days), cash=cash, reserve=reserve), End.HIGH).rows  # type: ignore[arg-type]


def test_a_day_after_which_less_may_have_been_paid_does_not_bind() -> None:
    assert rows({0: 10, 5: 20, 9: 30}, 0, 5, 9) == (10, 20, 30)
    # From day 9 on only 15 may have been paid in all: day 5 with its 20 cannot bind before that.
    assert rows({0: 10, 5: 20, 9: 15}, 0, 5, 9) == (10, 15)
    assert rows({0: 10, 5: 20, 9: 10}, 0, 5, 9) == (10,)
    assert rows({0: 10, 5: 20, 9: 20}, 0, 5, 9) == (10, 20)
    assert rows({0: 10, 5: 20, 9: 5}, 0, 5, 9) == (5,)


def test_between_two_days_of_paying_the_lowest_balance_counts() -> None:
    assert rows({0: 10, 3: 4, 4: 50}, 0, 9) == (4, 50)
    assert rows({0: 10, 8: 4, 9: 50}, 0, 9) == (4, 50)
    assert rows({0: 10, 9: 4, 10: 50}, 0, 9) == (4,)
    # What comes after the last payment counts all the same.
    assert rows({0: 10, 20: 3, 21: 50}, 0, 9) == (3,)
    assert rows({0: 10, 20: 3, 21: 50}, 9) == (3,)


def test_income_of_a_day_comes_before_its_payments() -> None:
    assert rows({0: 1, 9: 20}, 9) == (20,)
    assert rows({0: 1, 10: 20}, 9) == (1,)


def test_the_floor_is_taken_off_every_row() -> None:
    assert rows({0: 10, 5: 20}, 0, 5, reserve=7) == (3, 13)
    asked = problem(*paying(0, 5), cash={0: 10, 5: 20}, reserve=7)  # type: ignore[arg-type]
    may_be_used = replace(asked, limits=Limits(keeps_reserve=False))
    assert program(may_be_used, End.HIGH).rows == (10, 20)


def test_cash_that_starts_before_today_holds_until_it_changes() -> None:
    assert rows({-5: 99, -2: 10, 3: 20}, 0, 3) == (10, 20)
    assert rows({-5: 99, -2: 10}, 3) == (10,)
    # What was before today does not count, however low it was.
    assert rows({-5: -50, 0: 10}, 0) == (10,)
    assert rows({-5: -50, -1: 10}, 4) == (10,)


def test_what_is_missing_before_anything_is_paid_is_a_row_that_nothing_keeps() -> None:
    asked = problem(debt("A", option("full", {9: 5}), plan("b", {9: 5})), cash={0: 10, 3: -1, 5: 80})
    made = program(asked, End.HIGH)

    assert made.rows == (80, -1)
    assert [column.uses for column in made.groups[0]] == [(5, 0), (5, 0)]
    assert not made.holds([made.groups[0][0]])
    limited = program(replace(asked, limits=Limits(most_plans=4)), End.HIGH)
    assert limited.rows == (80, -1, 4)
    assert [column.uses for column in limited.groups[0]] == [(5, 0, 1), (5, 0, 0)]
    enough = replace(asked, cash=((TODAY, cny(10)), (day(3), cny(0)), (day(5), cny(80))))
    assert program(enough, End.HIGH).rows == (80,)


def test_before_the_first_payment_today_and_everything_after_it_counts() -> None:
    asked = problem(cash={-4: -9, 0: 10, 3: 7, 4: 30}, reserve=2)

    assert caps_of(asked, []) == [5]
    assert caps_of(asked, [day(2)]) == [8, 5]
    assert caps_of(asked, [day(3), day(4), day(8)]) == [8, 5, 28, 28]
    assert caps_of(asked, [day(4)]) == [5, 28]
    assert caps_of(asked, [TODAY, day(4)]) == [8, 5, 28]


def test_without_debts_only_what_is_missing_is_a_row() -> None:
    assert program(problem(cash={0: 5}), End.HIGH) == Program((), ())
    assert program(problem(cash={0: 5}, reserve=6), End.HIGH) == Program((), (-1,))
    assert program(problem(cash={0: 5}, limits=Limits(most_plans=0)), End.HIGH) == Program((), (0,))


# --- limits --------------------------------------------------------------------------------------------


def test_each_open_plan_takes_one_of_those_that_are_wanted() -> None:
    ways = (
        option("a", {0: 1}),
        plan("b", {0: 1}),
        option("c", {0: 1}, kind=OptionKind.AS_AGREED, opens_plan=True),
    )
    made = program(problem(debt("A", *ways), cash={0: 9}, limits=Limits(most_plans=2)), End.HIGH)

    assert made.rows == (9, 2)
    assert [column.uses for column in made.groups[0]] == [(1, 0), (1, 1), (1, 1)]


def ways_of(lender: str, *refused: str) -> list[str]:
    kinds = {kind: option(kind.value, {0: 1}, kind=kind, opens_plan=True) for kind in OptionKind}
    one = debt("A", *kinds.values(), option("no plan", {0: 1}), lender=lender)
    limits = Limits(no_new_plan_with=frozenset(refused))
    return [each.id for each in allowed(problem(one, cash={0: 1}, limits=limits), one)]


def test_with_a_lender_who_is_ruled_out_only_what_opens_no_new_plan_is_allowed() -> None:
    assert ways_of("Bank", "Bank", "Other") == ["as_agreed", "late", "no plan", "settlement", "stream"]


def test_with_every_other_lender_everything_is_allowed_in_the_order_of_the_ids() -> None:
    everything = sorted([*(kind.value for kind in OptionKind), "no plan"])

    assert ways_of("Bank", "Other") == everything
    assert ways_of("Bank") == everything


# --- changed programs ----------------------------------------------------------------------------------


def small() -> Program:
    return Program(
        ((Column("a", 1, 2, 3, (4,), 1), Column("b", 5, 6, 7, (8,))), (Column("c", 0, 9, 0, (1,)),)), (9,)
    )


def test_a_row_more_is_taken_of_by_each_column_as_said() -> None:
    made = small().with_row(lambda column: -column.cost, -11)

    assert made.rows == (9, -11)
    assert [[column.uses for column in group] for group in made.groups] == [[(4, -2), (8, -6)], [(1, -9)]]
    assert made.groups[0][0] == replace(small().groups[0][0], uses=(4, -2))


def test_only_some_columns_can_be_kept() -> None:
    made = small().only(lambda column: column.ends < 7)

    assert [[column.key for column in group] for group in made.groups] == [["a"], ["c"]]
    assert made.rows == (9,)
    assert small().only(lambda column: column.key == "c").groups[0] == ()


def test_a_choice_holds_where_no_row_is_used_beyond_what_it_has() -> None:
    first, second = small().groups

    assert small().holds([first[1], second[0]])
    assert not replace(small(), rows=(8,)).holds([first[1], second[0]])
    assert replace(small(), rows=(5,)).holds([first[0], second[0]])
    assert Program((), ()).holds([])
    assert Program((), (0,)).holds([])
    assert not Program((), (0, -1)).holds([])
    two = Program((), (9, 3))
    assert two.holds([Column("a", 0, 0, 0, (9, 3))])
    assert not two.holds([Column("a", 0, 0, 0, (9, 4))])
    assert not two.holds([Column("a", 0, 0, 0, (10, 3))])


def more(asked: Problem, since: date, amount: int) -> list[tuple[int, int]]:
    cash = with_more_cash(asked, since, cny(amount)).cash
    return [((on - TODAY).days, left.minor) for on, left in cash]


def test_more_cash_from_a_day_on_is_there_on_that_day_and_later() -> None:
    asked = problem(cash={-2: 5, 3: 10, 8: 20})

    assert more(asked, day(3), 7) == [(-2, 5), (3, 17), (8, 27)]
    assert more(asked, day(5), 7) == [(-2, 5), (3, 10), (5, 17), (8, 27)]
    assert more(asked, day(8), 7) == [(-2, 5), (3, 10), (8, 27)]
    assert more(asked, day(9), 7) == [(-2, 5), (3, 10), (8, 20), (9, 27)]
    assert more(asked, TODAY, 7) == [(-2, 5), (0, 12), (3, 17), (8, 27)]
    assert more(asked, day(-2), 7) == [(-2, 12), (3, 17), (8, 27)]
    assert more(asked, day(-3), 7) == [(-2, 12), (3, 17), (8, 27)]


@pytest.mark.parametrize("amount", [1, -4])
def test_more_cash_changes_the_balance_of_no_earlier_day(amount: int) -> None:
    for seed in SEEDS:
        asked = drawn(seed)
        since = TODAY + timedelta(days=seed % 40)
        then = dict(with_more_cash(asked, since, cny(amount)).cash)
        known, balance, other = dict(asked.cash), 0, 0
        for number in range(-3, 160):
            on = day(number)
            balance = known[on].minor if on in known else balance
            other = then[on].minor if on in then else other
            assert other - balance == (amount if on >= since else 0)
