"""What can be reminded of, by which rules, and what was said of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.due import Due
from planner.errors import PlannerError
from planner.phrases import N_, Phrase

LEAD_DAYS = (7, 3, 1)
MOST_LEAD_DAYS = 60
_A_DAY = timedelta(days=1)
_WEEK = 7


class LeadDaysError(PlannerError):
    """A lead that is no number of days, or too long."""

    message = N_("Choose from 1 to {most} days before the due date.")


class OnlyQuietDaysError(PlannerError):
    """Every day of the week is quiet, so that nothing could ever be said."""

    message = N_("Leave at least one day of the week on which reminders may come.")


class About(StrEnum):
    """What a topic is."""

    DUE = "due"
    DEBIT = "debit"
    FAILED = "failed"
    NOT_BILLED = "not_billed"
    AGREED = "agreed"
    ASK = "ask"
    LOOK_AGAIN = "look_again"
    PROMISE = "promise"
    NEXT_CONTACT = "next_contact"
    TASK = "task"
    WAIT = "wait"
    ANSWER = "answer"

    @property
    def is_said_ahead(self) -> bool:
        """Whether it is also said some days before its day."""
        return self not in {
            *(About.LOOK_AGAIN, About.PROMISE, About.NEXT_CONTACT),
            *(About.TASK, About.WAIT, About.ANSWER),
        }


class ReminderKind(StrEnum):
    """Why something is said on a day."""

    BEFORE = "before"
    ON_DAY = "on_day"
    CONFIRM = "confirm"
    AFTER = "after"
    SNOOZED = "snoozed"


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """When the user wants to be reminded.

    Attributes:
        lead_days: How many days before its day something is said.
        own: The lead days of accounts that have their own, by the id of the account; none at all where
            only the day itself is to be said.
        quiet_weekdays: The days of the week on which nothing is said; Monday is 0.
        quiet_dates: Further days on which nothing is said.

    Raises:
        LeadDaysError: A lead is not from 1 to MOST_LEAD_DAYS.
        OnlyQuietDaysError: The whole week is quiet.
    """

    lead_days: tuple[int, ...] = LEAD_DAYS
    own: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    quiet_weekdays: frozenset[int] = frozenset()
    quiet_dates: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        """Refuse what would keep reminders from coming."""
        for leads in (self.lead_days, *self.own.values()):
            if not all(1 <= lead <= MOST_LEAD_DAYS for lead in leads):
                raise LeadDaysError(most=MOST_LEAD_DAYS)
        if len(self.quiet_weekdays) >= _WEEK:
            raise OnlyQuietDaysError

    def leads_of(self, account_id: str) -> tuple[int, ...]:
        """How many days before, for an account."""
        return self.own.get(account_id, self.lead_days)

    def is_quiet(self, day: date) -> bool:
        """Whether nothing is said on a day."""
        return day.weekday() in self.quiet_weekdays or day in self.quiet_dates

    def not_after(self, day: date) -> date:
        """The last day up to this one on which something may be said."""
        while self.is_quiet(day):
            day -= _A_DAY
        return day

    def not_before(self, day: date) -> date:
        """The first day from this one on which something may be said."""
        while self.is_quiet(day):
            day += _A_DAY
        return day


@dataclass(frozen=True, slots=True)
class Topic:
    """One thing to remind of until it is done.

    Attributes:
        id: That of the due, the to-do, the case or the contact; of what is not billed yet, the account and
            the day.
        about: What it is.
        account_id: Whose.
        name: What to call it.
        on: Its day.
        dues: What is to be paid; nothing for anything else.
        words: What to say of it; None where that follows from the dues.
    """

    id: str
    about: About
    account_id: str
    name: Phrase
    on: date
    dues: tuple[Due, ...] = ()
    words: Phrase | None = None


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing to say of a topic on a day.

    Attributes:
        topic: What it is about.
        kind: Why on that day.
        days: How many days before or after the day of the topic, by the rule, before quiet days moved it.
        on: The day on which it is to be said, or the first one on which the program runs after it.
    """

    topic: Topic
    kind: ReminderKind
    days: int
    on: date

    @property
    def uid(self) -> str:
        """An identity that stays the same however often it is worked out."""
        return f"{self.topic.id}/{self.kind.value}/{self.days}"

    @property
    def mark(self) -> str:
        """What is noted once it was said; another one when the day of the topic moves."""
        return f"{self.kind.value}/{self.days}/{self.topic.on.isoformat()}"


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is known of a topic: what was said of it last, and until when it is put off.

    Attributes:
        id: The topic.
        said: The mark of what was said last, by a notification or the command line; empty if nothing was.
        said_on: When.
        snoozed_until: The first day on which it may be said again; None if it is not put off.
        seen: The mark of what the user last put aside as seen; empty if nothing was.
    """

    id: str
    said: str = ""
    said_on: date | None = None
    snoozed_until: date | None = None
    seen: str = ""
