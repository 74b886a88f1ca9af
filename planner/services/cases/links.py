"""From a step to another procedure that shows the whole of it, and back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from planner.domain.procedures.case import STARTED_FROM, Case
from planner.domain.procedures.published import Procedure, Step
from planner.services.cases.kept import save_case, with_answer
from planner.services.cases.runs import start_case
from planner.services.cases.view import CaseView
from planner.store import catalogue
from planner.store.store import Store


@dataclass(frozen=True, slots=True)
class Link:
    """Another procedure that a step leads to.

    Attributes:
        procedure: The procedure.
        case: Its case that is under way for the same account; None if there is none.
    """

    procedure: Procedure
    case: Case | None


def link_of(store: Store, view: CaseView, step: Step) -> Link | None:
    """The procedure that shows the whole of a step; None if it names none, or none for that account.

    Args:
        store: The open store.
        view: The case.
        step: The step.
    """
    found = catalogue.procedure(step.procedure) if step.procedure else None
    if found is None or (found.products and view.account.product not in found.products):
        return None
    cases = store.cases.of_account(view.account.id)
    running = (case for case in cases if case.procedure == found.id and case.ended_on is None)
    return Link(found, next(running, None))


def start_linked(store: Store, case_id: str, procedure_id: str, today: date) -> Case:
    """Start another procedure for the account of a case; it remembers where it was started.

    Args:
        store: The open store.
        case_id: The case that leads to it.
        procedure_id: The other procedure.
        today: The local day.

    Raises:
        UnknownProcedureError: This version has no such procedure.
        UnderWayError: It runs for that account already.
    """
    case = start_case(store, procedure_id, store.cases.get(case_id).account_id, today)
    return save_case(store, with_answer(case, STARTED_FROM, case_id))


def came_from(store: Store, case: Case) -> Case | None:
    """The case from a step of which another one was started; None if none was, or it was deleted."""
    found = store.cases.find(case.answers.get(STARTED_FROM, ""))
    return found if found is not None and catalogue.procedure(found.procedure) is not None else None
