from __future__ import annotations

from datetime import date

from planner.domain.over_time.course import Course
from planner.domain.over_time.course_months import CourseMonth, course_months
from planner.domain.over_time.orders import Ordering
from planner.domain.over_time.run import run
from planner.domain.payoff.scenario import Order
from planner.domain.sourced import Span
from tests.domain.payoff_cases import budget, debt, fixed, usd

# Without interest everything can be worked out by hand: 300 owed, 100 a month asked for.
DEBT = debt("a", 300, "0", fixed(100))


def plain(month: CourseMonth) -> tuple[date, object, object, object]:
    return month.until, month.paid.value, month.interest.value, month.open.value


def course(extra: int = 0, low_extra: int | None = None, *, beside: bool = True) -> Course:
    usual = run([DEBT], budget())
    baseline = Course(None, (), usual, usual)
    high = run([DEBT], budget(extra), Ordering(Order.AVALANCHE))
    low = high if low_extra is None else run([DEBT], budget(low_extra), Ordering(Order.AVALANCHE))
    return Course(Order.AVALANCHE, (), low, high, baseline if beside else None)


def test_each_month_says_what_is_paid_and_what_is_left() -> None:
    months = course_months(course(50))

    zero = Span.exactly(usd(0))
    assert [plain(month) for month in months] == [
        (date(2026, 11, 30), zero, zero, Span.exactly(usd(300))),
        (date(2026, 12, 31), Span.exactly(usd(150)), zero, Span.exactly(usd(150))),
        (date(2027, 1, 31), Span.exactly(usd(150)), zero, zero),
    ]
    assert [month.baseline and month.baseline.value for month in months] == [
        Span.exactly(usd(300)),
        Span.exactly(usd(200)),
        Span.exactly(usd(100)),
    ]


def test_two_ends_make_a_range_and_an_end_that_is_over_counts_as_nothing() -> None:
    # At the low end all 300 are paid in December, at the high end the last 150 in January.
    months = course_months(course(50, 200))

    assert months[1].paid.value == Span(usd(150), usd(300))
    assert months[1].open.value == Span(usd(0), usd(150))
    assert months[2].open.value == Span.exactly(usd(0))
    assert months[2].paid.value == Span(usd(0), usd(150))
    told = months[2].paid.derivation
    assert [(str(given.label), given.plain) for given in told.given] == [
        ("The month until", date(2027, 1, 31))
    ]
    steps = [(str(step.text), step.result) for step in told.workings]
    assert steps[:3] == [
        ("Low end", None),
        ("All is paid by then", None),
        ("High end", None),
    ]
    assert ("Asked for by the lenders", usd(100)) in steps
    assert ("Paid beyond that", usd(50)) in steps
    assert steps[-1] == ("Paid in the month", Span(usd(0), usd(150)))


def test_equal_ends_are_told_once() -> None:
    told = course_months(course(50))[1].open.derivation

    assert [str(step.text) for step in told.workings] == [
        "Asked for by the lenders",
        "Paid beyond that",
        "Interest added",
        "Bought anew",
        "Still to pay at its end",
        "Still to pay at its end",
    ]


def test_only_the_minimums_have_nothing_beside_them_and_an_order_outlives_them_not() -> None:
    usual = run([DEBT], budget())
    assert [month.baseline for month in course_months(Course(None, (), usual, usual))] == [None] * 4

    slower = run([DEBT], budget())
    quick = run([DEBT], budget(200), Ordering(Order.AVALANCHE))
    fast = Course(None, (), quick, quick)
    found = course_months(Course(Order.OWN, (), slower, slower, fast))
    # Where the minimums are over already, nothing is left with them.
    assert [month.baseline.value if month.baseline else None for month in found] == [
        Span.exactly(usd(300)),
        Span.exactly(usd(0)),
        Span.exactly(usd(0)),
        Span.exactly(usd(0)),
    ]
    assert found[3].baseline is not None
    assert str(found[3].baseline.derivation.workings[0].text) == "All is paid by then"
