"""The request to the lender that a procedure leads to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from planner.domain.account import State
from planner.domain.procedures.case import OPEN_AT_REQUEST, REQUEST_TIME, Case, StepState
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.step_view import listed
from planner.services.accounts import set_state
from planner.services.cases.errors import SubmitBlockedError
from planner.services.cases.kept import not_after, save_case, step_of, with_answer
from planner.services.cases.views import procedure_of
from planner.store.store import Store


def submit(
    store: Store, case_id: str, on: date, today: date, *, at: time | None = None, is_accepted: bool = False
) -> Case:
    """Record that the request went to the lender, or correct its day.

    The account has the state that the request leads to from then on, if it leads to one. The other steps stay
    as the user left them.

    Args:
        store: The open store.
        case_id: The case.
        on: The day of the request.
        today: The day it is recorded.
        at: The time of that day, if the user says.
        is_accepted: Whether the lender has accepted it, whatever is open in the record; the case keeps
            how much was.

    Raises:
        FutureDateError: That day is still to come.
        SubmitBlockedError: Dues, linked services or orders are open.
    """
    not_after(on, today)
    case = store.cases.get(case_id)
    step = procedure_of(case.procedure).of_kind(StepKind.SUBMIT)
    if step is None:
        raise KeyError(StepKind.SUBMIT)
    if case.submitted_on is None:
        waits_for = step_of(store, case, step.id, today).waits_for
        if waits_for and not is_accepted:
            raise SubmitBlockedError(what=listed([each.text for each in waits_for]))
        case = with_answer(case, OPEN_AT_REQUEST, str(len(waits_for)) if waits_for else "")
    elif step.state is not None:
        _forget_state(store, case, step.state)
    case = with_answer(case, REQUEST_TIME, f"{at:%H:%M}" if at is not None else "")
    if step.state is not None:
        set_state(store, case.account_id, step.state, on)
    done = replace(case.step(step.id), state=StepState.DONE, done_on=on)
    return save_case(store, replace(case.with_step(done), submitted_on=on))


def withdraw(store: Store, case_id: str, on: date) -> Case:
    """Record that the request did not go through, or was taken back.

    An account that was closing is open again. A verification that was called over goes with it: another
    request has one of its own.
    """
    case = store.cases.get(case_id)
    procedure = procedure_of(case.procedure)
    request = procedure.of_kind(StepKind.SUBMIT)
    for step in (request, procedure.of_kind(StepKind.VERIFY)):
        if step is not None:
            case = case.with_step(replace(case.step(step.id), state=StepState.NOT_STARTED, done_on=None))
    if request is not None and request.state is not None:
        set_state(store, case.account_id, State.OPEN, on)
    for answer in (OPEN_AT_REQUEST, REQUEST_TIME):
        case = with_answer(case, answer, "")
    return save_case(store, replace(case, submitted_on=None))


def _forget_state(store: Store, case: Case, wrong: State) -> None:
    """Take the state back that an earlier day of the request had set, since that day was wrong."""
    account = store.accounts.get(case.account_id)
    states = tuple(
        state
        for state in account.states
        if not (state.state is wrong and state.since == case.submitted_on and state.until is None)
    )
    store.accounts.save(replace(account, states=states))
