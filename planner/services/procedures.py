"""Wishes of the place Procedures: start one, mark its steps, write over them, make the request."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from planner.domain.account import Account, Contact, State
from planner.domain.procedures.case import (
    LOOK_AGAIN,
    OPEN_AT_REQUEST,
    REQUEST_TIME,
    RESULT,
    Case,
    OwnText,
    StepState,
)
from planner.domain.procedures.of_record import record_answers
from planner.domain.procedures.published import Rule, StepKind
from planner.domain.procedures.rules import Blocker
from planner.domain.procedures.step_view import StepView, listed
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.accounts import lift_restriction, set_service, set_state
from planner.services.case_view import (
    Card,
    CaseView,
    OpenItem,
    UnknownProcedureError,
    answers_of,
    case_view,
    case_views,
    library,
    procedure_of,
    reminders,
)
from planner.store.store import Store

__all__ = [
    "Card",
    "CaseView",
    "EmptyTextError",
    "FinishBlockedError",
    "FutureDateError",
    "NotDoneYetError",
    "OpenItem",
    "StepBlockedError",
    "SubmitBlockedError",
    "UnderWayError",
    "UnknownProcedureError",
    "answer",
    "case_view",
    "case_views",
    "change_contact",
    "delete_case",
    "edit_step_text",
    "enter_state",
    "finish",
    "leave_state",
    "library",
    "look_again",
    "reminders",
    "reopen",
    "restore_step_text",
    "set_step_state",
    "start_case",
    "stay",
    "submit",
    "tick_service",
    "withdraw",
    "write_step_note",
]


class UnderWayError(PlannerError):
    """The same procedure runs already."""

    message = N_("This procedure is already under way for {account}, since {date}.")


class StepBlockedError(PlannerError):
    """A step whose turn has not come."""

    message = N_("This step cannot start yet: {what}.")


class NotDoneYetError(PlannerError):
    """A step that the record shows to be unfinished."""

    message = N_("This is still to do: {what}. Record it first, or correct the record.")


class SubmitBlockedError(PlannerError):
    """Something is open that the request has to wait for."""

    message = N_("This stands in the way of the request: {what}.")


class FinishBlockedError(PlannerError):
    """Something is open, so the account cannot be closed yet."""

    message = N_("This stands in the way of calling the account closed: {what}.")


class FutureDateError(PlannerError):
    """A day on which something happened that is still to come."""

    message = N_("{date} is still to come. Enter the day on which it happened.")


class EmptyTextError(PlannerError):
    """A step without words."""

    message = N_("Write the step in your own words, or go back to the published text.")


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
    recorded = record_answers(account, today)
    kept = {question: recorded[question] for question in procedure.asked_of_record}
    case = Case(procedure.id, procedure.revision, account_id, today, answers=kept)
    store.cases.save(case)
    return case


def answer(store: Store, case_id: str, question: str, chosen: str) -> Case:
    """Answer a question of the procedure; steps of another way keep their marks and notes."""
    case = store.cases.get(case_id)
    return _save(store, replace(case, answers={**case.answers, question: chosen}))


def set_step_state(store: Store, case_id: str, step_id: str, state: StepState, today: date) -> Case:
    """Mark how far a step is. Marking a request as done submits it today, a state is set today.

    Raises:
        StepBlockedError: It has to wait for something.
        NotDoneYetError: The record shows that it is not done.
        SubmitBlockedError: The request has to wait for something.
    """
    case = store.cases.get(case_id)
    step = procedure_of(case.procedure).step(step_id)
    if step.kind is StepKind.SUBMIT and case.submitted_on is None and state is StepState.DONE:
        return submit(store, case_id, today, today)
    if step.kind is StepKind.SUBMIT and case.submitted_on is not None and state is not StepState.DONE:
        return withdraw(store, case_id, today)
    if step.kind is StepKind.STATE and state is StepState.DONE:
        return enter_state(store, case_id, step_id, today, today)
    if step.kind is StepKind.STATE and case.step(step_id).state is StepState.DONE:
        return leave_state(store, case_id, step_id, today, state)
    if state in {StepState.DONE, StepState.IN_PROGRESS}:
        view = _startable(store, case, step_id, today)
        if state is StepState.DONE and view.left:
            raise NotDoneYetError(what=listed([each.text for each in view.left]))
    done_on = today if state is StepState.DONE else None
    return _save(store, case.with_step(replace(case.step(step_id), state=state, done_on=done_on)))


def stay(store: Store, case_id: str, step_id: str, today: date) -> Case:
    """Decide not to cancel: the choice is done, and every step that belongs to no answer is not needed."""
    case = store.cases.get(case_id)
    procedure = procedure_of(case.procedure)
    for step in procedure.steps_for(answers_of(procedure, case, store.accounts.get(case.account_id))):
        kept = case.step(step.id)
        if step.id == step_id:
            case = case.with_step(replace(kept, state=StepState.DONE, done_on=today))
        elif not step.is_of_an_answer and not kept.state.is_settled:
            case = case.with_step(replace(kept, state=StepState.NOT_NEEDED, done_on=None))
    return _save(store, case)


def write_step_note(store: Store, case_id: str, step_id: str, note: str) -> Case:
    """Keep the user's own note on a step."""
    case = store.cases.get(case_id)
    return _save(store, case.with_step(replace(case.step(step_id), note=note.strip())))


def edit_step_text(store: Store, case_id: str, step_id: str, text: str, language: str) -> Case:
    """Put the user's own words in place of a step's; the published ones are kept.

    Args:
        store: The open store.
        case_id: The case.
        step_id: The step.
        text: The user's words.
        language: The language the user has on.

    Raises:
        EmptyTextError: There are no words.
    """
    if not text.strip():
        raise EmptyTextError
    case = store.cases.get(case_id)
    own = OwnText(text.strip(), procedure_of(case.procedure).revision, language)
    return _save(store, case.with_step(replace(case.step(step_id), own_text=own)))


def restore_step_text(store: Store, case_id: str, step_id: str) -> Case:
    """Show the published text of a step again."""
    case = store.cases.get(case_id)
    return _save(store, case.with_step(replace(case.step(step_id), own_text=None)))


def look_again(store: Store, case_id: str, on: date | None) -> Case:
    """Set or clear the day on which to look at unfinished orders again."""
    case = store.cases.get(case_id)
    return _save(store, _with_answer(case, LOOK_AGAIN, on.isoformat() if on is not None else ""))


def tick_service(store: Store, case_id: str, step_id: str, service_id: str, unlinked_on: date | None) -> Case:
    """Note that a linked service was taken off, or is linked again; the step follows."""
    case = store.cases.get(case_id)
    set_service(store, case.account_id, service_id, unlinked_on)
    services = store.accounts.get(case.account_id).services
    linked = [service for service in services if service.unlinked_on is None]
    if not linked:
        kept = replace(case.step(step_id), state=StepState.DONE, done_on=unlinked_on)
    else:
        state = StepState.IN_PROGRESS if len(linked) < len(services) else StepState.NOT_STARTED
        kept = replace(case.step(step_id), state=state, done_on=None)
    return _save(store, case.with_step(kept))


def enter_state(store: Store, case_id: str, step_id: str, on: date, today: date) -> Case:
    """Record that the account has the state that a step leads to, such as locked by the user.

    A restriction, such as a lock, leaves the stage of the account's life as it is.

    Raises:
        FutureDateError: That day is still to come.
        StepBlockedError: The step has to wait for something.
    """
    _not_after(on, today)
    case = store.cases.get(case_id)
    _startable(store, case, step_id, today)
    state, account = _state_of(case, step_id), store.accounts.get(case.account_id)
    if state is not account.life_on(today) and state not in account.restrictions_on(today):
        set_state(store, account.id, state, on)
    return _save(store, case.with_step(replace(case.step(step_id), state=StepState.DONE, done_on=on)))


def leave_state(
    store: Store, case_id: str, step_id: str, on: date, to: StepState = StepState.NOT_STARTED
) -> Case:
    """Record that the account does not have the state of a step any more; the step is as far as ``to`` says.

    A restriction is lifted from that day on. A stage of life was recorded by mistake: the one before holds.
    """
    case = store.cases.get(case_id)
    state = _state_of(case, step_id)
    if state.is_restriction:
        lift_restriction(store, case.account_id, state, on)
    else:
        _forget_life(store, case.account_id, state, case.step(step_id).done_on)
    return _save(store, case.with_step(replace(case.step(step_id), state=to, done_on=None)))


def submit(
    store: Store, case_id: str, on: date, today: date, *, at: time | None = None, is_accepted: bool = False
) -> Case:
    """Record that the request went to the lender, or correct its day; the account is closing from then on.

    The other steps stay as the user left them.

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
    _not_after(on, today)
    case = store.cases.get(case_id)
    step = procedure_of(case.procedure).of_kind(StepKind.SUBMIT)
    if step is None:
        raise KeyError(StepKind.SUBMIT)
    if case.submitted_on is None:
        waits_for = _step_view(store, case, step.id, today).waits_for
        if waits_for and not is_accepted:
            raise SubmitBlockedError(what=listed([each.text for each in waits_for]))
        case = _with_answer(case, OPEN_AT_REQUEST, str(len(waits_for)) if waits_for else "")
    else:
        _forget_closing(store, case)
    case = _with_answer(case, REQUEST_TIME, f"{at:%H:%M}" if at is not None else "")
    set_state(store, case.account_id, State.CLOSING, on)
    done = replace(case.step(step.id), state=StepState.DONE, done_on=on)
    return _save(store, replace(case.with_step(done), submitted_on=on))


def withdraw(store: Store, case_id: str, on: date) -> Case:
    """Record that the request did not go through, or was taken back; the account is open again.

    A verification that was called over goes with it: another request has one of its own.
    """
    case = store.cases.get(case_id)
    procedure = procedure_of(case.procedure)
    for step in (procedure.of_kind(StepKind.SUBMIT), procedure.of_kind(StepKind.VERIFY)):
        if step is not None:
            case = case.with_step(replace(case.step(step.id), state=StepState.NOT_STARTED, done_on=None))
    set_state(store, case.account_id, State.OPEN, on)
    for answer in (OPEN_AT_REQUEST, REQUEST_TIME):
        case = _with_answer(case, answer, "")
    return _save(store, replace(case, submitted_on=None))


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
    _not_after(on, today)
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
    return _save(store, replace(_with_answer(case, RESULT, result), ended_on=on))


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
            _forget_life(store, account.id, came_to.state, case.ended_on)
    elif not procedure.results and case.submitted_on is not None and account.life_on(today) is State.CLOSED:
        set_state(store, account.id, State.CLOSING, today)
    return _save(store, replace(_with_answer(case, RESULT, ""), ended_on=None))


def delete_case(store: Store, case_id: str) -> None:
    """Delete a case with its marks and notes; the account keeps its states."""
    store.cases.delete(case_id)


def change_contact(store: Store, case_id: str, number: int, contact: Contact) -> Account:
    """Put the user's own way to reach the lender in place of a published one.

    Args:
        store: The open store.
        case_id: The case.
        number: Which contact, from 0; one past the last adds it.
        contact: The new one.
    """
    case = store.cases.get(case_id)
    account = store.accounts.get(case.account_id)
    contacts = list(account.contacts or procedure_of(case.procedure).contacts)
    contacts[number : number + 1] = [contact]
    changed = replace(account, contacts=tuple(contacts))
    store.accounts.save(changed)
    return changed


def _step_view(store: Store, case: Case, step_id: str, today: date) -> StepView:
    view = case_view(store, case, today).step(step_id)
    if view is None:
        raise KeyError(step_id)
    return view


def _startable(store: Store, case: Case, step_id: str, today: date) -> StepView:
    view = _step_view(store, case, step_id, today)
    if view.waits_for and not view.kept.state.is_settled:
        raise StepBlockedError(what=listed([each.text for each in view.waits_for]))
    return view


def _closing_blockers(store: Store, case: Case, today: date) -> list[Blocker]:
    """What speaks against the account being closed: a running verification, anything open."""
    view = case_view(store, case, today)
    found = [each for step in view.steps for each in (*step.left, *step.waits_for)]
    wanted = {Rule.WAITING} if case.open_at_request else {Rule.WAITING, Rule.OPEN_DUES}
    return list({(each.rule, each.target): each for each in found if each.rule in wanted}.values())


def _with_answer(case: Case, question: str, given: str) -> Case:
    """The case with one answer changed; without it if there is nothing to say."""
    others = {known: answer for known, answer in case.answers.items() if known != question}
    return replace(case, answers={**others, question: given} if given else others)


def _state_at_end(case: Case, result: str) -> State | None:
    """The state the account has once a case is finished; None if it stays as it is."""
    procedure = procedure_of(case.procedure)
    if not procedure.results:
        return State.CLOSED if case.submitted_on is not None else None
    came_to = procedure.result(result)
    if came_to is None:
        raise KeyError(result)
    return came_to.state


def _state_of(case: Case, step_id: str) -> State:
    """The state that a step leads to.

    Raises:
        KeyError: It leads to none.
    """
    state = procedure_of(case.procedure).step(step_id).state
    if state is None:
        raise KeyError(step_id)
    return state


def _forget_life(store: Store, account_id: str, state: State, since: date | None) -> None:
    """Take back a stage of life that began on a day, as if it had never been recorded."""
    account = store.accounts.get(account_id)
    wrong = next((each for each in account.states if (each.state, each.since) == (state, since)), None)
    if wrong is None or wrong.until is not None:
        return
    states = [each for each in account.states if each is not wrong]
    ended = [each for each in states if not each.state.is_restriction and each.until == since]
    if ended:
        states[states.index(ended[-1])] = replace(ended[-1], until=None)
    store.accounts.save(replace(account, states=tuple(states)))


def _forget_closing(store: Store, case: Case) -> None:
    """Take the state back that an earlier day of the request had set, since that day was wrong."""
    account = store.accounts.get(case.account_id)
    states = tuple(
        state
        for state in account.states
        if not (state.state is State.CLOSING and state.since == case.submitted_on and state.until is None)
    )
    store.accounts.save(replace(account, states=states))


def _not_after(day: date, today: date) -> None:
    if day > today:
        raise FutureDateError(date=day)


def _save(store: Store, case: Case) -> Case:
    store.cases.save(case)
    return case
