"""When something comes again: once, every so many weeks, or on a day of every so many months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.business_days import BusinessCalendar
from planner.domain.dates import DueDay, Shift, add_months, shifted


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
            match self.unit:
                case Unit.ONCE:
                    on = self.first_on
                case Unit.WEEK:
                    on = self.first_on + timedelta(weeks=self.every * number)
                case Unit.MONTH:
                    on = add_months(self.first_on, self.every * number, self.day)
            if on > end:
                return
            yield on
            if self.unit is Unit.ONCE:
                return
            number += 1

    def shifted(self, by_rule: date, calendar: BusinessCalendar | None) -> DueDay:
        """The day on which it really comes.

        Args:
            by_rule: The day of the rule.
            calendar: The working days; None if they are unknown.
        """
        return shifted(by_rule, self.shift, calendar)
