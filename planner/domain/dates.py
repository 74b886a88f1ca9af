"""Plain local dates: month ends that clamp without drifting, and the cycles by which things are due."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.business_days import NO_CALENDAR, BusinessCalendar, CalendarNotPublishedError
from planner.phrases import Phrase


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


def months_between(first: date, last: date) -> int:
    """How many months the month of one day lies after that of another."""
    return (last.year - first.year) * 12 + last.month - first.month


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
    """What a lender does with a due date that is not a working day.

    Source: the following and the preceding business day convention (ISDA 2006 Definitions, section 4.12).
    """

    NONE = "none"
    NEXT = "next"
    PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class DueDay:
    """When something is due.

    Attributes:
        on: The day. It is that of the rule where nobody knows whether people work on it.
        doubt: Why it may still move; None if it is settled.
    """

    on: date
    doubt: Phrase | None = None


def shifted(by_rule: date, shift: Shift, calendar: BusinessCalendar | None) -> DueDay:
    """A due date, moved off a day on which nobody works, if the lender moves it.

    Args:
        by_rule: The due date by the lender's rule.
        shift: Where the lender moves it.
        calendar: The working days of the lender's country; None if they are unknown.
    """
    known = calendar or NO_CALENDAR
    try:
        match shift:
            case Shift.NEXT:
                return DueDay(known.on_or_after(by_rule))
            case Shift.PREVIOUS:
                return DueDay(known.on_or_before(by_rule))
            case Shift.NONE:
                return DueDay(by_rule)
    except CalendarNotPublishedError as error:
        return DueDay(by_rule, Phrase("The due date may still move. {reason}", reason=error.phrase))


@dataclass(frozen=True, slots=True)
class Cycle:
    """When purchases are billed and bills are due.

    Attributes:
        mode: One bill a month, or each order with dates of its own.
        statement_day: The day of the month on which the bill is made; None if unknown.
        due: The due rule; None if unknown.
        closes_after: Whether a purchase on the statement day itself is still in that bill.
            Baitiao, Huabei and Meituan bill in the night before, so it is in the next one.
        shift: What becomes of a due date that is not a working day. What asks for due dates hands
            over the working days of the lender's country.
    """

    mode: Mode = Mode.BILL
    statement_day: int | None = None
    due: DueRule | None = None
    closes_after: bool = False
    shift: Shift = Shift.NONE

    # --- from a purchase to its bill, and from a bill to its due date

    def statement_of(self, bought_on: date) -> date | None:
        """The statement date of the bill that takes up a purchase; None if unknown or without bills."""
        if self.statement_day is None or self.mode is Mode.ORDER:
            return None
        this_month = on_day(bought_on.year, bought_on.month, self.statement_day)
        inside = bought_on <= this_month if self.closes_after else bought_on < this_month
        return this_month if inside else add_months(this_month, 1, self.statement_day)

    def previous_statement(self, statement_on: date) -> date:
        """The statement before; with the same anchor day, so that it does not drift."""
        return add_months(statement_on, -1, self.statement_day)

    def due_of(self, statement_on: date, calendar: BusinessCalendar | None = None) -> DueDay | None:
        """When a bill is due; None if the rule is unknown."""
        if self.due is None:
            return None
        return shifted(self.due.due(statement_on), self.shift, calendar)

    def dues_of_purchase(
        self, bought_on: date, count: int = 1, calendar: BusinessCalendar | None = None
    ) -> tuple[DueDay, ...] | None:
        """When a purchase paid in ``count`` monthly parts is due; None if the cycle is unknown.

        Order mode counts months from the order itself; bill mode starts with the bill that takes it up.
        Source: w.sf024.com/info/369482763778504644.html (both Baitiao modes).
        """
        if self.mode is Mode.ORDER:
            by_rule = [add_months(bought_on, month) for month in range(1, count + 1)]
        else:
            first = self.statement_of(bought_on)
            if first is None or self.due is None:
                return None
            by_rule = [self.due.due(add_months(first, month, self.statement_day)) for month in range(count)]
        return tuple(shifted(day, self.shift, calendar) for day in by_rule)

    # --- from a due date to its bill, and to the next ones

    def statement_due_on(self, due_on: date, calendar: BusinessCalendar | None = None) -> date | None:
        """The statement that is due on a day; None if the cycle does not say."""
        if self.mode is Mode.ORDER or self.due is None:
            return None
        statement_on = self._own_statement(due_on, calendar)
        if statement_on is None and isinstance(self.due, DaysAfter):
            return due_on - timedelta(days=self.due.days)
        return statement_on

    def following(
        self,
        due_on: date,
        months: int,
        calendar: BusinessCalendar | None = None,
        bought_on: date | None = None,
    ) -> DueDay:
        """When something is due that comes some months after what is due on a day.

        It follows the bills where one of them is due on that day, and the order where that has dates of
        its own; else it keeps the day of the month. So neither a short month nor a shift moves it for good.

        Args:
            due_on: A due date, which stays as it is.
            months: How many months later; negative goes back.
            calendar: The working days of the lender's country.
            bought_on: When the order was made, for a lender that bills each by itself.
        """
        if not months:
            return DueDay(due_on)
        return shifted(self._following(due_on, months, calendar, bought_on), self.shift, calendar)

    def dues_of_split_bill(
        self, due_on: date, count: int, calendar: BusinessCalendar | None = None
    ) -> tuple[DueDay, ...]:
        """When a bill turned into monthly parts is due: the first part falls in the next bill.

        Source: m.tjduoduo.cn/news/show-263115.html.
        """
        return tuple(self.following(due_on, month, calendar) for month in range(1, count + 1))

    def _following(
        self, due_on: date, months: int, calendar: BusinessCalendar | None, bought_on: date | None
    ) -> date:
        """The same before a shift."""
        if self.mode is Mode.ORDER:
            if bought_on is not None:
                for by_rule in self._standing_for(due_on, calendar):
                    passed = months_between(bought_on, by_rule)
                    if add_months(bought_on, passed) == by_rule:
                        return add_months(bought_on, passed + months)
            return add_months(due_on, months)
        statement_on = self._own_statement(due_on, calendar)
        if statement_on is not None and self.due is not None:
            return self.due.due(add_months(statement_on, months, self.statement_day))
        if isinstance(self.due, FixedDay):
            for by_rule in self._standing_for(due_on, calendar):
                if by_rule == on_day(by_rule.year, by_rule.month, self.due.day):
                    return add_months(by_rule, months, self.due.day)
        return add_months(due_on, months)

    def _own_statement(self, due_on: date, calendar: BusinessCalendar | None) -> date | None:
        """The statement on the usual day that is due on a day, if there is one."""
        if self.statement_day is None or self.due is None:
            return None
        for by_rule in self._standing_for(due_on, calendar):
            if isinstance(self.due, DaysAfter):
                near = by_rule - timedelta(days=self.due.days)
                statement_on = on_day(near.year, near.month, self.statement_day)
            else:
                statement_on = on_day(by_rule.year, by_rule.month, self.statement_day)
                if statement_on >= by_rule:
                    statement_on = self.previous_statement(statement_on)
            if self.due.due(statement_on) == by_rule:
                return statement_on
        return None

    def _standing_for(self, due_on: date, calendar: BusinessCalendar | None) -> Iterator[date]:
        """The days of the rule that a due date can stand for: itself, then those that move to it."""
        yield due_on
        if self.shift is Shift.NONE:
            return
        back = timedelta(days=-1 if self.shift is Shift.NEXT else 1)
        by_rule = due_on + back
        while shifted(by_rule, self.shift, calendar).on == due_on:
            yield by_rule
            by_rule += back
