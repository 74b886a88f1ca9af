"""What the user takes into a calendar program: every day to pay on, the same entry each time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from planner.domain.dates import add_months
from planner.domain.reminders.entry import Entry, Handed, entry_of, handed_now, taken_back
from planner.services.reminder_topics import topics
from planner.services.reminders import rules_of
from planner.store.store import Store


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


def calendar_entries(store: Store, today: date, months: int, now: datetime) -> tuple[CalendarEntry, ...]:
    """What there is to pay or to ask for from today on, and what of an earlier file is no more.

    What was handed over and is paid, moved or gone is handed over once more as cancelled until its day
    has passed, so that a calendar program that reads the new file lets go of it.

    Args:
        store: The open store.
        today: The local day.
        months: How far ahead.
        now: The time in UTC.
    """
    rules, until = rules_of(store), add_months(today, months)
    before = {each.id: each for each in store.handed.all()}
    there = {topic.id: topic for topic in topics(store, today) if today <= topic.on}
    found = []
    for topic in there.values():
        # What was handed over once is kept up to date, however far ahead it is.
        if topic.on <= until or topic.id in before:
            entry = entry_of(topic, rules)
            found.append(CalendarEntry(handed_now(entry, before.get(topic.id), now), entry))
    found += [
        CalendarEntry(taken_back(each, now), None)
        for each in before.values()
        if each.id not in there and each.on >= today
    ]
    return tuple(sorted(found, key=lambda each: (each.handed.on, each.handed.id)))


def note_handed(store: Store, entries: Iterable[CalendarEntry], today: date) -> None:
    """Keep in mind what was handed over; what has passed is forgotten."""
    before = {each.id: each for each in store.handed.all()}
    for each in entries:
        if before.get(each.handed.id) != each.handed:
            store.handed.save(each.handed)
    for old in before.values():
        if old.on < today:
            store.handed.delete(old.id)
