"""Whether the cash holds if the debts are paid in an order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from planner.domain.cash.forecast import Forecast, forecast
from planner.domain.cash.movement import Movement, MovementKind
from planner.domain.derivation import Derived
from planner.domain.money import Money
from planner.domain.over_time.course import Course
from planner.domain.payoff.question import PayoffQuestion
from planner.domain.payoff.trial import TRIAL_ID
from planner.phrases import Phrase


def cash_by(question: PayoffQuestion, course: Course) -> Forecast | None:
    """The cash of each day if all debts are paid in an order, at the dear end; None if it is unknown.

    What the order cannot follow is paid as it is due. What is bought anew is in the payments of the order.

    Args:
        question: What is asked, with what is assumed.
        course: The order, or paying only the minimums.
    """
    line = question.forecast
    if line is None:
        return None
    scenario = question.scenario
    moves = question.under(replace(scenario, new_purchases=None)).moves
    floor = question.reserve.value if scenario.keeps_reserve else question.reserve.value.zero
    known = tuple(_kept(question, line, course))
    accounts = [start.account for start in line.starts]
    paid = _paid(question, course, line.until)
    return forecast(accounts, (*known, *moves, *paid), floor, line.start_on, line.until)


def first_short(line: Forecast | None) -> tuple[date, Derived[Money]] | None:
    """The first day on which it does not hold, and what is missing on it; None if there is none."""
    if line is None or line.first_short is None:
        return None
    on = line.first_short.on
    return on, line.missing(on)


def holds_words(line: Forecast | None) -> Phrase | None:
    """Whether it holds, in a word or two for a table; None if it is unknown."""
    if line is None:
        return None
    short = first_short(line)
    return Phrase("yes") if short is None else Phrase("no, from {date}", date=short[0])


def cash_words(line: Forecast) -> Phrase:
    """Whether it holds, in a sentence."""
    short = first_short(line)
    if short is not None:
        return Phrase(
            "The cash would not hold: on {date}, {missing} would be missing.", date=short[0], missing=short[1]
        )
    return Phrase(
        "The cash holds until {until}: the least that is left is {left} on {date}.",
        until=line.until,
        left=line.made(line.lowest.on),
        date=line.lowest.on,
    )


def _kept(question: PayoffQuestion, line: Forecast, course: Course) -> Iterator[Movement]:
    """What moves beside the payments of the order: no debt that it follows, but those that it cannot."""
    followed = {each.followed.debt.id for each in course.debts}
    left_out = {
        due.id
        for facts in question.worked.debts.facts
        if facts.debt.id not in followed
        for due in facts.debt.dues
    }
    for day in line.days:
        for move in day.movements:
            if not move.kind.is_open or move.refers_to in left_out:
                yield move


def _paid(question: PayoffQuestion, course: Course, until: date) -> Iterator[Movement]:
    for each in course.debts:
        if each.followed.debt.id == TRIAL_ID and question.trial is None:
            continue  # the order knows a purchase that is not assumed here
        for paid in each.high.payments:
            if paid.on <= until:
                yield Movement(
                    paid.on,
                    -paid.amount,
                    each.label,
                    MovementKind.PLANNED,
                    refers_to=each.followed.debt.id,
                    account_id=each.followed.debt.account_id,
                )
