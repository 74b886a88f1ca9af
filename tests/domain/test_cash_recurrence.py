from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.cash.recurrence import Recurrence, Unit

FAR = date(2126, 12, 31)


def days(rule: Recurrence, last: date) -> list[str]:
    return [day.isoformat() for day in rule.by_rule(last)]


def test_the_31st_stays_the_last_day_of_each_of_1_200_months() -> None:
    rule = Recurrence(date(2026, 1, 31))

    found = list(rule.by_rule(date(2125, 12, 31)))

    assert found == [
        date(year, month, monthrange(year, month)[1]) for year in range(2026, 2126) for month in range(1, 13)
    ]


def test_the_30th_is_the_30th_again_after_each_february() -> None:
    assert days(Recurrence(date(2028, 1, 30)), date(2028, 4, 1)) == ["2028-01-30", "2028-02-29", "2028-03-30"]


def test_the_day_aimed_at_may_differ_from_the_first_day() -> None:
    rule = Recurrence(date(2026, 2, 28), day=31)

    assert days(rule, date(2026, 4, 30)) == ["2026-02-28", "2026-03-31", "2026-04-30"]


def test_nothing_comes_before_the_first_day_even_where_the_day_aimed_at_lies_before_it() -> None:
    rule = Recurrence(date(2026, 11, 20), day=5)

    assert days(rule, date(2027, 1, 5)) == ["2026-12-05", "2027-01-05"]
    assert rule.beside(date(2026, 11, 20)) is None


def test_weeks_and_months_can_be_passed_over() -> None:
    every_second_week = Recurrence(date(2026, 11, 6), Unit.WEEK, 2)
    every_quarter = Recurrence(date(2026, 11, 30), Unit.MONTH, 3)

    assert days(every_second_week, date(2026, 12, 4)) == ["2026-11-06", "2026-11-20", "2026-12-04"]
    assert days(every_quarter, date(2027, 5, 31)) == ["2026-11-30", "2027-02-28", "2027-05-30"]


def test_what_comes_once_comes_once_and_nothing_comes_after_the_end() -> None:
    once = Recurrence(date(2026, 11, 6), Unit.ONCE)
    ended = Recurrence(date(2026, 11, 6), until=date(2027, 1, 6))

    assert days(once, FAR) == ["2026-11-06"]
    assert days(once, date(2026, 11, 5)) == []
    assert days(ended, FAR) == ["2026-11-06", "2026-12-06", "2027-01-06"]
    assert days(replace(ended, until=date(2027, 1, 5)), FAR) == ["2026-11-06", "2026-12-06"]


@pytest.mark.parametrize(
    ("rule", "day", "found"),
    [
        # The week begins on Monday: 9 November 2026 is one.
        (Recurrence(date(2026, 11, 11), Unit.WEEK), date(2026, 11, 16), date(2026, 11, 18)),
        (Recurrence(date(2026, 11, 11), Unit.WEEK), date(2026, 11, 9), date(2026, 11, 11)),
        (Recurrence(date(2026, 11, 11), Unit.WEEK), date(2026, 11, 15), date(2026, 11, 11)),
        (Recurrence(date(2026, 11, 11), Unit.WEEK), date(2026, 11, 8), None),
        (Recurrence(date(2026, 11, 11), Unit.WEEK, 2), date(2026, 11, 18), None),
        (Recurrence(date(2026, 11, 11), Unit.WEEK, 2), date(2026, 11, 25), date(2026, 11, 25)),
        (Recurrence(date(2026, 1, 31)), date(2026, 2, 1), date(2026, 2, 28)),
        (Recurrence(date(2026, 1, 31)), date(2025, 12, 31), None),
        (Recurrence(date(2026, 1, 31), every=2), date(2026, 2, 1), None),
        (Recurrence(date(2026, 1, 31), until=date(2026, 2, 27)), date(2026, 2, 1), None),
        (Recurrence(date(2026, 1, 31), until=date(2026, 2, 28)), date(2026, 2, 1), date(2026, 2, 28)),
        (Recurrence(date(2026, 1, 31), Unit.ONCE), date(2020, 2, 1), date(2026, 1, 31)),
    ],
)
def test_the_time_beside_a_day_is_that_of_its_week_or_month(
    rule: Recurrence, day: date, found: date | None
) -> None:
    assert rule.beside(day) == found


rules = st.builds(
    Recurrence,
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.sampled_from(Unit),
    st.integers(1, 7),
    st.none() | st.integers(1, 31),
    st.none() | st.dates(date(2022, 1, 1), date(2033, 12, 31)),
)


@given(rules, st.dates(date(2019, 1, 1), date(2034, 12, 31)))
def test_it_comes_on_just_the_days_that_are_listed(rule: Recurrence, day: date) -> None:
    listed = list(rule.by_rule(date(2036, 1, 1)))

    assert rule.comes_on(day) == (day in listed)
    assert all(one < other for one, other in pairwise(listed))
    assert all(rule.comes_on(each) for each in listed)


@given(rules, st.dates(date(2019, 1, 1), date(2034, 12, 31)))
def test_a_rule_begun_later_has_the_same_times_from_then_on(rule: Recurrence, day: date) -> None:
    listed = list(rule.by_rule(date(2050, 1, 1)))

    begun = rule.from_day(day)

    later = [each for each in listed if each >= day]
    assert (begun is None) == (not later)
    if begun is not None:
        assert list(begun.by_rule(date(2050, 1, 1))) == later
        assert begun.first_on == later[0]


def test_a_rule_begun_with_another_day_keeps_the_day_of_the_month_it_aims_at() -> None:
    monthly = Recurrence(date(2026, 1, 31)).begun(date(2026, 2, 28))
    weekly = Recurrence(date(2026, 1, 31), Unit.WEEK).begun(date(2026, 2, 28))

    assert days(monthly, date(2026, 3, 31)) == ["2026-02-28", "2026-03-31"]
    assert weekly.day is None
    assert weekly.first_on - timedelta(weeks=4) == date(2026, 1, 31)
