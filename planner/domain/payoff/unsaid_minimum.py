"""Where an order pays a bill down by a minimum that is not recorded: by the record, that would be late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from planner.domain.derivation import Given, added
from planner.domain.over_time.course import Course, DebtCourse
from planner.domain.payoff.trial import TRIAL_ID
from planner.phrases import Phrase


def late_by_record(course: Course, today: date) -> tuple[Phrase, ...]:
    """Which bills an order pays less of by their due date than the record asks for, in a sentence each.

    An order follows the lender's published minimum. Where the bill has none recorded, the record counts all
    of it as due: who paid as the order says would be called late.

    Args:
        course: The order, or paying only the minimums; its dear end counts.
        today: The day; what was due before it is late already.
    """
    return tuple(
        words
        for each in course.debts
        if each.followed.debt.id != TRIAL_ID
        for words in _late_by_record(each, today)
    )


def _late_by_record(each: DebtCourse, today: date) -> Iterator[Phrase]:
    for due in each.followed.debt.dues:
        on = due.due_on
        if not due.asks_for_all or on is None or on < today:
            continue
        paid = added(
            Phrase("Paid until {date} = the payments on this bill up to that day", date=on),
            (
                Given(Phrase("Paid on {date}", date=paid.on), paid.amount)
                for paid in each.high.payments
                if paid.on <= on
            ),
            due.open.currency,
        )
        if paid.value < due.open:
            yield Phrase(
                "{debt}: no minimum is recorded, so by the record all of {amount} is due on {date}, and only "
                "{paid} is paid here by then. If the statement asks for less, add its minimum to the bill "
                "first.",
                debt=each.label,
                amount=due.still_due,
                date=on,
                paid=paid,
            )
