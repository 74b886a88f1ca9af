"""What the user marks, answers and writes in a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.account import Account, Contact
from planner.domain.procedures.case import LOOK_AGAIN, Case, OwnText, StepState
from planner.domain.procedures.kinds import StepKind
from planner.domain.procedures.own_steps import step_of_case
from planner.domain.procedures.step_view import listed
from planner.services.accounts import set_service
from planner.services.cases.errors import EmptyTextError, NotDoneYetError
from planner.services.cases.kept import save_case, startable, with_answer
from planner.services.cases.record import answers_of
from planner.services.cases.requests import submit, withdraw
from planner.services.cases.states import enter_state, leave_state
from planner.services.cases.views import procedure_of
from planner.store.store import Store


def answer(store: Store, case_id: str, question: str, chosen: str) -> Case:
    """Answer a question of the procedure; steps of another way keep their marks and notes."""
    case = store.cases.get(case_id)
    return save_case(store, replace(case, answers={**case.answers, question: chosen}))


def set_step_state(store: Store, case_id: str, step_id: str, state: StepState, today: date) -> Case:
    """Mark how far a step is. Marking a request as done submits it today, a state is set today.

    Raises:
        StepBlockedError: It has to wait for something.
        NotDoneYetError: The record shows that it is not done.
        SubmitBlockedError: The request has to wait for something.
    """
    case = store.cases.get(case_id)
    step = step_of_case(procedure_of(case.procedure), case, step_id)
    if step.kind is StepKind.SUBMIT and case.submitted_on is None and state is StepState.DONE:
        return submit(store, case_id, today, today)
    if step.kind is StepKind.SUBMIT and case.submitted_on is not None and state is not StepState.DONE:
        return withdraw(store, case_id, today)
    if step.kind is StepKind.STATE and state is StepState.DONE:
        return enter_state(store, case_id, step_id, today, today)
    if step.kind is StepKind.STATE and case.step(step_id).state is StepState.DONE:
        return leave_state(store, case_id, step_id, today, state)
    if step.kind is StepKind.PAY and state in {StepState.NOT_STARTED, StepState.IN_PROGRESS}:
        from planner.services.cases.payments import unmark_paid  # noqa: PLC0415 - only for who pays what is late

        return unmark_paid(store, case_id, step_id, today, state)
    if state in {StepState.DONE, StepState.IN_PROGRESS}:
        view = startable(store, case, step_id, today)
        if state is StepState.DONE and view.left:
            raise NotDoneYetError(what=listed([each.text for each in view.left]))
    kept = case.step(step_id)
    done_on = today if state is StepState.DONE else None
    if state is StepState.DONE and step.kind is StepKind.PAY:
        from planner.services.cases.paying import paid_day  # noqa: PLC0415 - only for who pays what is late

        done_on = paid_day(store, case, today)
    if step.kind is StepKind.TASK and state in {StepState.IN_PROGRESS, StepState.NOT_NEEDED}:
        done_on = kept.done_on  # when it was done last is known all the same
    done_at = kept.done_at if kept.done_on == done_on else None
    return save_case(store, case.with_step(replace(kept, state=state, done_on=done_on, done_at=done_at)))


def stay(store: Store, case_id: str, step_id: str, today: date) -> Case:
    """Decide not to cancel: the choice is done, and every step that belongs to no answer is not needed."""
    case = store.cases.get(case_id)
    procedure = procedure_of(case.procedure)
    for step in procedure.steps_for(answers_of(store, procedure, case, store.accounts.get(case.account_id))):
        kept = case.step(step.id)
        if step.id == step_id:
            case = case.with_step(replace(kept, state=StepState.DONE, done_on=today))
        elif not step.is_of_an_answer and not kept.state.is_settled:
            case = case.with_step(replace(kept, state=StepState.NOT_NEEDED, done_on=None))
    return save_case(store, case)


def write_step_note(store: Store, case_id: str, step_id: str, note: str) -> Case:
    """Keep the user's own note on a step."""
    case = store.cases.get(case_id)
    return save_case(store, case.with_step(replace(case.step(step_id), note=note.strip())))


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
    return save_case(store, case.with_step(replace(case.step(step_id), own_text=own)))


def restore_step_text(store: Store, case_id: str, step_id: str) -> Case:
    """Show the published text of a step again."""
    case = store.cases.get(case_id)
    return save_case(store, case.with_step(replace(case.step(step_id), own_text=None)))


def look_again(store: Store, case_id: str, on: date | None) -> Case:
    """Set or clear the day on which to look at unfinished orders again."""
    case = store.cases.get(case_id)
    return save_case(store, with_answer(case, LOOK_AGAIN, on.isoformat() if on is not None else ""))


def tick_service(store: Store, case_id: str, step_id: str, service_id: str, unlinked_on: date | None) -> Case:
    """Note that a linked service was taken off, or is linked again; the step follows."""
    case = store.cases.get(case_id)
    set_service(store, case.account_id, service_id, unlinked_on)
    services = store.accounts.get(case.account_id).services_in_use
    linked = [service for service in services if service.unlinked_on is None]
    if not linked:
        kept = replace(case.step(step_id), state=StepState.DONE, done_on=unlinked_on)
    else:
        state = StepState.IN_PROGRESS if len(linked) < len(services) else StepState.NOT_STARTED
        kept = replace(case.step(step_id), state=state, done_on=None)
    return save_case(store, case.with_step(kept))


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
