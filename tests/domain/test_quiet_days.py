"""Quiet dates as spans."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.reminders.quiet import BackwardSpanError, TooLongSpanError, days_of, spans_of

FIRST = date(2026, 12, 24)


def test_a_span_has_both_its_ends() -> None:
    assert days_of(FIRST, date(2026, 12, 26)) == {FIRST, date(2026, 12, 25), date(2026, 12, 26)}
    assert days_of(FIRST, FIRST) == {FIRST}


def test_a_span_ends_no_earlier_than_it_begins_and_is_no_longer_than_a_leap_year() -> None:
    with pytest.raises(BackwardSpanError):
        days_of(FIRST, FIRST - timedelta(days=1))
    assert len(days_of(FIRST, FIRST + timedelta(days=365))) == 366
    with pytest.raises(TooLongSpanError):
        days_of(FIRST, FIRST + timedelta(days=366))


def test_days_without_a_gap_are_told_as_one_span() -> None:
    days = [date(2027, 1, 1), date(2026, 12, 31), FIRST, date(2026, 12, 31)]

    assert spans_of(days) == [(FIRST, FIRST), (date(2026, 12, 31), date(2027, 1, 1))]
    assert spans_of([]) == []


@given(st.sets(st.dates(FIRST, FIRST + timedelta(days=40))))
def test_spans_hold_the_days_they_were_made_of_and_never_touch(days: set[date]) -> None:
    spans = spans_of(days)

    assert set().union(*(days_of(*span) for span in spans)) == days
    assert all((after[0] - before[1]).days > 1 for before, after in pairwise(spans))
