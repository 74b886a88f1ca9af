"""When something comes again: once, every so many weeks, or on a day of every so many months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import DueDay, Shift, add_months, months_between, shifted

_SATURDAY = 5  # as date.weekday counts
_A_DAY = timedelta(days=1)


class Unit(StrEnum):
    """What a recurrence counts in."""

    ONCE = "once"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When something comes.

    Attributes:
        first_on: The first time by the rule, before any shift.
        unit: What is counted in.
        every: After how many weeks or months it comes again.
        day: The day of the month to aim at, 31 for the last one; None for that of ``first_on``.
        until: The last day on which it can come; None without an end.
        shift: What becomes of a day that is not a working day. A salary "on the last working day" has
            ``day`` 31 and moves to the working day before.
    """

    first_on: date
    unit: Unit = Unit.MONTH
    every: int = 1
    day: int | None = None
    until: date | None = None
    shift: Shift = Shift.NONE

    def by_rule(self, last: date) -> Iterator[date]:
        """The days it comes by the rule, before any shift, up to a day; in order, without drifting."""
        end = last if self.until is None else min(last, self.until)
        number = 0
        while True:
            on = self._at(number)
            if on > end:
                return
            # The day of the month to aim at may lie before the first time in its month.
            if on >= self.first_on:
                yield on
            if self.unit is Unit.ONCE:
                return
            number += 1

    def beside(self, day: date) -> date | None:
        """The time by the rule in the same month, or week from Monday, as a day; None if there is none.

        What comes once is beside every day.
        """
        match self.unit:
            case Unit.ONCE:
                number, is_off = 0, 0
            case Unit.WEEK:
                number, is_off = divmod((_monday(day) - _monday(self.first_on)).days // 7, self.every)
            case Unit.MONTH:
                number, is_off = divmod(months_between(self.first_on, day), self.every)
        if is_off or number < 0:
            return None
        on = self._at(number)
        is_within = self.first_on <= on and (self.until is None or on <= self.until)
        return on if is_within else None

    def comes_on(self, day: date) -> bool:
        """Whether it comes on a day by the rule."""
        return self.beside(day) == day

    def from_day(self, day: date) -> Recurrence | None:
        """The same rule, begun with its first time on or after a day; None if none is left.

        The day of the month to aim at stays what it was.
        """
        number = 0
        match self.unit:
            case Unit.ONCE:
                pass
            case Unit.WEEK:
                number = max(0, (day - self.first_on).days // (7 * self.every))
            case Unit.MONTH:
                number = max(0, months_between(self.first_on, day) // self.every)
        while self._at(number) < max(day, self.first_on):
            if self.unit is Unit.ONCE:
                return None
            number += 1
        first_on = self._at(number)
        if self.until is not None and first_on > self.until:
            return None
        return self.begun(first_on)

    def begun(self, first_on: date) -> Recurrence:
        """The same rule with another first time; the day of the month to aim at stays what it was."""
        day = (self.day or self.first_on.day) if self.unit is Unit.MONTH else self.day
        return replace(self, first_on=first_on, day=day)

    def shifted(self, by_rule: date, calendar: BusinessCalendar | None) -> DueDay:
        """The day on which it really comes.

        Where the holidays are not published yet, Monday to Friday are taken for working days: that is right
        far more often than the day of the rule, and the doubt stays.

        Args:
            by_rule: The day of the rule.
            calendar: The working days; None if they are unknown.
        """
        found = shifted(by_rule, self.shift, calendar)
        if found.doubt is None:
            return found
        step = _A_DAY if self.shift is Shift.NEXT else -_A_DAY
        day = by_rule
        while not _seems_worked(day, calendar):
            day += step
        return replace(found, on=day)

    def _at(self, number: int) -> date:
        match self.unit:
            case Unit.ONCE:
                return self.first_on
            case Unit.WEEK:
                return self.first_on + timedelta(weeks=self.every * number)
            case Unit.MONTH:
                return add_months(self.first_on, self.every * number, self.day)


def _seems_worked(day: date, calendar: BusinessCalendar | None) -> bool:
    """Whether people work on a day, as far as it is known; else whether it is a weekday."""
    if calendar is not None and day.year in calendar.years:
        return calendar.is_business_day(day)
    return day.weekday() < _SATURDAY


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
