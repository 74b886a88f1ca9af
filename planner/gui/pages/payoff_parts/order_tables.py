"""The columns of the orders over time: side by side, debt by debt, month by month."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from planner.charts.payoff_words import course_words
from planner.domain.cash.forecast import Forecast
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.over_time.course import Course, DebtCourse
from planner.domain.over_time.course_months import CourseMonth, course_months
from planner.domain.payoff.order_cash import cash_words, holds_words
from planner.domain.sourced import Span
from planner.gui.pages.compare_table import amounts
from planner.gui.tables import Column
from planner.i18n import _, explain, show, show_month
from planner.phrases import N_

T = TypeVar("T")

_FIRST_FULL = 1  # the month of today is the first


def _value(figure: Derived[T] | None) -> T | None:
    return figure.value if figure is not None else None


def _or_never(value: object) -> str:
    return _("never") if value is None else show(value)


def _or_nothing(value: object) -> str:
    return "" if value is None else show(value)


def _amounts_or_nothing(value: Span[Money] | None) -> str:
    return "" if value is None else amounts(value)


def _made_first_full(course: Course) -> Derived[Span[Money]] | None:
    """What is paid in the first full month, and how that was made."""
    months = course_months(course)
    return months[_FIRST_FULL].paid if len(months) > _FIRST_FULL else None


def order_columns(line_of: Callable[[Course], Forecast | None]) -> tuple[Column[Course], ...]:
    """The columns of the orders side by side.

    Args:
        line_of: The cash if an order is followed; None where it is unknown.
    """
    holds: Column[Course] = Column(
        N_("Whether it holds"),
        lambda course: holds_words(line_of(course)),
        lambda words: explain(words) if words is not None else "",
        made=lambda course: _made_holds(line_of(course)),
    )
    # Beside the day, where it is seen in a small window too.
    return (*_ORDERS[:2], holds, *_ORDERS[2:])


def _made_holds(line: Forecast | None) -> object:
    return cash_words(line) if line is not None else None


_ORDERS: tuple[Column[Course], ...] = (
    Column(N_("Order"), lambda course: explain(course_words(course)), is_wide=True),
    Column(
        N_("All paid on"),
        lambda course: _value(course.cleared_on),
        _or_never,
        made=lambda course: course.cleared_on,
        is_number=True,
    ),
    Column(
        N_("Interest and fees"),
        lambda course: _value(course.cost),
        amounts,
        made=lambda course: course.cost,
        is_number=True,
    ),
    Column(
        N_("Saved"),
        lambda course: _value(course.saved),
        _amounts_or_nothing,
        made=lambda course: course.saved,
        is_number=True,
    ),
    Column(
        N_("Months sooner"),
        lambda course: _value(course.sooner),
        _or_nothing,
        made=lambda course: course.sooner,
        is_number=True,
    ),
    Column(
        N_("First full month"),
        lambda course: _value(course.monthly),
        amounts,
        made=_made_first_full,
        is_number=True,
    ),
)

DEBTS: tuple[Column[DebtCourse], ...] = (
    Column(N_("Place"), lambda debt: debt.place),
    Column(N_("Debt"), lambda debt: explain(debt.label), is_wide=True),
    Column(
        N_("Paid off on"),
        lambda debt: _value(debt.cleared_on),
        _or_never,
        made=lambda debt: debt.cleared_on,
        is_number=True,
    ),
    Column(
        N_("Interest and fees"), lambda debt: _value(debt.cost), made=lambda debt: debt.cost, is_number=True
    ),
    Column(N_("Paid in all"), lambda debt: _value(debt.paid), made=lambda debt: debt.paid, is_number=True),
)

MONTHS: tuple[Column[CourseMonth], ...] = (
    Column(N_("Month"), lambda month: month.until, show_month),
    Column(N_("Paid"), lambda month: month.paid.value, made=lambda month: month.paid),
    Column(N_("Interest"), lambda month: month.interest.value, made=lambda month: month.interest),
    Column(N_("Still to pay"), lambda month: month.open.value, made=lambda month: month.open),
    Column(
        N_("With only the minimums"),
        lambda month: _value(month.baseline),
        _or_nothing,
        made=lambda month: month.baseline,
        is_number=True,
    ),
)
BASELINE = 4
