"""The dated times of an income or an expense, with what the user said about them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from planner.domain.business_days import BusinessCalendar
from planner.domain.cash.flow import CashFlow, Direction, Happened, Occurrence
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.money import Money
from planner.phrases import Phrase

# No run of days off is longer, so no working day is further from the day of the rule.
_FURTHEST_SHIFT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Time:
    """One time of an income or an expense.

    Attributes:
        flow: What comes or goes.
        by_rule: The day of the rule, before any shift.
        on: The day it comes or came.
        amount: How much; above nothing.
        state: What became of it.
        planned_on: The day by the rule and the working days, without what the user said.
        doubt: Why its day may still move; None if it is settled.
    """

    flow: CashFlow
    by_rule: date
    on: date
    amount: Money
    state: Happened
    planned_on: date
    doubt: Phrase | None = None

    @property
    def is_changed(self) -> bool:
        """Whether its day or amount is another than planned."""
        return self.on != self.planned_on or self.amount != self.flow.amount

    @property
    def signed(self) -> Money:
        """What it moves: below nothing for an expense, nothing if it is skipped."""
        if self.state is Happened.SKIPPED:
            return self.amount.zero
        return self.amount if self.flow.direction is Direction.INCOME else -self.amount

    @property
    def movement(self) -> Movement:
        """It as a movement of cash."""
        is_income = self.flow.direction is Direction.INCOME
        return Movement(
            self.on,
            self.signed,
            Phrase.own(self.flow.name),
            MovementKind.INCOME if is_income else MovementKind.EXPENSE,
            self.flow.cash_account_id,
            refers_to=self.flow.id,
            by_rule=self.by_rule,
            doubt=self.doubt,
        )


def times_of(flow: CashFlow, calendar: BusinessCalendar | None, start: date, until: date) -> tuple[Time, ...]:
    """The times of an income or an expense that come from one day to another, both included.

    Skipped ones are among them, so that they can be put back. What is confirmed stays, even where the
    rule has changed since.

    Args:
        flow: The income or expense.
        calendar: The working days by which its days shift; None if they are unknown.
        start: The first day.
        until: The last day.

    Returns:
        Them, by the day on which they come.
    """
    times = (time for time in _all_times(flow, calendar, until) if start <= time.on <= until)
    return tuple(sorted(times, key=lambda time: (time.on, time.by_rule)))


def time_of(flow: CashFlow, calendar: BusinessCalendar | None, by_rule: date) -> Time | None:
    """One time, by its day of the rule; None if there is none."""
    said = next((each for each in flow.occurrences if each.by_rule == by_rule), None)
    is_kept = said is not None and said.state is Happened.CONFIRMED
    if not is_kept and not flow.recurrence.comes_on(by_rule):
        return None
    return _time(flow, by_rule, said, calendar)


def _all_times(flow: CashFlow, calendar: BusinessCalendar | None, until: date) -> Iterator[Time]:
    said = {each.by_rule: each for each in flow.occurrences}
    # What the user moved to an earlier day may have any day of the rule.
    last = max((until + _FURTHEST_SHIFT, *said))
    for by_rule in flow.recurrence.by_rule(last):
        yield _time(flow, by_rule, said.pop(by_rule, None), calendar)
    for by_rule, each in said.items():
        if each.state is Happened.CONFIRMED:
            yield _time(flow, by_rule, each, calendar)


def _time(flow: CashFlow, by_rule: date, said: Occurrence | None, calendar: BusinessCalendar | None) -> Time:
    planned = flow.recurrence.shifted(by_rule, calendar)
    doubt = None
    if planned.doubt is not None and (said is None or said.on is None):
        doubt = Phrase("The day may still move. {reason}", reason=planned.doubt.values["reason"])
    if said is None:
        return Time(flow, by_rule, planned.on, flow.amount, Happened.EXPECTED, planned.on, doubt)
    return Time(
        flow, by_rule, said.on or planned.on, said.amount or flow.amount, said.state, planned.on, doubt
    )
