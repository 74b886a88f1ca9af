"""The rate of the European Union, and of France and the United Kingdom with it.

The equation: Directive 2008/48/EC, Annex I, part I (the same in Directive 2014/17/EU, Annex I; in France
Code de la consommation, R. 314-1 ff.; in the United Kingdom FCA Handbook, CONC App 1.2). How to count time:
remark (c) there, and the Commission's guidelines SWD(2012) 128 final, 4.1.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from planner.domain.apr.periods import anchor_of, months_back, years_back
from planner.domain.apr.solver import Flow, rate
from planner.domain.apr.value import FAR, Apr, Convention, far
from planner.domain.dates import on_day
from planner.domain.rate import Per, Rate

_DAYS = 365
_WEEK = 7

# A day and an amount; or a time in years from the first drawdown, and an amount.
Dated = tuple[date, Decimal | int]
Timed = tuple[Decimal | Fraction | int, Decimal | int]


class Frequency(Enum):
    """The whole periods in which time is counted: those of the payments. The value: how many make a year.

    Source: Directive 2008/48/EC, Annex I, remark (c): 365 days, 52 weeks or 12 equal months.
    """

    DAY = 365
    WEEK = 52
    MONTH = 12
    YEAR = 1


class Interval(NamedTuple):
    """The time between two dates in years.

    Attributes:
        whole: The whole periods, measured back from the later date.
        frequency: What periods.
        days: The days that remain.
        year_days: How long their year is: 365 or 366 days.
    """

    whole: int
    frequency: Frequency
    days: int = 0
    year_days: int = _DAYS

    @property
    def years(self) -> Fraction:
        """The exact number of years."""
        return Fraction(self.whole, self.frequency.value) + Fraction(self.days, self.year_days)

    def __str__(self) -> str:
        """As the guidelines write it: 1/12+3/366."""
        text = f"{self.whole}/{self.frequency.value}"
        return f"{text}+{self.days}/{self.year_days}" if self.days else text


def interval(start: date, end: date, frequency: Frequency, anchor: int | None = None) -> Interval:
    """The time between two dates: whole periods measured back from the later one, then days.

    The days are divided by the length of the year that ends with the last of them. Where days alone are
    counted, a year has 365 (remark (c)).
    Source: SWD(2012) 128 final, 4.1.1; both dates the last of their month: from last day to last day.

    Args:
        start: The earlier date.
        end: The later date, or the same.
        frequency: The periods of the payments.
        anchor: The day of the month that the later date stands for, see ``periods.months_back``.
    """
    match frequency:
        case Frequency.MONTH:
            whole, days = months_back(start, end, anchor)
        case Frequency.YEAR:
            whole, days = years_back(start, end, anchor)
        case Frequency.WEEK:
            whole, days = divmod((end - start).days, _WEEK)
        case Frequency.DAY:
            return Interval((end - start).days, frequency)
    return Interval(whole, frequency, days, _year_before(start + timedelta(days)) if days else _DAYS)


def frequency_of(start: date, payments: Sequence[date]) -> Frequency:
    """The periods in which the payments follow each other: years, else months, else weeks, else days.

    A single payment is measured from the first drawdown. What is paid up to the first drawdown decides
    nothing.
    Source: SWD(2012) 128 final, 4.1.1: whole years, months or weeks where possible.

    Args:
        start: The first drawdown.
        payments: When something is paid.
    """
    days = sorted({day for day in payments if day > start})
    if len(days) > 1 and anchor_of(days) is not None:
        return Frequency.YEAR if len({day.month for day in days}) == 1 else Frequency.MONTH
    gaps = list(pairwise([start, *days] if len(days) == 1 else days))
    months = [months_back(*gap) for gap in gaps]
    if not any(rest for _, rest in months):
        return Frequency.MONTH if any(count % Per.MONTH.value for count, _ in months) else Frequency.YEAR
    return Frequency.DAY if any((end - start).days % _WEEK for start, end in gaps) else Frequency.WEEK


def effective_rate(drawdowns: Iterable[Timed], payments: Iterable[Timed]) -> Rate:
    """The annual percentage rate of charge of flows at times in years, before any rounding.

    Solves Σ C / (1 + X)^t = Σ D / (1 + X)^s.
    Source: Directive 2008/48/EC, Annex I, part I; before it Directive 98/7/EC, annex.

    Args:
        drawdowns: Times from the first drawdown, and what is drawn.
        payments: Times from the first drawdown, and what is paid; below nothing before it.

    Raises:
        NoRateError: There is none; the subclass says why.
        SeveralRatesError: There is more than one.
    """
    flows = [Flow(amount, float(time)) for time, amount in drawdowns]
    flows += [Flow(-amount, float(time)) for time, amount in payments]
    return Rate(rate(flows, FAR))


def apr_of_dates(
    drawdowns: Sequence[Dated], payments: Sequence[Dated], frequency: Frequency | None = None
) -> Apr:
    """The annual percentage rate of charge of dated flows, before any rounding.

    Where all flows are whole months apart, the monthly rate and its nominal yearly rate stand beside it.
    Source: Directive 2008/48/EC, Annex I; SWD(2012) 128 final, 4.1.1.

    Args:
        drawdowns: What is drawn, and when.
        payments: What is paid, and when.
        frequency: The periods of the payments; found from the dates if it is not given.

    Raises:
        NoRateError: There is none; the subclass says why.
        SeveralRatesError: There is more than one.
    """
    drawn, paid = [on for on, _ in drawdowns], [on for on, _ in payments]
    start = min(drawn or paid, default=date.min)
    frequency = frequency or frequency_of(start, paid)
    flows = [
        (amount, time) for (_, amount), time in zip(drawdowns, _times(start, drawn, frequency), strict=True)
    ]
    flows += [
        (-amount, time) for (_, amount), time in zip(payments, _times(start, paid, frequency), strict=True)
    ]
    if frequency is Frequency.MONTH and not any(time.days for _, time in flows):
        months = rate((Flow(amount, time.whole) for amount, time in flows), far(Frequency.MONTH.value))
        return Apr.of_period(Convention.EU, months, Frequency.MONTH.value)
    per = frequency.value
    years = (Flow(amount, time.whole / per + time.days / time.year_days) for amount, time in flows)
    return Apr(Convention.EU, None, Rate(rate(years, FAR)))


def _times(start: date, days: Sequence[date], frequency: Frequency) -> Iterator[Interval]:
    """The time of each day of a string, from the first drawdown; below nothing before it."""
    anchor = anchor_of([day for day in days if day > start])
    for day in days:
        if day >= start:
            yield interval(start, day, frequency, anchor)
        else:
            found = interval(day, start, frequency)
            yield found._replace(whole=-found.whole, days=-found.days)


def _year_before(end: date) -> int:
    """How many days the year has that ends with a day."""
    return (end - on_day(end.year - 1, end.month, end.day)).days
