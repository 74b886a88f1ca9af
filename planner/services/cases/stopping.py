"""The decision to stop: what the case came to by it, and how to take it back as a whole."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.agreed import Proof
from planner.domain.procedures.case import Case, StepState
from planner.domain.procedures.kinds import StepKind
from planner.services.cases.kept import save_case
from planner.services.cases.view import CaseView
from planner.services.cases.views import procedure_of
from planner.store.store import Store

# The results of a procedure that tells an agreement in writing from one by word of mouth.
_IN_WRITING, _SPOKEN = "agreed", "agreed-spoken"


def has_stopped(view: CaseView) -> bool:
    """Whether a choice made the other steps of a case needless."""
    others = [
        each for each in view.steps if not each.step.is_of_an_answer and each.step.kind is not StepKind.CHOOSE
    ]
    is_chosen = any(
        each.step.kind is StepKind.CHOOSE and each.kept.state is StepState.DONE for each in view.steps
    )
    is_left = any(each.is_not_needed for each in others) and all(each.is_settled for each in others)
    return is_chosen and is_left and view.case.submitted_on is None


def result_of_choice(view: CaseView) -> str:
    """What a case comes to by the choice to stop; empty if there is none, or it says nothing of that."""
    if not has_stopped(view):
        return ""
    chosen = [each.step for each in view.steps if each.kept.state is StepState.DONE and each.step.result]
    return chosen[-1].result if chosen else ""


def result_so_far(view: CaseView) -> str:
    """What a case comes to by a choice to stop or by what is recorded as agreed; empty if neither says it."""
    chosen = result_of_choice(view)
    if chosen or view.agreement is None:
        return chosen
    wanted = _IN_WRITING if view.agreement.agreed.proof is Proof.WRITTEN else _SPOKEN
    both = {_IN_WRITING, _SPOKEN} <= {each.id for each in view.procedure.results}
    return wanted if both else ""


def bring_back(store: Store, case_id: str, step_id: str) -> Case:
    """Go on after all: the choice is open again, and so is every step that is not needed."""
    case = store.cases.get(case_id)
    known = {step.id for step in procedure_of(case.procedure).steps}
    for kept in case.steps:
        is_left_out = kept.state is StepState.NOT_NEEDED and kept.step in known
        if is_left_out or kept.step == step_id:
            case = case.with_step(replace(kept, state=StepState.NOT_STARTED, done_on=None))
    return save_case(store, case)
