from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.dates import (
    BusinessCalendar,
    CalendarNotPublishedError,
    CalendarYear,
    Cycle,
    DaysAfter,
    FixedDay,
    Mode,
    add_months,
    dues_of_bill_instalments,
    on_day,
)
from planner.domain.sourced import Span
from planner.store.catalogue import calendar

days = st.dates(date(1990, 1, 1), date(2150, 12, 31))
anchors = st.integers(1, 31)


def month_of(day: date) -> int:
    return day.year * 12 + day.month


def last_day(day: date) -> int:
    return monthrange(day.year, day.month)[1]


# --- months ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("anchor", [28, 29, 30, 31])
def test_a_day_at_the_end_of_the_month_survives_twelve_hundred_months(anchor: int) -> None:
    day = first = date(2024, 1, anchor)

    for month in range(1, 1201):
        day = add_months(day, 1, anchor)
        assert month_of(day) == month_of(first) + month
        assert day.day == min(anchor, last_day(day))
        assert day == add_months(first, month)


def test_without_its_anchor_a_chain_of_months_would_drift() -> None:
    clamped = add_months(date(2026, 1, 31), 1)

    assert clamped == date(2026, 2, 28)
    assert add_months(clamped, 1) == date(2026, 3, 28)
    assert add_months(clamped, 1, 31) == date(2026, 3, 31)


@given(days, st.integers(-600, 600))
def test_months_are_counted_and_clamped_and_never_skipped(start: date, months: int) -> None:
    found = add_months(start, months)

    assert month_of(found) == month_of(start) + months
    assert found.day == min(start.day, last_day(found))


@given(days, st.integers(-600, 600))
def test_there_and_back_again_is_the_same_day_with_its_anchor(start: date, months: int) -> None:
    assert add_months(add_months(start, months), -months, start.day) == start


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ((2026, 2, 31), date(2026, 2, 28)),
        ((2028, 2, 30), date(2028, 2, 29)),
        ((2026, 13, 5), date(2027, 1, 5)),
        ((2026, 0, 5), date(2025, 12, 5)),
        ((2026, -11, 31), date(2025, 1, 31)),
    ],
)
def test_a_day_of_a_month_is_clamped_and_months_run_on_over_the_year(
    asked: tuple[int, int, int], found: date
) -> None:
    assert on_day(*asked) == found


# --- due rules and cycles ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "statement_on", "due_on"),
    [
        (25, date(2026, 11, 16), date(2026, 11, 25)),
        (8, date(2026, 11, 16), date(2026, 12, 8)),
        (16, date(2026, 11, 16), date(2026, 12, 16)),
        (31, date(2026, 1, 31), date(2026, 2, 28)),
        (31, date(2026, 2, 10), date(2026, 2, 28)),
        (5, date(2026, 12, 20), date(2027, 1, 5)),
    ],
)
def test_a_fixed_due_day_is_the_first_such_day_after_the_statement(
    day: int, statement_on: date, due_on: date
) -> None:
    assert FixedDay(day).due(statement_on) == due_on


@given(anchors, days)
def test_a_bill_is_due_after_its_statement_and_within_a_month_of_it(day: int, statement_on: date) -> None:
    due_on = FixedDay(day).due(statement_on)

    assert statement_on < due_on <= statement_on + timedelta(days=31)
    assert due_on.day == min(day, last_day(due_on))


def test_some_days_after_the_statement_are_counted_over_the_months_end() -> None:
    assert DaysAfter(20).due(date(2026, 2, 15)) == date(2026, 3, 7)
    assert DaysAfter(20).due(date(2028, 2, 15)) == date(2028, 3, 6)
    assert DaysAfter(0).due(date(2026, 2, 15)) == date(2026, 2, 15)


def test_what_is_bought_on_the_statement_day_is_in_the_next_bill_unless_the_lender_closes_after_it() -> None:
    night_before = Cycle(Mode.BILL, 16, FixedDay(25))
    night_after = Cycle(Mode.BILL, 16, FixedDay(25), closes_after=True)

    assert night_before.statement_of(date(2026, 11, 15)) == date(2026, 11, 16)
    assert night_before.statement_of(date(2026, 11, 16)) == date(2026, 12, 16)
    assert night_after.statement_of(date(2026, 11, 16)) == date(2026, 11, 16)
    assert night_after.statement_of(date(2026, 11, 17)) == date(2026, 12, 16)


@given(statement_day=anchors, bought_on=days, closes_after=st.booleans())
def test_each_purchase_is_in_exactly_one_bill(
    statement_day: int, bought_on: date, *, closes_after: bool
) -> None:
    cycle = Cycle(Mode.BILL, statement_day, DaysAfter(10), closes_after)
    statement_on = cycle.statement_of(bought_on)
    assert statement_on is not None
    before = cycle.previous_statement(statement_on)

    assert statement_on.day == min(statement_day, last_day(statement_on))
    assert month_of(statement_on) - month_of(before) == 1
    if closes_after:
        assert before < bought_on <= statement_on
    else:
        assert before <= bought_on < statement_on


@pytest.mark.parametrize("day", [29, 30, 31])
def test_bills_at_the_end_of_the_month_do_not_drift_through_february(day: int) -> None:
    cycle = Cycle(Mode.BILL, day, FixedDay(day))
    dues = cycle.dues_of_purchase(date(2026, 1, 2), 14)
    assert dues is not None

    statement_on = on_day(2027, 3, day)
    assert cycle.previous_statement(cycle.previous_statement(statement_on)) == on_day(2027, 1, day)
    assert [due.day for due in dues] == [min(day, last_day(due)) for due in dues]
    assert [month_of(due) for due in dues] == [month_of(dues[0]) + month for month in range(14)]


def test_in_bill_mode_instalments_start_with_the_bill_that_takes_the_purchase_up() -> None:
    cycle = Cycle(Mode.BILL, 16, FixedDay(25))

    assert cycle.dues_of_purchase(date(2026, 11, 10), 3) == (
        date(2026, 11, 25),
        date(2026, 12, 25),
        date(2027, 1, 25),
    )
    assert cycle.dues_of_purchase(date(2026, 11, 16)) == (date(2026, 12, 25),)


def test_days_after_the_statement_are_counted_from_each_statement_and_not_from_the_due_date_before() -> None:
    cycle = Cycle(Mode.BILL, 31, DaysAfter(20))

    assert cycle.dues_of_purchase(date(2026, 1, 10), 3) == (
        date(2026, 2, 20),
        date(2026, 3, 20),
        date(2026, 4, 20),
    )


def test_in_order_mode_months_are_counted_from_the_order_itself() -> None:
    cycle = Cycle(Mode.ORDER, 16, FixedDay(25))

    assert cycle.statement_of(date(2026, 1, 31)) is None
    assert cycle.dues_of_purchase(date(2026, 1, 31), 3) == (
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    )


@pytest.mark.parametrize("cycle", [Cycle(), Cycle(due=FixedDay(5)), Cycle(statement_day=5)])
def test_a_cycle_that_is_not_known_gives_no_date_instead_of_a_guess(cycle: Cycle) -> None:
    assert cycle.dues_of_purchase(date(2026, 11, 10)) is None


def test_a_bill_in_instalments_starts_with_the_next_bill_and_keeps_its_day() -> None:
    assert dues_of_bill_instalments(date(2026, 1, 31), 3) == (
        date(2026, 2, 28),
        date(2026, 3, 31),
        date(2026, 4, 30),
    )


# --- business days -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def china() -> BusinessCalendar:
    return calendar("CN")


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2026, 11, 23), True),  # a Monday
        (date(2026, 11, 22), False),  # a Sunday
        (date(2026, 10, 1), False),  # National Day, a Thursday
        (date(2026, 9, 20), True),  # a Sunday worked for National Day
        (date(2026, 10, 10), True),  # a Saturday worked for National Day
        (date(2021, 2, 7), True),  # a Sunday worked for the Spring Festival
        (date(2021, 2, 17), False),  # the last day of that holiday, a Wednesday
        (date(2020, 1, 31), False),  # added to the Spring Festival by a second notice
    ],
)
def test_holidays_and_weekends_worked_for_them_are_as_the_state_council_published(
    china: BusinessCalendar, day: date, *, is_worked: bool
) -> None:
    assert china.is_business_day(day) is is_worked


def test_the_day_of_asking_is_not_counted(china: BusinessCalendar) -> None:
    assert china.after(date(2026, 11, 23), 1) == date(2026, 11, 24)
    assert china.after(date(2026, 11, 20), 1) == date(2026, 11, 23)
    assert china.after(date(2026, 11, 22), 0) == date(2026, 11, 22)


def test_a_week_of_holidays_is_passed_over_and_the_saturday_worked_for_it_counts(
    china: BusinessCalendar,
) -> None:
    assert china.after(date(2026, 9, 30), 1) == date(2026, 10, 8)
    assert china.window(date(2026, 9, 30), 2, 3) == Span(date(2026, 10, 9), date(2026, 10, 10))


@given(st.dates(date(2020, 1, 1), date(2026, 10, 31)), st.integers(1, 20))
def test_as_many_business_days_lie_behind_the_start_as_were_counted(start: date, count: int) -> None:
    china = calendar("CN")
    end = china.after(start, count)
    passed = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]

    assert sum(china.is_business_day(day) for day in passed) == count
    assert china.is_business_day(end)


def test_a_count_into_a_year_that_is_not_published_says_which(china: BusinessCalendar) -> None:
    newest = max(china.years)

    with pytest.raises(CalendarNotPublishedError) as refusal:
        china.window(date(newest, 12, 28), 1, 10)

    assert str(refusal.value) == f"The holiday calendar for {newest + 1} has not been published."
    with pytest.raises(CalendarNotPublishedError):
        china.is_business_day(date(1990, 1, 2))


def test_a_country_without_a_calendar_has_no_business_days_instead_of_guessed_ones() -> None:
    with pytest.raises(CalendarNotPublishedError):
        calendar("XX").after(date(2026, 11, 22), 1)


def test_a_weekend_day_that_is_both_off_and_worked_is_worked() -> None:
    saturday = date(2026, 11, 21)
    year = CalendarYear(frozenset({saturday}), frozenset({saturday}))

    assert BusinessCalendar("XX", {2026: year}).is_business_day(saturday)
