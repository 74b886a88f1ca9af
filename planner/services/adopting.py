"""Wishes about the plan through all debts that the user means to follow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.domain.adopted.debit import with_debits
from planner.domain.adopted.plan import AdoptedPlan, Method
from planner.domain.adopted.planned import Choice, Part, plan_of_choices, plan_of_parts, with_states_of
from planner.domain.due import Due
from planner.domain.money import Money, sum_of
from planner.errors import PlannerError
from planner.phrases import N_
from planner.store.store import Store


class NothingToAdoptError(PlannerError):
    """A plan without a payment."""

    message = N_("There is nothing to pay in this plan, so there is nothing to follow.")


class RecordChangedError(PlannerError):
    """A plan that was worked out from what is not recorded like that any more."""

    message = N_("What is recorded has changed since this plan was worked out. Work it out again.")


def adopt(
    store: Store,
    today: date,
    choices: Sequence[Choice],
    *,
    method: Method = Method.OPTIMUM,
    is_proved: bool = False,
) -> AdoptedPlan:
    """Follow what was chosen for each debt, from now on; the plan of that currency before it ends.

    Nothing of the record changes: what is due stays due until a lender agrees to something else.

    Args:
        store: The open store.
        today: The local day.
        choices: What was chosen for each debt of one currency.
        method: How they were found.
        is_proved: Whether nothing better among the options listed is possible.

    Raises:
        NothingToAdoptError: Nothing was chosen.
        RecordChangedError: What is owed is not what the choices were made for.
    """
    if not choices:
        raise NothingToAdoptError
    dues = _open_dues(store, today)
    for choice in choices:
        _check(choice, dues)
    return _follow(store, plan_of_choices(choices, dues, today, method, is_proved=is_proved), dues)


def adopt_payments(
    store: Store,
    today: date,
    currency: str,
    parts: Iterable[tuple[str, date, Money]],
    *,
    method: Method,
) -> AdoptedPlan:
    """Follow payments on dues, such as those of an order of debts, from now on.

    Args:
        store: The open store.
        today: The local day.
        currency: ISO 4217.
        parts: The due, the day and the amount of each payment.
        method: How they were found.

    Raises:
        NothingToAdoptError: There is none.
        RecordChangedError: One of the dues is not open any more.
    """
    dues = _open_dues(store, today)
    wanted = []
    for due_id, on, amount in parts:
        if due_id not in dues:
            raise RecordChangedError
        wanted.append(Part(dues[due_id].account_id, on, amount, due_id))
    return _follow_parts(store, today, currency, wanted, dues, method)


def adopt_offers(
    store: Store,
    today: date,
    currency: str,
    offers: Mapping[str, Iterable[tuple[date, Money]]],
) -> AdoptedPlan:
    """Follow what is offered to each lender where the cash is short; each of them has to be asked.

    Args:
        store: The open store.
        today: The local day.
        currency: ISO 4217.
        offers: By account, the day and the amount of each payment.

    Raises:
        NothingToAdoptError: Nothing is offered.
    """
    wanted = [
        Part(account_id, on, amount, is_asked=True)
        for account_id, payments in offers.items()
        for on, amount in payments
    ]
    return _follow_parts(store, today, currency, wanted, _open_dues(store, today), Method.HARDSHIP)


def give_up(store: Store, plan_id: str, today: date) -> AdoptedPlan:
    """Follow a plan no more. It stays recorded, and so does everything that was agreed under it."""
    plan = replace(store.adopted_plans.get(plan_id), ended_on=today)
    store.adopted_plans.save(plan)
    return plan


def followed(store: Store, currency: str) -> AdoptedPlan | None:
    """The plan that is followed in a currency; None if none is."""
    if not store.has_adopted_plan:
        return None
    found = (plan for plan in store.adopted_plans.followed() if plan.currency == currency)
    return next(found, None)


def _open_dues(store: Store, today: date) -> dict[str, Due]:
    return {due.id: due for due in store.ledgers.position(today).open_dues}


def _check(choice: Choice, dues: Mapping[str, Due]) -> None:
    """See that what is owed is still what was chosen for; of a running plan that is its principal."""
    decision = choice.decision
    if not decision.due_ids:
        return
    if not dues.keys() >= set(decision.due_ids):
        raise RecordChangedError
    own = [dues[due_id] for due_id in decision.due_ids]
    currency = decision.owed.currency
    whole = sum_of((due.open for due in own), currency)
    principal = sum_of((due.open_principal for due in own), currency)
    if decision.owed not in {whole, principal}:
        raise RecordChangedError


def _follow_parts(
    store: Store, today: date, currency: str, parts: Sequence[Part], dues: Mapping[str, Due], method: Method
) -> AdoptedPlan:
    kept = [part for part in parts if part.amount]
    if not kept:
        raise NothingToAdoptError
    own = {due_id: due for due_id, due in dues.items() if due.open.currency == currency}
    return _follow(store, plan_of_parts(kept, own, today, method, currency), own)


def _follow(store: Store, plan: AdoptedPlan, dues: Mapping[str, Due]) -> AdoptedPlan:
    plan = with_debits(
        plan, dues.values(), {account.id for account in store.accounts.all() if account.automatic}
    )
    before = followed(store, plan.currency)
    if before is not None:
        plan = with_states_of(plan, before)
        give_up(store, before.id, plan.adopted_on)
    store.adopted_plans.save(plan)
    return plan
