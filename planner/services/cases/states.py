"""States of the account that steps of a procedure lead to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from planner.domain.account import State
from planner.domain.procedures.case import STATE_SINCE, Case, StepState
from planner.services.accounts import lift_restriction, set_state
from planner.services.cases.kept import not_after, save_case, startable, with_answer
from planner.services.cases.views import procedure_of
from planner.store.store import Store


def enter_state(store: Store, case_id: str, step_id: str, on: date, today: date) -> Case:
    """Record that the account has the state that a step leads to, such as locked by the user.

    A restriction, such as a lock, leaves the stage of the account's life as it is. An account that can be
    used again is neither locked nor frozen any more.

    A step that is done already leaves everything as it is, since what it led to may have ended meanwhile.

    Raises:
        FutureDateError: That day is still to come.
        StepBlockedError: The step has to wait for something.
    """
    not_after(on, today)
    case = store.cases.get(case_id)
    if case.step(step_id).state is StepState.DONE:
        return case
    startable(store, case, step_id, today)
    state, account = _state_of(case, step_id), store.accounts.get(case.account_id)
    if state is State.OPEN:
        for restriction in account.restrictions_on(today):
            if restriction.stops_use:
                lift_restriction(store, account.id, restriction, on)
    # Of an account of which nothing was said yet, the day it is open from is worth keeping: its first use.
    is_new = state is State.OPEN and not account.states
    if is_new or (state is not account.life_on(today) and state not in account.restrictions_on(today)):
        set_state(store, account.id, state, on)
    done = replace(case.step(step_id), state=StepState.DONE, done_on=today)
    return save_case(store, with_answer(case.with_step(done), _since(step_id), on.isoformat()))


def leave_state(
    store: Store, case_id: str, step_id: str, on: date, to: StepState = StepState.NOT_STARTED
) -> Case:
    """Record that the account does not have the state of a step any more; the step is as far as ``to`` says.

    A restriction is lifted from that day on. A stage of life was recorded by mistake: the one before holds,
    and with it the restrictions that had ended with it.
    """
    case = store.cases.get(case_id)
    state, since = _state_of(case, step_id), case.state_since(step_id)
    if state is State.OPEN:
        _restore_restrictions(store, case.account_id, since)
    if state.is_restriction:
        lift_restriction(store, case.account_id, state, on)
    else:
        forget_life(store, case.account_id, state, since)
    left = case.with_step(replace(case.step(step_id), state=to, done_on=None))
    return save_case(store, with_answer(left, _since(step_id), ""))


def _since(step_id: str) -> str:
    return STATE_SINCE.format(step=step_id)


def _restore_restrictions(store: Store, account_id: str, since: date | None) -> None:
    """Take back that an account could be used again from a day on."""
    if since is None:
        return
    account = store.accounts.get(account_id)
    # What came back since is not restored: its time would overlap.
    again = {each.state for each in account.states if each.until is None}
    states = tuple(
        replace(each, until=None)
        if each.state.stops_use and each.until == since and each.state not in again
        else each
        for each in account.states
    )
    store.accounts.save(replace(account, states=states))


def forget_life(store: Store, account_id: str, state: State, since: date | None) -> None:
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


def _state_of(case: Case, step_id: str) -> State:
    """The state that a step leads to.

    Raises:
        KeyError: It leads to none.
    """
    state = procedure_of(case.procedure).step(step_id).state
    if state is None:
        raise KeyError(step_id)
    return state
