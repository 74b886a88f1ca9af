"""Where planned payments go: to what is charged by then and to the debt, in the lender's order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from planner.domain.bill import LineKind
from planner.domain.late.accrual import Dated
from planner.domain.late.allocation import order_of, taken
from planner.domain.late.charge import LateCharge
from planner.domain.late.charges import Course, Slice, late_charges, late_total
from planner.domain.late.ends import LateEnd
from planner.domain.late.item import LateCase
from planner.domain.money import Money, sum_of


def end_cost(case: LateCase, end: LateEnd, day: date, course: Course = ()) -> Money:
    """What one end comes to if the rest is paid on a day, without what the lender has posted already.

    Args:
        case: What is late or would be.
        end: The reading.
        day: The day of paying the rest.
        course: What is planned to be paid before.
    """
    total = late_total(case, end, day, course)
    return max(total - (case.posted or total.zero), total.zero)


def course_of(case: LateCase, end: LateEnd, planned: Iterable[Dated]) -> Course:
    """What each planned payment goes to, in the order of their dates.

    The oldest due first and within it in the lender's order, as the dues themselves are paid; what has
    been charged by then and is not posted yet counts as its interest, fees and penalties. What is more
    than everything is not paid.

    Args:
        case: What is late or would be.
        end: The reading.
        planned: Days and amounts.
    """
    order = order_of(end.allocation.value)
    course: Course = ()
    for on, amount in sorted(planned, key=lambda part: part[0]):
        left = amount
        charges = late_charges(case, end, on, course)
        owed = _owed(case, charges, course)
        for index, parts in enumerate(owed):
            for kind, part in taken(left, parts, order).items():
                course = (*course, Slice(on, index, kind, part))
                left -= part
    return course


def towards(case: LateCase, course: Course) -> Course:
    """The parts of a course that go to what is late and to what is charged, not to what else is open.

    Args:
        case: What is late or would be.
        course: The course.
    """
    others = len(case.items)
    return tuple(part for part in course if part.index != others or part.kind is not LineKind.PURCHASE)


def paid_of(course: Course, currency: str) -> Money:
    """What is paid by a course.

    Args:
        course: The course.
        currency: Its currency.
    """
    return sum_of((part.amount for part in course), currency)


def _owed(case: LateCase, charges: Sequence[LateCharge], course: Course) -> list[dict[LineKind, Money]]:
    """What is owed of each item and of what else is open, by kind, with what has been charged."""
    zero = case.other.zero
    posted = case.posted or zero
    principals = [*(item.unpaid for item in case.items), case.other]
    owed: list[dict[LineKind, Money]] = []
    for index, principal in enumerate(principals):
        parts = {LineKind.PURCHASE: principal}
        for charge in charges:
            if charge.index == index:
                parts[charge.kind] = parts.get(charge.kind, zero) + charge.amount
        for kind in (LineKind.INTEREST, LineKind.FEE, LineKind.PENALTY):
            known = min(posted, parts.get(kind, zero))
            posted -= known
            if known:
                parts[kind] -= known
        for part in course:
            if part.index == index:
                parts[part.kind] = parts.get(part.kind, zero) - part.amount
        owed.append(parts)
    return owed
