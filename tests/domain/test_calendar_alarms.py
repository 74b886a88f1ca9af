"""The alarms of an entry in a simulated year: none is lost to the past, and none rings twice."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.bill import LineKind
from planner.domain.due import Due, DueKind
from planner.domain.money import Money
from planner.domain.reminders.entry import Handed, as_handed, handed_now
from planner.domain.reminders.reminder import About, ReminderRules, Topic
from planner.phrases import Phrase

START = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


@pytest.mark.row("C119")
@settings(max_examples=int(os.environ.get("PLANNER_EXAMPLES", "100")), deadline=None)
@given(
    due_in=st.integers(0, 365),
    leads=st.sets(st.integers(1, 20), max_size=4).map(tuple),
    quiet=st.sets(st.integers(0, 6), max_size=6).map(frozenset),
    saved_before=st.sets(st.integers(0, 30), min_size=1, max_size=6),
)
def test_each_reminder_up_to_the_day_rings_once_however_often_the_file_is_saved(
    due_in: int, leads: tuple[int, ...], quiet: frozenset[int], saved_before: set[int]
) -> None:
    on = START + timedelta(days=due_in)
    due = Due(DueKind.BILL, "bill", "account", Phrase("Bill"), on, {LineKind.PURCHASE: Money(100, "CNY")})
    topic = Topic("bill", About.DUE, "account", Phrase("Bill"), on, (due,))
    rules = ReminderRules(leads, quiet_weekdays=quiet)
    saves = sorted(on - timedelta(days=days) for days in saved_before)

    handed: Handed | None = None
    rung: list[date] = []
    for save, following in zip(saves, [*saves[1:], date.max], strict=True):
        entry = as_handed(topic, rules, handed, save)
        handed = handed_now(entry, handed, NOW)
        rung += [day for day in entry.alarms if save <= day < following]

    planned = set()
    for lead in (0, *leads):
        day = on - timedelta(days=lead)
        while day.weekday() in quiet:
            day -= timedelta(days=1)
        planned.add(day)
    expected = {day for day in planned if day >= saves[0]}
    if expected != planned:
        soon = [saves[0] + timedelta(days=ahead) for ahead in range((on - saves[0]).days + 1)]
        expected.add(next((day for day in soon if day.weekday() not in quiet), saves[0]))
    assert rung == sorted(expected)
    assert handed is not None
    assert handed.sequence == 0
