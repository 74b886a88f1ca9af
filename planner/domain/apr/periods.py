"""Whole months between dates, and the day of the month that a string of dates aims at."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from datetime import date

from planner.domain.dates import on_day

LAST_DAY = 31
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_MONTHS = 12
_SHORTEST = 28


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    return 29 if month == _FEBRUARY and isleap(year) else _LENGTHS[month - 1]


def is_month_end(day: date) -> bool:
    """Whether it is the last day of its month."""
    return day.day == days_in(day.year, day.month)


def months_back(start: date, end: date, anchor: int | None = None) -> tuple[int, int]:
    """The whole months between two dates, measured back from the later one, and the days that remain.

    The days run from the earlier date to the beginning of the first whole month. Months run from a day of
    the month to the same day, or to the last one where the month is shorter; from the last day of a month
    to that of another where both dates are last days.
    Source: 12 CFR 1026 Appendix J (b)(3)(iv), (b)(5)(ii); SWD(2012) 128 final, 4.1.1.

    Args:
        start: The earlier date.
        end: The later date, or the same.
        anchor: The day of the month that the later date stands for, where that is known: 30 for the
            28 February of a string of dates on the 30th, 31 for one of last days. A date that cannot
            stand for it stands for its own day.
    """
    anchor = _anchor(start, end, anchor)
    months = (end.year - start.year) * 12 + end.month - start.month
    length = days_in(start.year, start.month)
    days = min(anchor, length) - start.day
    if days >= 0:
        return months, days
    following = days_in(start.year, start.month % _MONTHS + 1)  # January is as long in any year
    return months - 1, length - start.day + min(anchor, following)


def years_back(start: date, end: date, anchor: int | None = None) -> tuple[int, int]:
    """The whole years of twelve months between two dates, measured back from the later one, and the days.

    Source: 12 CFR 1026 Appendix J (b)(5)(v); SWD(2012) 128 final, 4.1.1.

    Args:
        start: The earlier date.
        end: The later date, or the same.
        anchor: The day of the month that the later date stands for, as for months.
    """
    years = months_back(start, end, anchor)[0] // _MONTHS
    return years, (on_day(end.year - years, end.month, _anchor(start, end, anchor)) - start).days


def anchor_of(days: Sequence[date]) -> int | None:
    """The day of the month that a string of dates aims at; None if it has none.

    Two or more last days of months aim at the last day; dates that only clamp at the end of short months
    aim at the highest among them.
    Source: 12 CFR 1026 Appendix J (b)(3)(iv).
    """
    if not days:
        return None
    aims = {day.day for day in days}
    aim = max(aims)
    if len(aims) == 1 and aim < _SHORTEST:
        return aim  # the most frequent case, without a look at the calendar
    if len(days) > 1 and all(map(is_month_end, days)):
        return LAST_DAY
    return aim if all(day.day == min(aim, days_in(day.year, day.month)) for day in days) else None


def _anchor(start: date, end: date, anchor: int | None) -> int:
    if anchor is not None and (end.day == anchor or end.day == min(anchor, days_in(end.year, end.month))):
        return anchor
    return LAST_DAY if is_month_end(start) and is_month_end(end) else end.day
