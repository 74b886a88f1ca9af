"""Plain local dates: month ends that clamp without drifting, cycles, and business days."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.sourced import Span
from planner.errors import PlannerError
from planner.phrases import N_

_WEEKEND = 5  # Saturday, as date.weekday counts


class CalendarNotPublishedError(PlannerError):
    """The holidays of a year are not known yet."""

    message = N_("The holiday calendar for {year} has not been published.")


def on_day(year: int, month: int, day: int) -> date:
    """The given day of a month, or its last day where the month is shorter.

    Months may run past 12 or below 1.
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day, monthrange(year, month)[1]))


def add_months(start: date, months: int, anchor: int | None = None) -> date:
    """The same day some months later, clamped to the month's end.

    Args:
        start: Where to count from.
        months: How many; negative goes back.
        anchor: The day of the month to aim at, if ``start`` was itself clamped; a chain of
            months keeps its anchor so that 31 Jan, 28 Feb, 31 Mar does not drift.
    """
    return on_day(start.year, start.month + months, anchor or start.day)


class Mode(StrEnum):
    """How a lender groups what is due."""

    BILL = "bill"
    ORDER = "order"


@dataclass(frozen=True, slots=True)
class FixedDay:
    """Due on the first such day of the month after the statement."""

    day: int

    def due(self, statement_on: date) -> date:
        """The due date of a statement."""
        same_month = on_day(statement_on.year, statement_on.month, self.day)
        return same_month if same_month > statement_on else add_months(statement_on, 1, self.day)


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """Due so many days after the statement."""

    days: int

    def due(self, statement_on: date) -> date:
        """The due date of a statement."""
        return statement_on + timedelta(days=self.days)


DueRule = FixedDay | DaysAfter


class Shift(StrEnum):
    """What a lender does with a due date that is not a working day."""

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"
    MODIFIED_NEXT = "modified_next"


@dataclass(frozen=True, slots=True)
class Cycle:
    """When purchases are billed and bills are due.

    Attributes:
        mode: One bill a month, or each order with dates of its own.
        statement_day: The day of the month on which the bill is made; None if unknown.
        due: The due rule; None if unknown.
        closes_after: Whether a purchase on the statement day itself is still in that bill.
            Baitiao, Huabei and Meituan bill in the night before, so it is in the next one.
        shift: What becomes of a due date that is not a working day.
    """

    mode: Mode = Mode.BILL
    statement_day: int | None = None
    due: DueRule | None = None
    closes_after: bool = False
    shift: Shift = Shift.NONE

    def statement_of(self, bought_on: date) -> date | None:
        """The statement date of the bill that takes up a purchase; None if unknown or without bills."""
        if self.statement_day is None or self.mode is Mode.ORDER:
            return None
        this_month = on_day(bought_on.year, bought_on.month, self.statement_day)
        inside = bought_on <= this_month if self.closes_after else bought_on < this_month
        return this_month if inside else add_months(this_month, 1, self.statement_day)

    def statement_due_on(self, due_on: date) -> date | None:
        """The statement that is due on a day; None if the cycle does not say."""
        if self.mode is Mode.ORDER or self.due is None:
            return None
        if isinstance(self.due, DaysAfter):
            return due_on - timedelta(days=self.due.days)
        if self.statement_day is None:
            return None
        statement_on = on_day(due_on.year, due_on.month, self.statement_day)
        if statement_on >= due_on:
            statement_on = self.previous_statement(statement_on)
        return statement_on if self.due.due(statement_on) == due_on else None

    def previous_statement(self, statement_on: date) -> date:
        """The statement before; with the same anchor day, so that it does not drift."""
        return add_months(statement_on, -1, self.statement_day)

    def dues_of_purchase(self, bought_on: date, count: int = 1) -> tuple[date, ...] | None:
        """The due dates of a purchase paid in ``count`` monthly parts; None if the cycle is unknown.

        Order mode counts months from the order itself; bill mode starts with the bill that takes it up.
        Source: w.sf024.com/info/369482763778504644.html (both Baitiao modes).
        """
        if self.mode is Mode.ORDER:
            return tuple(add_months(bought_on, month) for month in range(1, count + 1))
        statement_on = self.statement_of(bought_on)
        if statement_on is None or self.due is None:
            return None
        return tuple(
            self.due.due(add_months(statement_on, month, self.statement_day)) for month in range(count)
        )


def dues_of_bill_instalments(due_on: date, count: int) -> tuple[date, ...]:
    """The due dates of a bill turned into monthly parts: the first falls in the next bill.

    Source: m.tjduoduo.cn/news/show-263115.html.
    """
    return tuple(add_months(due_on, month) for month in range(1, count + 1))


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One published year.

    Attributes:
        off: Weekdays that are holidays, and weekend days within a holiday.
        work: Weekend days that are worked to make up for it.
        source: The official notice.
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
    years: Mapping[int, CalendarYear]

    def is_business_day(self, day: date) -> bool:
        """Whether people work on that day.

        Raises:
            CalendarNotPublishedError: The year is not published.
        """
        year = self.years.get(day.year)
        if year is None:
            raise CalendarNotPublishedError(year=str(day.year))
        return day in year.work or (day.weekday() < _WEEKEND and day not in year.off)

    def after(self, start: date, business_days: int) -> date:
        """The n-th business day after a day, which is itself not counted.

        Raises:
            CalendarNotPublishedError: The count runs into a year that is not published.
        """
        day = start
        while business_days > 0:
            day += timedelta(days=1)
            business_days -= self.is_business_day(day)
        return day

    def window(self, start: date, least: int, most: int) -> Span[date]:
        """From the earliest to the latest day by which something is done.

        Raises:
            CalendarNotPublishedError: The count runs into a year that is not published.
        """
        return Span(self.after(start, least), self.after(start, most))
