"""All debts over time in words, for those who do not see the chart, and how much of it is shown."""

from __future__ import annotations

from datetime import date

from planner.domain.dates import on_day
from planner.domain.over_time.course import Course
from planner.domain.over_time.course_words import ONLY_MINIMUMS
from planner.domain.over_time.orders import ORDER_WORDS
from planner.domain.over_time.over_time import OverTime
from planner.phrases import Phrase

# How many months are shown: at least so many, and beyond the end of an order so many times what it takes.
_LEAST_MONTHS, _TIMES, _MOST_MONTHS = 12, 3, 60
_LAST_DAY = 31


def course_words(course: Course) -> Phrase:
    """What an order is called."""
    return ORDER_WORDS[course.order] if course.order is not None else ONLY_MINIMUMS


def describe_payoff(over: OverTime, course: Course) -> tuple[Phrase, ...]:
    """The chart in words, for those who do not see it.

    Args:
        over: The result.
        course: The order that is shown beside only the minimums.
    """
    courses = (over.baseline,) if course.order is None else (over.baseline, course)
    words = [Phrase("{amount} is owed today.", amount=over.open)]
    for each in courses:
        words += _course_told(each)
    if over.past:
        first = over.past[0]
        words.append(Phrase("On {date} {amount} was owed.", date=first.on, amount=first.made))
        if len(over.past) > 1:
            last = over.past[-1]
            words.append(Phrase("On {date} {amount} was owed.", date=last.on, amount=last.made))
    return (*words, *notes_beside(over, course))


def _course_told(course: Course) -> list[Phrase]:
    name = course_words(course)
    if course.cleared_on is None or course.cost is None:
        return [never for each in course.debts if (never := each.never) is not None]
    if course.saved is None or not course.sooner:
        return [
            Phrase(
                "{order}: all is paid on {date}, with {cost} of interest and fees.",
                order=name,
                date=course.cleared_on,
                cost=course.cost,
            )
        ]
    return [
        Phrase(
            "{order}: all is paid on {date}, with {cost} of interest and fees; that is {saved} less than "
            "with only the minimums.",
            order=name,
            date=course.cleared_on,
            cost=course.cost,
            saved=course.saved,
        )
    ]


def notes_beside(over: OverTime, course: Course) -> tuple[Phrase, ...]:
    """What the chart leaves out."""
    last = shown_until(over, course)
    notes = [
        Phrase(
            "{order}: it goes on beyond the chart, until {date}.",
            order=course_words(each),
            date=each.cleared_on,
        )
        for each in ((over.baseline, course) if course.order is not None else (over.baseline,))
        if each.cleared_on is not None and each.cleared_on.value.high > last
    ]
    if over.unfollowed:
        notes.append(
            Phrase(
                "{amount} cannot be followed: it is in what was really owed, but not in the lines.",
                amount=over.left_out,
            )
        )
    return tuple(notes)


def shown_until(over: OverTime, course: Course) -> date:
    """The last day of the chart: the longer end of both lines, unless an order would be lost at its left."""
    ends = [_months(each) for each in {id(each): each for each in (over.baseline, course)}.values()]
    months = max(end if end is not None else _MOST_MONTHS for end in ends)
    own = _months(course)
    if course.order is not None and own is not None:
        least = 2 * _LEAST_MONTHS if None in ends else _LEAST_MONTHS
        months = min(months, max(least, _TIMES * own))
    return on_day(over.today.year, over.today.month + max(months, 1), _LAST_DAY)


def _months(course: Course) -> int | None:
    """How many months it takes until all is paid; None if that never comes."""
    return course.months.value.high if course.months is not None else None
