"""Cash in words: when something comes, what it is for, and how a figure of it was made."""

from __future__ import annotations

from datetime import date

import pytest

from planner.domain.cash.account import Balance, CashAccount
from planner.domain.cash.flow import CashFlow, Category, Direction, Happened
from planner.domain.cash.forecast import forecast
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.cash.occurrences import Time
from planner.domain.cash.recurrence import Recurrence, Unit
from planner.domain.cash.words import (
    CATEGORY_WORDS,
    against_forecast,
    made_flow,
    made_movement,
    made_seen,
    made_time,
    when_words,
)
from planner.domain.dates import Shift
from planner.domain.derivation import figures_in
from planner.domain.money import Money
from planner.i18n import explain
from planner.phrases import Phrase

DAY = date(2026, 11, 5)


def cny(amount: str) -> Money:
    return Money.of(amount, "CNY")


@pytest.mark.parametrize(
    ("recurrence", "said"),
    [
        (Recurrence(DAY, Unit.ONCE), "once on 5 Nov 2026"),
        (Recurrence(DAY, Unit.ONCE, shift=Shift.NEXT), "once on 5 Nov 2026, or the working day after"),
        (Recurrence(DAY, Unit.WEEK), "every week"),
        (Recurrence(DAY, Unit.WEEK, 2), "every 2 weeks"),
        (Recurrence(DAY, Unit.WEEK, 2, shift=Shift.PREVIOUS), "every 2 weeks, or the working day before"),
        (Recurrence(DAY), "every month on day 5"),
        (Recurrence(DAY, every=3), "every 3 months on day 5"),
        (Recurrence(DAY, day=1), "every month on the first"),
        (Recurrence(date(2026, 12, 1), every=3), "every 3 months on the first"),
        (Recurrence(DAY, day=2), "every month on day 2"),
        (Recurrence(DAY, day=30), "every month on day 30"),
        (Recurrence(DAY, shift=Shift.NEXT), "every month on day 5, or the working day after"),
        (Recurrence(DAY, day=31), "every month on the last day"),
        (Recurrence(date(2026, 1, 31)), "every month on the last day"),
        (Recurrence(DAY, every=2, day=31), "every 2 months on the last day"),
        (Recurrence(DAY, day=31, shift=Shift.PREVIOUS), "every month on the last working day"),
        (Recurrence(DAY, every=2, day=31, shift=Shift.PREVIOUS), "every 2 months on the last working day"),
        (Recurrence(DAY, day=31, shift=Shift.NEXT), "every month on the last day, or the working day after"),
        (Recurrence(DAY, Unit.WEEK, until=date(2027, 2, 1)), "every week, until 1 Feb 2027"),
        (Recurrence(DAY, until=date(2027, 2, 1)), "every month on day 5, until 1 Feb 2027"),
    ],
)
def test_a_recurrence_is_said_as_one_would_say_it(recurrence: Recurrence, said: str) -> None:
    assert explain(when_words(recurrence)) == said


def test_every_category_has_words_of_its_own() -> None:
    assert set(CATEGORY_WORDS) == set(Category)
    assert len(set(CATEGORY_WORDS.values())) == len(Category)


@pytest.mark.parametrize("kind", list(MovementKind))
def test_every_movement_says_by_which_rule_it_is_there(kind: MovementKind) -> None:
    movement = Movement(DAY, cny("-12.50"), Phrase("Rent"), kind)
    made = made_movement(movement)

    assert made.value == cny("-12.50")
    assert [(str(given.label), given.value) for given in made.derivation.given] == [
        ("Rent", cny("-12.50")),
        ("Day", DAY),
    ]
    others = {
        str(made_movement(Movement(DAY, cny("1"), Phrase("x"), other)).derivation.rule)
        for other in MovementKind
    }
    assert len(others) == len(MovementKind)
    assert str(made.derivation.rule) in others


def test_what_goes_out_is_below_nothing_and_named_by_the_user() -> None:
    rent = CashFlow("Loyer", Category.HOUSING, cny("5"), Recurrence(DAY))
    pay = CashFlow("Pay", Category.SALARY, cny("5"), Recurrence(DAY))

    assert (rent.direction, made_flow(rent).value) == (Direction.EXPENSE, cny("-5"))
    assert (pay.direction, made_flow(pay).value) == (Direction.INCOME, cny("5"))
    (given,) = made_flow(rent).derivation.given
    assert (str(given.label), given.label.is_own) == ("Loyer", True)
    time = Time(rent, DAY, DAY, cny("6"), Happened.EXPECTED, DAY)
    assert made_time(time).value == cny("6")
    assert explain(made_time(time).derivation.given[0].label) == "Loyer, 5 Nov 2026"
    assert explain(made_seen(Balance(DAY, cny("7"))).derivation.given[0].label) == (
        "Balance that you saw on 5 Nov 2026"
    )


@pytest.mark.parametrize(
    ("seen", "on", "said"),
    [
        ("100", date(2026, 11, 22), "That is what the forecast says for 22 Nov 2026."),
        ("120", date(2026, 11, 22), "The forecast says CN¥100.00 for 22 Nov 2026. There is CN¥20.00 more."),
        ("99.50", date(2026, 11, 22), "The forecast says CN¥100.00 for 22 Nov 2026. There is CN¥0.50 less."),
        ("60", date(2026, 11, 25), "That is what the forecast says for 25 Nov 2026."),
        ("60", date(2026, 12, 1), "That is what the forecast says for 1 Dec 2026."),
    ],
)
def test_a_balance_is_compared_with_the_forecast_of_its_day(seen: str, on: date, said: str) -> None:
    account = CashAccount("A", "CNY", (Balance(date(2026, 11, 20), cny("100")),))
    # A due of today may be paid or not by the time somebody looks: it is not taken off today.
    due = Movement(date(2026, 11, 22), cny("-30"), Phrase("Due"), MovementKind.DUE)
    bus = Movement(date(2026, 11, 24), cny("-10"), Phrase("Bus"), MovementKind.EXPENSE)
    found = forecast([account], [due, bus], cny("0"), date(2026, 11, 22), date(2026, 12, 1))

    words = against_forecast(found, cny(seen), on)

    assert words is not None
    assert explain(words) == said
    for figure in figures_in(words):
        assert figure.derivation.given


def test_a_balance_of_another_time_or_currency_is_not_compared() -> None:
    account = CashAccount("A", "CNY", (Balance(date(2026, 11, 20), cny("100")),))
    found = forecast([account], [], cny("0"), date(2026, 11, 22), date(2026, 12, 1))

    assert against_forecast(found, cny("1"), date(2026, 11, 21)) is None
    assert against_forecast(found, cny("1"), date(2026, 12, 2)) is None
    assert against_forecast(found, Money.of("1", "EUR"), date(2026, 11, 22)) is None
