from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.business_days import (
    NO_CALENDAR,
    BusinessCalendar,
    CalendarNotPublishedError,
    CalendarYear,
    NoCalendarError,
)
from planner.domain.sourced import Span
from planner.store.catalogue import calendar


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


# --- the nearest business day ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "before", "after"),
    [
        (date(2026, 9, 30), date(2026, 9, 30), date(2026, 9, 30)),  # a Wednesday that is worked
        (date(2026, 10, 1), date(2026, 9, 30), date(2026, 10, 8)),  # National Day and the week after it
        (date(2026, 10, 7), date(2026, 9, 30), date(2026, 10, 8)),
        (date(2026, 10, 10), date(2026, 10, 10), date(2026, 10, 10)),  # a Saturday worked in exchange
        (date(2026, 10, 11), date(2026, 10, 10), date(2026, 10, 12)),  # the Sunday after it
        (date(2026, 11, 21), date(2026, 11, 20), date(2026, 11, 23)),  # a plain weekend
        (date(2026, 1, 1), date(2025, 12, 31), date(2026, 1, 4)),  # over the year; the 4th is a Sunday worked
    ],
)
def test_the_nearest_business_days_on_both_sides(
    china: BusinessCalendar, day: date, before: date, after: date
) -> None:
    assert china.on_or_before(day) == before
    assert china.on_or_after(day) == after


def test_a_search_into_a_year_that_is_not_published_says_which(china: BusinessCalendar) -> None:
    with pytest.raises(CalendarNotPublishedError) as refusal:
        china.on_or_before(date(2020, 1, 1))
    assert refusal.value.values["year"] == "2019"

    only = BusinessCalendar("XX", {2028: CalendarYear(frozenset({date(2028, 12, 29)}), frozenset())})
    with pytest.raises(CalendarNotPublishedError) as refusal:
        only.on_or_after(date(2028, 12, 29))
    assert refusal.value.values["year"] == "2029"


def test_a_country_without_any_calendar_is_not_told_that_one_year_is_missing() -> None:
    with pytest.raises(NoCalendarError) as refusal:
        NO_CALENDAR.on_or_after(date(2026, 11, 23))

    assert str(refusal.value) == "No calendar of public holidays is known for this country."
    assert NO_CALENDAR.country == ""


def test_calendars_of_the_same_years_are_equal_and_can_be_kept_in_a_set() -> None:
    year = CalendarYear(frozenset({date(2026, 1, 1)}), frozenset())
    one, two = BusinessCalendar("XX", {2026: year}), BusinessCalendar("XX", {2026: year})

    assert one == two
    assert len({one, two}) == 1
    assert one != BusinessCalendar("XX", {2027: year})
    assert year.source == ""
