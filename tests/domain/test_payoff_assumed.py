"""What a what-if adds to the cash."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from planner.domain.account import Account, DatedState, State
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.dates import Cycle, FixedDay
from planner.domain.payoff.assumed import Window, assumed_moves, buying, with_moves
from planner.domain.payoff.scenario import Lump, Scenario
from planner.phrases import Phrase
from tests.domain.late_cases import yuan

TODAY = date(2026, 11, 22)
DAYS = Window(TODAY, date(2027, 2, 28))
CARD = Account("Card", "Bank", "CNY", cycle=Cycle(statement_day=1, due=FixedDay(10)), id="card")
NO_CYCLE = Account("Other", "Shop", "CNY", id="other")


def comes(on: date, amount: str, kind: MovementKind = MovementKind.INCOME) -> Movement:
    return Movement(on, yuan(amount), Phrase("Salary"), kind)


def moves(known: tuple[Movement, ...] = (), **more: Any) -> list[tuple[str, str, str]]:
    accounts = {CARD.id: CARD, NO_CYCLE.id: NO_CYCLE}
    calendars = dict.fromkeys(accounts)
    found = assumed_moves(Scenario("CNY", **more), known, accounts, calendars, DAYS)
    return [(move.on.isoformat(), str(move.amount.decimal), move.kind.value) for move in found]


SALARY = (
    comes(date(2026, 12, 5), "100.00"),
    comes(date(2026, 12, 31), "8000.00"),
    comes(date(2027, 1, 29), "8000.00"),
    comes(date(2027, 2, 26), "8000.00"),
)


def test_nothing_is_added_where_nothing_is_assumed() -> None:
    assert moves(SALARY) == []


def test_more_income_comes_with_the_largest_one_of_each_month() -> None:
    assert moves(SALARY, income=yuan("500.00")) == [
        ("2026-12-31", "500.00", "income"),
        ("2027-01-29", "500.00", "income"),
        ("2027-02-26", "500.00", "income"),
    ]


def test_less_income_is_missing_with_the_largest_one_of_each_month() -> None:
    assert moves(SALARY, income=-yuan("500.00"))[0] == ("2026-12-31", "-500.00", "expense")


def test_an_income_still_to_come_this_month_is_another_one_too() -> None:
    found = moves((comes(date(2026, 11, 30), "8000.00"), *SALARY), income=yuan("500.00"))

    assert found[0] == ("2026-11-30", "500.00", "income")


def test_what_came_before_today_does_not_count_as_an_income_to_come() -> None:
    past = (comes(date(2026, 11, 15), "9000.00"), *SALARY)

    assert moves(past, income=yuan("500.00")) == moves(SALARY, income=yuan("500.00"))


def test_only_incomes_tell_when_an_income_comes() -> None:
    known = (*SALARY, comes(date(2026, 12, 1), "9000.00", MovementKind.PAYMENT))

    assert moves(known, income=yuan("500.00")) == moves(SALARY, income=yuan("500.00"))


def test_without_recorded_incomes_more_comes_at_the_end_and_less_is_missing_from_the_beginning() -> None:
    assert [on for on, _amount, _kind in moves(income=yuan("500.00"))] == [
        "2026-11-30",
        "2026-12-31",
        "2027-01-31",
        "2027-02-28",
    ]
    assert [on for on, _amount, _kind in moves(income=-yuan("500.00"))] == [
        "2026-11-22",
        "2026-12-01",
        "2027-01-01",
        "2027-02-01",
    ]


def test_a_month_without_its_income_is_not_taken_to_be_better_than_it_is() -> None:
    gap = (SALARY[1], SALARY[3])

    assert ("2027-01-31", "500.00", "income") in moves(gap, income=yuan("500.00"))
    assert ("2027-01-01", "-500.00", "expense") in moves(gap, income=-yuan("500.00"))


@pytest.mark.parametrize(
    ("on", "counts"),
    [(date(2026, 11, 21), False), (TODAY, True), (date(2027, 2, 28), True), (date(2027, 3, 1), False)],
)
def test_a_lump_comes_on_its_day_if_that_is_looked_at(on: date, counts: bool) -> None:  # noqa: FBT001
    found = moves(lumps=(Lump(on, yuan("2000.00")),))

    assert found == ([(on.isoformat(), "2000.00", "income")] if counts else [])


def test_new_purchases_are_paid_in_full_when_they_are_due() -> None:
    # Bought on the 22nd of each month: on the bill of the 1st, due on the 10th.
    assert moves(new_purchases=yuan("300.00")) == [
        ("2026-12-10", "-300.00", "expense"),
        ("2027-01-10", "-300.00", "expense"),
        ("2027-02-10", "-300.00", "expense"),
    ]


def test_nothing_is_bought_with_an_account_that_is_closed_or_locked() -> None:
    closed = replace(CARD, id="closed", states=(DatedState(State.CLOSED, date(2026, 1, 1)),))
    locked = replace(CARD, id="locked", states=(DatedState(State.LOCKED, date(2026, 1, 1)),))
    reported = replace(CARD, id="reported", states=(DatedState(State.REPORTED, date(2026, 1, 1)),))
    accounts = {each.id: each for each in (CARD, closed, locked, reported)}

    assert buying(Scenario("CNY", new_purchases=yuan("1.00")), accounts, TODAY) == (CARD, reported)
    assert buying(Scenario("CNY"), accounts, TODAY) == ()


def test_balances_hold_until_the_next_and_moves_change_all_that_follow() -> None:
    line = [(TODAY, yuan("100.00")), (date(2026, 12, 10), yuan("150.00"))]
    more = [comes(date(2026, 12, 1), "20.00"), comes(date(2026, 12, 10), "-5.00"), comes(TODAY, "1.00")]

    assert [(on.isoformat(), str(amount.decimal)) for on, amount in with_moves(line, more)] == [
        ("2026-11-22", "101.00"),
        ("2026-12-01", "121.00"),
        ("2026-12-10", "166.00"),
    ]
    assert with_moves(line, ()) == tuple(line)
