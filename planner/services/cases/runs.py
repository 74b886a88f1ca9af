"""Runs of a procedure: start one, finish it, go on with it, delete it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.account import State
from planner.domain.procedures.case import RESULT, Case, StepState
from planner.domain.procedures.kinds import Rule
from planner.domain.procedures.published import Procedure
from planner.domain.procedures.rules import Blocker
from planner.domain.procedures.step_view import listed
from planner.services.accounts import set_state
from planner.services.cases.errors import FinishBlockedError, UnderWayError
from planner.services.cases.kept import not_after, save_case, with_answer
from planner.services.cases.record import answers_at_start
from planner.services.cases.states import forget_life
from planner.services.cases.views import case_view, procedure_of
from planner.store.store import Store


def start_case(store: Store, procedure_id: str, account_id: str, today: date) -> Case:
    """Start a procedure for an account.

    Raises:
        UnknownProcedureError: This version has no such procedure.
        UnderWayError: It runs for that account already.
    """
    procedure = procedure_of(procedure_id)
    account = store.accounts.get(account_id)
    for known in store.cases.of_account(account_id):
        if known.procedure == procedure_id and known.ended_on is None:
            raise UnderWayError(account=account.name, date=known.started_on)
    kept = answers_at_start(store, procedure, account, today)
    case = Case(procedure.id, procedure.revision, account_id, today, answers=kept)
    store.cases.save(case)
    return case


def finish(store: Store, case_id: str, on: date, today: date, result: str = "") -> Case:
    """Call a case finished. If the request was made, the account is closed from then on.

    Where the procedure names results, the one it came to says which state the account has from then on.

    Args:
        store: The open store.
        case_id: The case.
        on: The day it was finished.
        today: The day it is recorded.
        result: The id of the result; empty if the procedure names none.

    Raises:
        KeyError: The procedure names results, and that is none of them.
        FutureDateError: That day is still to come.
        FinishBlockedError: The lender may still be verifying, or something is open after all. Who said
            at the request that the lender accepted it all the same is not stopped by what is open.
    """
    not_after(on, today)
    case = store.cases.get(case_id)
    state = _state_at_end(case, result)
    if state is State.CLOSED:
        waits_for = _closing_blockers(store, case, today)
        if waits_for:
            raise FinishBlockedError(what=listed([each.text for each in waits_for]))
    account = store.accounts.get(case.account_id)
    held = {account.life_on(today), *account.restrictions_on(today)}
    if state is not None and state not in held:
        set_state(store, account.id, state, on)
    return save_case(store, replace(with_answer(case, RESULT, result), ended_on=on))


def reopen(store: Store, case_id: str, today: date) -> Case:
    """Go on with a finished case; an account it closed is closing again.

    Raises:
        UnderWayError: The same procedure was started anew for that account.
    """
    case = store.cases.get(case_id)
    account = store.accounts.get(case.account_id)
    for known in store.cases.of_account(account.id):
        if known.procedure == case.procedure and known.ended_on is None:
            raise UnderWayError(account=account.name, date=known.started_on)
    procedure = procedure_of(case.procedure)
    came_to = procedure.result(case.result)
    if came_to is not None and came_to.state is not None:
        by_step = [step for step in procedure.steps if step.state is came_to.state]
        if not any(case.step(step.id).state is StepState.DONE for step in by_step):
            forget_life(store, account.id, came_to.state, case.ended_on)
    elif _was_closed_by(procedure, case) and account.life_on(today) is State.CLOSED:
        set_state(store, account.id, State.CLOSING, today)
    return save_case(store, replace(with_answer(case, RESULT, ""), ended_on=None))


def delete_case(store: Store, case_id: str) -> None:
    """Delete a case with its marks and notes; the account keeps its states, and what was agreed holds."""
    agreed = store.agreements.of_case(case_id)
    if agreed is not None:
        store.agreements.save(replace(agreed, case_id=""))
    store.cases.delete(case_id)


def _closing_blockers(store: Store, case: Case, today: date) -> list[Blocker]:
    """What speaks against the account being closed: a running verification, anything open."""
    view = case_view(store, case, today)
    found = [each for step in view.steps for each in (*step.left, *step.waits_for)]
    wanted = {Rule.WAITING} if case.open_at_request else {Rule.WAITING, Rule.OPEN_DUES}
    return list({(each.rule, each.target): each for each in found if each.rule in wanted}.values())


def _was_closed_by(procedure: Procedure, case: Case) -> bool:
    """Whether a case that names no result had closed its account at its end."""
    return not procedure.results and procedure.is_closing and case.submitted_on is not None


def _state_at_end(case: Case, result: str) -> State | None:
    """The state the account has once a case is finished; None if it stays as it is."""
    procedure = procedure_of(case.procedure)
    if not procedure.results:
        return State.CLOSED if case.submitted_on is not None and procedure.is_closing else None
    came_to = procedure.result(result)
    if came_to is None:
        raise KeyError(result)
    return came_to.state
