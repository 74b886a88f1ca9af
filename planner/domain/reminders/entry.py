"""What a calendar program shows of a topic, and what of it the program has handed over before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b

from planner.domain.reminders.planned import AFTER_DAYS, reminders_of
from planner.domain.reminders.reminder import About, Reminder, ReminderKind, ReminderRules, Topic
from planner.domain.reminders.words import least_of, open_of, words_of
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class Entry:
    """A day in a calendar.

    Attributes:
        id: That of the topic; the same however often it is handed over.
        on: The day.
        title: What to call it.
        alarms: The days on which the calendar reminds of it, before, on or after its day.
        note: What else to say of it, such as the least to pay; None if that is nothing.
    """

    id: str
    on: date
    title: Phrase
    alarms: tuple[date, ...]
    note: Phrase | None = None

    @property
    def digest(self) -> str:
        """What changes whenever anything of it does."""
        alarms = (day.isoformat() for day in self.alarms)
        told = (self.on.isoformat(), str(self.title), *alarms, *([str(self.note)] if self.note else ()))
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


def entry_of(topic: Topic, rules: ReminderRules, first: date) -> Entry:
    """The entry of a topic, with an alarm for each reminder up to its day, and to confirm a debit.

    No alarm rings in the past: the newest one that was missed rings on the first day that is not quiet,
    or on a quiet one where it would be too late otherwise.

    Args:
        topic: What it is about; its day is not before today.
        rules: When the user wants to be reminded.
        first: The first day on which an alarm can still ring.
    """
    planned = _planned(topic, rules)
    alarms = {day for day in planned if day >= first}
    if len(alarms) < len(planned):
        soon = rules.not_before(first)
        made_up = soon if soon <= topic.on else first
        if made_up <= topic.on:
            alarms.add(made_up)
    return Entry(topic.id, topic.on, _title(topic), tuple(sorted(alarms)), _least(topic))


def late_entry_of(topic: Topic, rules: ReminderRules, today: date, first: date) -> Entry:
    """The entry of what is late: it stands on today, with an alarm on the first morning that is not quiet.

    Args:
        topic: What it is about; its day is before today.
        rules: When the user wants to be reminded.
        today: The local day.
        first: The first day on which an alarm can still ring.
    """
    amount, least = open_of(topic), least_of(topic)
    if topic.words is not None or topic.about is About.DEBIT:  # a debit may well have been made
        title = words_of(Reminder(topic, ReminderKind.AFTER, (today - topic.on).days, today), today)
    else:
        title = Phrase("Late since {date}: {name}, {amount}", date=topic.on, name=topic.name, amount=amount)
    note = Phrase("At least {amount}", amount=least) if least < amount else None
    return Entry(topic.id, today, title, (rules.not_before(first),), note)


def as_handed(topic: Topic, rules: ReminderRules, before: Handed | None, first: date) -> Entry:
    """The entry of a topic: as it was handed over last if nothing but the day has changed since.

    An alarm that was handed over while it was ahead has rung, and is not made up for again.

    Args:
        topic: What it is about; its day is not before today.
        rules: When the user wants to be reminded.
        before: What was handed over of it last; None if nothing was.
        first: The first day on which an alarm can still ring.
    """
    now = entry_of(topic, rules, first)
    if before is None or before.is_cancelled or before.digest == now.digest:
        return now
    day = min((*_planned(topic, rules), first))
    while day < first:
        earlier = entry_of(topic, rules, day)
        if earlier.digest == before.digest:
            return earlier
        day += timedelta(days=1)
    return now


def _planned(topic: Topic, rules: ReminderRules) -> set[date]:
    until = rules.not_before(topic.on + timedelta(days=AFTER_DAYS[0]))
    return {
        reminder.on
        for reminder in reminders_of(topic, rules, until)
        if reminder.on <= topic.on or (topic.about is About.DEBIT and reminder.kind is ReminderKind.CONFIRM)
    }


def _least(topic: Topic) -> Phrase | None:
    """The least to pay of a topic with dues; None where that is all of it."""
    if not topic.dues or least_of(topic) >= open_of(topic):
        return None
    return Phrase("At least {least} is due by then.", least=least_of(topic))


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
