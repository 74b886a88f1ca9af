"""What the user takes into a calendar program: every day to pay on, the same entry each time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from planner.domain.dates import add_months
from planner.domain.reminders.entry import Entry, Handed, as_handed, handed_now, late_entry_of, taken_back
from planner.domain.reminders.reminder import ReminderRules, Topic
from planner.services.reminder_topics import topics
from planner.services.reminders import rules_of
from planner.store.store import Store

_A_DAY = timedelta(days=1)
ALARM_AT = time(9)
"""When an alarm rings, wherever the calendar is."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry of the file.

    Attributes:
        handed: Its identity, day and how often it has changed.
        entry: What it says; None if it is taken back.
    """

    handed: Handed
    entry: Entry | None


def stamp() -> datetime:
    """This very second in UTC, as a calendar file says when an entry was changed; no day is taken from it."""
    return datetime.now(UTC).replace(microsecond=0)


def calendar_entries(
    store: Store, today: date, months: int, now: datetime, here: time | None = None
) -> tuple[CalendarEntry, ...]:
    """What there is to pay or to ask for from today on, what is late, and what of an earlier file is no more.

    What is late stands on today, so that it is not lost among days that have passed.
    What was handed over and is paid, moved or gone is handed over once more as cancelled until the day
    after its own, on which an alarm may still ring, so that a calendar program that reads the new file
    lets go of it.

    Args:
        store: The open store.
        today: The local day.
        months: How far ahead.
        now: The time in UTC.
        here: What the clock of the user shows; None if the alarms of today should be taken for past.
    """
    rules, until = rules_of(store), add_months(today, months)
    before = {each.id: each for each in store.handed.all()}
    there = {topic.id: topic for topic in topics(store, today) if today <= topic.on or _is_late(topic, today)}
    first = today if here is not None and here < ALARM_AT else today + _A_DAY
    found = []
    for topic in there.values():
        # What was handed over once is kept up to date, however far ahead it is.
        if topic.on <= until or topic.id in before:
            entry = _entry(topic, rules, before.get(topic.id), today, first)
            found.append(CalendarEntry(handed_now(entry, before.get(topic.id), now), entry))
    found += [
        CalendarEntry(taken_back(each, now), None)
        for each in before.values()
        if each.id not in there and each.on >= today - _A_DAY
    ]
    return tuple(sorted(found, key=lambda each: (each.handed.on, each.handed.id)))


def _entry(topic: Topic, rules: ReminderRules, before: Handed | None, today: date, first: date) -> Entry:
    if topic.on < today:
        return late_entry_of(topic, rules, today, first)
    return as_handed(topic, rules, before, first)


def _is_late(topic: Topic, today: date) -> bool:
    return any(due.is_late(today) for due in topic.dues)


def note_handed(store: Store, entries: Collection[CalendarEntry], today: date) -> None:
    """Keep in mind what was handed over; what had passed the day before is forgotten."""
    before = {each.id: each for each in store.handed.all()}
    kept = {each.handed.id for each in entries}
    for each in entries:
        if before.get(each.handed.id) != each.handed:
            store.handed.save(each.handed)
    for old in before.values():
        if old.id not in kept and old.on < today - _A_DAY:
            store.handed.delete(old.id)
