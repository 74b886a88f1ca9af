"""What is to be said today, and what the user wants of reminders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.domain.account import Account
from planner.domain.position import Position
from planner.domain.reminders.planned import to_say
from planner.domain.reminders.reminder import (
    LEAD_DAYS,
    Remembered,
    Reminder,
    ReminderKind,
    ReminderRules,
    Topic,
)
from planner.domain.reminders.words import beside_line, words_of
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.reminder_topics import topics
from planner.store.columns import days_in, days_text
from planner.store.store import Store

LEADS, QUIET_WEEKDAYS, QUIET_DATES = "reminder_lead_days", "quiet_weekdays", "quiet_dates"

# What is done is kept in mind for a while: a payment that is taken back is no reason to say all anew.
_KEPT_DAYS = 60


class SnoozedToThePastError(PlannerError):
    """A reminder that is put off to a day that is not ahead."""

    message = N_("Choose a later day than {today}.")


@dataclass(frozen=True, slots=True)
class ToSay:
    """One thing to say today.

    Attributes:
        reminder: What it is about.
        words: What to say.
    """

    reminder: Reminder
    words: Phrase


@dataclass(frozen=True, slots=True)
class PutOff:
    """One thing that is put off.

    Attributes:
        topic: What it is about.
        until: The first day on which it may be said again.
        words: What there is to say of it.
    """

    topic: Topic
    until: date
    words: Phrase


@dataclass(frozen=True, slots=True)
class Unseen:
    """What the window shows of reminders.

    Attributes:
        to_say: What is to be said and was not put aside as seen, by the day of what it is about.
        beside: What to say of each beside a line that shows what it is about, by the id of its topic;
            nothing of what such a line says already.
        put_off: What is put off, by the day until which it is.
    """

    to_say: tuple[ToSay, ...]
    beside: Mapping[str, Phrase]
    put_off: tuple[PutOff, ...]


def unseen(store: Store, today: date, position: Position | None = None) -> Unseen:
    """What the window shows: it stays there, also once it was said elsewhere, until it is put aside.

    Args:
        store: The open store.
        today: The local day.
        position: What is recorded on that day, where that is known already.
    """
    there = topics(store, today, position)
    remembered = {known.id: replace(known, said=known.seen) for known in store.remembered.all()}
    found = to_say(there, rules_of(store), remembered, today)
    beside = {each.topic.id: beside_line(each, today) for each in found}
    return Unseen(
        tuple(ToSay(reminder, words_of(reminder, today)) for reminder in found),
        {topic_id: words for topic_id, words in beside.items() if words is not None},
        tuple(_put_off(there, remembered, today)),
    )


def _put_off(there: Iterable[Topic], remembered: Mapping[str, Remembered], today: date) -> list[PutOff]:
    found = []
    for topic in there:
        known = remembered.get(topic.id)
        until = known.snoozed_until if known is not None else None
        if until is not None and today < until:
            words = words_of(Reminder(topic, ReminderKind.SNOOZED, until.toordinal(), until), today)
            found.append(PutOff(topic, until, words))
    return sorted(found, key=lambda each: (each.until, each.topic.on, each.topic.id))


def reminders_today(store: Store, today: date, *, is_again: bool = False) -> tuple[ToSay, ...]:
    """What is to be said today and was not said yet, by the day of what it is about.

    Args:
        store: The open store.
        today: The local day.
        is_again: Whether to say once more what was said already; what is put off stays so.
    """
    remembered = {
        known.id: replace(known, said="") if is_again else known for known in store.remembered.all()
    }
    found = to_say(topics(store, today), rules_of(store), remembered, today)
    return tuple(ToSay(reminder, words_of(reminder, today)) for reminder in found)


def note_said(store: Store, said: Iterable[Reminder], today: date) -> None:
    """Keep in mind what was said, so that it is not said again; what is long done is forgotten."""
    known = {each.id: each for each in store.remembered.all()}
    for reminder in said:
        before = known.get(reminder.topic.id, Remembered(reminder.topic.id))
        known[before.id] = replace(before, said=reminder.mark, said_on=today)
        store.remembered.save(known[before.id])
    still_there = {topic.id for topic in topics(store, today)}
    oldest = today - timedelta(days=_KEPT_DAYS)
    for each in known.values():
        last = max(filter(None, (each.said_on, each.snoozed_until)), default=None)
        if each.id not in still_there and (last is None or last < oldest):
            store.remembered.delete(each.id)


def note_seen(store: Store, seen: Iterable[Reminder], today: date) -> None:
    """Put aside what the user has seen: neither the window nor anything else says it again.

    What comes next of the same thing, such as on its day, is said all the same.
    """
    for reminder in seen:
        known = store.remembered.find(reminder.topic.id) or Remembered(reminder.topic.id)
        store.remembered.save(replace(known, said=reminder.mark, said_on=today, seen=reminder.mark))


def snooze_all(store: Store, topic_ids: Iterable[str], until: date, today: date) -> None:
    """Put off several topics at once.

    Raises:
        SnoozedToThePastError: The day is not ahead.
    """
    for topic_id in topic_ids:
        snooze(store, topic_id, until, today)


def snooze(store: Store, topic_id: str, until: date, today: date) -> None:
    """Say nothing more of a topic until a day, and then say it again.

    Raises:
        SnoozedToThePastError: The day is not ahead.
    """
    if until <= today:
        raise SnoozedToThePastError(today=today)
    known = store.remembered.find(topic_id) or Remembered(topic_id)
    store.remembered.save(replace(known, snoozed_until=until))


def remind_again(store: Store, topic_id: str) -> None:
    """Put a topic off no longer: it is said again from now on."""
    known = store.remembered.find(topic_id)
    if known is not None:
        store.remembered.save(replace(known, snoozed_until=None))


def rules_of(store: Store) -> ReminderRules:
    """When the user wants to be reminded."""
    settings = store.settings
    return ReminderRules(
        lead_days=days_in(settings.get(LEADS, days_text(LEAD_DAYS))),
        own={
            account.id: account.lead_days for account in store.accounts.all() if account.lead_days is not None
        },
        quiet_weekdays=frozenset(days_in(settings.get(QUIET_WEEKDAYS))),
        quiet_dates=frozenset(date.fromisoformat(day) for day in settings.get(QUIET_DATES).split(",") if day),
    )


def set_lead_days(store: Store, days: Sequence[int]) -> None:
    """Choose how many days before a due date to remind of it, for every account without days of its own.

    Raises:
        LeadDaysError: One of them is no such number.
    """
    ReminderRules(lead_days=tuple(days))
    store.settings.put(LEADS, days_text(sorted(set(days), reverse=True)))


def set_account_lead_days(store: Store, account_id: str, days: Sequence[int] | None) -> Account:
    """Choose the same for one account; None for as many as usual.

    Raises:
        LeadDaysError: One of them is no such number.
    """
    chosen = tuple(sorted(set(days), reverse=True)) if days is not None else None
    if chosen is not None:
        ReminderRules(lead_days=chosen)
    account = replace(store.accounts.get(account_id), lead_days=chosen)
    store.accounts.save(account)
    return account


def set_quiet_days(store: Store, weekdays: Iterable[int], dates: Iterable[date]) -> None:
    """Choose the days on which nothing is said; Monday is 0.

    Raises:
        OnlyQuietDaysError: No day of the week is left.
    """
    quiet = frozenset(weekdays)
    ReminderRules(quiet_weekdays=quiet)
    store.settings.put(QUIET_WEEKDAYS, days_text(sorted(quiet)))
    store.settings.put(QUIET_DATES, ",".join(sorted({day.isoformat() for day in dates})))
