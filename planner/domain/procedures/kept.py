"""How far a step is, where the record or the calendar says more than the user's mark."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.domain.procedures.case import CaseStep, StepState
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.published import Step
from planner.domain.procedures.recorded import Recorded
from planner.domain.procedures.step_view import ShownState, StepView
from planner.domain.procedures.tasks import is_due
from planner.domain.procedures.waiting import Wait


def kept_of(step: Step, kept: CaseStep, recorded: Recorded) -> CaseStep:
    """How far a step is.

    An exact payment is done once what is recorded as paid reaches it, whoever recorded it where. A task
    that was done is to be done again once its day has come.

    Args:
        step: The step.
        kept: What the user did with it.
        recorded: What the record says.
    """
    match step.kind:
        case StepKind.PAY if recorded.paid_on is not None and kept.state is not StepState.NOT_NEEDED:
            at = kept.done_at if kept.done_on == recorded.paid_on else None
            return replace(kept, state=StepState.DONE, done_on=recorded.paid_on, done_at=at)
        case StepKind.TASK if kept.state is StepState.DONE and is_due(step, kept, recorded.position.on):
            return replace(kept, state=StepState.NOT_STARTED)
        case _:
            return kept


def with_running_wait(view: StepView, waits: Iterable[Wait]) -> StepView:
    """A step as it is shown: a wait whose clock runs is in progress, though nobody marked it so."""
    if view.state is ShownState.NOT_STARTED and any(
        each.step.id == view.step.id and each.is_running for each in waits
    ):
        return replace(view, state=ShownState.IN_PROGRESS)
    return view
