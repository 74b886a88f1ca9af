"""The unit-periods of Regulation Z, and how many of them lie between two dates.

Source: 12 CFR 1026, Appendix J (b)(3) to (5), CFPB; the paragraphs named below are its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from planner.domain.apr.periods import (
    LAST_DAY,
    anchor_of,
    days_in,
    is_month_end,
    months_back,
    years_back,
)

_WEEK = 7
_WEEKS = 52
_HALF_MONTH = 15
_MONTH = 30
_MONTHS = 12
_YEAR = 365
_TWICE = 3  # so many dates have two periods between them
_UNEVEN = 2  # how many days longer or shorter than the other one half of a month may be


class Kind(StrEnum):
    """What a unit-period is made of."""

    DAY = "day"
    WEEK = "week"
    SEMIMONTH = "semimonth"
    MONTH = "month"
    YEAR = "year"


class UnitPeriod(NamedTuple):
    """A standard interval of time, (b)(3)(iii): a day, a week, a semimonth, a month, or several.

    Attributes:
        kind: Of what.
        multiple: Of how many; twelve months are a year.
    """

    kind: Kind
    multiple: int = 1

    @property
    def per_year(self) -> Fraction:
        """How many make a year, (b)(5)(ii) to (v)."""
        yearly = {Kind.DAY: _YEAR, Kind.WEEK: _WEEKS, Kind.SEMIMONTH: 24, Kind.MONTH: _MONTHS, Kind.YEAR: 1}
        return Fraction(yearly[self.kind], self.multiple)

    @property
    def days(self) -> int:
        """How long it is, with months of 30 days as (b)(5)(iii) has them."""
        length = {
            Kind.DAY: 1,
            Kind.WEEK: _WEEK,
            Kind.SEMIMONTH: _HALF_MONTH,
            Kind.MONTH: _MONTH,
            Kind.YEAR: _YEAR,
        }
        return length[self.kind] * self.multiple


_COUNTED_IN_DAYS = {Kind.DAY, Kind.WEEK}


class Interval(NamedTuple):
    """The time between two dates in unit-periods.

    Attributes:
        whole: The full unit-periods.
        rest: The remaining fraction of one, above the line.
        of: The same, below the line.
    """

    whole: int
    rest: int = 0
    of: int = 1

    @property
    def part(self) -> Fraction | int:
        """The remaining fraction of a unit-period."""
        return Fraction(self.rest, self.of) if self.rest else 0

    @property
    def part_text(self) -> str:
        """The remaining fraction as the rule makes it, not reduced: 22/180."""
        return f"{self.rest}/{self.of}" if self.rest else "0"


def interval(start: date, end: date, unit: UnitPeriod, anchor: int | None = None) -> Interval:
    """The number of unit-periods between two dates, (b)(5).

    Args:
        start: The earlier date.
        end: The later date, or the same.
        unit: The unit-period.
        anchor: The day of the month that the later date stands for, see ``periods.months_back``.
    """
    if unit.kind in _COUNTED_IN_DAYS:
        return Interval(*divmod((end - start).days, unit.days), unit.days)
    months, days = months_back(start, end, anchor)
    if unit == UnitPeriod(Kind.MONTH):
        return Interval(months, days, _MONTH)
    if unit.per_year > 1:
        return Interval(*divmod(_MONTH * months + days, unit.days), unit.days)
    if not days:
        return Interval(*divmod(months, _MONTHS), _MONTHS)
    return Interval(*years_back(start, end, anchor), _YEAR)


def unit_period_of(advances: Sequence[date], payments: Sequence[date]) -> UnitPeriod:
    """The unit-period of a transaction with several advances or payments, (b)(4)(i).

    The period that occurs most often, of those that occur more than once and are no longer than a year;
    the smaller of two that occur equally often. Without any, the average of all periods, rounded to the
    nearest standard interval, the lower of two that are equally near; months have 30 days there, and an
    average of whole months is rounded to months. A period that is a number of days and one of months as
    well counts as both.

    Args:
        advances: When money is lent.
        payments: When something is paid.
    """
    start = min((*advances, *payments), default=date.min)
    strings = [sorted({start, *advances}), sorted({start, *payments})]
    counted = Counter(unit for string in strings for unit in _units(string))
    common = [unit for unit, count in counted.items() if count > 1]
    if common:
        # Between a month and 30 days, say, the calendar decides.
        return min(common, key=lambda unit: (-counted[unit], unit.days, unit.kind in _COUNTED_IN_DAYS))
    periods = [months_back(a, b) for string in strings for a, b in pairwise(string)]
    if not periods:
        return UnitPeriod(Kind.DAY)  # all on one day
    average = Fraction(sum(_MONTH * months + days for months, days in periods), len(periods))
    standard = [*(UnitPeriod(Kind.MONTH, count) for count in range(1, _MONTHS)), UnitPeriod(Kind.YEAR)]
    if any(days for _, days in periods):
        standard += [UnitPeriod(Kind.DAY), UnitPeriod(Kind.SEMIMONTH)]
        standard += [UnitPeriod(Kind.WEEK, count) for count in range(1, _WEEKS + 1)]
    return min(standard, key=lambda unit: (abs(unit.days - average), unit.days))


def times(start: date, days: Sequence[date], unit: UnitPeriod) -> list[Interval]:
    """The time of each date of a string of advances or payments, from the beginning of the term.

    A string on the last day of each month, on the 29th or 30th, or on two days of each month is measured
    by the days it aims at, (b)(3)(iv).

    Args:
        start: The beginning of the term.
        days: The dates.
        unit: The unit-period.
    """
    later = sorted({day for day in days if day > start})
    halves = _halves(later)
    anchor = None if halves else anchor_of(later)
    return [interval(start, day, unit, halves.get(day, anchor)) for day in days]


def _units(string: Sequence[date]) -> Iterator[UnitPeriod]:
    """What each period of a string of dates is: one of days or weeks, and one of months if it is whole."""
    halves = _halves(string) or _halves(string[1:])
    anchor = anchor_of(string[1:])
    for start, end in pairwise(string):
        days = (end - start).days
        if days <= _YEAR:
            yield UnitPeriod(Kind.DAY, days) if days % _WEEK else UnitPeriod(Kind.WEEK, days // _WEEK)
        months, rest = months_back(start, end, anchor)
        if not rest and months <= _MONTHS:
            yield UnitPeriod(Kind.YEAR) if months == _MONTHS else UnitPeriod(Kind.MONTH, months)
        if start in halves and end in halves:
            yield UnitPeriod(Kind.SEMIMONTH)


def _halves(days: Sequence[date]) -> dict[date, int]:
    """The day of the month that each date of a semimonthly string aims at; empty if it is none.

    Such a string has two days of each month half a month apart: the 1st and the 16th, the 15th and the last.
    """
    aims = {day.day for day in days}
    if len(aims) == 1 or len(days) < _TWICE:
        return {}
    low = min(aims)
    later = [day for day in days if day.day != low]
    high = LAST_DAY if all(map(is_month_end, later)) else max(aims)
    halves = {day: low if day.day == low else high for day in days}
    on_time = all(day.day == min(aim, days_in(day.year, day.month)) for day, aim in halves.items())
    places = [(day.year * _MONTHS + day.month) * 2 + (aim == high) for day, aim in halves.items()]
    in_turn = all(after - before == 1 for before, after in pairwise(places))
    return halves if on_time and in_turn and abs(high - low - _HALF_MONTH) <= _UNEVEN else {}
