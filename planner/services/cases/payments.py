"""Wishes of the step in which what is late is paid exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from planner.domain.bill import Charge
from planner.domain.payment import Payment
from planner.domain.procedures.case import SETTLED_IN_APP, Case, StepState
from planner.errors import PlannerError
from planner.phrases import N_
from planner.services.bills import pay, save_charge
from planner.services.cases.kept import not_after, save_case, with_answer
from planner.services.cases.late_cost import forget_settled_cost, late_cost_in, late_cost_of, settled_cost
from planner.services.cases.paying import paid_of
from planner.store.store import Store


class NothingPaidError(PlannerError):
    """A settlement that the user confirms without any payment since the start."""

    message = N_("Record what you paid first, with its day.")


class PaidError(PlannerError):
    """A payment that the record shows as made."""

    message = N_("The record shows this as paid. If that is wrong, correct or delete the payment.")


def pay_with_cost(store: Store, payment: Payment, today: date) -> Payment:
    """Record money paid back, and what of it is late cost as such.

    Raises:
        AmountNotPositiveError: Nothing was paid.
        AccountCurrencyError: It is in another currency than its account.
    """
    return _pay(store, payment, late_cost_of(store, payment, today))


def record_exact_payment(
    store: Store, case_id: str, step_id: str, payment: Payment, today: date, *, at: time | None = None
) -> Payment:
    """Record a payment in the step that asks for it, with the time of day from which the wait counts.

    What is paid beyond what was late is recorded as late cost, up to the high end of the sources.

    Args:
        store: The open store.
        case_id: The case.
        step_id: The step.
        payment: What was paid, on the account of the case.
        today: The day it is recorded.
        at: At what time of its day that was, if the user says.

    Raises:
        FutureDateError: Its day is still to come.
        AmountNotPositiveError: Nothing was paid.
        AccountCurrencyError: It is in another currency than the account.
    """
    not_after(payment.paid_on, today)
    case = store.cases.get(case_id)
    payment = _pay(store, payment, late_cost_in(store, case, payment, today))
    kept = case.step(step_id)
    state = kept.state if kept.state.is_settled else StepState.IN_PROGRESS
    if kept.done_on is None or kept.done_on < payment.paid_on:
        kept = replace(kept, done_on=payment.paid_on, done_at=at)
    elif kept.done_on == payment.paid_on and at is not None:
        # The clock runs from the last of what was needed; without a time nothing is said of it.
        kept = replace(kept, done_at=max(at, kept.done_at or at))
    save_case(store, case.with_step(replace(kept, state=state)))
    return payment


def set_payment_time(store: Store, case_id: str, step_id: str, on: date, at: time | None) -> Case:
    """Say at what time of its day a payment was made that is recorded already."""
    case = store.cases.get(case_id)
    return save_case(store, case.with_step(replace(case.step(step_id), done_on=on, done_at=at)))


def confirm_settled(store: Store, case_id: str, step_id: str, today: date) -> Case:
    """Say that the lender's app shows everything late as settled, where the sources differ on the amount.

    Raises:
        NothingPaidError: No payment is recorded since the case was started.
    """
    case = store.cases.get(case_id)
    paid = [each for each in store.payments.since(case.account_id, case.started_on) if each.paid_on <= today]
    if not paid:
        raise NothingPaidError
    cost = settled_cost(store, case, today)
    if cost is not None:
        save_charge(store, cost)
    kept = case.step(step_id)
    at = kept.done_at if kept.done_on == paid[-1].paid_on else None
    done = replace(kept, state=StepState.DONE, done_on=paid[-1].paid_on, done_at=at)
    return save_case(store, with_answer(case.with_step(done), SETTLED_IN_APP, today.isoformat()))


def take_settled_back(store: Store, case_id: str, step_id: str) -> Case:
    """Say that the app shows something as open after all."""
    case = store.cases.get(case_id)
    forget_settled_cost(store, case)
    again = replace(case.step(step_id), state=StepState.IN_PROGRESS)
    return save_case(store, with_answer(case.with_step(again), SETTLED_IN_APP, ""))


def unmark_paid(store: Store, case_id: str, step_id: str, today: date, to: StepState) -> Case:
    """Say that the step of an exact payment is not done; that the app showed it as settled is taken back.

    Raises:
        PaidError: The record shows that enough was paid.
    """
    case = store.cases.get(case_id)
    account = store.accounts.get(case.account_id)
    case = with_answer(case, SETTLED_IN_APP, "")
    if paid_of(store, case, account, today)[1] is not None:
        raise PaidError
    forget_settled_cost(store, case)
    return save_case(store, case.with_step(replace(case.step(step_id), state=to)))


def _pay(store: Store, payment: Payment, cost: Charge | None) -> Payment:
    payment = pay(store, payment)
    if cost is not None:
        save_charge(store, cost)
    return payment
