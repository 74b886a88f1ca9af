"""The steps that the user adds to a case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.domain.procedures.case import Case, OwnStep
from planner.services.cases.errors import EmptyTitleError, OwnOrderError
from planner.services.cases.kept import save_case
from planner.store.store import Store


def add_own_step(store: Store, case_id: str, title: str, text: str, after: str) -> OwnStep:
    """Add a step of the user's own to a case.

    Args:
        store: The open store.
        case_id: The case.
        title: What it is about.
        text: What to do; may be empty.
        after: The id of the step it follows; empty: it comes first.

    Raises:
        EmptyTitleError: It has no title.
    """
    case = store.cases.get(case_id)
    made = OwnStep(_titled(title), text.strip(), after)
    save_case(store, replace(case, own_steps=(*case.own_steps, made)))
    return made


def change_own_step(store: Store, case_id: str, step_id: str, title: str, text: str, after: str) -> OwnStep:
    """Change a step of the user's own; its marks, notes and files stay.

    Args:
        store: The open store.
        case_id: The case.
        step_id: The step.
        title: What it is about.
        text: What to do; may be empty.
        after: The id of the step it follows; empty: it comes first.

    Raises:
        KeyError: The user has no such step.
        EmptyTitleError: It has no title.
        OwnOrderError: It would follow itself.
    """
    case = store.cases.get(case_id)
    known = _own(case, step_id)
    if after in followers(case.own_steps, step_id):
        raise OwnOrderError
    made = replace(known, title=_titled(title), text=text.strip(), after=after)
    own = tuple(made if each is known else each for each in case.own_steps)
    save_case(store, replace(case, own_steps=own))
    return made


def delete_own_step(store: Store, case_id: str, step_id: str) -> Case:
    """Delete a step of the user's own with its marks; what happened in it stays with the case.

    Own steps that followed it follow what it followed.

    Raises:
        KeyError: The user has no such step.
    """
    case = store.cases.get(case_id)
    gone = _own(case, step_id)
    own = (each for each in case.own_steps if each is not gone)
    return save_case(
        store,
        replace(
            case,
            own_steps=tuple(
                replace(each, after=gone.after) if each.after == step_id else each for each in own
            ),
            steps=tuple(each for each in case.steps if each.step != step_id),
            log=tuple(replace(each, step="") if each.step == step_id else each for each in case.log),
            evidence=tuple(
                replace(each, step="") if each.step == step_id else each for each in case.evidence
            ),
        ),
    )


def followers(own_steps: Iterable[OwnStep], step_id: str) -> frozenset[str]:
    """A step and all own steps that follow it, one after another."""
    known = tuple(own_steps)
    found = {step_id}
    while more := {each.id for each in known if each.after in found} - found:
        found |= more
    return frozenset(found)


def _own(case: Case, step_id: str) -> OwnStep:
    found = next((each for each in case.own_steps if each.id == step_id), None)
    if found is None:
        raise KeyError(step_id)
    return found


def _titled(title: str) -> str:
    if not title.strip():
        raise EmptyTitleError
    return title.strip()
