"""What a procedure changed since a case of it was started."""

from __future__ import annotations

from dataclasses import replace

from planner.domain.procedures.case import Case
from planner.domain.procedures.published import Change
from planner.phrases import Phrase
from planner.services.cases.kept import save_case
from planner.services.cases.view import CaseView
from planner.services.cases.views import procedure_of
from planner.store.store import Store


def changes_of(view: CaseView) -> tuple[Change, ...]:
    """What was published since the case was started, or since the user has seen it; oldest first."""
    return view.procedure.changes_since(view.case.revision)


def mark_of(view: CaseView, step_id: str) -> Phrase | None:
    """That a step is new, or says something else than the user has seen; None if not, or once it ended."""
    if view.case.ended_on is not None:
        return None
    later = changes_of(view)
    if any(step_id in change.new for change in later):
        return Phrase("New")
    if any(step_id in change.steps for change in later):
        return Phrase("Changed")
    return None


def see_changes(store: Store, case_id: str) -> Case:
    """Remember that the user has seen what changed; their marks, notes and words stay as they are."""
    case = store.cases.get(case_id)
    return save_case(store, replace(case, revision=procedure_of(case.procedure).revision))
