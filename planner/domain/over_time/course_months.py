"""An order month by month, beside only the minimums, with how each figure was made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from planner.domain.derivation import Derivation, Derived, Given, Working
from planner.domain.money import Money
from planner.domain.over_time.course import Course
from planner.domain.over_time.path import MonthTotal
from planner.domain.sourced import Span
from planner.phrases import Phrase


@dataclass(frozen=True, slots=True)
class CourseMonth:
    """What an order does in one month.

    Attributes:
        until: Its last day.
        paid: All payments of the month, from the cheap to the dear end.
        interest: What interest was added.
        open: What is still to pay at its end, fees of rows to come included.
        baseline: The same with only the minimums; None for only the minimums themselves.
    """

    until: date
    paid: Derived[Span[Money]]
    interest: Derived[Span[Money]]
    open: Derived[Span[Money]]
    baseline: Derived[Span[Money]] | None


Ends = tuple[MonthTotal | None, MonthTotal | None]


def course_months(course: Course) -> tuple[CourseMonth, ...]:
    """An order month by month, until the last debt is paid or, if that never comes, for the first years.

    Args:
        course: The order, or only the minimums.
    """
    zero = course.high.open.zero
    usual = _paired(course.baseline) if course.baseline is not None else []
    found = []
    for number, ends in enumerate(_paired(course)):
        until = next(month.until for month in ends if month is not None)
        beside = usual[number] if number < len(usual) else (None, None)
        found.append(
            CourseMonth(
                until,
                _made(ends, zero, Phrase("Paid in the month"), lambda month: month.paid),
                _made(ends, zero, Phrase("Interest of the month"), lambda month: month.interest),
                _made(ends, zero, Phrase("Still to pay at its end"), lambda month: month.open),
                _made(beside, zero, Phrase("Still to pay at its end"), lambda month: month.open)
                if course.baseline is not None
                else None,
            )
        )
    return tuple(found)


def _paired(course: Course) -> list[Ends]:
    """Each month at the cheap and at the dear end; None where one end is over already."""
    return list(zip_longest(course.low.months, course.high.months))


def _made(
    ends: Ends, zero: Money, label: Phrase, read: Callable[[MonthTotal], Money]
) -> Derived[Span[Money]]:
    """A figure of a month at both ends; nothing where all is paid."""
    values = [read(month) if month is not None else zero for month in ends]
    span = Span(min(values), max(values))
    return Derived(span, lambda: _derivation(ends, label, span))


def _derivation(ends: Ends, label: Phrase, span: Span[Money]) -> Derivation:
    rule = Phrase(
        "The debts are followed payment by payment: first what each lender asks for, then what is left over, "
        "to one debt after the other. Interest is added as the terms of each debt say."
    )
    low, high = ends
    names = (Phrase("Low end"), Phrase("High end"))
    named = [(names[1], high)] if low == high else list(zip(names, ends, strict=True))
    workings: list[Working] = []
    for name, month in named:
        if len(named) > 1:
            workings.append(Working(name))
        if month is None:
            workings.append(Working(Phrase("All is paid by then")))
            continue
        workings += [
            Working(Phrase("Asked for by the lenders"), month.minimum),
            Working(Phrase("Paid beyond that"), month.extra),
            Working(Phrase("Interest added"), month.interest),
            Working(Phrase("Bought anew"), month.bought),
            Working(Phrase("Still to pay at its end"), month.open),
        ]
    return Derivation(
        rule, (Given(Phrase("The month until"), _until(ends)),), (*workings, Working(label, span))
    )


def _until(ends: Ends) -> date | None:
    return next((month.until for month in ends if month is not None), None)
