"""What a calendar program shows of a topic, and what of it the program has handed over before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b

from planner.domain.reminders.planned import AFTER_DAYS, reminders_of
from planner.domain.reminders.reminder import About, ReminderKind, ReminderRules, Topic
from planner.domain.reminders.words import open_of
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """A day in a calendar.

    Attributes:
        id: That of the topic; the same however often it is handed over.
        on: The day.
        title: What to call it.
        alarms: The days on which the calendar reminds of it, before, on or after its day.
    """

    id: str
    on: date
    title: Phrase
    alarms: tuple[date, ...]

    @property
    def digest(self) -> str:
        """What changes whenever anything of it does."""
        told = (self.on.isoformat(), str(self.title), *(day.isoformat() for day in self.alarms))
        return blake2b("\n".join(told).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over of an entry last.

    Attributes:
        id: The entry.
        on: Its day.
        digest: What it said.
        sequence: How often it has changed since it was first handed over.
        changed_at: When it last changed, in UTC.
        is_cancelled: Whether it was taken back, because it is paid or moved.
    """

    id: str
    on: date
    digest: str
    sequence: int
    changed_at: datetime
    is_cancelled: bool = False


def entry_of(topic: Topic, rules: ReminderRules) -> Entry:
    """The entry of a topic, with an alarm for each reminder up to its day, and to confirm a debit."""
    until = rules.not_before(topic.on + timedelta(days=AFTER_DAYS[0]))
    alarms = {
        reminder.on
        for reminder in reminders_of(topic, rules, until)
        if reminder.on <= topic.on or (topic.about is About.DEBIT and reminder.kind is ReminderKind.CONFIRM)
    }
    return Entry(topic.id, topic.on, _title(topic), tuple(sorted(alarms)))


def handed_now(entry: Entry, before: Handed | None, now: datetime) -> Handed:
    """What is handed over of an entry now: as before if nothing of it changed, else one change more."""
    if before is None:
        return Handed(entry.id, entry.on, entry.digest, 0, now)
    if before.digest == entry.digest and not before.is_cancelled:
        return before
    return Handed(entry.id, entry.on, entry.digest, before.sequence + 1, now)


def taken_back(before: Handed, now: datetime) -> Handed:
    """What is handed over of an entry that there is no more: that it is cancelled, said as a change once."""
    if before.is_cancelled:
        return before
    return replace(before, sequence=before.sequence + 1, changed_at=now, is_cancelled=True)


def _title(topic: Topic) -> Phrase:
    if topic.words is not None:
        return topic.words
    amount = open_of(topic)
    match topic.about:
        case About.DEBIT:
            return Phrase("{name}: {amount} is debited", name=topic.name, amount=amount)
        case About.NOT_BILLED:
            return Phrase("{name}: {amount} will be due, not billed yet", name=topic.name, amount=amount)
        case _:
            return Phrase("{name}: {amount} is due", name=topic.name, amount=amount)
