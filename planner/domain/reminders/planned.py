"""Which reminder of a topic comes on which day, and what is to be said today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from planner.domain.reminders.reminder import About, Remembered, Reminder, ReminderKind, ReminderRules, Topic

# Days after: soon at first, then once a week for as long as it stays open.
AFTER_DAYS = (1, 3, 7)
_WEEK = 7
# What the cycle alone says may well be paid: it is asked for twice, not week after week.
_AFTER_NOT_BILLED = (1, 7)


def reminders_of(topic: Topic, rules: ReminderRules, until: date) -> Iterator[Reminder]:
    """Every reminder of a topic up to a day, in their order, as long as it stays open.

    What comes before or on the day of the topic is moved off quiet days to the day before, what
    comes after it to the day after: so it never comes too late to be of use.

    Args:
        topic: What it is about.
        rules: When the user wants to be reminded.
        until: The last day of interest.

    Yields:
        Each reminder; several may have come to fall on one day.
    """
    for days, kind in _by_rule(topic, rules, until):
        by_rule = topic.on + timedelta(days=days)
        on = rules.not_after(by_rule) if days <= 0 else rules.not_before(by_rule)
        if on <= until:
            yield Reminder(topic, kind, abs(days), on)


def _by_rule(topic: Topic, rules: ReminderRules, until: date) -> Iterator[tuple[int, ReminderKind]]:
    if topic.about.is_said_ahead:
        for lead in sorted(set(rules.leads_of(topic.account_id)), reverse=True):
            yield -lead, ReminderKind.BEFORE
    yield 0, ReminderKind.ON_DAY
    if topic.about is About.NOT_BILLED:
        yield from ((days, ReminderKind.CONFIRM) for days in _AFTER_NOT_BILLED)
        return
    for days in AFTER_DAYS:
        is_debit = topic.about is About.DEBIT and days == AFTER_DAYS[0]
        yield days, ReminderKind.CONFIRM if is_debit else ReminderKind.AFTER
    last = (until - topic.on).days
    yield from ((days, ReminderKind.AFTER) for days in range(AFTER_DAYS[-1] + _WEEK, max(last, 0) + 1, _WEEK))


def newest(topic: Topic, rules: ReminderRules, today: date, put_off: date | None = None) -> Reminder | None:
    """What there is to say of a topic by today: the newest of its reminders; None if it is too early.

    Args:
        topic: What it is about.
        rules: When the user wants to be reminded.
        today: The day.
        put_off: The first day on which it may be said again; None if it was not put off.
    """
    found = None
    for reminder in reminders_of(topic, rules, today):
        if put_off is None or reminder.on > put_off:
            found = reminder
    if put_off is not None and put_off <= today and found is None:
        # The mark names its day: whoever puts it off twice is reminded twice.
        return Reminder(topic, ReminderKind.SNOOZED, put_off.toordinal(), put_off)
    return found


def to_say(
    topics: Iterable[Topic], rules: ReminderRules, remembered: Mapping[str, Remembered], today: date
) -> list[Reminder]:
    """What is to be said today and was not said yet: each topic once, however long nothing was said.

    Args:
        topics: What is open now: what is done is none of them any more.
        rules: When the user wants to be reminded.
        remembered: What was said, and what is put off, by the id of the topic.
        today: The local day.

    Returns:
        At most one reminder of each topic, by the day of the topic.
    """
    found = []
    for topic in topics:
        known = remembered.get(topic.id, Remembered(topic.id))
        put_off = known.snoozed_until
        if put_off is not None and today < put_off:
            continue
        reminder = newest(topic, rules, today, put_off)
        if reminder is None or reminder.mark == known.said:
            continue
        if rules.is_quiet(today) and _can_wait(topic, rules, today):
            continue
        found.append(reminder)
    return sorted(found, key=lambda reminder: (reminder.topic.on, reminder.topic.id))


def _can_wait(topic: Topic, rules: ReminderRules, today: date) -> bool:
    """Whether a day comes that is not quiet before it is too late, or it is late anyway."""
    return topic.on < today or rules.not_before(today) <= topic.on


def reminders_between(
    topics: Iterable[Topic], rules: ReminderRules, first: date, last: date
) -> list[Reminder]:
    """What will be said from one day to another, both included, if nothing is paid until then."""
    found = [
        reminder
        for topic in topics
        for reminder in reminders_of(topic, rules, last)
        if first <= reminder.on <= last
    ]
    return sorted(found, key=lambda reminder: (reminder.on, reminder.topic.on, reminder.uid))
