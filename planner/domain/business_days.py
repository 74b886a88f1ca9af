"""The working days of a country: the week, its public holidays, and the weekends worked in exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.domain.sourced import Span
from planner.errors import PlannerError
from planner.phrases import N_

_SATURDAY = 5  # as date.weekday counts
_A_DAY = timedelta(days=1)


class CalendarNotPublishedError(PlannerError):
    """The holidays of a year are not known yet."""

    message = N_("The holiday calendar for {year} has not been published.")


class NoCalendarError(CalendarNotPublishedError):
    """Nothing is known about the holidays of a country."""

    message = N_("No calendar of public holidays is known for this country.")


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One published year.

    Attributes:
        off: Weekdays that are holidays, and weekend days within a holiday.
        work: Weekend days that are worked to make up for it.
        source: The official notice, or the law.
    """

    off: frozenset[date]
    work: frozenset[date]
    source: str = ""


@dataclass(frozen=True, slots=True)
class BusinessCalendar:
    """The working days of a country, for the years that are published.

    Attributes:
        country: ISO 3166 code.
        years: Each published year.
    """

    country: str
    years: Mapping[int, CalendarYear] = field(hash=False)

    def is_business_day(self, day: date) -> bool:
        """Whether people work on that day.

        Raises:
            CalendarNotPublishedError: The year is not published.
        """
        year = self.years.get(day.year)
        if year is None:
            raise (CalendarNotPublishedError if self.years else NoCalendarError)(year=str(day.year))
        return day in year.work or (day.weekday() < _SATURDAY and day not in year.off)

    def on_or_after(self, day: date) -> date:
        """The first business day from a day on.

        Raises:
            CalendarNotPublishedError: The search runs into a year that is not published.
        """
        while not self.is_business_day(day):
            day += _A_DAY
        return day

    def on_or_before(self, day: date) -> date:
        """The last business day up to a day.

        Raises:
            CalendarNotPublishedError: The search runs into a year that is not published.
        """
        while not self.is_business_day(day):
            day -= _A_DAY
        return day

    def after(self, start: date, business_days: int) -> date:
        """The n-th business day after a day, which is itself not counted.

        Raises:
            CalendarNotPublishedError: The count runs into a year that is not published.
        """
        day = start
        for _ in range(business_days):
            day = self.on_or_after(day + _A_DAY)
        return day

    def window(self, start: date, least: int, most: int) -> Span[date]:
        """From the earliest to the latest day by which something is done.

        Raises:
            CalendarNotPublishedError: The count runs into a year that is not published.
        """
        return Span(self.after(start, least), self.after(start, most))


NO_CALENDAR = BusinessCalendar("", {})
