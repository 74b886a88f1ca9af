"""What comes again after some months: when it is due next."""

from __future__ import annotations

from datetime import date

from planner.domain.dates import add_months
from planner.domain.procedures.case import CaseStep, StepState
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.published import Step
from planner.errors import PlannerError
from planner.phrases import N_

MOST_MONTHS = 120


class IntervalError(PlannerError):
    """An interval of no months, or of too many."""

    message = N_("Choose from 1 to {most} months.")


def interval_of(step: Step, kept: CaseStep) -> int:
    """After how many months a task comes again: as the user wants it, else as published."""
    return kept.every or step.every or 1


def next_on(step: Step, kept: CaseStep) -> date | None:
    """The day on which a task comes again; None as long as it was not done once.

    It counts from the day it was done; the end of a shorter month stands for a day that it has not.
    """
    return add_months(kept.done_on, interval_of(step, kept)) if kept.done_on is not None else None


def is_due(step: Step, kept: CaseStep, today: date) -> bool:
    """Whether a task is to be done now: it was not done yet, or its day has come again."""
    if step.kind is not StepKind.TASK or kept.state is StepState.NOT_NEEDED:
        return False
    again_on = next_on(step, kept)
    return again_on is None or again_on <= today


def checked_interval(months: int) -> int:
    """A number of months after which a task may come again.

    Raises:
        IntervalError: There are none of it, or too many.
    """
    if not 1 <= months <= MOST_MONTHS:
        raise IntervalError(most=MOST_MONTHS)
    return months
