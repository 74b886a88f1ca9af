"""Tests of how the figures of a statement and of its import were made."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.domain.money import Money
from planner.domain.sourced import IMPORTED
from planner.services import import_figures
from planner.services.import_figures import made_found, made_row, made_stated, made_use
from planner.services.imports import plan_import, read_file
from planner.statements.statement import Direction, RowKind
from planner.store.store import Store
from tests.domain.telling import given, rule, steps

STATEMENT = read_file(Path(__file__).parents[1] / "data/jd/baitiao.csv")


def test_a_total_of_the_file_is_what_the_file_says() -> None:
    figure = made_stated(Money.of("5", "CNY"))

    assert given(figure) == [("The file says", Money.of("5", "CNY"))]
    assert figure.derivation.given[0].source is IMPORTED


def test_what_its_rows_give_is_told_with_what_came_back() -> None:
    for direction, net in (
        (Direction.EXPENSE, STATEMENT.expense_net),
        (Direction.INCOME, STATEMENT.income_net),
        (Direction.NEUTRAL, STATEMENT.neutral_net),
    ):
        figure = made_found(STATEMENT, direction)
        (_count, count), (_gross, gross), (_back, back) = given(figure)

        assert figure.value == net
        assert isinstance(gross, Money)
        assert isinstance(back, Money)
        assert gross - back == net
        assert steps(figure) == [("Amounts − what came back", net)]
        assert {each.source for each in figure.derivation.given} == {IMPORTED}
        rows = [row for row in STATEMENT.rows if row.direction is direction]
        left_out = [row for row in rows if row.kind is RowKind.PROVISIONAL]
        is_neutral = direction is Direction.NEUTRAL
        assert count == len(rows) - (len(left_out) if is_neutral else 0)
        assert ("are left out" in rule(figure)) is is_neutral


def test_a_row_names_its_line(store: Store) -> None:
    plan = plan_import(store, STATEMENT, {})
    plain = next(planned for planned in plan.rows if not planned.row.refunded)
    refunded = next(planned for planned in plan.rows if planned.row.refunded)

    assert made_row(plain).value == plain.row.gross
    assert rule(made_row(plain)) == f"This is what line {plain.row.line} of the file says."
    assert given(made_row(plain)) == [("Amount", plain.row.gross)]
    assert given(made_row(refunded)) == [
        ("Amount", refunded.row.gross),
        ("Came back", refunded.row.refunded),
    ]


def test_a_payment_method_lists_its_rows(store: Store) -> None:
    plan = plan_import(store, STATEMENT, {})
    use = max(plan.methods, key=lambda each: each.rows)
    figure = made_use(plan, use)

    assert figure.value == use.total
    assert steps(figure) == [("Together", use.total)]
    listed = given(figure)
    assert sum(amount.minor for _label, amount in listed if isinstance(amount, Money)) == use.total.minor
    first = next(planned.row for planned in plan.rows if planned.row.method == use.method)
    assert listed[0] == (f"Line {first.line}, {first.at.date()}", first.net)


def test_more_rows_than_one_can_read_are_told_as_one_sum(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_import(store, STATEMENT, {})
    use = max(plan.methods, key=lambda each: each.rows)
    count = len(given(made_use(plan, use))) - 2
    monkeypatch.setattr(import_figures, "_MOST_ROWS", 2)

    listed = given(made_use(plan, use))

    assert len(listed) == 3
    assert listed[2][0] == f"{count} more rows"
    assert sum(amount.minor for _label, amount in listed if isinstance(amount, Money)) == use.total.minor
