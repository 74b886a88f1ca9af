"""Wishes about the state of an account: frozen, locked, reported, being closed, closed, open again."""

from __future__ import annotations

from datetime import date

from planner.domain.account import Account, DatedState, State
from planner.errors import PlannerError
from planner.phrases import N_, Phrase
from planner.services.accounts import lift_restriction, set_state
from planner.services.procedures import FutureDateError
from planner.store.store import Store

STATE_WORDS = {
    State.OPEN: Phrase("open"),
    State.CLOSING: Phrase("being closed"),
    State.CLOSED: Phrase("closed"),
    State.FROZEN: Phrase("frozen by the lender"),
    State.LOCKED: Phrase("locked by you"),
    State.REPORTED: Phrase("reported to the credit register"),
}


class AlreadyOpenError(PlannerError):
    """An account that nobody ever closed, open again."""

    message = N_("The account is open already.")


class StateHoldsError(PlannerError):
    """A state that is recorded already."""

    message = N_("The account is already recorded as {state}, since {date}.")


class EarlierStateError(PlannerError):
    """A state that would begin before the newest one."""

    message = N_("The newest state is recorded from {date} on. Choose that day or a later one.")


class NotRestrictedError(PlannerError):
    """The end of a restriction that is not there."""

    message = N_("The account is not recorded as {state}.")


class BeforeRestrictionError(PlannerError):
    """The end of a restriction before its beginning."""

    message = N_("The account is recorded as {state} since {date}. Choose that day or a later one.")


def states_now(account: Account, day: date) -> tuple[State, ...]:
    """What an account is on a day: a stage of its life, then what lies over it."""
    restrictions = account.restrictions_on(day)
    return (account.life_on(day), *(state for state in State if state in restrictions))


def note_state(
    store: Store, account_id: str, state: State, since: date, today: date, note: str = ""
) -> Account:
    """Note that an account entered a state.

    Args:
        store: The open store.
        account_id: The account.
        state: The state.
        since: Its first day.
        today: The day it is recorded.
        note: What the user wrote beside it.

    Raises:
        FutureDateError: That day is still to come.
        AlreadyOpenError: It was never anything but open.
        StateHoldsError: It is in that state already.
        EarlierStateError: The stage of its life before, or the same restriction, began later.
    """
    _not_after(since, today)
    account = store.accounts.get(account_id)
    same = [
        dated
        for dated in account.states
        if dated.state is state and (dated.until is None or dated.holds_on(since))
    ]
    if same:
        raise StateHoldsError(state=STATE_WORDS[state], date=same[-1].since)
    later = [dated.since for dated in account.states if dated.state is state and dated.since > since]
    if state.is_restriction and later:
        raise EarlierStateError(date=max(later))
    if not state.is_restriction:
        lives = [dated for dated in account.states if not dated.state.is_restriction]
        if state is State.OPEN and account.life_on(today) is State.OPEN:
            raise AlreadyOpenError
        newest = max((dated.until or dated.since for dated in lives), default=since)
        if since < newest:
            raise EarlierStateError(date=newest)
    set_state(store, account_id, state, since, note)
    return store.accounts.get(account_id)


def note_lifted(store: Store, account_id: str, state: State, on: date, today: date) -> Account:
    """Note that an account is no longer frozen, locked or reported.

    Args:
        store: The open store.
        account_id: The account.
        state: The restriction.
        on: The first day without it.
        today: The day it is recorded.

    Raises:
        FutureDateError: That day is still to come.
        NotRestrictedError: It is not under that restriction.
        BeforeRestrictionError: The restriction began later.
    """
    _not_after(on, today)
    account = store.accounts.get(account_id)
    held = held_restriction(account, state)
    if held is None:
        raise NotRestrictedError(state=STATE_WORDS[state])
    if on < held.since:
        raise BeforeRestrictionError(state=STATE_WORDS[state], date=held.since)
    lift_restriction(store, account_id, state, on)
    return store.accounts.get(account_id)


def held_restriction(account: Account, state: State) -> DatedState | None:
    """The restriction that was not lifted yet, if there is one."""
    return next((dated for dated in account.states if dated.state is state and dated.until is None), None)


def _not_after(day: date, today: date) -> None:
    if day > today:
        raise FutureDateError(date=day)
