"""How much of a year lies between two days, by each rule that contracts name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

_MONTH = 30
_YEAR_OF_MONTHS = 360


class DayCount(StrEnum):
    """A day-count rule, named as contracts name it.

    ACTUAL_365: the days that passed, over 365 also in a leap year. ACTUAL_360: over 360, so that a
    year costs 365/360 of the yearly rate. THIRTY_360: every month has 30 days.

    Source: ISDA 2006 Definitions, section 4.16 (d), (e), (f).
    """

    ACTUAL_365 = "actual_365"
    ACTUAL_360 = "actual_360"
    THIRTY_360 = "thirty_360"

    def days(self, start: date, end: date) -> int:
        """The days between two days as the rule counts them: the first counts, the last does not."""
        if self is not DayCount.THIRTY_360:
            return (end - start).days
        first = min(start.day, _MONTH)
        last = min(end.day, _MONTH) if first == _MONTH else end.day  # the 31st is the 30th after a 30th
        months = (end.year - start.year) * 12 + end.month - start.month
        return months * _MONTH + last - first

    @property
    def basis(self) -> int:
        """How many days a year has in it."""
        return 365 if self is DayCount.ACTUAL_365 else _YEAR_OF_MONTHS

    def year_fraction(self, start: date, end: date) -> Decimal:
        """The part of a year between two days."""
        return Decimal(self.days(start, end)) / self.basis
